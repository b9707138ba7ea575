"""The policy proves itself: every address, as every role, towards every kind of citizen (R18)."""
