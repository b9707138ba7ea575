"""Ikke hjemme: those who are in hospital, helsehus, KAD or elsewhere, and what is done until they are home again."""
