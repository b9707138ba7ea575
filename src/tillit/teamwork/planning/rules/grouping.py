"""A proposal as single changes that people can accept one by one.

Two visits belong to the same change when one cannot move before the other has left: the new place of the first, with
the way to and from it, overlaps the present place of the second. All else can be accepted alone. When the lists are
nearly empty, each helper's round is one change instead: nobody wants to say yes ninety times. Moves of ten minutes and
less that need nothing else are one change together: nobody reads them one by one at seven in the morning.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from tillit.teamwork.planning.rules import changes
from tillit.teamwork.planning.rules.day import Day, Row

SMALL_MOVE = timedelta(minutes=10)
"""A visit that keeps its helpers and moves no more than this is a small move."""
NEARLY_EMPTY = 3
"""With fewer than a third of the proposed rows on the lists, changes are rounds."""


class ChangeKind(StrEnum):
    """What a change is about, in the order they are shown."""

    COVER = "COVER"
    """Somebody goes to a visit nobody had."""
    ROUND = "ROUND"
    """A helper's whole list."""
    SWAP = "SWAP"
    """Two helpers swap visits."""
    HAND_OVER = "HAND_OVER"
    """A visit goes to another helper."""
    CHAIN = "CHAIN"
    """Several moves that need each other."""
    MOVE = "MOVE"
    """Same helpers, other times."""
    SMALL_MOVES = "SMALL_MOVES"
    """Several visits that keep their helpers and move ten minutes or less."""
    LEAVE_OUT = "LEAVE_OUT"
    """A visit that can wait makes room for others."""


@dataclass(frozen=True, slots=True)
class Group:
    """One change: these visits, from these rows to those."""

    kind: ChangeKind
    visits: tuple[int, ...]
    before: tuple[Row, ...]
    after: tuple[Row, ...]


def group(day: Day, proposed: Sequence[Row]) -> tuple[Group, ...]:
    """Return what differs between the day's lists and the proposed rows, as changes, the most welcome first."""
    present = tuple(row for rows in day.rows_of_visit.values() for row in rows)
    differing = changes.touched(present, proposed)
    if not differing:
        return ()
    if len(present) * NEARLY_EMPTY < len(proposed):
        bundles = _rounds(differing, proposed)
    else:
        bundles = _bundles(day, differing, present, proposed)
    found = _small_together(
        [_group(day, tuple(sorted(visits)), present, proposed, rounds=rounds) for visits, rounds in bundles]
    )
    order = tuple(ChangeKind)
    return tuple(sorted(found, key=lambda each: (order.index(each.kind), _first_start(day, each), each.visits)))


def _small_together(groups: Sequence[Group]) -> list[Group]:
    """Join the changes that are nothing but small moves into one, when there are several visits in them."""
    small = [each for each in groups if each.kind is ChangeKind.MOVE and _is_small(each)]
    visits = tuple(sorted(visit_id for each in small for visit_id in each.visits))
    if len(visits) < 2:
        return list(groups)
    joined = Group(
        ChangeKind.SMALL_MOVES,
        visits,
        tuple(sorted(row for each in small for row in each.before)),
        tuple(sorted(row for each in small for row in each.after)),
    )
    return [*(each for each in groups if each not in small), joined]


def _is_small(group: Group) -> bool:
    was = {(row.visit_id, row.employee_id): row.starts_at for row in group.before}
    return all(abs(row.starts_at - was[row.visit_id, row.employee_id]) <= SMALL_MOVE for row in group.after)


def _first_start(day: Day, each: Group) -> float:
    rows = each.after or each.before
    return min((row.starts_at.timestamp() for row in rows), default=0.0)


def _rounds(differing: Sequence[int], proposed: Sequence[Row]) -> list[tuple[list[int], bool]]:
    first_helper: dict[int, int] = {}
    for row in sorted(proposed, key=lambda row: (row.visit_id, row.employee_id)):
        first_helper.setdefault(row.visit_id, row.employee_id)
    by_helper: dict[int | None, list[int]] = {}
    for visit_id in differing:
        by_helper.setdefault(first_helper.get(visit_id), []).append(visit_id)
    return [(visits, helper is not None) for helper, visits in by_helper.items()]


def _bundles(
    day: Day, differing: Sequence[int], present: Sequence[Row], proposed: Sequence[Row]
) -> list[tuple[list[int], bool]]:
    root = {visit_id: visit_id for visit_id in differing}

    def find(visit_id: int) -> int:
        while root[visit_id] != visit_id:
            visit_id = root[visit_id]
        return visit_id

    moving_old = [row for row in present if row.visit_id in root]
    for new in (row for row in proposed if row.visit_id in root):
        for old in moving_old:
            if old.employee_id == new.employee_id and old.visit_id != new.visit_id and in_the_way(day, new, old):
                root[find(new.visit_id)] = find(old.visit_id)
    for tie in day.ties:
        if tie.first_id in root and tie.then_id in root:
            root[find(tie.first_id)] = find(tie.then_id)
    bundles: dict[int, list[int]] = {}
    for visit_id in differing:
        bundles.setdefault(find(visit_id), []).append(visit_id)
    return [(visits, False) for visits in bundles.values()]


def in_the_way(day: Day, new: Row, old: Row) -> bool:
    """Whether one helper cannot make both, the way between them included."""
    worker = day.worker_by_id[new.employee_id]
    one, other = day.call_by_id[new.visit_id], day.call_by_id[old.visit_id]
    way = timedelta(minutes=day.ways.minutes(worker.travel, one.place, other.place))
    return new.starts_at < old.starts_at + other.length + way and old.starts_at < new.starts_at + one.length + way


def _group(
    day: Day, visits: tuple[int, ...], present: Sequence[Row], proposed: Sequence[Row], *, rounds: bool
) -> Group:
    before = changes.of_visits(present, visits)
    after = changes.of_visits(proposed, visits)
    return Group(ChangeKind.ROUND if rounds else _kind(day, visits, before, after), visits, before, after)


def _kind(day: Day, visits: tuple[int, ...], before: Sequence[Row], after: Sequence[Row]) -> ChangeKind:
    covers = leaves = False
    handed: list[tuple[frozenset[int], frozenset[int]]] = []
    for visit_id in visits:
        old = frozenset(row.employee_id for row in before if row.visit_id == visit_id)
        new = frozenset(row.employee_id for row in after if row.visit_id == visit_id)
        covers = covers or len(new) > len(old)
        leaves = leaves or len(new) < len(old)
        if old != new:
            handed.append((old, new))
    if covers:
        return ChangeKind.COVER
    if leaves:
        return ChangeKind.LEAVE_OUT
    if not handed:
        return ChangeKind.MOVE
    if len(visits) == 2 and len(handed) == 2 and handed[0] == handed[1][::-1]:
        return ChangeKind.SWAP
    return ChangeKind.HAND_OVER if len(visits) == 1 else ChangeKind.CHAIN
