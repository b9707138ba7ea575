"""Whose a notice is, and by when: pure functions."""
