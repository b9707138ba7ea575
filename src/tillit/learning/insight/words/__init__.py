"""What numbers and verdicts are called in plain words. The same on the page, in a table, on paper and in a file."""
