"""Keeping data: what is sealed at rest and with which keys, and how long things are kept."""
