"""Innsyn: who has looked, what I have looked at, and the review of look-ups that stand out."""
