"""When a new team can begin; what is missing, and whose turn it is. Pure; what is asked comes from the contexts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

FEWEST = 2
"""One alone can relieve nobody, and a visit for two needs two."""
MINUTES_A_DAY = 7 * 60
"""What one at work has for visits and the way on a day: a shift of seven and a half hours, less the break."""


def enough_to_begin(people: int, *, busiest_minutes: int) -> bool:
    """Whether so many who visit can make the busiest day there is.

    people: those with a position in the team who visit. busiest_minutes: visits and way of the fullest day ahead, 0
    when none is planned. Everybody is counted as at work, so this is the least, not what a rota needs.
    """
    return people >= max(FEWEST, -(-busiest_minutes // MINUTES_A_DAY))


class Lack(StrEnum):
    """What is missing or waits, in the order it is shown."""

    NOT_AS_USUAL = "NOT_AS_USUAL"
    STAY = "STAY"
    THERAPY = "THERAPY"
    CHANGE = "CHANGE"
    NOTICE = "NOTICE"
    EVALUATION = "EVALUATION"
    SIGNATURE = "SIGNATURE"
    NEW = "NEW"
    NO_PLAN = "NO_PLAN"
    NO_GOAL = "NO_GOAL"
    PLAN_UNIT = "PLAN_UNIT"


@dataclass(frozen=True, slots=True)
class Lacking:
    """One thing that is missing or waits."""

    lack: Lack
    number: int = field(metadata={"help": "The row it is about, for a stable order"})
    citizen_id: int | None
    owner_id: int | None = field(metadata={"help": "Whose turn it is; None: nobody's in particular"})
    since: date | None
    due: date | None = None

    def is_late(self, today: date) -> bool:
        """Whether its day has passed."""
        return self.due is not None and self.due < today


def whose_turn(*owners: int | None, away: frozenset[int] = frozenset()) -> int | None:
    """Return the first of those who answer for it who is here; when all are away the first of them, for it is hers."""
    known = [owner for owner in owners if owner is not None]
    return next((owner for owner in known if owner not in away), next(iter(known), None))


def in_order(found: Iterable[Lacking]) -> list[Lacking]:
    """Return what is due soonest first, then what has waited longest."""
    return sorted(found, key=lambda one: (one.due or date.max, one.since or date.max, one.lack, one.number))


def for_one(found: Iterable[Lacking], employee_id: int | None) -> list[Lacking]:
    """Return what is one person's turn; nothing for somebody who is no employee."""
    return [one for one in found if employee_id is not None and one.owner_id == employee_id]
