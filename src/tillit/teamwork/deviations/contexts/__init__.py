"""What each page of deviations shows: frozen, plain values."""
