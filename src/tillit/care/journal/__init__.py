"""The health journal (pasientjournal): entries signed and locked, corrected by adding, removed by the legal path."""
