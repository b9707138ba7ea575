"""What people type about units, models and duties."""
