"""Routing: our plans beside the best published ones and beside the solvers a municipality could pick instead.

Every answer is written in its family's solution format and judged from the instance's file alone (``judge``).
"""


def main() -> int:
    """Run the program. It is loaded only now: participants' own processes need none of it."""
    from bench.routing.program import main as run

    return run()
