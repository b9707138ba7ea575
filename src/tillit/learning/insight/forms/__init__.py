"""What people write in insight."""
