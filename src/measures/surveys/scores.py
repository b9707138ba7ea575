"""Scores, distributions, and how much a group may decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl
from scipy import stats

from measures.answer import Found, Warned, ratio
from measures.errors import InvalidInput
from measures.measure import measure
from measures.surveys.answers import Answers, Floats, confidence, read_answers
from measures.tables import need, numbers

LEAST_FOR_A_MEAN = 5
LEAST_FOR_A_DISTRIBUTION = 10
_SLACK = 1e-9


def mean_interval(values: Floats, outside: float) -> tuple[float | None, float | None]:
    """Return the t interval of a mean, or None twice when there is no spread to reckon from."""
    if values.size < 2:
        return None, None
    half = float(stats.t.ppf(1 - outside / 2, values.size - 1)) * float(values.std(ddof=1)) / values.size**0.5
    middle = float(values.mean())
    return middle - half, middle + half


def wilson(count: int, n: int, outside: float) -> tuple[float | None, float | None]:
    """Return Wilson's interval of a share (Wilson 1927), None twice when nobody answered."""
    if n == 0:
        return None, None
    z = float(stats.norm.ppf(1 - outside / 2))
    share = count / n
    middle, half = share + z * z / (2 * n), z * (share * (1 - share) / n + z * z / (4 * n * n)) ** 0.5
    under = 1 + z * z / n
    return max(0.0, (middle - half) / under), min(1.0, (middle + half) / under)


def scores_of(answers: Answers, min_answered_share: float = 0.5) -> Floats:
    """Return each one's mean of answered items, NaN for one who answered fewer than the share: the half rule (U-1).

    For formulas over persons (a difference of two waves, a spread). No score of one person is to be shown.
    """
    answered = (~np.isnan(answers.values)).sum(axis=1)
    valid = answered >= max(1.0, min_answered_share * len(answers.items) - _SLACK)
    each: Floats = np.full(answers.values.shape[0], np.nan)
    each[valid] = np.nansum(answers.values[valid], axis=1) / answered[valid]
    return each


@measure(
    "scale_score",
    version=1,
    source="Own rule (U-1): the half rule; interval: Student 1908.",
    words={"least": "min", "most": "max", "columns": "items_used"},
)
def scale_score(
    items: pl.DataFrame,
    *,
    least: float = 1,
    most: float = 5,
    reverse: Sequence[Any] = (),
    min_answered_share: float = 0.5,
    conf: float = 0.95,
    columns: Sequence[str] | None = None,
) -> Found:
    """A scale's score: each one's mean of answered items, when at least half are answered; then over all (U-1).

    Reversed items are turned first (min + max − x). Those with fewer answers have no score and are counted. No score of
    one person comes out. Fewer than five scores: do not show.
    """
    outside = confidence(conf)
    if not 0 < min_answered_share <= 1:
        raise InvalidInput("min_answered_share", "must be above 0 and at most 1", "Use 0.5")
    found = read_answers(items, least=least, most=most, reverse=reverse, columns=columns)
    each = scores_of(found, min_answered_share)
    valid = ~np.isnan(each)
    scores = each[valid]
    low, high = mean_interval(scores, outside)
    n = int(scores.size)
    few = [Warned("too_few", f"Fewer than {LEAST_FOR_A_MEAN} scores: do not show.")] if n < LEAST_FOR_A_MEAN else []
    return Found(
        {
            "n_valid": n,
            "n_invalid": int((~valid).sum()),
            "mean": float(scores.mean()) if n else None,
            "sd": float(scores.std(ddof=1)) if n > 1 else None,
            "ci_low": low,
            "ci_high": high,
        },
        n=n,
        excluded={"too_few_answered": int((~valid).sum())},
        warnings=few,
    )


@measure(
    "likert",
    version=1,
    source="Interval of the share: Wilson 1927, JASA 22:209.",
    words={"least": "min", "most": "max"},
)
def likert(
    items: pl.DataFrame,
    *,
    item: str,
    top: Sequence[float] = (4, 5),
    conf: float = 0.95,
    least: float = 1,
    most: float = 5,
) -> Found:
    """How the answers to one item are spread, their mean and median, and the share in the top boxes (U-2).

    Empty is not answered. The distribution needs ten answers; and when all of fewer than ten answer alike it tells what
    each of them answered: then show nothing.
    """
    outside = confidence(conf)
    column = read_answers(items, least=least, most=most, columns=[item]).values[:, 0]
    x = column[~np.isnan(column)]
    n = int(x.size)
    steps = [float(each) for each in np.unique(x)]
    if float(least).is_integer() and float(most).is_integer():
        steps = sorted({*steps, *(float(each) for each in range(int(least), int(most) + 1))})
    counts = {f"{step:g}": int((x == step).sum()) for step in steps}
    in_top = int(np.isin(x, np.asarray(top, dtype=float)).sum())
    low, high = wilson(in_top, n, outside)
    warnings = []
    if n < LEAST_FOR_A_DISTRIBUTION:
        warnings.append(Warned("too_few", f"Fewer than {LEAST_FOR_A_DISTRIBUTION} answers: do not show how they are "
                               "spread."))  # fmt: skip
        if n and max(counts.values()) == n:
            warnings.append(Warned("unanimous", "All answered alike: showing it tells what each of them answered."))
    return Found(
        {
            "n": n,
            "missing": int(column.size - n),
            "counts": counts,
            "mean": float(x.mean()) if n else None,
            "median": float(np.median(x)) if n else None,
            "top_share": ratio(in_top, n),
            "wilson_low": low,
            "wilson_high": high,
        },
        n=n,
        excluded={"not_answered": int(column.size - n)},
        warnings=warnings,
    )


@measure("say_gap", version=1, source="Own definition (S-5).", words={"least": "min", "most": "max"})
def say_gap(answers: pl.DataFrame, *, least: float = 0, most: float = 4, conf: float = 0.95) -> Found:
    """How much more a team should decide than it does: mean of «should» − «has», for each decision and over all (S-5).

    answers: resp, decision, has, should (0 nothing – 4 everything). Only rows with both count. Over all: each one's
    mean over decisions first, so that one who answers more does not weigh more; the interval is over persons.
    """
    outside = confidence(conf)
    need(answers, "answers", ["resp", "decision", "has", "should"])
    found = numbers(answers, "answers", ["has", "should"]).with_columns(pl.col("resp", "decision").cast(pl.String))
    if ((found["has"] < least) | (found["has"] > most) | (found["should"] < least) | (found["should"] > most)).any():
        raise InvalidInput("answers.has", f"an answer is outside {least:g}–{most:g}", "Give the scale's ends")
    whole = found.drop_nulls(["resp", "decision", "has", "should"]).with_columns(gap=pl.col("should") - pl.col("has"))
    each = (
        whole.group_by("decision")
        .agg(n=pl.len(), has=pl.col("has").mean(), should=pl.col("should").mean(), gap=pl.col("gap").mean())
        .sort("decision")
    )
    of_one = whole.group_by("resp").agg(pl.col("gap").mean()).sort("resp")["gap"].to_numpy().astype(np.float64)
    low, high = mean_interval(of_one, outside)
    n = int(of_one.size)
    few = [Warned("too_few", f"Fewer than {LEAST_FOR_A_MEAN} answers: do not show.")] if n < LEAST_FOR_A_MEAN else []
    return Found(
        {
            "n": n,
            "gap": float(of_one.mean()) if n else None,
            "ci_low": low,
            "ci_high": high,
            "per_decision": {row.pop("decision"): row for row in each.iter_rows(named=True)},
        },
        n=n,
        excluded={"incomplete": found.height - whole.height},
        warnings=few,
    )
