"""The pages about the therapists' work."""
