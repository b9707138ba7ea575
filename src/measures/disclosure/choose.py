"""Which numbers to hide besides the small ones: as few as possible, proved by an integer program.

Cell suppression after Fischetti & Salazar-González (2001, Management Science 47:1008–1027), one-sided: every small
number must be able to be at least the threshold, in some table that agrees with all that is shown. A change that does
it is a circulation among hidden numbers, so no hidden number need move more than the small one does.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from measures.disclosure.attack import opened, sensitive
from measures.disclosure.table import Published

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
EXACT_UP_TO = 3000
"""Small numbers × numbers: up to here the fewest are proved; above, a heuristic is audited and mended."""
NODES = 20_000
"""Nodes of the search, not seconds: the same table is hidden the same way on any machine."""


def _weights(table: Published) -> Floats:
    """Return the cost of hiding each: one, and a little more the more people it tells of."""
    weights: Floats = 1 + 0.5 * table.counts / (table.counts.sum() + 1)
    return weights


def choose(table: Published, threshold: float, *, zero_is_safe: bool, margins_too: bool) -> tuple[Flags, bool]:
    """Return what to hide, and whether it is proved to be the fewest.

    margins_too: margins may be hidden as well; needed when one of them is small itself.
    """
    small = sensitive(table, threshold, zero_is_safe=zero_is_safe)
    if not small.any() or table.sums.shape[0] == 0:
        return small, True
    free = np.ones(table.counts.size, dtype=bool)
    if not margins_too:
        free[table.inner :] = False
    if small.sum() * table.counts.size <= EXACT_UP_TO:
        found = _fewest(table, small, free, threshold)
        if found is not None and not opened(table, found[0], threshold, zero_is_safe=zero_is_safe):
            return found
    return _one_by_one(table, small, free, threshold, zero_is_safe=zero_is_safe), False


def _fewest(table: Published, small: Flags, free: Flags, threshold: float) -> tuple[Flags, bool] | None:
    """Solve the integer program: s says what is hidden; for each small number a change d that lifts it."""
    size, lines = table.counts.size, table.sums.shape[0]
    targets = np.flatnonzero(small)
    eye = sparse.identity(size, format="csr")
    blocks: list[list[sparse.spmatrix | None]] = []
    low: list[Floats] = []
    high: list[Floats] = []

    def put(number: int, on_s: sparse.spmatrix | None, on_d: sparse.spmatrix, least: Floats, most: Floats) -> None:
        line: list[sparse.spmatrix | None] = [on_s if on_s is not None else sparse.csr_matrix((on_d.shape[0], size))]
        line += [on_d if other == number else None for other in range(targets.size)]
        blocks.append(line)
        low.append(least)
        high.append(most)

    d_low, d_high = [], []
    for number, target in enumerate(targets):
        lift = threshold - table.counts[target]
        down = np.minimum(table.counts, lift)
        put(number, None, sparse.csr_matrix(table.sums), np.zeros(lines), np.zeros(lines))
        put(number, sparse.diags(down), eye, np.zeros(size), np.full(size, np.inf))
        put(number, -lift * eye, eye, np.full(size, -np.inf), np.zeros(size))
        least, most = -down, np.full(size, lift)
        least[target] = most[target] = lift
        d_low.append(least)
        d_high.append(most)
    count = targets.size * size
    s_high = (free | small).astype(float)
    answer = milp(
        np.concatenate([_weights(table), np.zeros(count)]),
        integrality=np.concatenate([np.ones(size), np.zeros(count)]),
        bounds=Bounds(np.concatenate([small.astype(float), *d_low]), np.concatenate([s_high, *d_high])),
        constraints=LinearConstraint(sparse.bmat(blocks, format="csr"), np.concatenate(low), np.concatenate(high)),
        options={"node_limit": NODES, "mip_rel_gap": 1e-6},
    )
    if answer.x is None:
        return None
    return answer.x[:size] > 0.5, bool(answer.status == 0)


def _one_by_one(table: Published, small: Flags, free: Flags, threshold: float, *, zero_is_safe: bool) -> Flags:
    """Lift each small number along the cheapest change, hide what it moves, then show again what need not be hidden."""
    hidden = small.copy()
    size = table.counts.size
    weights = _weights(table)
    for target in np.flatnonzero(small)[np.argsort(table.counts[small], kind="stable")]:
        lift = threshold - table.counts[target]
        cost = np.where(hidden, 1e-4, weights)
        ends_up = np.where(free | hidden, lift, 0.0)
        ends_down = np.where(free | hidden, np.minimum(table.counts, lift), 0.0)
        least_up = np.zeros(size)
        least_up[target] = ends_up[target] = lift
        ends_down[target] = 0.0
        found = linprog(
            np.concatenate([cost, cost]),
            A_eq=np.hstack([table.sums, -table.sums]),
            b_eq=np.zeros(table.sums.shape[0]),
            bounds=np.column_stack([np.concatenate([least_up, np.zeros(size)]), np.concatenate([ends_up, ends_down])]),
            method="highs",
        )
        if found.status != 0:
            continue
        moved = found.x[:size] + found.x[size:]
        hidden |= moved > 1e-7
    if opened(table, hidden, threshold, zero_is_safe=zero_is_safe):
        hidden = hidden | free
    for place in sorted(np.flatnonzero(hidden & ~small), key=lambda each: -weights[each]):
        hidden[place] = False
        if opened(table, hidden, threshold, zero_is_safe=zero_is_safe):
            hidden[place] = True
    return hidden
