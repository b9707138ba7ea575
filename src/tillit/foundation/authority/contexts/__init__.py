"""What the templates of services and authority get."""
