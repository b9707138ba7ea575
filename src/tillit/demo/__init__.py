"""Fjordvik: a generated municipality, the same every time, for the demo, for screenshots and for benchmarks."""
