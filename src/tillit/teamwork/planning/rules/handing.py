"""Colleagues between themselves: who may hand over a visit or take one nobody has, and from whom one has it.

Only on lists in use: a draft is the allocator's. What speaks against the one who gets it is told by `objections`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from tillit.teamwork.planning.rules.day import Day, Row

HAND_OVER = "HAND_OVER"
TAKE = "TAKE"
GIVE_BACK = "GIVE_BACK"
"""Steps that colleagues take between themselves, as they are stored."""

UNDONE_WITHIN = timedelta(minutes=2)
"""So long whoever pressed the wrong name can take the visit back herself."""


class WhyNot(StrEnum):
    """Why a visit cannot go from one to another."""

    NOT_IN_USE = "NOT_IN_USE"
    NOT_PLANNED = "NOT_PLANNED"
    """It is done, or cancelled."""
    NOT_HERS = "NOT_HERS"
    IS_HERS = "IS_HERS"
    """The one who is to have it has it already."""
    TAKEN = "TAKEN"
    """Nobody is missing any more."""
    NOT_GIVEN = "NOT_GIVEN"
    """It came to her from the allocator, so there is nobody to give it back to."""
    TOO_LATE = "TOO_LATE"
    """What was given is undone at once or not at all: the colleague plans with it."""


def why_not_hand_over(
    day: Day, *, visit_id: int, giver_id: int | None, to_id: int, in_use: bool, is_planned: bool
) -> WhyNot | None:
    """Return why the giver cannot hand the visit over to somebody; None when she can."""
    if not in_use:
        return WhyNot.NOT_IN_USE
    if not is_planned or visit_id not in day.call_by_id:
        return WhyNot.NOT_PLANNED
    holders = holders_of(day, visit_id)
    if giver_id not in holders:
        return WhyNot.NOT_HERS
    return WhyNot.IS_HERS if to_id in holders else None


def why_not_take(day: Day, *, visit_id: int, taker_id: int | None, in_use: bool, is_planned: bool) -> WhyNot | None:
    """Return why she cannot take the visit, or the half of it that nobody has; None when she can."""
    if not in_use:
        return WhyNot.NOT_IN_USE
    if not is_planned or visit_id not in day.call_by_id:
        return WhyNot.NOT_PLANNED
    if taker_id in holders_of(day, visit_id):
        return WhyNot.IS_HERS
    return None if day.missing(visit_id) else WhyNot.TAKEN


def holders_of(day: Day, visit_id: int) -> frozenset[int]:
    """Return those who have the visit and are at work."""
    return frozenset(row.employee_id for row in day.rows_of_visit.get(visit_id, ()))


@dataclass(frozen=True, slots=True)
class Step:
    """One step with lists in use: what, who took it, and the rows it was about, before and after."""

    what: str
    by_id: int | None
    before: tuple[Row, ...]
    after: tuple[Row, ...]


def is_said_before(
    since: Iterable[Step], what: str, *, visit_id: int, by_id: int | None, to_id: int | None = None
) -> bool:
    """Whether somebody has taken this very step since she looked: what she sends is then the same press once more.

    since: all steps after what she had seen, also those undone. to_id: to whom it went; None for whoever it was.
    """
    return any(
        step.what == what
        and step.by_id == by_id
        and visit_id in {row.visit_id for row in (*step.before, *step.after)}
        and (to_id is None or receiver_of(step, visit_id) == to_id)
        for step in since
    )


_MOST_DIGITS = 15


def number_written(written: str) -> int | None:
    """Return the whole number a form or a phone sends: an edition of the lists, a colleague; None for no number."""
    return int(written) if written.isascii() and written.isdecimal() and len(written) <= _MOST_DIGITS else None


@dataclass(frozen=True, slots=True)
class Handed:
    """How a visit came to the one who has it. by_id: the colleague; None when she took one that nobody had.

    is_back: it was hers before, and came back. Then it cannot be given back once more: it would go to and fro.
    seen: the edition of the lists she is shown it in; 0 until somebody has told.
    """

    by_id: int | None
    is_back: bool = False
    seen: int = field(default=0, compare=False)


def handed(steps: Iterable[Step], *, employee_id: int) -> dict[int, Handed]:
    """Return the visits that came to a helper from a colleague, or that she took, and how.

    steps: since the lists were taken into use, oldest first, without those undone. What the allocator gave her since
    is not among them; a new time changes nothing.
    """
    found: dict[int, Handed] = {}
    for step in steps:
        had = {row.visit_id for row in step.before if row.employee_id == employee_id}
        has = {row.visit_id for row in step.after if row.employee_id == employee_id}
        for visit_id in had - has:
            found.pop(visit_id, None)
        for visit_id in has - had:
            found.pop(visit_id, None)
            if step.what in (HAND_OVER, GIVE_BACK) and step.by_id != employee_id:
                found[visit_id] = Handed(step.by_id, is_back=step.what == GIVE_BACK)
            elif step.what == TAKE:
                found[visit_id] = Handed(None)
    return found


def receiver_of(step: Step, visit_id: int) -> int | None:
    """Return who got the visit in a step; None when nobody did."""
    had = {row.employee_id for row in step.before if row.visit_id == visit_id}
    return next(
        (row.employee_id for row in step.after if row.visit_id == visit_id and row.employee_id not in had), None
    )


def in_time_to_undo(*, given_at: datetime, at: datetime) -> bool:
    """Whether what was given can still be taken back by the one who gave it."""
    return at - given_at <= UNDONE_WITHIN
