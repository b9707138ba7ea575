"""Other systems: wire formats only. Spreadsheets first."""
