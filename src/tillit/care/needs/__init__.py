"""Needs: the conversation about what matters, and what the citizen said."""
