"""Several questions at once: each answered as strictly as their number asks."""

from __future__ import annotations

import numpy as np
import polars as pl

from measures.answer import Found
from measures.errors import InvalidInput
from measures.measure import measure
from measures.tables import numbers, texts


@measure("holm", version=1, source="Holm 1979, Scand J Stat 6:65.")
def holm(tests: pl.DataFrame) -> Found:
    """p-values adjusted for how many primary indicators there are (Holm).

    tests: name, p. The i-th smallest of m is multiplied by m − i + 1, never falls below the one before it, and is at
    most 1. Only the primary indicators belong here: one for each effect goal, chosen beforehand.
    """
    found = numbers(texts(tests, "tests", ["name"]), "tests", ["p"])
    whole = found.drop_nulls(["name", "p"]).sort("p", "name")
    p = whole["p"].to_numpy().astype(np.float64)
    if np.any((p < 0) | (p > 1)):
        raise InvalidInput("tests.p", "is no probability", "Give p-values from 0 to 1")
    if whole["name"].n_unique() < whole.height:
        raise InvalidInput("tests.name", "a name stands twice", "Name each test once")
    m = p.size
    adjusted = np.minimum(1.0, np.maximum.accumulate(p * (m - np.arange(m)))) if m else p
    values = {name: float(each) for name, each in zip(whole["name"].to_list(), adjusted, strict=True)}
    return Found({"m": m, "adjusted": values}, n=m, excluded={"incomplete": found.height - m})
