"""Pure rules of the pages about one citizen."""
