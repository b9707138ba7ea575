"""The pure rules of insight: what an indicator is, what a series is, what may be said."""
