"""The rules of the diary."""
