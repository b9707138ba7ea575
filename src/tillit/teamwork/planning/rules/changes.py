"""What is different between two versions of the lists, and who must be told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tillit.teamwork.planning.rules.day import Row


class NoticeKind(StrEnum):
    """What a helper is told about her list."""

    READY = "READY"
    """The lists were taken into use."""
    NEW = "NEW"
    GONE = "GONE"
    MOVED = "MOVED"
    OTHERS = "OTHERS"
    """Same visit, same time, another colleague beside her."""
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class ToTell:
    """One thing one helper must be told of one visit."""

    employee_id: int
    visit_id: int
    kind: NoticeKind
    was_at: datetime | None = None
    becomes_at: datetime | None = None


def to_tell(before: Iterable[Row], after: Iterable[Row]) -> tuple[ToTell, ...]:
    """Return what changed for each helper, by helper and visit. Locks are nobody's business but the allocator's."""
    old = {(row.employee_id, row.visit_id): row for row in before}
    new = {(row.employee_id, row.visit_id): row for row in after}
    found: list[ToTell] = []
    for key in sorted(old.keys() | new.keys()):
        employee_id, visit_id = key
        was, becomes = old.get(key), new.get(key)
        if was is None and becomes is not None:
            found.append(ToTell(employee_id, visit_id, NoticeKind.NEW, becomes_at=becomes.starts_at))
        elif becomes is None and was is not None:
            found.append(ToTell(employee_id, visit_id, NoticeKind.GONE, was_at=was.starts_at))
        elif was is not None and becomes is not None:
            if was.starts_at != becomes.starts_at:
                found.append(ToTell(employee_id, visit_id, NoticeKind.MOVED, was.starts_at, becomes.starts_at))
            elif _beside(old, employee_id, visit_id) != _beside(new, employee_id, visit_id):
                found.append(ToTell(employee_id, visit_id, NoticeKind.OTHERS, was.starts_at, becomes.starts_at))
    return tuple(found)


def _beside(rows: dict[tuple[int, int], Row], employee_id: int, visit_id: int) -> frozenset[int]:
    return frozenset(who for who, which in rows if which == visit_id and who != employee_id)


def touched(before: Iterable[Row], after: Iterable[Row]) -> tuple[int, ...]:
    """Return the visits whose helpers or start differ, sorted. A lock alone touches nothing."""
    old = {(row.visit_id, row.employee_id, row.starts_at) for row in before}
    new = {(row.visit_id, row.employee_id, row.starts_at) for row in after}
    return tuple(sorted({visit_id for visit_id, _, _ in old ^ new}))


def of_visits(rows: Iterable[Row], visit_ids: Iterable[int]) -> tuple[Row, ...]:
    """Return the rows of these visits, sorted."""
    wanted = frozenset(visit_ids)
    return tuple(sorted(row for row in rows if row.visit_id in wanted))


def replaced(rows: Iterable[Row], visit_ids: Iterable[int], by: Iterable[Row]) -> tuple[Row, ...]:
    """Return the rows with those of the named visits replaced."""
    wanted = frozenset(visit_ids)
    return tuple(sorted([*(row for row in rows if row.visit_id not in wanted), *by]))


@dataclass(frozen=True, slots=True)
class Move:
    """One step at the board: a visit goes from one helper (None: from nobody) to another (None: to nobody)."""

    visit_id: int
    from_id: int | None
    to_id: int | None
    starts_at: datetime


def moved(rows: Iterable[Row], move: Move, *, helpers: int) -> tuple[Row, ...]:
    """Return the visit's rows after the move. All its helpers start at the same time.

    A visit for one that is given to somebody leaves whoever had it. Dropping the second half of a visit on the one
    who has the first half changes the time only. A lock follows its helper; a new helper is not locked.
    """
    own = [row for row in rows if row.visit_id == move.visit_id]
    kept = [row for row in own if row.employee_id != move.from_id] if move.from_id is not None else list(own)
    if helpers == 1 and move.to_id is not None:
        kept = []
    if move.to_id is not None and all(row.employee_id != move.to_id for row in kept):
        before = next((row for row in own if row.employee_id == move.to_id), None)
        kept.append(Row(move.visit_id, move.to_id, move.starts_at, before.is_locked if before else False))
    return tuple(sorted(Row(row.visit_id, row.employee_id, move.starts_at, row.is_locked) for row in kept[-helpers:]))


def merged(first: ToTell, then: ToTell) -> ToTell | None:
    """Return what somebody who has not yet seen `first` is told after `then` too; None when all is as it was."""
    was_at, becomes_at = first.was_at, then.becomes_at
    kind = _together(first, then)
    return ToTell(first.employee_id, first.visit_id, kind, was_at, becomes_at) if kind is not None else None


def _together(first: ToTell, then: ToTell) -> NoticeKind | None:
    was_at, becomes_at = first.was_at, then.becomes_at
    if becomes_at is None:
        if was_at is None:
            return None
        return then.kind if then.kind is NoticeKind.CANCELLED else NoticeKind.GONE
    if was_at is None:
        return NoticeKind.NEW
    if was_at != becomes_at:
        return NoticeKind.MOVED
    return NoticeKind.OTHERS if NoticeKind.OTHERS in (first.kind, then.kind) else None
