"""Spoken dates and times: our own grammar over words, linear in their number."""
