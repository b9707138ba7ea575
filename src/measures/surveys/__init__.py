"""Scales and answers: scores, distributions, reliability, agreement, non-response."""
