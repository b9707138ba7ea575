"""Rules of the therapists' work, on plain values."""
