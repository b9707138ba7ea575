"""What each page of observations shows: frozen, plain values."""
