"""One number for each whole month, so that figures whose windows overlap are not counted as if they did not.

docs/how-we-count/comparison.md has the rules with an example by hand.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from tillit.kernel.periods import Days
from tillit.learning.insight.rules.hiding import last_for_leaders
from tillit.learning.insight.rules.indicators import Indicator, Step
from tillit.learning.insight.rules.series import Point


def month_start(day: date) -> date:
    """Return the first day of the day's month."""
    return day.replace(day=1)


def add_months(first: date, months: int) -> date:
    """Return the first day of the month so many months from `first`, which is the first of one. months: may be < 0."""
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def end_of(days: Days) -> date:
    """Return the first day after a window. Raises ValueError for days without an end, which no window is."""
    if days.after is None:
        raise ValueError("A baseline has an end.")
    return days.after


def with_value(points: Iterable[Point]) -> tuple[Point, ...]:
    """Return the points that have a value that may be shown."""
    return tuple(one for one in points if one.value is not None and not one.hidden)


@dataclass(frozen=True, slots=True)
class Month:
    """One number for one whole month. n: of the points it is made of."""

    starts_on: date
    value: float
    n: int


def whole(first: date, after: date) -> Days | None:
    """Return the whole calendar months in [first, after), or None when there is none."""
    start = month_start(first)
    if start < first:
        start = add_months(start, 1)
    end = month_start(after)
    return Days(start, end) if start < end else None


def last_month_end(today: date) -> date:
    """Return the first day after the last month used: it ended 14 days ago or more, the same for all readers."""
    return month_start(last_for_leaders(today))


def since(began_on: date, left_on: date | None, *, today: date) -> Days | None:
    """Return the whole months since a team began, as far as they may be used, or None. left_on: no longer, from it."""
    after = last_month_end(today)
    return whole(began_on, min(after, left_on) if left_on else after)


def by_month(indicator: Indicator, points: Iterable[Point], days: Days, *, backwards: bool) -> tuple[Month, ...]:
    """Return one number for each whole month of `days` that has one, the oldest first; none looks over the same days.

    Weeks belong to the month they end in. Weeks that stand on their own are put together by what they were counted
    from; of weeks that look four weeks back only the month's last one is used. Of months that look three months back
    every third is used: counted from the last when `backwards` (before a change), else from the first whose window
    lies in the days. days: whole months.
    """
    by_start: dict[date, list[Point]] = {}
    for one in sorted(with_value(points), key=lambda each: each.ends_on):
        month = month_start(one.ends_on - timedelta(days=1))
        if days.contains(month):
            by_start.setdefault(month, []).append(one)
    found = [made for month, mine in sorted(by_start.items()) if (made := _one(indicator, month, mine)) is not None]
    span = indicator.looks_back if indicator.step is Step.MONTH else 1
    if span == 1:
        return tuple(found)
    fixed = add_months(end_of(days), -1) if backwards else add_months(days.first, span - 1)
    places = [(one, _apart(fixed, one.starts_on)) for one in found]
    return tuple(one for one, away in places if away % span == 0 and (backwards or away >= 0))


def _apart(first: date, other: date) -> int:
    return (other.year - first.year) * 12 + other.month - first.month


def _one(indicator: Indicator, month: date, points: list[Point]) -> Month | None:
    if indicator.step is Step.MONTH or indicator.looks_back > 1:
        last = points[-1]
        # The month's last week, or nothing: an earlier one could look over the same days as the month before.
        if indicator.step is Step.WEEK and last.ends_on + timedelta(days=7) <= add_months(month, 1):
            return None
        return None if last.value is None else Month(month, last.value, last.n)
    parts = [(one.numerator, one.denominator) for one in points]
    top = sum(part for part, _whole in parts if part is not None)
    bottom = sum(part for _top, part in parts if part is not None)
    n = sum(one.n for one in points)
    if bottom and all(part is not None and rest is not None for part, rest in parts):
        scale = _scale(points)
        return Month(month, scale * top / bottom, n)
    values = [one.value for one in points if one.value is not None]
    return Month(month, sum(values) / len(values), n)


def _scale(points: list[Point]) -> float:
    """Return what a rate is counted per: 1 for shares, 1000 for «per thousand»."""
    for one in points:
        if one.value and one.numerator and one.denominator:
            return round(one.value * one.denominator / one.numerator, 6)
    return 1.0
