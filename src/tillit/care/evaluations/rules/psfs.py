"""PSFS (Patient-Specific Functional Scale): how well each of three to five activities goes, 0–10; 10 is as before.

Change that matters: two points on the mean, three on one activity (MDC90). docs/how-we-count/psfs.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from tillit.care.evaluations.rules.activities import common, mean, shown

LEAST, MOST = 0, 10
MATTERS, MATTERS_IN_ONE = 2, 3


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity, 0 (cannot) to 10 (as before); None: not scored."""

    text: str
    score: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Before and after, over the activities that have a score both times."""

    before: Decimal
    after: Decimal
    change: Decimal
    matters: bool = field(metadata={"help": "Two points better or more on the mean, counted before rounding"})
    better: tuple[str, ...] = field(metadata={"help": "Activities that are three points better or more"})
    activities: int
    left_out: tuple[str, ...]


def mean_score(activities: Sequence[Activity]) -> Decimal | None:
    """Return the mean of the scores that are given, to two decimals."""
    return shown(mean(one.score for one in activities))


def change(before: Sequence[Activity], after: Sequence[Activity]) -> Change | None:
    """Compare the activities that stand in both with a score; None when there is none."""
    pairs, left_out = common(before, after)
    both = [(b.text, b.score, a.score) for b, a in pairs if b.score is not None and a.score is not None]
    if not both:
        return None
    half = [b.text for b, a in pairs if b.score is None or a.score is None]
    first, last = Fraction(sum(b for _, b, _a in both), len(both)), Fraction(sum(a for *_, a in both), len(both))
    was, now, step = shown(first), shown(last), shown(last - first)
    assert was is not None and now is not None and step is not None
    return Change(
        before=was,
        after=now,
        change=step,
        matters=last - first >= MATTERS,
        better=tuple(text for text, b, a in both if a - b >= MATTERS_IN_ONE),
        activities=len(both),
        left_out=(*left_out, *half),
    )
