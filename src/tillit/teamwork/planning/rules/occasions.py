"""Why visits on lists that are made stand without anybody: what happened, so that the page can say it.

Three things happen in the middle of a day: somebody falls ill, a citizen comes home, a visit is added. What else stands
without anybody has stood so, or was taken off the list by people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tillit.teamwork.planning.rules.day import Day


class Occasion(StrEnum):
    """What happened, in the order it is told."""

    ABSENCE = "ABSENCE"
    """Whoever had the visit is away."""
    HOME_AGAIN = "HOME_AGAIN"
    """The citizen has come home."""
    ADDED = "ADDED"
    """The visit was added today."""
    OPEN = "OPEN"
    """Nobody has it, for no reason that is known here."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """Visits that stand without anybody for the same reason, by start. employee_id: who is away, for ABSENCE."""

    occasion: Occasion
    visit_ids: tuple[int, ...]
    employee_id: int | None = None


def lacking(
    day: Day,
    *,
    had: Mapping[int, int],
    home_at: Mapping[int, datetime],
    added: frozenset[int],
    now: datetime,
) -> tuple[Lacking, ...]:
    """Return the visits that somebody could still be found for, by what happened.

    had: visit → who had it before she was away. home_at: citizen → when she came home in the last day.
    added: visits that do not come from a plan. A visit whose last start has passed is not asked about.
    """
    found: dict[tuple[Occasion, int | None], list[int]] = {}
    for call in day.uncovered:
        if call.latest_at < now:
            continue
        who = had.get(call.visit_id)
        worker = day.worker_by_id.get(who) if who is not None else None
        if who is not None and (worker is None or worker.is_absent):
            key: tuple[Occasion, int | None] = (Occasion.ABSENCE, who)
        elif call.visit_id in added:
            key = (Occasion.ADDED, None)
        elif call.citizen_id in home_at and home_at[call.citizen_id] <= call.latest_at:
            key = (Occasion.HOME_AGAIN, None)
        else:
            key = (Occasion.OPEN, None)
        found.setdefault(key, []).append(call.visit_id)
    order = tuple(Occasion)
    return tuple(
        Lacking(occasion, tuple(visit_ids), who)
        for (occasion, who), visit_ids in sorted(
            found.items(), key=lambda each: (order.index(each[0][0]), each[0][1] or 0)
        )
    )


def unseen(visit_ids: Sequence[int], *, answered: Sequence[int], left_out: Sequence[int]) -> tuple[int, ...]:
    """Return the visits that a proposal has not been asked about. answered, left_out: what it covered, and did not."""
    known = {*answered, *left_out}
    return tuple(visit_id for visit_id in visit_ids if visit_id not in known)
