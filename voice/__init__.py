"""Everything that happens on a call."""
