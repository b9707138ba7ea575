"""Views of the change of shift."""
