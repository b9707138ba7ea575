"""Reads of insight: series, definitions, what a point rests on."""
