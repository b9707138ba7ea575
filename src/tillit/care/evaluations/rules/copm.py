"""COPM (Canadian Occupational Performance Measure): how well an activity goes, and how content she is with it.

Numbers and the words of the activity only: the form itself is protected and is not here. Change that matters: two
points or more on a mean (the manual). docs/how-we-count/copm.md has the formula and an example by hand.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from tillit.care.evaluations.rules.activities import common, mean, shown

LEAST, MOST = 1, 10
MATTERS = 2


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity, each score 1–10; None: not scored."""

    text: str
    importance: int | None = None
    performance: int | None = None
    satisfaction: int | None = None


@dataclass(frozen=True, slots=True)
class Means:
    """The mean of each score over the activities that have it, to two decimals; None without any."""

    performance: Decimal | None
    satisfaction: Decimal | None


@dataclass(frozen=True, slots=True)
class Part:
    """How one of the two scores changed, over the activities that have it both times."""

    before: Decimal
    after: Decimal
    change: Decimal
    matters: bool = field(metadata={"help": "Two points better or more, counted before rounding"})
    activities: int


@dataclass(frozen=True, slots=True)
class Change:
    """Before and after. left_out: activities that could not be compared, in their words."""

    performance: Part | None
    satisfaction: Part | None
    left_out: tuple[str, ...]


def means(activities: Sequence[Activity]) -> Means:
    """Return the means at one time."""
    return Means(
        shown(mean(one.performance for one in activities)), shown(mean(one.satisfaction for one in activities))
    )


def change(before: Sequence[Activity], after: Sequence[Activity]) -> Change:
    """Compare the activities that stand in both, each score where it was given both times."""
    pairs, left_out = common(before, after)
    performance = [(b.performance, a.performance) for b, a in pairs]
    satisfaction = [(b.satisfaction, a.satisfaction) for b, a in pairs]
    half = [b.text for b, a in pairs if None in (b.performance, a.performance, b.satisfaction, a.satisfaction)]
    return Change(_part(performance), _part(satisfaction), tuple(dict.fromkeys((*left_out, *half))))


def _part(scores: Sequence[tuple[int | None, int | None]]) -> Part | None:
    both = [(before, after) for before, after in scores if before is not None and after is not None]
    if not both:
        return None
    first, last = Fraction(sum(b for b, _ in both), len(both)), Fraction(sum(a for _, a in both), len(both))
    was, now, step = shown(first), shown(last), shown(last - first)
    assert was is not None and now is not None and step is not None
    return Part(was, now, step, last - first >= MATTERS, len(both))
