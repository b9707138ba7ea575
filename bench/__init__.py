"""Programs that print numbers, with machine, seed and limits. They are not tests."""
