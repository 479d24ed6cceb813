"""Visits, availability and booking: what is true about a visit. Pure rules and ports."""
