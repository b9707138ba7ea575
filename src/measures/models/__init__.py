"""Models where people belong to teams, and what few teams allow."""
