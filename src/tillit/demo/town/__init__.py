"""The map of the invented town."""
