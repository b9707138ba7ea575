"""Whose a notice is on a day, and whether that is somebody (R31)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class By(StrEnum):
    """Why it is hers, or why it is nobody's."""

    OWNER = "OWNER"
    DUTY = "DUTY"
    OWNER_AWAY = "OWNER_AWAY"
    DUTY_EMPTY = "DUTY_EMPTY"
    NOBODY = "NOBODY"


@dataclass(frozen=True, slots=True)
class Whose:
    """Who is to answer now. employee_id: None is red; somebody must take it."""

    employee_id: int | None
    by: By

    @property
    def is_unowned(self) -> bool:
        """Nobody who is here has it."""
        return self.employee_id is None


def whose(*, owner_id: int | None, has_duty: bool, duty_holder_id: int | None, away: Collection[int]) -> Whose:
    """Say who is to answer.

    duty_holder_id: who holds the duty it was written to that day. away: those who are away that day; somebody who is
    away has nothing, so that a notice never waits for one who does not come.
    """
    if owner_id is not None:
        return Whose(None, By.OWNER_AWAY) if owner_id in away else Whose(owner_id, By.OWNER)
    if not has_duty:
        return Whose(None, By.NOBODY)
    if duty_holder_id is None or duty_holder_id in away:
        return Whose(None, By.DUTY_EMPTY)
    return Whose(duty_holder_id, By.DUTY)


def may_take(found: Whose) -> bool:
    """Whether somebody else can take it: nobody has it, or a duty does; what a colleague who is here has, is hers."""
    return found.by is not By.OWNER


def waited(written_at: datetime, *, until: datetime) -> timedelta:
    """Return how long it has waited, never less than nothing."""
    return max(until - written_at, timedelta())
