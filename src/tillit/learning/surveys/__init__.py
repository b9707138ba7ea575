"""Surveys: what people think, asked so that nobody can know who answered what."""
