"""Rules of cases: which step may come next, what must happen by when, what a decision must say."""
