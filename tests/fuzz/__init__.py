"""Anything sent to any address: never a page that breaks."""
