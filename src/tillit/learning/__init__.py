"""What the service learns from its own work: questions asked (surveys), numbers (insight), change (improvement)."""
