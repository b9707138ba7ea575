"""What the pages about people at work get, page by page."""
