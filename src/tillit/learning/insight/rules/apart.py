"""Points that share no days: the only ones that chance can be reckoned by.

A number of the last 28 days told each week has three weeks in common with the one before. Such points follow one
another without anything having changed, and long runs are to be expected: all are drawn, and every fourth is judged.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tillit.learning.insight.rules.indicators import Step
from tillit.learning.insight.rules.series import Point

if TYPE_CHECKING:
    from tillit.learning.insight.rules.verdict import Verdict


def apart(points: Sequence[Point], *, step: Step, looks_back: int, baseline: int) -> tuple[int, ...]:
    """Return the indices of the points that are judged, oldest first.

    Which weeks they are follows from the calendar alone, so that a longer period shown changes nothing. baseline:
    points within the frozen one; what lies after it and looks back into it is left out.
    """
    if looks_back <= 1:
        return tuple(range(len(points)))
    return tuple(
        at
        for at, point in enumerate(points)
        if _place(point, step) % looks_back == 0 and (at < baseline or at - baseline >= looks_back - 1 or not baseline)
    )


def _place(point: Point, step: Step) -> int:
    """Return the week's number since the year 1, or the month's."""
    if step == Step.WEEK:
        return point.starts_on.toordinal() // 7
    return point.starts_on.year * 12 + point.starts_on.month


def among_all(found: "Verdict", points: tuple[Point, ...], judged: tuple[int, ...], baseline: int) -> "Verdict":
    """Return what was found of the judged points as told of all of them: indices into `points`."""
    stretch = found.stretch
    if stretch is not None:
        stretch = replace(stretch, first=judged[stretch.first], last=judged[stretch.last])
    return replace(
        found,
        points=points,
        low=_spread(found.low, points, judged),
        high=_spread(found.high, points, judged),
        baseline=baseline,
        stretch=stretch,
        beyond=tuple(judged[at] for at in found.beyond),
        judged=judged,
    )


def _spread(
    limits: tuple[float | None, ...], points: tuple[Point, ...], judged: tuple[int, ...]
) -> tuple[float | None, ...]:
    """Return a limit for each point with a value: that of the judged one before it, or the first."""
    there = [limit for limit in limits if limit is not None]
    if not there:
        return ()
    at_judged = dict(zip(judged, limits, strict=True))
    now: float | None = there[0]
    told: list[float | None] = []
    for at, point in enumerate(points):
        now = at_judged.get(at) or now
        told.append(now if point.value is not None else None)
    return tuple(told)
