"""Pages of deviations."""
