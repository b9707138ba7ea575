"""The pages about people at work, page by page."""
