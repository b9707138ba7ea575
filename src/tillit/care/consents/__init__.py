"""Whom a citizen lets in to her own page, and to what (samtykke)."""
