"""Being away from home: which steps are due by when, which are offered, how long it lasted (R16).

How the numbers are counted, with an example by hand: docs/how-we-count/stays.md.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

HOSPITAL = "HOSPITAL"
IN_BEDS = frozenset({HOSPITAL, "HEALTH_HOUSE", "ACUTE_UNIT", "SHORT_STAY", "REHABILITATION", "RESPITE"})
"""Where somebody else looks after her meanwhile. Being away on a journey is nobody's to follow up."""

AT_HOMECOMING = ("PLAN", "FIRST_VISIT")
"""Opened by themselves when the day of coming home is set: the plan is looked at, somebody takes the first visit."""

ONCE = frozenset({"REPORT"})
"""What is done once in a stay, and not offered again."""

MOST_OFFERED = 3


def due_on(step: str, *, today: date, home_on: date | None) -> date | None:
    """Return the day a step is to be done by when nobody has said another; None: it has no usual day.

    home_on: the day she is expected home. A report about her goes to the hospital within a day of the admission, an
    answer to «ready» the same day (shared national guide to messages).
    """
    if step in {"REPORT", "CALL"}:
        return today + timedelta(days=1)
    if step == "ANSWER":
        return today
    if step in {*AT_HOMECOMING, "MEDICINES"}:
        return max(today, home_on) if home_on else None
    return None


def offered(kind: str, *, is_ready: bool, home_on: date | None, is_open: Collection[str]) -> tuple[str, ...]:
    """Return the steps that can be taken up in one press, the likeliest first: at most three, none that is open.

    kind: where she is. is_open: kinds of steps that somebody has already.
    """
    if kind not in IN_BEDS:
        return ()
    likely = ["CALL", "MEETING", "MEDICINES"]
    if is_ready and home_on is None:
        likely = ["ANSWER", "MEDICINES", "MEETING", "CALL"]
    elif home_on is not None:
        likely = ["MEDICINES", "FIRST_VISIT", "PLAN", "CALL"]
    elif kind == HOSPITAL:
        likely = ["CALL", "MEETING", "REPORT", "MEDICINES"]
    return tuple(step for step in likely if step not in is_open)[:MOST_OFFERED]


@dataclass(frozen=True, slots=True)
class Away:
    """One stay by its days in Oslo. home_on: the day she left that place; None: she is there still."""

    kind: str
    from_on: date
    home_on: date | None
    ready_on: date | None
    paused: int


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted for one kind of place. waited: the median of whole days from «ready» until she left."""

    stays: int
    days: int
    ready: int
    waited: float | None
    paused: int


def days_away(from_on: date, home_on: date, *, first: date, after: date) -> int:
    """Count the nights she was away within the days [first, after): the days between leaving and being home.

    Left and home on one day is none.
    """
    return max(0, (min(home_on, after) - max(from_on, first)).days)


def days_waited(ready_on: date, left_on: date) -> int:
    """Count whole days from the day she was said to be ready until the day she left; the same day is none."""
    return max(0, (left_on - ready_on).days)


def count(stays: Iterable[Away], *, first: date, after: date) -> Mapping[str, Counted]:
    """Count stays that touch the days [first, after) by kind; what goes on is counted up to `after`.

    Waiting is counted for those who were said to be ready and have left, on the days in question.
    """
    by_kind: dict[str, list[Away]] = {}
    for stay in stays:
        by_kind.setdefault(stay.kind, []).append(stay)
    return {kind: _counted(rows, first=first, after=after) for kind, rows in by_kind.items()}


def _counted(rows: list[Away], *, first: date, after: date) -> Counted:
    waits = [
        days_waited(stay.ready_on, stay.home_on)
        for stay in rows
        if stay.ready_on is not None and stay.home_on is not None and first <= stay.home_on < after
    ]
    return Counted(
        stays=len(rows),
        days=sum(days_away(stay.from_on, stay.home_on or after, first=first, after=after) for stay in rows),
        ready=len(waits),
        waited=float(median(waits)) if waits else None,
        paused=sum(stay.paused for stay in rows),
    )
