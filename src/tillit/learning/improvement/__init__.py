"""Pilots that begin with a baseline, benefits that are followed up, and comparisons that say no more than they can."""
