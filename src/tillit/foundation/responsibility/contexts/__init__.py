"""What each page gets: frozen, plain values."""
