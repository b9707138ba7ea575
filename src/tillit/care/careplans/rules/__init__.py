"""Pure rules of care plans: which days, how it goes, what is missing, what is different."""
