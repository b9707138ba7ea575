"""What each page of improvement shows: frozen, plain values."""
