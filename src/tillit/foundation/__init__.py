"""Who we are and who answers for what: access, jobs, organisation, workforce, responsibility."""
