"""What a plan, or a change of it, does to the visits that exist.

Guarantees (tested): past, begun, done and hand-cancelled visits are never touched, locked ones only while she is away;
doing it twice changes nothing the second time; nobody loses an agreed helper while her start still fits.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tillit.care.visits.rules.generation import DraftVisit

PLAN = "PLAN"
AWAY = "AWAY"
UNDONE_BY_THE_SYSTEM = frozenset({PLAN, AWAY})
"""Cancelled because the plan or the citizen's absence said so; comes back when they say otherwise."""

Key = tuple[date, str]


@dataclass(frozen=True, slots=True)
class StoredVisit:
    """A visit that exists, as far as the plan is concerned.

    is_published: it has, or has had, an agreed start. facts: everything the plan decides, for comparison
    (`facts_of`); plan_id: the version it was made from; unit_id: whose it is.
    """

    visit_id: int
    on: date
    slot: str
    state: str
    cancelled_by: str
    is_locked: bool
    is_published: bool
    starts_at: datetime | None
    latest_at: datetime
    plan_id: int | None
    facts: tuple[object, ...]
    unit_id: int | None = None

    @property
    def key(self) -> Key:
        """What names it within the citizen's days."""
        return self.on, self.slot


@dataclass(frozen=True, slots=True)
class Keep:
    """A visit that stays and becomes as the plan wants it.

    differs: something people notice is different. loses_start: the agreed start no longer fits the window.
    returns: it was cancelled and is planned again.
    """

    visit_id: int
    wanted: DraftVisit
    differs: bool
    loses_start: bool
    returns: bool


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What to do. Ids of visits to remove for good, or to cancel with a trace and why.

    leave: ids of those whose name another unit's visit takes over; they are among `cancel`, and give up their slot.
    rest: visits to make that are on pause from the start (AWAY), so that what was paused can be counted and comes back.
    """

    make: tuple[DraftVisit, ...]
    keep: tuple[Keep, ...]
    remove: tuple[int, ...]
    cancel: tuple[tuple[int, str], ...]
    leave: tuple[int, ...] = ()
    rest: tuple[DraftVisit, ...] = ()


def facts_of(visit: DraftVisit) -> tuple[object, ...]:
    """Return everything people notice about a visit, comparable."""
    return (
        visit.earliest_at,
        visit.latest_at,
        visit.wished_at,
        visit.minutes,
        visit.helpers,
        visit.needs,
        visit.level,
        visit.priority,
        tuple((task.title, task.how, task.goal_words) for task in visit.tasks),
    )


def reconcile(
    stored: Iterable[StoredVisit],
    wanted: Sequence[DraftVisit],
    *,
    away: Iterable[Key],
    plan_id: int | None,
    at: datetime,
    main: Mapping[date, int] | None = None,
) -> Reconciled:
    """Return what must be done with one citizen's visits from plans.

    wanted: what the plan asks for on the days in question. away: keys of wanted visits during which the citizen
    cannot be met; stored ones of these are cancelled as AWAY, locked ones too, others are made as such.
    at: now, aware UTC.
    main: the citizen's main unit by day. When she has got another, that one's visits are made anew: the helpers and
    the start were the old unit's. A day that is not named says nothing of whose the visits are.
    """
    known: Mapping[Key, StoredVisit] = {visit.key: visit for visit in stored}
    absent = frozenset(away)
    mains = main or {}
    make: list[DraftVisit] = []
    keep: list[Keep] = []
    cancel: list[tuple[int, str]] = []
    remove: list[int] = []
    leave: list[int] = []
    rest: list[DraftVisit] = []
    asked: set[Key] = set()
    for draft in wanted:
        key = (draft.on, draft.slot)
        asked.add(key)
        visit = known.get(key)
        if visit is None:
            if draft.latest_at > at:
                (rest if key in absent else make).append(draft)
        elif not _may_touch(visit, at=at, lock_holds=key not in absent and visit.cancelled_by != AWAY):
            continue
        elif key in absent:
            if visit.state == "PLANNED" or visit.cancelled_by == PLAN:
                cancel.append((visit.visit_id, AWAY))
        elif visit.unit_id != (draft.unit_id or mains.get(draft.on, visit.unit_id)):
            if draft.latest_at <= at:
                continue
            make.append(draft)
            if visit.is_published:
                leave.append(visit.visit_id)
                cancel.append((visit.visit_id, PLAN))
            else:
                remove.append(visit.visit_id)
        elif change := _kept(visit, draft, plan_id=plan_id, at=at):
            keep.append(change)
    for key, visit in known.items():
        if key in asked or not _may_touch(visit, at=at):
            continue
        if not visit.is_published:
            remove.append(visit.visit_id)
        elif visit.cancelled_by != PLAN:
            cancel.append((visit.visit_id, PLAN))
    return Reconciled(tuple(make), tuple(keep), tuple(remove), tuple(cancel), tuple(leave), tuple(rest))


def _may_touch(visit: StoredVisit, *, at: datetime, lock_holds: bool = True) -> bool:
    """Whether the plan, or that she is away, still decides over the visit."""
    if (visit.is_locked and lock_holds) or (visit.starts_at or visit.latest_at) <= at:
        return False
    return visit.state == "PLANNED" or (visit.state == "CANCELLED" and visit.cancelled_by in UNDONE_BY_THE_SYSTEM)


def _kept(visit: StoredVisit, draft: DraftVisit, *, plan_id: int | None, at: datetime) -> Keep | None:
    if draft.latest_at <= at:
        return None
    returns = visit.state == "CANCELLED"
    differs = visit.facts != facts_of(draft)
    if visit.is_published and visit.plan_id == plan_id and _only_minutes(visit, draft):
        differs = False  # learned since it was agreed: the agreed list keeps its minutes
    if not differs and not returns and visit.plan_id == plan_id:
        return None
    fits = visit.starts_at is None or draft.earliest_at <= visit.starts_at <= draft.latest_at
    return Keep(visit.visit_id, draft, differs=differs, loses_start=not fits, returns=returns)


def _only_minutes(visit: StoredVisit, draft: DraftVisit) -> bool:
    other = facts_of(draft)
    return visit.facts[:3] == other[:3] and visit.facts[4:] == other[4:]
