"""Typed builders of visits and what is said of them: each gives something valid; say only what the test is about."""

from datetime import date, datetime, time, timedelta
from itertools import count

from tillit.care.careplans.models import PartOfDay
from tillit.care.citizens.models import Citizen
from tillit.care.needs.models import WhatMatters
from tillit.care.visits.models import (
    ChangeKind,
    FollowUp,
    Outcome,
    Urgency,
    Visit,
    VisitHelper,
    VisitReport,
    VisitState,
    VisitTask,
)
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Employee, ShiftKind
from tillit.kernel import oslo

_slots = count(1)


def visit(
    citizen: Citizen,
    team: Unit,
    on: date,
    *helpers: Employee,
    at: time = time(8, 40),
    next_day: bool = False,
    minutes: int = 30,
    number_of_helpers: int = 0,
    kind: ShiftKind = ShiftKind.DAY,
    state: VisitState = VisitState.PLANNED,
    changed_at: datetime | None = None,
    tasks: tuple[str, ...] = ("Morgenstell",),
) -> Visit:
    """Store a visit with its helpers and tasks. next_day: the clock is past midnight of a night that begins `on`."""
    starts_at = oslo.moment(on + timedelta(days=1) if next_day else on, at)
    found = Visit.objects.create(
        citizen=citizen,
        unit=team,
        on=on,
        slot=f"TEST:{next(_slots)}",
        part_of_day=PartOfDay.MORNING,
        shift_kind=kind,
        state=state,
        earliest_at=starts_at,
        latest_at=starts_at + timedelta(hours=1),
        starts_at=starts_at,
        minutes=minutes,
        helpers=number_of_helpers or max(1, len(helpers)),
        changed_at=changed_at,
    )
    VisitHelper.objects.bulk_create([VisitHelper(visit=found, employee=helper, on=found.on) for helper in helpers])
    for rank, title in enumerate(tasks):
        task(found, title, rank=rank)
    return found


def task(of: Visit, title: str, *, how: str = "", goal_words: str = "", rank: int = 0) -> VisitTask:
    """Store one thing to do in a visit."""
    return VisitTask.objects.create(
        visit=of, title=title, how=how, goal_words=goal_words, minutes=of.minutes, rank=rank
    )


def report(
    of: Visit, by: Employee, at: datetime, *, note: str = "", outcome: Outcome = Outcome.AS_PLANNED
) -> VisitReport:
    """Store what somebody said of a visit, which is done then."""
    of.state = VisitState.DONE
    of.save(update_fields=["state"])
    return VisitReport.objects.create(visit=of, outcome=outcome, note=note, reported_by=by, reported_at=at)


def matters(citizen: Citizen, words: str, *, said_on: date, short: str = "") -> WhatMatters:
    """Store what matters to a citizen."""
    return WhatMatters.objects.create(
        citizen=citizen, words=words, short_words=short, said_on=said_on, recorded_at=oslo.moment(said_on, time(12))
    )


def follow_up(
    citizen: Citizen,
    told_by: Employee,
    owner: Employee | None,
    at: datetime,
    *,
    words: str = "Kler på seg overkroppen selv nå.",
    kind: ChangeKind = ChangeKind.BETTER,
    urgency: Urgency = Urgency.TODAY,
) -> FollowUp:
    """Store a change that nobody has closed."""
    return FollowUp.objects.create(
        citizen=citizen,
        kind=kind,
        words=words,
        urgency=urgency,
        owner=owner,
        told_by=told_by,
        told_at=at,
        due_at=at + timedelta(hours=8),
    )
