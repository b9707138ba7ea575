"""Delivery: what was written on a phone without coverage arrives exactly once, in order, and nothing of it is lost."""
