"""What the templates about cases get: frozen, plain values."""
