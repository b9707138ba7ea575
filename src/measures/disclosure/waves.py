"""Two waves joined by codes that people make themselves, beside the waves taken as they are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from measures.answer import Found, Warned
from measures.comparison.groups import few, outside_of, welch_of
from measures.comparison.pairs import paired_of
from measures.disclosure.codes import sgic_match
from measures.measure import measure
from measures.tables import need, numbers

LEAST_SHARE = 0.6


@measure(
    "paired_by_code",
    version=1,
    source="Codes as sgic_match; change: Student 1908; unjoined: Welch 1947.",
)
def paired_by_code(
    w1: pl.DataFrame,
    w2: pl.DataFrame,
    *,
    code: Sequence[str],
    value: str = "value",
    max_diff: int = 1,
    conf: float = 0.95,
) -> Found:
    """The change w2 − w1 of those whose self-made codes meet, and beside it the difference of all who answered.

    w1, w2: the columns of the code, and a value. Neither codes nor pairs come out. When the two results go apart the
    joined people are not typical; below 60 % joined the unjoined result is the main one.
    """
    outside = outside_of(conf)
    elements = [code] if isinstance(code, str) else list(code)
    first, second = (numbers(table, name, [value]) for name, table in (("w1", w1), ("w2", w2)))
    for name, table in (("w1", first), ("w2", second)):
        need(table, name, elements)
    found = sgic_match(first.select(elements), second.select(elements), max_diff=max_diff)
    one, two = (table[value].to_numpy().astype(np.float64) for table in (first, second))
    change = np.sort(np.asarray([two[b] - one[a] for a, b in found["pairs"]], dtype=np.float64))
    change = change[~np.isnan(change)]
    unjoined = welch_of(np.sort(two[~np.isnan(two)]), np.sort(one[~np.isnan(one)]), outside)
    share = found["share"]
    warnings = [*found.warnings, *few(int(change.size))]
    if share is not None and share < LEAST_SHARE:
        warnings.append(Warned("few_joined", f"Fewer than {LEAST_SHARE:.0%} joined: the unjoined is the main one."))
    return Found(
        {"n_pairs": int(change.size), "share_joined": share,
         "joined": paired_of(change, outside), "unjoined": unjoined},
        n=first.height + second.height,
        excluded={"unmatched_w1": found["unmatched_w1"], "unmatched_w2": found["unmatched_w2"],
                  "no_value": len(found["pairs"]) - int(change.size)},
        warnings=warnings,
    )  # fmt: skip
