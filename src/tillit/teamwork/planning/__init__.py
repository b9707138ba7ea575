"""Planning: the team's work lists, from draft to published, with proposals from the engine."""
