"""What the operations leave behind: time, lead times, staffing, plans, reporting, task sharing, competence."""
