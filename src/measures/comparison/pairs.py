"""The same people, or the same teams, before and after."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import polars as pl
from scipy import stats

from measures.answer import Found, Value, Warned
from measures.comparison.effect import Floats, standardised_change
from measures.comparison.enumerating import MOST_LISTED, at_least_as_far, every_sign
from measures.comparison.groups import few, outside_of
from measures.measure import measure
from measures.tables import numbers, texts


def paired_of(changes: Floats, outside: float) -> dict[str, Value]:
    """Return the mean of the changes with t, p, interval and dz; None where there is no spread."""
    n = int(changes.size)
    told: dict[str, Value] = dict.fromkeys(
        ("mean_diff", "t", "df", "p", "ci_low", "ci_high", "dz", "dz_ci_low", "dz_ci_high")
    )
    if n:
        told["mean_diff"] = float(changes.mean())
    if n < 2:
        return told
    told["df"] = n - 1
    sd = float(changes.std(ddof=1))
    if sd <= 0:
        return told
    se = sd / math.sqrt(n)
    t = told["mean_diff"] / se
    half = float(stats.t.ppf(1 - outside / 2, n - 1)) * se
    told |= {"t": t, "p": 2 * float(stats.t.sf(abs(t), n - 1))}
    told |= {"ci_low": told["mean_diff"] - half, "ci_high": told["mean_diff"] + half}
    told["dz"], (told["dz_ci_low"], told["dz_ci_high"]) = standardised_change(told["mean_diff"], sd, n, outside)
    return told


@measure("paired", version=1, source="Student 1908; dz with interval by the non-central t (Steiger & Fouladi 1997).")
def paired(
    data: pl.DataFrame,
    *,
    value: str = "value",
    group: str = "group",
    id: str = "id",  # as the table has it
    a: Any = "a",
    b: Any = "b",
    conf: float = 0.95,
) -> Found:
    """The mean change a − b of those who are in both, with interval and dz.

    Those in one only are counted. An id that stands twice in one group is nobody in particular: left out, and counted.
    """
    outside = outside_of(conf)
    found = numbers(texts(data, "data", [group, id]), "data", [value])
    whole = found.drop_nulls([value, id])

    def of(name: Any) -> tuple[pl.DataFrame, int]:
        mine = whole.filter(pl.col(group) == str(name)).select(id, value)
        once = mine.filter(pl.col(id).is_unique())
        return once, mine.height - once.height

    (first, twice_a), (second, twice_b) = of(a), of(b)
    both = first.join(second, on=id, how="inner", suffix="_b").sort(id)
    changes = (both[value] - both[f"{value}_b"]).to_numpy().astype(np.float64)
    told = paired_of(changes, outside)
    warnings = few(changes.size)
    only = (first.height - changes.size, second.height - changes.size)
    if any(only):
        warnings.append(Warned("not_like_all", "Those in both are not like all: show the unpaired difference beside."))
    return Found(
        {"n_pairs": int(changes.size), "n_only_a": only[0], "n_only_b": only[1], **told},
        n=int(changes.size),
        excluded={"id_twice": twice_a + twice_b, "no_value": found.height - whole.height},
        warnings=warnings,
    )


@measure("sign_flip", version=1, source="Fisher, The Design of Experiments, 1935, §21.")
def sign_flip(diffs: pl.DataFrame, *, column: str = "diff", seed: int = 1) -> Found:
    """Exact test of paired differences: of all 2ⁿ ways to turn their signs, how many are as far from 0.

    p = count / total, ties and the observed way counted. Above sixteen differences signs are drawn instead (99,999 ways
    and the observed), with the seed told. The smallest p that so few can give stands beside.
    """
    found = numbers(diffs, "diffs", [column])
    x = np.sort(found.drop_nulls(column)[column].to_numpy().astype(np.float64))
    n = int(x.size)
    empty = {"n": n, "mean": None, "count": None, "total": None, "p": None, "p_min": None}
    if n == 0:
        return Found(empty, n=0, excluded={"no_value": found.height})
    signs, drawn = every_sign(n, seed)
    count = at_least_as_far(signs @ x, float(x.sum()))
    total = signs.shape[0]
    least = 2 / total
    warnings = few(n)
    if least > 0.05:
        warnings.append(Warned("too_few_pairs", f"With {n} differences p is never below {least:.2g}."))
    if drawn:
        warnings.append(Warned("drawn", f"More than {MOST_LISTED} ways: signs were drawn, not listed."))
    return Found(
        {"n": n, "mean": float(x.mean()), "count": count, "total": total, "p": count / total, "p_min": least},
        n=n,
        excluded={"no_value": found.height - n},
        warnings=warnings,
        seed=seed if drawn else None,
    )
