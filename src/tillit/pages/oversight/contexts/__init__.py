"""What the pages about look-ups get."""
