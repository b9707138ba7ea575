"""What the team board shows: frozen, plain values."""
