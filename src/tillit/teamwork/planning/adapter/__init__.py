"""The only door to the planning engine: translates a day to its problem, and its answer back to rows."""
