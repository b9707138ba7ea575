"""Which weeks and months must be counted: those nobody has counted, and those that something changed under."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tillit.kernel.periods import Days
from tillit.learning.insight.rules import periods
from tillit.learning.insight.rules.indicators import Indicator, Step

REACH = {Step.WEEK: timedelta(days=29), Step.MONTH: timedelta(days=93)}
"""So long after a fact a point may rest on it: the longest window of the step, and a night."""
ALWAYS_MONTHS = 4
"""The last months are always counted again: what they rest on may be told of late (an application, an answer)."""


@dataclass(frozen=True, slots=True)
class Stale:
    """Something changed for a unit in these days."""

    unit_id: int
    days: Days


Wanted = dict[date, frozenset[int]]
"""First day of a week or month → the units whose figures are counted then."""


def wanted(
    step: Step,
    indicators: Sequence[Indicator],
    *,
    counted: Mapping[str, Days],
    stale: Iterable[Stale],
    above: Mapping[int, Sequence[int]],
    kept_since: date | None,
    today: date,
) -> Wanted:
    """Return what must be counted for a step.

    counted: by code, in the version in use. above: for each unit the counted units its facts count for.
    kept_since: the first day with facts; nothing is counted before it. today: its own week and month are not over.
    """
    if kept_since is None:
        return {}
    mine = [one for one in indicators if one.step is step]
    every = periods.within(step, Days(kept_since), ended_by=today)
    everybody = frozenset(at for found in above.values() for at in found)
    result: dict[date, set[int]] = {}
    for starts_on in every:
        spans = [counted.get(one.code) for one in mine]
        if any(span is None or not _holds(span, starts_on) for span in spans):
            result[starts_on] = set(everybody)
    if step is Step.MONTH:
        for starts_on in every[-ALWAYS_MONTHS:]:
            result[starts_on] = set(everybody)
    known = frozenset(every)
    for mark in stale:
        after = today if mark.days.after is None else min(mark.days.after + REACH[step], today)
        for starts_on in periods.touched(step, max(mark.days.first, kept_since), after):
            if starts_on in known:
                result.setdefault(starts_on, set()).update(above.get(mark.unit_id, ()))
    return {starts_on: frozenset(units) for starts_on, units in sorted(result.items()) if units}


def _holds(span: Days, starts_on: date) -> bool:
    return span.first <= starts_on and span.after is not None and starts_on < span.after
