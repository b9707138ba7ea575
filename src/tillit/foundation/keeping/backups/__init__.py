"""Back everything up in one file, verify it, and put it back."""
