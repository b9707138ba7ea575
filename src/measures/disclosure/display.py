"""Least groups for each kind of number, bands for n, and the rule for when all agree."""

from __future__ import annotations

from collections.abc import Sequence

from measures.answer import Found
from measures.errors import InvalidInput
from measures.measure import measure

LEAST = {"users": 5, "survey_mean": 5, "survey_distribution": 10, "free_text": 10, "employees": 10}
"""Least n before a number of the kind is shown (docs/how-we-count/measures-disclosure.md)."""
LEAST_RESPONSE = 0.5
BAND = 5


@measure("may_show", version=1, source="Own rule (§3).")
def may_show(*, kind: str, n: int, invited: int | None = None, counts: Sequence[int] | None = None) -> Found:
    """Whether a number that rests on n may be shown, and what n may be printed as.

    kind: users, survey_mean, survey_distribution, free_text or employees. A mean of a survey needs at least half of
    those invited besides. counts: of the categories; where all gave the same answer and n < 10 it is hidden, because
    one then knows what each answered. n under 10 is printed as the band «5–9».
    """
    if kind not in LEAST:
        raise InvalidInput("kind", f"«{kind}» is no kind", f"Use one of: {', '.join(LEAST)}")
    why = []
    if n < LEAST[kind]:
        why.append("too_few")
    if kind.startswith("survey") and invited is not None and n < LEAST_RESPONSE * invited:
        why.append("low_response")
    if counts is not None and n < 2 * BAND and sum(each > 0 for each in counts) == 1:
        why.append("all_alike")
    band = str(n) if n >= 2 * BAND else f"{BAND}–{2 * BAND - 1}" if n >= BAND else f"under {BAND}"
    return Found({"show": not why, "why_not": why, "n_shown": band}, n=n)
