"""The pages of login, by topic."""
