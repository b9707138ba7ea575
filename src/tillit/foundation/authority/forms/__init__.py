"""Forms about services and authority."""
