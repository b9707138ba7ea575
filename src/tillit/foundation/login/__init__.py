"""Login: the ways in, second step, sessions and their lock. Stands on access, which knows users and writes the log."""
