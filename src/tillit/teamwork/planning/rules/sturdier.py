"""What changes win that let the lists take more, counted in people who keep their help. Pure.

Numbers and the example by hand: docs/how-we-count/capacity.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tillit.teamwork.planning.rules.day import Day
from tillit.teamwork.planning.rules.reasons import Reason

STURDIER = "STURDIER"
"""Reason: when employee_id (and other_id) are away, count fewer lose their help, of total."""
STURDIER_TOGETHER = "STURDIER_TOGETHER"
"""Reason: wins nothing alone; together with the other changes, count fewer lose their help, of total."""


@dataclass(frozen=True, slots=True)
class Win:
    """Citizens who lose their help when these are away, before and after."""

    employees: tuple[int, ...]
    before: int
    after: int

    @property
    def fewer(self) -> int:
        """How many keep their help; 0 where only visits of less importance fall out instead."""
        return max(0, self.before - self.after)


def citizens_of(day: Day, visit_ids: Iterable[int]) -> int:
    """Return how many different citizens have these visits; visits that are no longer on the day are not counted."""
    return len({day.call_by_id[visit].citizen_id for visit in visit_ids if visit in day.call_by_id})


def wins(day: Day, before: Sequence[Mapping[str, Any]], after: Sequence[Sequence[int]]) -> tuple[Win, ...]:
    """Return what is won where something is, most first. before: stored absences; after: visits left out then."""
    found = [
        Win(
            tuple(int(who) for who in was["employees"]),
            citizens_of(day, was["uncovered"]),
            citizens_of(day, left),
        )
        for was, left in zip(before, after, strict=True)
        if set(left) != set(was["uncovered"])
    ]
    return tuple(sorted((each for each in found if each.fewer), key=lambda each: (-each.fewer, each.employees)))


def wins_of_change(day: Day, stored: Mapping[str, Any], change: Mapping[str, Any]) -> tuple[Win, ...]:
    """Return what one change wins when it alone is accepted."""
    if change["alone"] is None:
        return ()
    return wins(day, stored["absences"], [each["uncovered"] for each in change["alone"]])


def wins_of_all(day: Day, stored: Mapping[str, Any]) -> tuple[Win, ...]:
    """Return what all the changes win together."""
    return wins(day, stored["absences"], [each["after"] for each in stored["absences"]])


def reasons_for(day: Day, stored: Mapping[str, Any], visits: Sequence[int]) -> tuple[Reason, ...]:
    """Return what speaks for the change of these visits, as reasons of a proposal."""
    change = next((each for each in stored["changes"] if set(each["visits"]) == set(visits)), None)
    alone = () if change is None else wins_of_change(day, stored, change)
    code = STURDIER if alone else STURDIER_TOGETHER
    return tuple(
        Reason(
            "+",
            code,
            employee_id=each.employees[0],
            other_id=each.employees[1] if len(each.employees) > 1 else None,
            count=each.fewer,
            total=each.before,
        )
        for each in alone or wins_of_all(day, stored)
    )
