"""What people type about people at work, page by page."""
