"""`./run bench publication`: a country's tables made fit to publish, county by county, and attacked afterwards.

Each county is a table of its municipalities by age group with all sums shown; sizes are drawn by a seed, so that most
municipalities have small numbers somewhere. Printed: how many numbers are hidden beside the fewest there could be (the
small ones themselves), whether the fewest is proved, and whether a reader with a linear program can reckon any of them.
"""

import argparse
import time

import numpy as np
import polars as pl

from bench import machine
from measures.disclosure.suppression import suppression, suppression_audit

#: Municipalities in each of Norway's 15 counties in 2024, from Østfold to Finnmark: 357.
COUNTIES = (12, 21, 1, 46, 18, 6, 17, 25, 23, 43, 27, 38, 41, 21, 18)
AGES = ("0–17", "18–49", "50–66", "67–79", "80–89", "90+")
SHARES = (0.06, 0.14, 0.14, 0.22, 0.29, 0.15)


def main() -> int:
    """Hide, audit and print each county. 1 when a small number can be reckoned."""
    parser = argparse.ArgumentParser(prog="bench publication", description=__doc__)
    parser.add_argument("--citizens", type=int, default=200_000, help="in the whole country")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threshold", type=int, default=5)
    chosen = parser.parse_args()
    print(machine.line())
    rng = np.random.default_rng(chosen.seed)
    sizes = np.exp(rng.normal(0, 1.2, sum(COUNTIES)))
    sizes *= chosen.citizens / sizes.sum()
    print(
        f"seed {chosen.seed}: {chosen.citizens:,} citizens, {sum(COUNTIES)} municipalities × {len(AGES)} age groups\n"
    )
    heads = (("municipalities", 14), ("small", 6), ("hidden", 7), ("times", 6), ("sums", 5), ("fewest", 7), ("safe", 5))
    print(" ".join(f"{head:>{width}}" for head, width in heads), f"{'seconds':>8}")
    began, open_, at = time.perf_counter(), 0, 0
    for count in sorted(COUNTIES):
        counts = rng.poisson(np.outer(sizes[at : at + count], SHARES))
        at += count
        open_ += _county(counts, chosen.threshold)
    print(f"\n{time.perf_counter() - began:.1f} s; {open_} tables with a small number that can be reckoned")
    return 1 if open_ else 0


def _county(counts: np.ndarray, threshold: int) -> bool:
    rows = [
        {"row": f"m{row}", "col": age, "n": int(counts[row, col])}
        for row in range(counts.shape[0])
        for col, age in enumerate(AGES)
    ]
    table = pl.DataFrame(rows)
    began = time.perf_counter()
    found = suppression(table, threshold=threshold)
    took = time.perf_counter() - began
    hidden = [*found["suppressed"], *found["suppressed_margins"]]
    safe = True
    if hidden:
        named = pl.DataFrame(hidden, schema={"row": pl.String, "col": pl.String}, orient="row")
        safe = bool(suppression_audit(table, named, threshold=threshold)["safe"])
    small, all_hidden = len(found["primary"]), found["n_suppressed"]
    times = f"{all_hidden / small:.2f}" if small else "–"
    sums, proved = len(found["suppressed_margins"]), "proved" if found["fewest"] else "no"
    line = f"{counts.shape[0]:14} {small:6} {all_hidden:7} {times:>6} {sums:5} {proved:>7} {'yes' if safe else 'NO':>5}"
    print(line, f"{took:8.2f}", flush=True)
    return not safe
