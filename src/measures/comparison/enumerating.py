"""Every way it could have been: listed while they are few, drawn with a seed when they are not."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
MOST_LISTED = 100_000
DRAWS = 99_999
_SLACK = 1e-9


def every_sign(n: int, seed: int) -> tuple[Floats, bool]:
    """Return a row of ±1 for each way to give n signs, the observed (all +1) too, and whether they were drawn."""
    if 2**n <= MOST_LISTED:
        bits = (np.arange(2**n)[:, None] >> np.arange(n)) & 1
        return np.asarray(1.0 - 2.0 * bits, dtype=np.float64), False
    drawn = np.random.default_rng(seed).integers(0, 2, size=(DRAWS, n), dtype=np.int8)
    return np.concatenate([np.ones((1, n)), 1.0 - 2.0 * drawn]), True


def every_choice(n: int, of: int, seed: int) -> tuple[npt.NDArray[np.bool_], bool]:
    """Return a row for each way to choose `of` among n, or draws without the observed, and whether they were drawn."""
    if math.comb(n, of) <= MOST_LISTED:
        chosen = np.array(list(combinations(range(n), of)), dtype=np.int64).reshape(-1, of)
        drawn = False
    else:
        order = np.random.default_rng(seed).random((DRAWS, n))
        chosen, drawn = np.argpartition(order, of, axis=1)[:, :of], True
    marked = np.zeros((chosen.shape[0], n), dtype=np.bool_)
    np.put_along_axis(marked, chosen, True, axis=1)
    return marked, drawn


def at_least_as_far(found: Floats, observed: float) -> int:
    """Return how many are as far from 0 as the observed, ties counted."""
    scale = max(1.0, float(np.abs(found).max(initial=0.0)))
    return int((np.abs(found) >= abs(observed) - _SLACK * scale).sum())
