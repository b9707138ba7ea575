"""What the pages of Min dag answer, one file for each page."""
