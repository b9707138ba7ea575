"""What the pages of evaluations show."""
