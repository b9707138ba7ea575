"""Points that share no days: the only ones that chance can be reckoned by.

A number of the last 28 days told each week has three weeks in common with the one before. Such points follow one
another without anything having changed, and long runs are to be expected: all are drawn, and every fourth is judged.
"""

from collections.abc import Sequence

from tillit.learning.insight.rules.indicators import Step
from tillit.learning.insight.rules.series import Point


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
