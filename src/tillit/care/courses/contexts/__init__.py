"""What the pages of courses show."""
