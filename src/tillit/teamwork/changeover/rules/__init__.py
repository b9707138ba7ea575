"""Which shifts there are, and what is told of them: pure functions."""
