"""Pages of the work lists."""
