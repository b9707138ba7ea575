"""Spreadsheets in and out: units, employees, shifts, citizens and services (Excel and CSV)."""
