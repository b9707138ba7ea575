"""Evaluations: how it went with a goal, together with the citizen; and what is measured with scales (R14, R22)."""
