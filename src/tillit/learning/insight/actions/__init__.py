"""What one can do in insight: count, and mark what happened."""
