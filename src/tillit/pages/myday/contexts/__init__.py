"""What the pages of Min dag show, one file for each page."""
