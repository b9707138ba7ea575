"""What each address of the room does."""
