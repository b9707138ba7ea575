"""`./run bench NAME …`."""

import sys
from importlib import import_module

NAMES = {
    "pages": "p50, p95 and query counts of the main pages",
    "plan": "a proposal for each team's day",
    "changes": "how little a re-plan changes on days with no room",
    "replan": "from the press for the fewest changes to the list of them on the screen",
    "routing": "our plans beside the best published ones and beside other solvers",
    "city": "a whole city's teams planned by the task queue's workers",
    "reach": "query plans and times of who reaches whom, on both databases",
    "burden": "presses and fields of the most common tasks, beside the least possible",
    "delivery": "histories of phones without coverage: each thing once, in order, nothing lost",
    "measures": "every citizen's monthly continuity for a city or a country, beside pandas, polars and duckdb",
    "dashboard": "a team's fifteen indicators over a year, among a city's figures, on both databases",
    "publication": "a country's tables with small numbers hidden, and attacked afterwards",
    "travel": "the travel estimate against a road service's times",
}


def main() -> int:
    """Run the named program with the rest of the arguments."""
    if len(sys.argv) < 2 or sys.argv[1] not in NAMES:
        print("./run bench NAME\n" + "\n".join(f"  {name:11} {what}" for name, what in NAMES.items()))
        return 2
    name = sys.argv.pop(1)
    found = import_module(f"bench.{name}").main()
    return int(found or 0)


if __name__ == "__main__":
    sys.exit(main())
