"""Every citizen's continuity in every month, beside others on the same data in the same run."""

from bench.measures.program import main

__all__ = ["main"]
