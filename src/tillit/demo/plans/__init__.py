"""Care plans: a handful of archetypes, written out for each citizen."""
