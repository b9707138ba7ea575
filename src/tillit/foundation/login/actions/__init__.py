"""Every act of login, by topic."""
