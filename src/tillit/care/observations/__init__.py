"""Observations: «ikke som vanlig», the quick check, who acts by when, and what became of it."""
