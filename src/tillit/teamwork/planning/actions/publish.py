"""Taking the lists into use."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.kernel import events
from tillit.kernel.errors import ActionRefused
from tillit.teamwork.planning.actions.desk import assign, note, open_desk
from tillit.teamwork.planning.events import ListsPublished
from tillit.teamwork.planning.models import ListState, Notice
from tillit.teamwork.planning.permissions import PUBLISH_LISTS
from tillit.teamwork.planning.rules import objections
from tillit.teamwork.planning.rules.changes import NoticeKind


class AlreadyInUse(ActionRefused):
    """The lists have been taken into use before; changes now reach people as they are made."""


class NothingToPublish(ActionRefused):
    """Nobody has been given a visit yet."""


class NotReady(ActionRefused):
    """Somebody on the lists cannot make her visit after all: a competence has run out, she is away, a wish is new."""

    def __init__(self, text: str, visit_ids: tuple[int, ...]) -> None:
        super().__init__(text)
        self.visit_ids = visit_ids


@transaction.atomic
def publish_lists(*, actor: Actor, unit_id: int, on: date, shift_kind: str, edition: int, at: datetime) -> int:
    """Take the lists into use: the visits get their helpers and starts, and everybody on a list is told.

    Visits nobody has stay uncovered and on the board. Returns how many were told.
    Raises NotFound, NotAllowed, ListsChangedMeanwhile, AlreadyInUse, NothingToPublish, NotReady.
    """
    desk = open_desk(
        actor=actor, unit_id=unit_id, on=on, shift_kind=shift_kind, edition=edition, permission=PUBLISH_LISTS, at=at
    )
    lists, day = desk.lists, desk.team_day.day
    if lists.state != ListState.DRAFT:
        raise AlreadyInUse(_("Listene er i bruk fra før. Endringer når fram etter hvert som de gjøres."))
    rows = tuple(row for rows in day.rows_of_visit.values() for row in rows)
    if not rows:
        raise NothingToPublish(_("Ingen har fått besøk ennå. Fordel besøkene først, eller be om et forslag."))
    wrong = tuple(
        sorted(
            {
                row.visit_id
                for row in rows
                if objections.refusals(day, visit_id=row.visit_id, employee_id=row.employee_id)
            }
        )
    )
    if wrong:
        raise NotReady(_("Noen på listene kan ikke ta besøket sitt likevel. Besøkene er merket på tavla."), wrong)
    lists.state = ListState.PUBLISHED
    lists.edition += 1
    lists.published_edition = lists.edition
    lists.published_at = lists.changed_at = at
    lists.published_by_id = lists.changed_by_id = actor.employee_id
    lists.save()
    assign(desk, day.call_by_id, rows)
    people = sorted({row.employee_id for row in rows})
    Notice.objects.bulk_create(
        [Notice(lists=lists, employee_id=employee_id, kind=NoticeKind.READY, at=at) for employee_id in people]
    )
    note(
        desk,
        PUBLISH_LISTS,
        {"visits": len(day.call_by_id), "uncovered": len(day.uncovered), "told": people},
        day.call_by_id,
    )
    events.publish(ListsPublished(lists.pk, unit_id, on, shift_kind, at))
    return len(people)
