"""Care plans: needs, goals in the citizen's words, interventions and when they happen."""
