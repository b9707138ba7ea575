"""Series over time: run charts and control charts, limits frozen at a baseline, never moved by themselves."""
