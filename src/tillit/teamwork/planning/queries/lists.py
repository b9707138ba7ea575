"""The lists themselves: how far they have come, their rows, and the steps taken with them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce import queries as workforce
from tillit.teamwork.planning.models import Assignment, DayLists, ListChange, ListState
from tillit.teamwork.planning.rules.day import Row

LEADERS = frozenset({Role.TEAM_LEADER, Role.DISTRICT_LEADER})
NOT_UNDOABLE = ("CANCEL", "ABSENCE", "VISITS")
"""Steps that follow from what has happened outside the lists."""


@dataclass(frozen=True, slots=True)
class ListsHead:
    """How far a part of a day's lists have come. Without lists_id nobody has started: edition 0."""

    lists_id: int | None
    state: str
    edition: int
    changed_at: datetime | None
    changed_by_id: int | None
    published_at: datetime | None
    published_by_id: int | None
    published_edition: int | None = None

    @property
    def in_use(self) -> bool:
        """Whether people go out with them."""
        return self.state != ListState.DRAFT


NOT_STARTED = ListsHead(None, ListState.DRAFT, 0, None, None, None, None)


@dataclass(frozen=True, slots=True)
class DoneStep:
    """One step that was taken, with its rows before and after."""

    change_id: int
    edition: int
    by_id: int | None
    at: datetime
    what: str
    before: tuple[Row, ...]
    after: tuple[Row, ...]
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class PublishedChange:
    """What a visit's rows were when the lists were taken into use, and what they are now."""

    visit_id: int
    before: tuple[Row, ...]
    after: tuple[Row, ...]
    at: datetime
    by_ids: tuple[int, ...]


def head_from(lists: DayLists | None) -> ListsHead:
    """Return the head of stored lists, or of lists nobody has started."""
    if lists is None:
        return NOT_STARTED
    return ListsHead(
        lists.pk,
        lists.state,
        lists.edition,
        lists.changed_at,
        lists.changed_by_id,
        lists.published_at,
        lists.published_by_id,
        lists.published_edition,
    )


def head_of(*, unit_id: int, on: date, shift_kind: str) -> ListsHead:
    """Return how far the lists have come."""
    return head_from(DayLists.objects.filter(unit_id=unit_id, on=on, shift_kind=shift_kind).first())


def heads_of_week(*, unit_id: int, first: date, after: date) -> dict[tuple[date, str], ListsHead]:
    """Return the heads of all lists that somebody has started in [first, after), by day and part."""
    rows = DayLists.objects.filter(unit_id=unit_id, on__gte=first, on__lt=after).order_by("on", "shift_kind")
    return {(lists.on, lists.shift_kind): head_from(lists) for lists in rows}


def begun_lists(unit_ids: Sequence[int], *, first: date) -> list[tuple[date, str]]:
    """Return day and part of the day of the units' lists that are in use, or where somebody has a visit. One query."""
    begun = DayLists.objects.filter(unit_id__in=list(unit_ids), on__gte=first).filter(
        ~Q(state=ListState.DRAFT) | Q(assignments__isnull=False)
    )
    return list(begun.order_by("on", "shift_kind").values_list("on", "shift_kind").distinct())


def rows_of(lists_ids: Iterable[int]) -> dict[int, tuple[Row, ...]]:
    """Return lists id → rows, sorted, in one query."""
    found: dict[int, list[Row]] = {lists_id: [] for lists_id in lists_ids}
    rows = Assignment.objects.filter(lists_id__in=list(found)).values_list(
        "lists_id", "visit_id", "employee_id", "starts_at", "is_locked"
    )
    for lists_id, visit_id, employee_id, starts_at, is_locked in rows:
        found[lists_id].append(Row(visit_id, employee_id, starts_at, is_locked))
    return {lists_id: tuple(sorted(listed)) for lists_id, listed in found.items()}


def as_json(rows: Iterable[Row]) -> list[list[Any]]:
    """Return rows as they are stored: [[visit, employee, start, locked], …]."""
    return [[row.visit_id, row.employee_id, row.starts_at.isoformat(), row.is_locked] for row in sorted(rows)]


def from_json(stored: Iterable[Iterable[Any]]) -> tuple[Row, ...]:
    """Return stored rows as rows."""
    return tuple(
        sorted(
            Row(int(visit_id), int(employee_id), datetime.fromisoformat(str(starts_at)), bool(is_locked))
            for visit_id, employee_id, starts_at, is_locked in stored
        )
    )


def last_step(lists_id: int | None) -> DoneStep | None:
    """Return the newest step that can be undone. What follows from absence or a cancelled visit cannot be."""
    if lists_id is None:
        return None
    steps = ListChange.objects.filter(lists_id=lists_id, undone_at__isnull=True).exclude(what__in=NOT_UNDOABLE)
    found = steps.order_by("-edition", "-pk").first()
    return _step(found) if found else None


def steps_after(*, lists_id: int, edition: int) -> list[DoneStep]:
    """Return what was done after an edition, oldest first: what somebody who saw that edition has not seen."""
    rows = ListChange.objects.filter(lists_id=lists_id, edition__gt=edition).order_by("edition", "pk")
    return [_step(row) for row in rows]


def had_before_absence(lists_id: int | None) -> dict[int, int]:
    """Return who had each visit that went off the lists because somebody was away; the last absence speaks."""
    if lists_id is None:
        return {}
    rows = ListChange.objects.filter(lists_id=lists_id, what="ABSENCE").order_by("edition", "pk")
    found: dict[int, int] = {}
    for step in map(_step, rows):
        kept = {(row.visit_id, row.employee_id) for row in step.after}
        found |= {row.visit_id: row.employee_id for row in step.before if (row.visit_id, row.employee_id) not in kept}
    return found


def steps_since_publishing(head: ListsHead) -> list[PublishedChange]:
    """Return each visit whose rows differ from when the lists were taken into use, newest change first."""
    if head.lists_id is None or head.published_edition is None:
        return []
    steps = [
        _step(row)
        for row in ListChange.objects.filter(
            lists_id=head.lists_id, edition__gt=head.published_edition, undone_at__isnull=True
        ).order_by("edition", "pk")
    ]
    before: dict[int, tuple[Row, ...]] = {}
    after: dict[int, tuple[Row, ...]] = {}
    latest: dict[int, datetime] = {}
    people: dict[int, list[int]] = {}
    for step in steps:
        for visit_id in {row.visit_id for row in (*step.before, *step.after)}:
            before.setdefault(visit_id, tuple(row for row in step.before if row.visit_id == visit_id))
            after[visit_id] = tuple(row for row in step.after if row.visit_id == visit_id)
            latest[visit_id] = step.at
            if step.by_id is not None and step.by_id not in people.setdefault(visit_id, []):
                people[visit_id].append(step.by_id)
    changed = [
        PublishedChange(visit_id, before[visit_id], after[visit_id], latest[visit_id], tuple(people.get(visit_id, ())))
        for visit_id in before
        if _who_and_when(before[visit_id]) != _who_and_when(after[visit_id])
    ]
    return sorted(changed, key=lambda each: (each.at, each.visit_id), reverse=True)


def may_allocate(*, actor: Actor, unit: Unit, on: date) -> bool:
    """Whether the actor may change the unit's lists: leaders always, else as the team has said (R24)."""
    if actor.roles_at(unit.path) & LEADERS:
        return True
    return workforce.may_allocate(employee_id=actor.employee_id, unit=unit, on=on)


def _who_and_when(rows: Iterable[Row]) -> set[tuple[int, datetime]]:
    return {(row.employee_id, row.starts_at) for row in rows}


def _step(row: ListChange) -> DoneStep:
    return DoneStep(
        change_id=row.pk,
        edition=row.edition,
        by_id=row.by_id,
        at=row.at,
        what=row.what,
        before=from_json(row.before),
        after=from_json(row.after),
        undone_at=row.undone_at,
    )
