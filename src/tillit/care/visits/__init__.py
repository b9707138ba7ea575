"""Visits: planned from care plans, moved, cancelled, carried out; what was different."""
