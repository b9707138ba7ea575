"""What the templates of this room get."""
