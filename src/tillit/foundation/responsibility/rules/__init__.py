"""Rules of models and duties."""
