"""How much work it is to say something: presses, fields and signs of the most common tasks, beside the least possible.

A real Chromium does each task as the one who does it, on the demo, from the page where she stands. The page itself
counts. What is counted, and how the least is reckoned: docs/how-we-count/burden.md. A task that can no longer be done,
or that stores nothing, is named, and the status is 1.
"""

import argparse
import sys

from bench import machine
from bench.burden import house, table


def main() -> int:
    """Open the demo, do the tasks, print the table."""
    parser = argparse.ArgumentParser(prog="bench burden", description=__doc__)
    parser.add_argument("--seed", type=int, default=2026, help="of the town")
    parser.add_argument("--fresh", action="store_true", help="make the town anew")
    parser.add_argument("--only", action="append", metavar="WORDS", help="only tasks with these words in the name")
    parser.add_argument("--shots", metavar="FOLDER", help="a picture of where each task ended, or stopped")
    chosen = parser.parse_args()
    from bench.burden.tasks import TASKS
    from bench.burden.walking import walk

    wanted = [one for one in TASKS if not chosen.only or any(word.lower() in one.name.lower() for word in chosen.only)]
    with house.opened(chosen.seed, fresh=chosen.fresh) as address:
        walks = walk(address, wanted, shots=chosen.shots)
    print(machine.line())
    print(f"seed {chosen.seed}, Tuesday {house.ON} at {house.AT:%H.%M}, Chromium, phone 390 × 844, desk 1440 × 900")
    print("\n".join(table.lines(walks)))
    return 1 if any(one.fault for one in walks) else 0


if __name__ == "__main__":
    sys.exit(main())
