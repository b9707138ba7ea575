"""The pages of organisation, models and duties."""
