"""What each page about the therapists' work shows."""
