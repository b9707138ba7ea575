"""Visits as work lists, the board, the phone and the citizen's week show them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tillit.care.careplans.models import PartOfDay
from tillit.care.citizens.queries import readable
from tillit.care.visits.models import Origin, Visit, VisitHelper, VisitLink, VisitState, VisitTask
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.reader import barred_now
from tillit.foundation.organisation.queries import team_and_groups
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit. Moments are aware UTC; `on` is the day in Oslo it belongs to (a night belongs to the day it begins).

    earliest_at/latest_at: when it may start. starts_at: the agreed start, None until lists are in use.
    state: a VisitState; cancelled_by: a CancelledBy, or "". title: never empty; one task's name, else the part of
    the day. helper_ids: sorted. changed_at: the last change after the lists were taken into use.
    """

    visit_id: int
    citizen_id: int
    unit_id: int
    plan_id: int | None
    on: date
    slot: str
    part_of_day: str
    shift_kind: str
    state: str
    cancelled_by: str
    title: str
    earliest_at: datetime
    latest_at: datetime
    wished_at: datetime | None
    starts_at: datetime | None
    minutes: int
    helpers: int
    needs: tuple[str, ...]
    level: int
    priority: int
    is_locked: bool
    origin: str
    helper_ids: tuple[int, ...]
    changed_at: datetime | None
    task_titles: tuple[str, ...]

    @property
    def sort_at(self) -> datetime:
        """When it is, as well as we know: the agreed start, the wish, or the earliest."""
        return self.starts_at or self.wished_at or self.earliest_at


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One thing to do in a visit. intervention_id: None for a visit added on the day.

    *_line: the same intervention and goal through versions of the plan.
    """

    task_id: int
    visit_id: int
    intervention_id: int | None
    goal_id: int | None
    title: str
    how: str
    goal_words: str
    minutes: int
    intervention_line: int | None = None
    goal_line: int | None = None


@dataclass(frozen=True, slots=True)
class LinkRow:
    """Least and most minutes between the starts of two visits of one citizen."""

    first_id: int
    then_id: int
    least_minutes: int | None
    most_minutes: int | None


def visits_of_day(*, unit_ids: Iterable[int], on: date, shift_kind: str | None = None) -> list[VisitRow]:
    """Return some units' visits that belong to a day, cancelled ones too, in the order of the day, in three queries.

    unit_ids: those whose visits lie on the same lists then (`organisation.queries.family_of`).
    shift_kind: only those of one shift. Callers have checked the units; the reading is noted here.
    """
    visits = Visit.objects.filter(unit_id__in=list(unit_ids), on=on)
    if shift_kind is not None:
        visits = visits.filter(shift_kind=shift_kind)
    return _rows(visits)


@dataclass(frozen=True, slots=True)
class ComingVisit:
    """A citizen's next visit of the day. starts_at: the agreed start, the wish, or the earliest. helper_ids: sorted."""

    visit_id: int
    starts_at: datetime
    helper_ids: tuple[int, ...]


def coming_visits(*, unit_id: int, on: date, at: datetime) -> dict[int, ComingVisit]:
    """Return each citizen's first visit of a unit's day that is still to come at `at` (aware UTC), in two queries.

    Its work groups' visits are among them; citizens without one are left out. Callers have checked the unit; the
    reading is noted here.
    """
    first: dict[int, tuple[datetime, int]] = {}
    rows = Visit.objects.filter(team_and_groups(unit_id), on=on, state=VisitState.PLANNED)
    rows = rows.exclude(citizen_id__in=barred_now())
    for pk, citizen_id, starts_at, wished_at, earliest_at in rows.values_list(
        "pk", "citizen_id", "starts_at", "wished_at", "earliest_at"
    ):
        when = (starts_at or wished_at or earliest_at, pk)
        if when[0] >= at and (citizen_id not in first or when < first[citizen_id]):
            first[citizen_id] = when
    helpers = _helpers_of([visit_id for _, visit_id in first.values()])
    reading.note_all(first)
    return {
        citizen_id: ComingVisit(visit_id, moment, tuple(helpers[visit_id]))
        for citizen_id, (moment, visit_id) in first.items()
    }


def visits_of_employee(*, employee_id: int, on: date) -> list[VisitRow]:
    """Return the visits an employee goes to on a day, cancelled ones too, in order, in three queries."""
    return _rows(Visit.objects.filter(helper_rows__employee_id=employee_id, helper_rows__on=on))


def visits_of_citizen(citizen_id: int, *, first: date, after: date) -> list[VisitRow]:
    """Return a citizen's visits of the days [first, after), cancelled ones too, in order. Callers checked reach."""
    return visits_of_citizens([citizen_id], first=first, after=after)


def visits_of_citizens(citizen_ids: Iterable[int], *, first: date, after: date) -> list[VisitRow]:
    """Return the same for several citizens, in three queries. Callers have checked reach."""
    return _rows(Visit.objects.filter(citizen_id__in=list(citizen_ids), on__gte=first, on__lt=after))


def last_day_of(citizen_id: int) -> date | None:
    """Return the last day the citizen has a visit from her plan, or None. Callers have checked reach."""
    rows = Visit.objects.filter(citizen_id=citizen_id, origin=Origin.PLAN)
    return rows.order_by("-on").values_list("on", flat=True).first()


def visit_rows(visit_ids: Iterable[int]) -> list[VisitRow]:
    """Return the visits with these ids, in order, in three queries. Callers have checked reach."""
    return _rows(Visit.objects.filter(pk__in=list(visit_ids)))


def visits_in_reach(*, actor: Actor, visit_ids: Iterable[int], at: datetime) -> list[VisitRow]:
    """Return those of the visits whose citizen the actor reaches at `at` and may know of, in order."""
    reached = Visit.objects.filter(pk__in=list(visit_ids), citizen__in=readable(actor, on=oslo.day_of(at)))
    return _rows(reached.exclude(citizen_id__in=barred_now()))


def get_visit(*, actor: Actor, visit_id: int, at: datetime, lock: bool = False) -> Visit:
    """Return the visit if a unit the actor reaches follows the citizen at `at`, and note the reading.

    lock: hold the visit's row until the transaction ends, for actions.
    Raises NotFound also when the visit exists out of reach, so that nobody learns who gets help.
    """
    visits = Visit.objects.filter(citizen__in=readable(actor, on=oslo.day_of(at)))
    visits = visits.select_for_update(of=("self",)) if lock else visits.select_related("unit")
    try:
        visit = visits.get(pk=visit_id)
    except Visit.DoesNotExist:
        raise NotFound(_("Fant ikke besøket.")) from None
    reading.note(visit.citizen_id)
    return visit


def tasks_of(visit_ids: Iterable[int]) -> dict[int, list[TaskRow]]:
    """Return what is to be done in each visit, in order, in one query; visits without tasks are left out."""
    found: dict[int, list[TaskRow]] = defaultdict(list)
    rows = (
        VisitTask.objects.filter(visit_id__in=list(visit_ids))
        .exclude(visit__citizen_id__in=barred_now())
        .order_by("visit_id", "rank", "pk")
        .values_list(
            "pk", "visit_id", "intervention_id", "intervention__goal_id", "title", "how", "goal_words", "minutes",
            "intervention__line", "intervention__goal__line",
        )
    )  # fmt: skip
    for pk, visit_id, intervention_id, goal_id, title, how, words, minutes, line, goal_line in rows:
        found[visit_id].append(
            TaskRow(
                pk, visit_id, intervention_id, goal_id, title, how, words, minutes,
                line or intervention_id, goal_line or goal_id,
            )
        )  # fmt: skip
    return dict(found)


def visit_links(visit_ids: Iterable[int]) -> list[LinkRow]:
    """Return what must lie between these visits, in one query: links whose both ends are among them."""
    wanted = list(visit_ids)
    rows = (
        VisitLink.objects.filter(first_id__in=wanted, then_id__in=wanted)
        .order_by("first_id", "then_id")
        .values_list("first_id", "then_id", "least_minutes", "most_minutes")
    )
    return [LinkRow(*row) for row in rows]


_COLUMNS = (
    "pk", "citizen_id", "unit_id", "plan_id", "on", "slot", "part_of_day", "shift_kind", "state", "cancelled_by",
    "title", "earliest_at", "latest_at", "wished_at", "starts_at", "minutes", "helpers", "needs", "level", "priority",
    "is_locked", "origin", "changed_at",
)  # fmt: skip


def _rows(visits: QuerySet[Visit]) -> list[VisitRow]:
    found = list(visits.order_by("pk").values_list(*_COLUMNS))
    ids = [row[0] for row in found]
    helpers = _helpers_of(ids)
    titles: dict[int, list[str]] = defaultdict(list)
    for visit_id, title in (
        VisitTask.objects.filter(visit_id__in=ids).order_by("rank", "pk").values_list("visit_id", "title")
    ):
        titles[visit_id].append(title)
    barred = barred_now()
    reading.note_all(row[1] for row in found if row[1] not in barred)
    rows = [_row(row, tuple(helpers[row[0]]), tuple(titles[row[0]])) for row in found]
    rows = [_only_when(row) if row.citizen_id in barred else row for row in rows]
    return sorted(rows, key=lambda row: (row.sort_at, row.visit_id))


def _only_when(row: VisitRow) -> VisitRow:
    """Return that somebody has a visit then, for a reader who is barred from her: neither who, nor what for.

    What the one who goes must be able to stays: somebody must plan the visit.
    """
    return replace(row, title=str(PartOfDay(row.part_of_day).label), task_titles=())


def _helpers_of(visit_ids: list[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = VisitHelper.objects.filter(visit_id__in=visit_ids).order_by("employee_id")
    for visit_id, employee_id in rows.values_list("visit_id", "employee_id"):
        found[visit_id].append(employee_id)
    return found


def _row(columns: tuple[Any, ...], helper_ids: tuple[int, ...], task_titles: tuple[str, ...]) -> VisitRow:
    values = dict(zip(_COLUMNS, columns, strict=True))
    title = values.pop("title") or (
        task_titles[0] if len(task_titles) == 1 else str(PartOfDay(values["part_of_day"]).label)
    )
    return VisitRow(
        visit_id=values.pop("pk"),
        title=title,
        needs=tuple(values.pop("needs")),
        helper_ids=helper_ids,
        task_titles=task_titles,
        **values,
    )
