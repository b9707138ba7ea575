"""Notices within the house (beskjeder): to a person, a duty or the team, until they are answered."""
