"""Letters: templates, what was written and what was sent."""
