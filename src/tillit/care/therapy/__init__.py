"""Occupational therapy and physiotherapy: who waits, who has whom, joint visits, and how long it takes (R01, R43)."""
