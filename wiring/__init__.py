"""The composition root: opens what the settings name and joins it. Nobody else makes objects of other rooms."""
