"""Allocating by hand: give, move, lock, take off, cancel, undo."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.visits import actions as visit_actions
from tillit.foundation.access.actor import Actor
from tillit.kernel.errors import ActionRefused, NotFound
from tillit.teamwork.planning import queries
from tillit.teamwork.planning.actions.desk import Desk, What, carry_out, note, open_desk, take_step
from tillit.teamwork.planning.models import Assignment, ListChange, ListState
from tillit.teamwork.planning.permissions import ALLOCATE
from tillit.teamwork.planning.rules import changes, objections
from tillit.teamwork.planning.rules.changes import Move, NoticeKind
from tillit.teamwork.planning.rules.day import Row, on_grid
from tillit.teamwork.planning.rules.objections import Objection


class VisitRefused(ActionRefused):
    """The helper cannot make the visit: competence or training is missing, or the citizen must not have her."""

    def __init__(self, text: str, objections: tuple[Objection, ...]) -> None:
        super().__init__(text)
        self.objections = objections


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that speaks against what was done, and for whom. It was allowed all the same."""

    employee_id: int
    objection: Objection


class NothingToUndo(ActionRefused):
    """Nothing has been done with these lists that can be undone."""


@transaction.atomic
def allocate_visit(
    *,
    actor: Actor,
    unit_id: int,
    on: date,
    shift_kind: str,
    visit_id: int,
    from_employee_id: int | None,
    to_employee_id: int | None,
    starts_at: datetime | None,
    edition: int,
    at: datetime,
) -> tuple[Doubt, ...]:
    """Give a visit to a helper, move it to another or to another time, or (to None) take it off a list.

    from_employee_id: whose half is moved, None for a half nobody has. starts_at: aware UTC, rounded to five minutes;
    None keeps the time. Returns what speaks against it, for each helper who goes, for the page to say.
    Raises NotFound, NotAllowed, ListsChangedMeanwhile, VisitRefused.
    """
    desk = _desk(actor, unit_id, on, shift_kind, edition, at)
    day = desk.team_day.day
    call = day.call_by_id.get(visit_id)
    if call is None:
        raise NotFound(_("Besøket står ikke lenger på denne lista."))
    start = on_grid(starts_at) if starts_at is not None else day.starts_at(visit_id)
    if to_employee_id is not None:
        refused_now(desk, visit_id, to_employee_id)
    present = _counting(desk, visit_id)
    after = changes.moved(present, Move(visit_id, from_employee_id, to_employee_id, start), helpers=call.helpers)
    warnings = tuple(
        Doubt(row.employee_id, each)
        for row in sorted(after, key=lambda row: row.employee_id != to_employee_id)
        for each in objections.against(day, visit_id=visit_id, employee_id=row.employee_id, starts_at=start)
        if each.warns and to_employee_id is not None
    )
    take_step(
        desk, what=What.ALLOCATE if to_employee_id is not None else What.TAKE_OFF, visit_ids=[visit_id], after=after
    )
    return warnings


@transaction.atomic
def lock_visit(
    *,
    actor: Actor,
    unit_id: int,
    on: date,
    shift_kind: str,
    visit_id: int,
    locked: bool,
    edition: int,
    at: datetime,
) -> None:
    """Let a visit stay with its helpers at its time when a proposal is made, or let it go again.

    Raises NotFound (also for a visit nobody has), NotAllowed, ListsChangedMeanwhile.
    """
    desk = _desk(actor, unit_id, on, shift_kind, edition, at)
    rows = _counting(desk, visit_id)
    if not rows:
        raise NotFound(_("Ingen har dette besøket ennå, så det er ikke noe å låse."))
    take_step(
        desk,
        what=What.LOCK if locked else What.UNLOCK,
        visit_ids=[visit_id],
        after=[Row(row.visit_id, row.employee_id, row.starts_at, locked) for row in rows],
    )


@transaction.atomic
def cancel_listed_visit(
    *,
    actor: Actor,
    unit_id: int,
    on: date,
    shift_kind: str,
    visit_id: int,
    by: str,
    reason: str,
    edition: int,
    at: datetime,
) -> None:
    """Cancel a visit from the lists: the visit itself is cancelled, and whoever had it is told if lists are in use.

    by: a visits.CancelledBy. Raises NotFound, NotAllowed, ListsChangedMeanwhile, and what visits refuses.
    """
    desk = _desk(actor, unit_id, on, shift_kind, edition, at)
    if visit_id not in desk.team_day.day.call_by_id:
        raise NotFound(_("Besøket står ikke lenger på denne lista."))
    desk.said_by_id = actor.employee_id
    take_step(desk, what=What.CANCEL, visit_ids=[visit_id], after=[], told_as=NoticeKind.CANCELLED)
    visit_actions.cancel_visit(actor=actor, visit_id=visit_id, by=by, reason=reason, at=at)


@transaction.atomic
def undo_step(*, actor: Actor, unit_id: int, on: date, shift_kind: str, edition: int, at: datetime) -> int:
    """Take back the last step that has not been taken back, whoever took it. Returns its number.

    A visit that has been cancelled or removed since stays so. Raises NothingToUndo, NotAllowed, ListsChangedMeanwhile.
    """
    desk = _desk(actor, unit_id, on, shift_kind, edition, at)
    step = queries.last_step(desk.lists.pk)
    if step is None:
        raise NothingToUndo(_("Det er ikke noe å angre på disse listene."))
    day = desk.team_day.day
    touched = {row.visit_id for row in (*step.before, *step.after)}
    present = changes.of_visits(day.rows, touched)
    before = tuple(row for row in step.before if row.visit_id in day.call_by_id)
    lists = desk.lists
    lists.assignments.filter(visit_id__in=sorted(touched)).delete()
    Assignment.objects.bulk_create(
        [
            Assignment(
                lists=lists,
                visit_id=row.visit_id,
                employee_id=row.employee_id,
                starts_at=row.starts_at,
                is_locked=row.is_locked,
            )
            for row in before
        ]
    )
    ListChange.objects.filter(pk=step.change_id).update(undone_at=at)
    lists.edition += 1
    lists.changed_by_id = actor.employee_id
    lists.changed_at = at
    if lists.state == ListState.PUBLISHED:
        lists.state = ListState.CHANGED
    lists.save(update_fields=["edition", "changed_by", "changed_at", "state"])
    carry_out(desk, present, before)
    note(desk, ALLOCATE, {"what": "UNDO", "step": step.change_id, "edition": lists.edition}, touched)
    return step.change_id


def refused_now(desk: Desk, visit_id: int, employee_id: int) -> None:
    """Raise VisitRefused when the helper cannot make the visit whatever the time."""
    found = objections.refusals(desk.team_day.day, visit_id=visit_id, employee_id=employee_id)
    if found:
        raise VisitRefused(_("Denne medarbeideren kan ikke ta besøket."), found)


def _counting(desk: Desk, visit_id: int) -> tuple[Row, ...]:
    """The visit's rows that count: somebody who is away has left her half to others."""
    return desk.team_day.day.rows_of_visit.get(visit_id, ())


def _desk(actor: Actor, unit_id: int, on: date, shift_kind: str, edition: int, at: datetime) -> Desk:
    return open_desk(
        actor=actor, unit_id=unit_id, on=on, shift_kind=shift_kind, edition=edition, permission=ALLOCATE, at=at
    )
