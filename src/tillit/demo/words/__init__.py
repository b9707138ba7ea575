"""What the citizens say and what their helpers write: all of it invented."""
