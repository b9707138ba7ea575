"""Why, and why not: what speaks for and against a proposed change, as codes and numbers. Words are made when shown."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from tillit.teamwork.planning.rules import candidates, changes, grouping, numbers, objections
from tillit.teamwork.planning.rules.day import Day, Row, WishKind
from tillit.teamwork.planning.rules.grouping import ChangeKind, Group
from tillit.teamwork.planning.rules.objections import Against

WORTH_SAYING = 3
"""Minutes of travel that are worth a line."""
NEAR = 10
"""Minutes from the visit before that count as near."""


class For(StrEnum):
    """What speaks for a change."""

    KNOWN = "KNOWN"
    PRIMARY = "PRIMARY"
    GLADLY = "GLADLY"
    COMPETENT = "COMPETENT"
    NEAR = "NEAR"
    NEARER_WISH = "NEARER_WISH"
    LESS_TRAVEL = "LESS_TRAVEL"
    KNOWN_ROUND = "KNOWN_ROUND"
    PRIMARY_ROUND = "PRIMARY_ROUND"
    MAKES_ROOM = "MAKES_ROOM"
    """It leaves room for a visit that nobody could take else: its id is in `count`."""
    MENDS = "MENDS"
    """What spoke against the lists as they are no longer does: the code is in `needs`."""


_CALLING = frozenset({For.MAKES_ROOM, For.MENDS})
"""What is reason enough to move a visit when as little as possible is to change."""


class But(StrEnum):
    """What speaks against a change, beside the objections to the single choice."""

    NEVER_THERE = "NEVER_THERE"
    NEW_TIME = "NEW_TIME"
    LEFT_OUT = "LEFT_OUT"
    MORE_TRAVEL = "MORE_TRAVEL"
    UNKNOWN_ROUND = "UNKNOWN_ROUND"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason. sign: "+" or "-". The other fields are set where they mean something."""

    sign: str
    code: str
    visit_id: int | None = None
    employee_id: int | None = None
    count: int = 0
    minutes: int = 0
    total: int = 0
    needs: tuple[str, ...] = ()
    level: int = 0
    was_at: str = ""
    becomes_at: str = ""
    days: tuple[str, ...] = ()
    other_id: int | None = None


@dataclass(frozen=True, slots=True)
class NextBest:
    """Who else could take it, and what then speaks against."""

    visit_id: int
    employee_id: int
    starts_at: str
    against: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Grounds:
    """Everything the page says about one change."""

    reasons: tuple[Reason, ...] = ()
    next_best: NextBest | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the grounds for storing."""
        return {
            "reasons": [asdict(reason) for reason in self.reasons],
            "next_best": asdict(self.next_best) if self.next_best else None,
            **self.extra,
        }


def grounds(day: Day, group: Group, *, proposed: tuple[Row, ...], now: datetime | None = None) -> Grounds:
    """Return why a change is proposed and what speaks against it.

    day: the lists as they are. proposed: all rows of the proposal: the change is judged among the others.
    now: the next best is not put at a time that has passed.
    """
    after = day.with_rows(proposed)
    if group.kind is ChangeKind.ROUND:
        return Grounds(tuple(_round(after, group)))
    found: list[Reason] = []
    for visit_id in group.visits:
        found += _about_visit(day, after, group, visit_id)
    found += _room(day, after, group)
    found += _mended(day, after, group)
    found += _travel(day, after, group)
    found.sort(key=lambda reason: reason.sign != "+")
    return Grounds(tuple(dict.fromkeys(found)), _next_best(after, group, now=now))


def _about_visit(day: Day, after: Day, group: Group, visit_id: int) -> list[Reason]:
    call = day.call_by_id[visit_id]
    old = {row.employee_id for row in group.before if row.visit_id == visit_id}
    rows = [row for row in group.after if row.visit_id == visit_id]
    was = next((row.starts_at for row in group.before if row.visit_id == visit_id), None)
    if not rows:
        return [Reason("-", But.LEFT_OUT, visit_id)]
    starts_at = rows[0].starts_at
    found: list[Reason] = []
    for row in rows:
        if row.employee_id not in old:
            found += _about_helper(after, row)
    if was is not None and was != starts_at:
        if call.wished_at and abs(starts_at - call.wished_at) < abs(was - call.wished_at):
            found.append(_time(For.NEARER_WISH, "+", visit_id, was, starts_at))
        else:
            found.append(_time(But.NEW_TIME, "-", visit_id, was, starts_at))
    return found


def is_called_for(group: Group, found: Grounds) -> bool:
    """Whether there is a reason for the change that one can tell: it covers somebody, or something speaks for it.

    A visit that is left out is always told. For proposals that are to change as little as possible.
    """
    if group.kind in (ChangeKind.COVER, ChangeKind.LEAVE_OUT, ChangeKind.ROUND):
        return True
    return any(reason.sign == "+" and reason.code in _CALLING for reason in found.reasons)


def _room(day: Day, after: Day, group: Group) -> list[Reason]:
    """Who moves so that a visit nobody had, or another that moves, can stand where she stood."""
    found: list[Reason] = []
    for visit_id in group.visits:
        old = [row for row in group.before if row.visit_id == visit_id]
        new = [row for row in group.after if row.visit_id == visit_id]
        if not old or _who_and_when(old) == _who_and_when(new):
            continue
        newly = [
            row
            for row in group.after
            if row.visit_id != visit_id
            and all((row.employee_id, row.starts_at) != (was.employee_id, was.starts_at)
                    for was in group.before if was.visit_id == row.visit_id)
            and any(row.employee_id == was.employee_id and grouping.in_the_way(day, row, was) for was in old)
        ]  # fmt: skip
        had = {row.visit_id for row in group.before}
        newly.sort(key=lambda row: (row.visit_id in had, row.starts_at, row.visit_id))
        if newly:
            found.append(
                Reason(
                    "+",
                    For.MAKES_ROOM,
                    visit_id,
                    newly[0].employee_id,
                    count=newly[0].visit_id,
                    becomes_at=newly[0].starts_at.isoformat(),
                )
            )
    return found


def _mended(day: Day, after: Day, group: Group) -> list[Reason]:
    """What spoke against a visit as it stood on the lists, and does not any more."""
    found: list[Reason] = []
    for row in group.before:
        now = [each for each in group.after if each.visit_id == row.visit_id]
        still = {each.code for other in now for each in _against(after, other)}
        found += [
            Reason("+", For.MENDS, row.visit_id, row.employee_id, minutes=each.minutes, needs=(each.code.value,))
            for each in _against(day, row)
            if now and (each.warns or each.refuses) and each.code not in still
        ]
    return found


def _who_and_when(rows: Iterable[Row]) -> set[tuple[int, datetime]]:
    return {(row.employee_id, row.starts_at) for row in rows}


def _time(code: str, sign: str, visit_id: int, was: datetime, becomes: datetime) -> Reason:
    return Reason(sign, code, visit_id, was_at=was.isoformat(), becomes_at=becomes.isoformat())


def _about_helper(after: Day, row: Row) -> list[Reason]:
    call, worker = after.call_by_id[row.visit_id], after.worker_by_id[row.employee_id]
    about: dict[str, Any] = {"visit_id": row.visit_id, "employee_id": row.employee_id}
    found: list[Reason] = []
    known = after.known_count(row.employee_id, call.citizen_id)
    if after.primary_of(call.citizen_id) == row.employee_id:
        found.append(Reason("+", For.PRIMARY, **about))
    if known:
        found.append(Reason("+", For.KNOWN, count=known, **about))
    else:
        found.append(Reason("-", But.NEVER_THERE, **about))
    if objections.wish_about(after, call.citizen_id, worker, WishKind.GLADLY):
        found.append(Reason("+", For.GLADLY, **about))
    if call.needs:
        found.append(Reason("+", For.COMPETENT, needs=tuple(sorted(call.needs)), **about))
    before = [other for other in after.rows_of_worker.get(row.employee_id, ()) if other.starts_at < row.starts_at]
    if before:
        way = after.ways.minutes(worker.travel, after.call_by_id[before[-1].visit_id].place, call.place)
        if 0 < way <= NEAR:
            found.append(Reason("+", For.NEAR, minutes=way, count=before[-1].visit_id, **about))
    found.extend(
        Reason("-", each.code, minutes=each.minutes, needs=each.needs, level=each.level, **about)
        for each in _against(after, row)
    )
    return found


def _against(after: Day, row: Row) -> tuple[objections.Objection, ...]:
    return objections.against(after, visit_id=row.visit_id, employee_id=row.employee_id, starts_at=row.starts_at)


def _travel(day: Day, after: Day, group: Group) -> list[Reason]:
    alone = day.with_rows(changes.replaced(day.rows, group.visits, group.after))
    people = {row.employee_id for row in (*group.before, *group.after)}
    workers = [day.worker_by_id[who] for who in sorted(people) if who in day.worker_by_id]
    difference = sum(numbers.travel_minutes(alone, worker) - numbers.travel_minutes(day, worker) for worker in workers)
    if group.kind is not ChangeKind.COVER and difference <= -WORTH_SAYING:
        return [Reason("+", For.LESS_TRAVEL, minutes=-difference)]
    if difference >= WORTH_SAYING:
        return [Reason("-", But.MORE_TRAVEL, minutes=difference)]
    return []


def _round(after: Day, group: Group) -> list[Reason]:
    rows = group.after
    known = sum(1 for row in rows if after.known_count(row.employee_id, after.call_by_id[row.visit_id].citizen_id))
    primary = sum(1 for row in rows if after.primary_of(after.call_by_id[row.visit_id].citizen_id) == row.employee_id)
    found: list[Reason] = []
    if known:
        found.append(Reason("+", For.KNOWN_ROUND, count=known, total=len(rows)))
    if primary:
        found.append(Reason("+", For.PRIMARY_ROUND, count=primary, total=len(rows)))
    if known < len(rows):
        found.append(Reason("-", But.UNKNOWN_ROUND, count=len(rows) - known, total=len(rows)))
    for row in rows:
        found.extend(
            Reason("-", each.code, row.visit_id, row.employee_id, minutes=each.minutes, needs=each.needs)
            for each in _against(after, row)
        )
    return found


def _next_best(after: Day, group: Group, *, now: datetime | None) -> NextBest | None:
    """Another helper for the change's first visit that gets a new helper; None when nobody else can."""
    old = {(row.visit_id, row.employee_id) for row in group.before}
    new = next((row for row in group.after if (row.visit_id, row.employee_id) not in old), None)
    if new is None or after.call_by_id[new.visit_id].helpers > 1:
        return None
    without = after.with_rows(tuple(row for row in after.rows if row.visit_id != new.visit_id))
    before = {row.employee_id for row in group.before if row.visit_id == new.visit_id}
    for choice in candidates.rank(without, new.visit_id, now=now):
        if choice.refused:
            break
        if choice.employee_id != new.employee_id and choice.employee_id not in before:
            return NextBest(
                new.visit_id,
                choice.employee_id,
                choice.starts_at.isoformat(),
                tuple(
                    (each.code.value, each.minutes) for each in choice.objections if each.code is not Against.OFF_WISH
                ),
            )
    return None
