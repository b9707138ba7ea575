"""Who works here and can what: employees, positions, competences, shifts, absences, roles held."""
