"""What the templates of surveys show."""
