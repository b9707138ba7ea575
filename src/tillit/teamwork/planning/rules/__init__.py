"""Pure rules of the work lists: what a day is, what speaks against a choice, what changed, what it adds up to."""
