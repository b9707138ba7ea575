"""Delivery proved by histories: what phones, people, coverage and clocks can do to what was written."""
