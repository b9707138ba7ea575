"""What the pages of insight show."""
