"""Deviations: what went wrong, said in two presses, answered, and learned from."""
