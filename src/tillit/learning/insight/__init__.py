"""Innsikt: indicators counted from what the work leaves behind, and what can be said of them."""
