"""What the journal's pages show."""
