"""People's changes of visits: who goes, when, cancelled, added on the day, agreed with the citizen."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.careplans.models import PartOfDay, Priority
from tillit.care.careplans.rules.recurrence import TimeOfDay
from tillit.care.citizens.models import WishKind
from tillit.care.citizens.queries import get_citizen, scope_of, unit_ids_of, wishes
from tillit.care.visits.events import VisitsChanged
from tillit.care.visits.models import (
    CancelledBy,
    Origin,
    Outcome,
    Visit,
    VisitHelper,
    VisitReport,
    VisitState,
    VisitTask,
)
from tillit.care.visits.permissions import ASSIGN_VISITS, PLAN_VISITS
from tillit.care.visits.queries import get_visit
from tillit.care.visits.rules.generation import shift_kind_of
from tillit.care.visits.rules.moving import days_of, is_over, seen_start
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation.queries import family_of, get_unit
from tillit.foundation.workforce.models import Employee
from tillit.kernel import events, oslo
from tillit.kernel.errors import ActionRefused, NotFound
from tillit.kernel.periods import Period


class VisitNotPlanned(ActionRefused):
    """The visit is done or cancelled already."""


class VisitBegun(ActionRefused):
    """The time of the visit has passed, so it cannot be moved."""


class MovedMeanwhile(ActionRefused):
    """Somebody else has moved the visit since the actor looked."""


class OutsideTheDay(ActionRefused):
    """The new start lies on another day than the visit belongs to."""


class HelperNotWanted(ActionRefused):
    """The citizen does not want this helper: a wish that is never broken."""

    def __init__(self, text: str, *, visit_id: int, employee_id: int) -> None:
        super().__init__(text)
        self.visit_id = visit_id
        self.employee_id = employee_id


@dataclass(frozen=True, slots=True)
class AssignRow:
    """Who goes to a visit and when it starts (aware UTC). Nobody and None: it is uncovered again."""

    visit_id: int
    employee_ids: tuple[int, ...]
    starts_at: datetime | None


@dataclass(frozen=True, slots=True)
class Assigned:
    """What assigning did. left_out: visits that are done or cancelled meanwhile, and stay as they are."""

    changed: tuple[int, ...]
    left_out: tuple[int, ...]


@transaction.atomic
def assign_visits(*, actor: Actor, unit_id: int, rows: Sequence[AssignRow], at: datetime) -> Assigned:
    """Let the visits on a unit's lists have these helpers and starts, as the lists in use say.

    Visits of a work group that shares the unit's lists then are among them (R02). A visit that had an agreed start,
    and gets others or another start, is marked changed at `at`. Visits not planned any more are left out and named.
    Who may allocate is asked by planning before.
    Raises NotFound (a visit on other lists), NotAllowed, HelperNotWanted. One audit entry; publishes VisitsChanged.
    """
    unit = get_unit(actor=actor, unit_id=unit_id)
    require(actor, ASSIGN_VISITS, Scope((unit.path,)))
    wanted = {row.visit_id: row for row in rows}
    family = family_of(unit_id)
    visits = list(
        Visit.objects.select_for_update(of=("self",)).filter(pk__in=list(wanted), unit_id__in=family.ids).order_by("pk")
    )
    listed = [visit for visit in visits if family.lists_unit(visit.unit_id, visit.on, visit.shift_kind) == unit_id]
    if len(listed) != len(wanted):
        raise NotFound(_("Fant ikke alle besøkene i dette teamet."))
    planned = [visit for visit in visits if visit.state == VisitState.PLANNED]
    _refuse_unwanted(planned, wanted)
    before = _helpers_of(visit.pk for visit in planned)
    changed = [
        visit
        for visit in planned
        if (visit.starts_at, before[visit.pk]) != (wanted[visit.pk].starts_at, frozenset(wanted[visit.pk].employee_ids))
    ]
    for visit in changed:
        if visit.starts_at is not None:
            visit.changed_at = at
        visit.starts_at = wanted[visit.pk].starts_at
    Visit.objects.bulk_update(changed, ["starts_at", "changed_at"], batch_size=200)
    _write_helpers(changed, wanted, before)
    left_out = tuple(visit.pk for visit in visits if visit.state != VisitState.PLANNED)
    audit.record(
        actor,
        ASSIGN_VISITS,
        f"unit:{unit_id}",
        Scope((unit.path,)),
        at=at,
        change={"visits": [visit.pk for visit in changed], "left_out": list(left_out)},
    )
    if changed:
        events.publish(VisitsChanged(visit_ids=tuple(visit.pk for visit in changed), at=at))
    return Assigned(tuple(visit.pk for visit in changed), left_out)


@transaction.atomic
def move_visit(*, actor: Actor, visit_id: int, starts_at: datetime, at: datetime, seen: str | None = None) -> Visit:
    """Agree on another start for a visit, on the same day. Outside its window is allowed: people have talked.

    The window widens to hold the new start, so that planning again respects it. Until the visit's time is over it can
    be moved, also from the door. seen: the start the actor looked at (`rules.moving.seen_start`); None does not ask.
    Asking for the start it has already changes nothing.
    Raises NotFound, NotAllowed, VisitNotPlanned, VisitBegun, OutsideTheDay, MovedMeanwhile, ActionRefused. Publishes
    VisitsChanged.
    """
    visit, scope = _open(actor, visit_id, at=at)
    _refuse_unless_planned(visit)
    if visit.starts_at == starts_at and visit.is_locked:
        return visit
    if seen is not None and seen != seen_start(visit.starts_at):
        raise MovedMeanwhile(_("Noen andre har flyttet besøket siden. Se når det er nå."))
    if is_over(visit.starts_at, minutes=visit.minutes, at=at):
        raise VisitBegun(_("Tida for besøket er over. Si heller hvordan det gikk."))
    if oslo.day_of(starts_at) not in days_of(visit.on, Period(visit.earliest_at, visit.latest_at)):
        raise OutsideTheDay(
            _("Velg et tidspunkt samme dag. Skal besøket til en annen dag, avlys det og legg til et nytt.")
        )
    if starts_at <= at:
        raise ActionRefused(_("Tidspunktet har vært. Velg et som kommer."))
    was = visit.starts_at
    if was is not None and was != starts_at:
        visit.changed_at = at
    visit.starts_at = starts_at
    visit.earliest_at = min(visit.earliest_at, starts_at)
    visit.latest_at = max(visit.latest_at, starts_at)
    visit.is_locked = True
    visit.save(update_fields=["starts_at", "earliest_at", "latest_at", "changed_at", "is_locked"])
    change = {"start": starts_at.isoformat(), "was": was.isoformat() if was else None}
    audit.record(actor, PLAN_VISITS, str(visit), scope, at=at, change=change)
    events.publish(VisitsChanged(visit_ids=(visit.pk,), at=at, by_id=actor.employee_id))
    return visit


@transaction.atomic
def cancel_visit(*, actor: Actor, visit_id: int, by: str, at: datetime, reason: str = "", press_key: str = "") -> Visit:
    """Cancel a visit: who did not want or could not have it, and why in words.

    by: a CancelledBy other than PLAN. Kept as a report, which `undo_report` takes back.
    Raises NotFound, NotAllowed, VisitNotPlanned, ActionRefused. Publishes VisitsChanged.
    """
    visit, scope = _open(actor, visit_id, at=at)
    if press_key and visit.reports.filter(press_key=press_key).exists():
        return visit
    if by not in CancelledBy.values or by == CancelledBy.PLAN:
        raise ActionRefused(_("Velg hvem som avlyser besøket."))
    _refuse_unless_planned(visit)
    visit.state, visit.cancelled_by = VisitState.CANCELLED, by
    if visit.starts_at is not None:
        visit.changed_at = at
    visit.save(update_fields=["state", "cancelled_by", "changed_at"])
    report = VisitReport.objects.create(
        visit=visit,
        outcome=Outcome.CANCELLED,
        cancelled_by=by,
        note=reason.strip(),
        reported_by_id=actor.employee_id,
        reported_at=at,
        press_key=press_key,
    )
    audit.record(actor, PLAN_VISITS, str(visit), scope, at=at, change={"cancelled_by": by, "report": report.pk})
    events.publish(VisitsChanged(visit_ids=(visit.pk,), at=at, by_id=actor.employee_id))
    return visit


@transaction.atomic
def add_visit(
    *,
    actor: Actor,
    citizen_id: int,
    on: date,
    title: str,
    part_of_day: str,
    earliest: time,
    latest: time,
    minutes: int,
    at: datetime,
    helpers: int = 1,
    needs: Sequence[str] = (),
    level: int = 0,
    priority: int = Priority.SHOULD,
    how: str = "",
    unit_id: int | None = None,
) -> Visit:
    """Add a visit on the day, beside the plan. Times are clock times in Oslo, when it may start.

    unit_id: whose it is, one of those that follow the citizen; without it the one that follows everything.
    Raises NotFound, NotAllowed, ActionRefused. Publishes VisitsChanged.
    """
    citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=at, lock=True)
    scope = scope_of(citizen.pk, on=oslo.day_of(at))
    require(actor, PLAN_VISITS, scope)
    units = unit_ids_of([citizen.pk], on=on)[citizen.pk]
    if not units or (unit_id is not None and unit_id not in units):
        raise ActionRefused(_("Ingen av teamene dine følger brukeren denne dagen."))
    _refuse_strange(title, part_of_day, minutes, helpers)
    window = TimeOfDay(part_of_day, earliest, latest).window_on(on)
    if window.end < at:
        raise ActionRefused(_("Tidspunktet har vært. Velg et som kommer."))
    number = 1 + citizen.visits.filter(on=on, origin=Origin.ADDED).count()
    visit = Visit.objects.create(
        citizen=citizen,
        unit_id=unit_id or units[0],
        on=on,
        slot=f"ADDED:{number}",
        part_of_day=part_of_day,
        shift_kind=shift_kind_of(window),
        origin=Origin.ADDED,
        title=title.strip(),
        earliest_at=window.start,
        latest_at=window.end,
        minutes=minutes,
        helpers=helpers,
        needs=sorted(set(needs)),
        level=level,
        priority=priority,
    )
    VisitTask.objects.create(visit=visit, title=title.strip(), how=how.strip(), minutes=minutes)
    audit.record(actor, PLAN_VISITS, str(visit), scope, at=at, change={"added_on": on.isoformat()})
    events.publish(VisitsChanged(visit_ids=(visit.pk,), at=at))
    return visit


@transaction.atomic
def lock_visit(*, actor: Actor, visit_id: int, at: datetime) -> Visit:
    """Say that a visit is agreed with the citizen: plan changes leave it alone. Raises NotFound, NotAllowed."""
    return _set_lock(actor, visit_id, is_locked=True, at=at)


@transaction.atomic
def unlock_visit(*, actor: Actor, visit_id: int, at: datetime) -> Visit:
    """Let the plan decide over the visit again. Raises NotFound, NotAllowed."""
    return _set_lock(actor, visit_id, is_locked=False, at=at)


def _set_lock(actor: Actor, visit_id: int, *, is_locked: bool, at: datetime) -> Visit:
    visit, scope = _open(actor, visit_id, at=at)
    _refuse_unless_planned(visit)
    if visit.is_locked != is_locked:
        visit.is_locked = is_locked
        visit.save(update_fields=["is_locked"])
        audit.record(actor, PLAN_VISITS, str(visit), scope, at=at, change={"locked": is_locked})
        events.publish(VisitsChanged(visit_ids=(visit.pk,), at=at))
    return visit


def _open(actor: Actor, visit_id: int, *, at: datetime) -> tuple[Visit, Scope]:
    visit = get_visit(actor=actor, visit_id=visit_id, at=at, lock=True)
    scope = scope_of(visit.citizen_id, on=oslo.day_of(at))
    require(actor, PLAN_VISITS, scope)
    return visit, scope


def _refuse_unless_planned(visit: Visit) -> None:
    if visit.state == VisitState.DONE:
        raise VisitNotPlanned(_("Besøket er gjennomført."))
    if visit.state == VisitState.CANCELLED:
        raise VisitNotPlanned(_("Besøket er avlyst."))


def _refuse_strange(title: str, part_of_day: str, minutes: int, helpers: int) -> None:
    if not title.strip():
        raise ActionRefused(_("Skriv hva som skal gjøres."))
    if part_of_day not in PartOfDay.values:
        raise ActionRefused(_("Velg når på dagen."))
    if not 1 <= minutes <= 480:
        raise ActionRefused(_("Et besøk tar mellom 1 og 480 minutter."))
    if helpers not in (1, 2):
        raise ActionRefused(_("Velg én eller to hjelpere."))


def _helpers_of(visit_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for visit_id, employee_id in VisitHelper.objects.filter(visit_id__in=list(visit_ids)).values_list(
        "visit_id", "employee_id"
    ):
        found[visit_id].add(employee_id)
    return defaultdict(frozenset, {visit_id: frozenset(helpers) for visit_id, helpers in found.items()})


def _write_helpers(visits: Sequence[Visit], wanted: dict[int, AssignRow], before: dict[int, frozenset[int]]) -> None:
    gone = [
        row.pk
        for row in VisitHelper.objects.filter(visit_id__in=[visit.pk for visit in visits])
        if row.employee_id not in wanted[row.visit_id].employee_ids
    ]
    VisitHelper.objects.filter(pk__in=gone).delete()
    VisitHelper.objects.bulk_create(
        [
            VisitHelper(visit_id=visit.pk, employee_id=employee_id, on=visit.on)
            for visit in visits
            for employee_id in dict.fromkeys(wanted[visit.pk].employee_ids)
            if employee_id not in before[visit.pk]
        ],
        batch_size=500,
    )


def _refuse_unwanted(visits: Sequence[Visit], wanted: dict[int, AssignRow]) -> None:
    """MUST_NOT is never broken, whoever asks."""
    if not visits:
        return
    found = wishes({visit.citizen_id for visit in visits}, on=min(visit.on for visit in visits))
    if not any(wish.kind == WishKind.MUST_NOT for own in found.values() for wish in own):
        return
    everybody = {employee_id for row in wanted.values() for employee_id in row.employee_ids}
    genders = dict(Employee.objects.filter(pk__in=everybody).values_list("pk", "gender"))
    for visit in visits:
        for wish in found.get(visit.citizen_id, ()):
            for employee_id in wanted[visit.pk].employee_ids:
                is_meant = wish.employee_id == employee_id or (
                    wish.employee_id is None and bool(wish.gender) and genders.get(employee_id) == wish.gender
                )
                if wish.kind == WishKind.MUST_NOT and is_meant:
                    raise HelperNotWanted(
                        _("Brukeren vil ikke ha besøk av denne kollegaen. Velg en annen."),
                        visit_id=visit.pk,
                        employee_id=employee_id,
                    )
