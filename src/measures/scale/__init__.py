"""Continuity for a whole city in one pass."""
