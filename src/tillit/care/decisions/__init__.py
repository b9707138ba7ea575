"""Decisions: cases, decisions, deadlines and appeals."""
