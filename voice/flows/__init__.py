"""What callers hear: one file per reason to call. Flows orchestrate; what is true is decided elsewhere."""
