"""The lists follow what happens on the floors below: somebody falls ill, a visit is cancelled or moved.

Wired in config.wiring to EmployeeAbsent, EmployeeBarred, VisitsChanged and VisitPlannedAgain.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from tillit.care.citizens.events import EmployeeBarred
from tillit.care.visits.events import VisitPlannedAgain, VisitsChanged
from tillit.care.visits.models import Visit, VisitState
from tillit.foundation.access.actor import system
from tillit.foundation.organisation.queries import family_of
from tillit.foundation.workforce.events import EmployeeAbsent
from tillit.teamwork.planning.actions.desk import Desk, What, open_desk, take_step
from tillit.teamwork.planning.models import Assignment, DayLists, ListState
from tillit.teamwork.planning.permissions import ALLOCATE
from tillit.teamwork.planning.rules import changes
from tillit.teamwork.planning.rules.changes import NoticeKind
from tillit.teamwork.planning.rules.day import Row

FOLLOWER = "Arbeidslistene"
"""How the system names itself in the trail."""


@transaction.atomic
def follow_absence(event: EmployeeAbsent) -> None:
    """Take somebody who is away off the lists from now on: her visits stand uncovered until people decide."""
    rows = Assignment.objects.filter(
        employee_id=event.employee_id, lists__on__gte=event.valid_from, starts_at__gte=event.at
    )
    if event.valid_to is not None:
        rows = rows.filter(lists__on__lt=event.valid_to)
    _take_off(rows, event.employee_id, what=What.ABSENCE, at=event.at)


@transaction.atomic
def follow_barring(event: EmployeeBarred) -> None:
    """Take somebody off the coming visits of a citizen she must not meet: they stand uncovered until people decide."""
    rows = Assignment.objects.filter(
        employee_id=event.employee_id, visit__citizen_id=event.citizen_id, starts_at__gte=event.at
    )
    _take_off(rows, event.employee_id, what=What.VISITS, at=event.at)


def _take_off(rows: QuerySet[Assignment], employee_id: int, *, what: What, at: datetime) -> None:
    by_lists: dict[int, list[int]] = {}
    for lists_id, visit_id in rows.order_by("lists_id", "visit_id").values_list("lists_id", "visit_id"):
        by_lists.setdefault(lists_id, []).append(visit_id)
    for lists in DayLists.objects.filter(pk__in=by_lists).order_by("pk"):
        desk = _desk(lists, at)
        visit_ids = by_lists[lists.pk]
        kept = [row for row in changes.of_visits(desk.team_day.day.rows, visit_ids) if row.employee_id != employee_id]
        take_step(desk, what=what, visit_ids=visit_ids, after=kept)


@transaction.atomic
def follow_visits(event: VisitsChanged) -> None:
    """Let lists follow visits that were cancelled, or got another agreed start, and tell those who have them.

    Steps that planning itself takes come back here as the same event and change nothing more.
    """
    by_lists: dict[int, dict[int, Visit]] = {}
    listed = Assignment.objects.filter(visit_id__in=event.visit_ids).select_related("visit", "lists").order_by("pk")
    for row in listed:
        if row.visit.state == VisitState.CANCELLED or _moved(row):
            by_lists.setdefault(row.lists_id, {})[row.visit_id] = row.visit
    for lists in DayLists.objects.filter(pk__in=by_lists).order_by("pk"):
        desk = _desk(lists, event.at, said_by_id=event.by_id)
        after = []
        for visit in by_lists[lists.pk].values():
            if visit.state == VisitState.CANCELLED or visit.starts_at is None:
                continue
            own = changes.of_visits(desk.team_day.day.rows, [visit.pk])
            after += [Row(row.visit_id, row.employee_id, visit.starts_at, row.is_locked) for row in own]
        take_step(
            desk, what=What.VISITS, visit_ids=sorted(by_lists[lists.pk]), after=after, told_as=NoticeKind.CANCELLED
        )


@transaction.atomic
def follow_planned_again(event: VisitPlannedAgain) -> None:
    """Put a visit that was cancelled, and stands again, back on the lists in use: with those who had it."""
    visit = Visit.objects.get(pk=event.visit_id)
    helpers = list(visit.helper_rows.order_by("employee_id").values_list("employee_id", flat=True))
    lists_unit = family_of(visit.unit_id).lists_unit(visit.unit_id, visit.on, visit.shift_kind)
    lists = DayLists.objects.filter(unit_id=lists_unit, on=visit.on, shift_kind=visit.shift_kind).first()
    if lists is None or lists.state == ListState.DRAFT or visit.starts_at is None or not helpers:
        return
    desk = _desk(lists, event.at, said_by_id=event.by_id)
    if visit.pk not in desk.team_day.day.call_by_id or changes.of_visits(desk.team_day.day.rows, [visit.pk]):
        return
    after = [Row(visit.pk, helper, visit.starts_at, visit.is_locked) for helper in helpers]
    take_step(desk, what=What.VISITS, visit_ids=[visit.pk], after=after)


def _moved(row: Assignment) -> bool:
    in_use = row.lists.state != ListState.DRAFT
    return in_use and row.visit.starts_at is not None and row.visit.starts_at != row.starts_at


def _desk(lists: DayLists, at: datetime, *, said_by_id: int | None = None) -> Desk:
    desk = open_desk(
        actor=system(FOLLOWER),
        unit_id=lists.unit_id,
        on=lists.on,
        shift_kind=lists.shift_kind,
        edition=None,
        permission=ALLOCATE,
        at=at,
    )
    desk.said_by_id = said_by_id
    return desk
