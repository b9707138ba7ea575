"""What the pages of those who are not at home show."""
