"""Pages about services and authority."""
