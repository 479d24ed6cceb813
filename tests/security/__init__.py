"""The guarded parts."""
