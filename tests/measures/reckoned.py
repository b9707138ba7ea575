"""A reader with pencil, paper and a solver: written for the tests alone, sharing nothing with what it attacks."""

from __future__ import annotations

from itertools import chain, combinations

import numpy as np
import polars as pl
from scipy.optimize import linprog

Cell = tuple[str | None, str | None]


def _cells(table: pl.DataFrame) -> dict[tuple[str, str], int]:
    return {(str(row), str(col)): int(n) for row, col, n in table.select("row", "col", "n").iter_rows()}


def open_cells(
    table: pl.DataFrame, hidden: set[Cell], threshold: int, *, hidden_margins: set[Cell] | None = None
) -> list[str]:
    """Return the small cells, margins too, that one sees, pins down or knows to be small, from all that is shown."""
    counts = _cells(table)
    unseen = [cell for cell in counts if cell in hidden]
    away = hidden_margins or set()
    rows, cols = dict.fromkeys(cell[0] for cell in counts), dict.fromkeys(cell[1] for cell in counts)
    sums: list[tuple[Cell, list[tuple[str, str]]]] = [
        *(((row, None), [cell for cell in counts if cell[0] == row]) for row in rows),
        *(((None, col), [cell for cell in counts if cell[1] == col]) for col in cols),
        ((None, None), list(counts)),
    ]
    a_eq, b_eq = [], []
    for margin, members in sums:
        if margin in away:
            continue
        a_eq.append([1.0 if cell in members else 0.0 for cell in unseen])
        b_eq.append(float(sum(counts[cell] for cell in members if cell in unseen)))
    wrong = [f"{cell} is shown" for cell, n in counts.items() if 0 < n < threshold and cell not in hidden]
    wanted: list[tuple[str, float, list[float]]] = [
        (str(cell), counts[cell], [1.0 if other == cell else 0.0 for other in unseen])
        for cell in unseen
        if 0 < counts[cell] < threshold
    ]
    for margin, members in sums:
        total = sum(counts[cell] for cell in members)
        if not 0 < total < threshold:
            continue
        if margin not in away:
            wrong.append(f"{margin} is shown")
            continue
        shown = sum(counts[cell] for cell in members if cell not in unseen)
        line = [1.0 if cell in members else 0.0 for cell in unseen]
        wanted.append((f"sum {margin} less {shown}", float(total), line))
    for name, _n, line in wanted:
        seen = float(name.rsplit(" ", 1)[1]) if name.startswith("sum") else 0.0
        ends = []
        for sign in (1.0, -1.0):
            found = linprog(
                [sign * each for each in line],
                A_eq=a_eq or None, b_eq=b_eq or None, bounds=(0, None), method="highs",
            )  # fmt: skip
            ends.append(sign * found.fun if found.status == 0 else float("inf"))
        low, high = ends[0] + seen, ends[1] + seen
        if high < threshold - 1e-6 or high - low < 1e-6:
            wrong.append(f"{name} lies in {low}–{high}")
    return wrong


def fewest_cells(table: pl.DataFrame, threshold: int) -> int | None:
    """Return the fewest cells that keep the small ones, found by trying every choice; None when none does."""
    counts = _cells(table)
    small = {cell for cell, n in counts.items() if 0 < n < threshold}
    others = [cell for cell in counts if cell not in small]
    for more in range(len(others) + 1):
        for extra in combinations(others, more):
            if not open_cells(table, {*small, *extra}, threshold):
                return len(small) + more
    return None


def small_groups_in_reach(groups: list[frozenset[str]], threshold: int) -> list[frozenset[str]]:
    """Return every group of 1 to threshold − 1 people whose sum is a combination of the groups' sums, by rank."""
    people = sorted(frozenset(chain.from_iterable(groups)))
    if not groups:
        return []
    matrix = np.array([[person in group for person in people] for group in groups], dtype=float)
    rank = np.linalg.matrix_rank(matrix)
    found = []
    for count in range(1, threshold):
        for chosen in combinations(range(len(people)), count):
            line = np.zeros(len(people))
            line[list(chosen)] = 1
            if np.linalg.matrix_rank(np.vstack([matrix, line])) == rank:
                found.append(frozenset(people[each] for each in chosen))
    return found
