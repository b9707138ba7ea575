"""Typed builders of care plans and visits: each gives something valid; say only what the test is about."""

from collections.abc import Sequence
from datetime import date, datetime, time

from tests.cast import MONDAY, MONDAY_DATE
from tillit.care.careplans.models import (
    CarePlan,
    Goal,
    Intervention,
    InterventionKind,
    InterventionTime,
    Need,
    PartOfDay,
)
from tillit.care.citizens.models import Citizen
from tillit.care.needs.models import WhatMatters
from tillit.care.visits.models import Origin, Visit, VisitHelper, VisitState, VisitTask
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Competence, Employee, ShiftKind
from tillit.kernel import oslo

EVALUATE_ON = date(2027, 1, 15)
USUAL = {
    "MORNING": (time(8), time(9, 30)),
    "MIDDAY": (time(11, 30), time(13)),
    "AFTERNOON": (time(15, 30), time(16, 30)),
    "EVENING": (time(19), time(21)),
    "NIGHT": (time(23), time(1)),
}


def words(citizen: Citizen, text: str = "Jeg vil gå ned til postkassa selv.") -> WhatMatters:
    """Store what matters to a citizen."""
    return WhatMatters.objects.create(
        citizen=citizen, words=text, said_on=date(2026, 10, 12), recorded_at=datetime.fromisoformat("2026-10-12T10:00Z")
    )


def plan(citizen: Citizen, *, in_use_from: datetime | None = MONDAY) -> CarePlan:
    """Store a plan: in use since MONDAY, or a draft when `in_use_from` is None."""
    return CarePlan.objects.create(citizen=citizen, made_at=MONDAY, changed_at=MONDAY, valid_from=in_use_from)


def need(of: CarePlan, text: str = "Det er tungt å gå i trappa.") -> Need:
    """Store a need."""
    return Need.objects.create(plan=of, text=text)


def goal(
    of: CarePlan,
    text: str = "Gå ned til postkassa selv",
    *,
    matters: WhatMatters | None = None,
    evaluate_on: date | None = EVALUATE_ON,
    responsible: Employee | None = None,
    about: Need | None = None,
) -> Goal:
    """Store a goal with an evaluation date."""
    found = Goal.objects.create(
        plan=of, words=text, matters=matters, evaluate_on=evaluate_on, responsible=responsible, need=about
    )
    found.line = found.pk
    found.save(update_fields=["line"])
    return found


def intervention(
    of: CarePlan,
    title: str = "Morgenstell",
    *,
    serves: Goal | None = None,
    parts: Sequence[str] = ("MORNING",),
    windows: dict[str, tuple[time, time]] | None = None,
    kind: InterventionKind = InterventionKind.PERSONAL_CARE,
    minutes: int = 20,
    weekdays: str = "1234567",
    every_weeks: int = 1,
    starts_on: date = date(2026, 11, 1),
    ends_on: date | None = None,
    helpers: int = 1,
    competence: Competence | None = None,
    separate: bool = False,
    least: int | None = None,
    most: int | None = None,
    line: int | None = None,
    by: Unit | None = None,
) -> Intervention:
    """Store an intervention that happens every morning, carried out by the main unit unless `by` says another."""
    found = Intervention.objects.create(
        plan=of,
        goal=serves,
        unit=by,
        title=title,
        kind=kind,
        minutes=minutes,
        weekdays=weekdays,
        every_weeks=every_weeks,
        starts_on=starts_on,
        ends_on=ends_on,
        helpers=helpers,
        competence=competence,
        separate_visit=separate,
        least_minutes=least,
        most_minutes=most,
        rank=of.interventions.count(),
    )
    found.line = line or found.pk
    found.save(update_fields=["line"])
    for part in parts:
        earliest, latest = (windows or USUAL)[part]
        InterventionTime.objects.create(
            intervention=found, part_of_day=PartOfDay(part), earliest=earliest, latest=latest
        )
    return found


def visit(
    citizen: Citizen,
    unit: Unit,
    *helpers: Employee,
    on: date = MONDAY_DATE,
    part: str = "MORNING",
    starts: time | None = None,
    minutes: int = 20,
    state: VisitState = VisitState.PLANNED,
    task: str = "Morgenstell",
    serves: Intervention | None = None,
    origin: Origin = Origin.ADDED,
    locked: bool = False,
) -> Visit:
    """Store a visit with one task; with helpers who go, and an agreed start when one is given."""
    earliest, latest = USUAL[part]
    window = oslo.span(on, earliest, latest)
    found = Visit.objects.create(
        citizen=citizen,
        unit=unit,
        on=on,
        slot=part,
        part_of_day=PartOfDay(part),
        shift_kind={"EVENING": ShiftKind.EVENING, "NIGHT": ShiftKind.NIGHT}.get(part, ShiftKind.DAY),
        origin=origin,
        state=state,
        earliest_at=window.start,
        latest_at=window.end,
        starts_at=oslo.moment(on, starts) if starts else None,
        minutes=minutes,
        is_locked=locked,
    )
    VisitTask.objects.create(visit=found, intervention=serves, title=task, minutes=minutes)
    for helper in helpers:
        VisitHelper.objects.create(visit=found, employee=helper, on=found.on)
    return found
