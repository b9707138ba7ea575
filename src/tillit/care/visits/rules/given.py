"""The help that was given, week by week and kind by kind: what the citizen got, never who was how quick.

How it is counted, with an example by hand: docs/how-we-count/help-over-time.md.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from tillit.care.careplans.rules.recurrence import PlannedHelp

UNKNOWN = ""
"""The kind of help in a visit that says nothing of what was done."""
OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Given:
    """A visit that was carried out. minutes: told, else planned. tasks: (kind of help, planned minutes) of each."""

    on: date
    minutes: int
    tasks: Sequence[tuple[str, int]] = ()


def monday_of(day: date) -> date:
    """Return the Monday of a day's ISO week."""
    return day - timedelta(days=day.isoweekday() - 1)


def shared_out(one: Given) -> Mapping[str, Fraction]:
    """Share a visit's minutes among the kinds of help in it, by their planned minutes.

    A visit without tasks, or with tasks of no time, is of the kind UNKNOWN. The sum is the visit's minutes, exactly.
    """
    planned: dict[str, int] = defaultdict(int)
    for kind, minutes in one.tasks:
        planned[kind] += minutes
    whole = sum(planned.values())
    if not whole:
        return {UNKNOWN: Fraction(one.minutes)}
    return {kind: Fraction(one.minutes * minutes, whole) for kind, minutes in planned.items() if minutes}


def planned_tasks(helps: Iterable[PlannedHelp], *, slot: str, part: str, on: date) -> list[tuple[str, int]]:
    """Return what a plan says of a visit whose own tasks are not kept: (kind of help, minutes) of each.

    A visit of its own names its line in the slot («CLEANING:412»); a gathered one has all there is in that part of the
    day on that weekday, but for what has visits of its own.
    """
    line = slot.partition("@")[0].partition(":")[2]
    if line:
        return [(one.kind, one.minutes) for one in helps if str(one.line) == line]
    return [
        (one.kind, one.minutes)
        for one in helps
        if not one.needs_own_visit
        and on.isoweekday() in one.recurrence.weekdays
        and any(time.part == part for time in one.times)
    ]


def by_kind_and_week(visits: Iterable[Given], *, mondays: Sequence[date]) -> dict[str, list[Fraction]]:
    """Return the minutes of each kind in each of the weeks that begin on `mondays`; a kind nobody gave is left out."""
    places = {monday: number for number, monday in enumerate(mondays)}
    found: dict[str, list[Fraction]] = {}
    for one in visits:
        place = places.get(monday_of(one.on))
        if place is None:
            continue
        for kind, minutes in shared_out(one).items():
            found.setdefault(kind, [Fraction(0)] * len(mondays))[place] += minutes
    return found


def largest(kinds: Mapping[str, Sequence[Fraction]], *, most: int) -> dict[str, list[Fraction]]:
    """Return the kinds with most help first; when there are more than `most`, the smallest are laid into OTHER.

    OTHER stands last, but for UNKNOWN, which is never laid together with anything.
    Nothing is lost: the weeks add up to the same.
    """
    named = [kind for kind in kinds if kind not in (OTHER, UNKNOWN)]
    order = sorted(named, key=lambda kind: (-sum(kinds[kind]), kind))
    kept = order if len(order) + (OTHER in kinds) <= most else order[: most - 1]
    found = {kind: list(kinds[kind]) for kind in kept}
    rest = [kinds[kind] for kind in kinds if kind not in found and kind != UNKNOWN]
    if rest:
        found[OTHER] = [sum(week, Fraction(0)) for week in zip(*rest, strict=True)]
    if UNKNOWN in kinds:
        found[UNKNOWN] = list(kinds[UNKNOWN])
    return found
