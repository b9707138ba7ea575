"""The team's work together: planning of work lists, messages, competence, coordination."""
