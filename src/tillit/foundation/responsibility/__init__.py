"""The table of who does what: models as data, duties, and who holds them today."""
