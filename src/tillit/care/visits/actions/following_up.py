"""«Noe har endret seg»: told at a visit, looked at by the one who answers for the citizen."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens.queries import get_citizen, last_scope_of, scope_of, unit_ids_of
from tillit.care.citizens.queries.answering import who_answers
from tillit.care.journal.actions import sign
from tillit.care.journal.models import EntryKind
from tillit.care.visits.events import ChangeTold
from tillit.care.visits.models import ChangeKind, FollowUp, Urgency
from tillit.care.visits.permissions import CLOSE_FOLLOW_UP, TELL_CHANGE
from tillit.care.visits.queries import get_follow_up, get_visit
from tillit.care.visits.rules.due import due_at
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation.queries import meetings_of
from tillit.kernel import events, oslo
from tillit.kernel.errors import ActionRefused, NotFound


class AlreadyClosed(ActionRefused):
    """Somebody has looked at it already."""


@transaction.atomic
def tell_change(
    *,
    actor: Actor,
    citizen_id: int,
    kind: str,
    words: str,
    urgency: str,
    at: datetime,
    press_key: str,
    visit_id: int | None = None,
) -> FollowUp:
    """Say that something has changed with a citizen; it goes to the one who answers for her.

    kind: a ChangeKind; urgency: NOW, TODAY or MEETING, which says when somebody must have looked at it. Owner: the
    service-responsible, else her deputy, else the primary contact or his deputy; somebody who is away that day is
    passed over unless all are. press_key: the same key again returns the first one.
    Raises NotFound, NotAllowed, ActionRefused. Publishes ChangeTold.
    """
    citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=at, lock=True)
    today = oslo.day_of(at)
    scope = scope_of(citizen.pk, on=today)
    require(actor, TELL_CHANGE, scope)
    if press_key and (known := citizen.follow_ups.filter(press_key=press_key).first()):
        return known
    if kind not in ChangeKind.values or urgency not in Urgency.values:
        raise ActionRefused(_("Si hva som har endret seg, og hvor mye det haster."))
    if not words.strip():
        raise ActionRefused(_("Skriv kort hva du så eller hørte."))
    if visit_id is not None and get_visit(actor=actor, visit_id=visit_id, at=at).citizen_id != citizen.pk:
        raise NotFound(_("Fant ikke besøket."))
    units = unit_ids_of((citizen.pk,), on=today)[citizen.pk]
    found = FollowUp.objects.create(
        citizen=citizen,
        visit_id=visit_id,
        kind=kind,
        words=words.strip(),
        urgency=urgency,
        owner_id=who_answers([citizen.pk], on=today).get(citizen.pk),
        told_by_id=actor.employee_id,
        told_at=at,
        due_at=due_at(urgency, told_at=at, next_meeting_at=_next_meeting(units, at=at)),
        press_key=press_key,
    )
    sign(actor=actor, kind=EntryKind.CHANGE, row_id=found.pk, citizen_id=citizen.pk, scope=scope, happened_at=at, at=at)
    audit.record(
        actor, TELL_CHANGE, str(found), scope, at=at, change={"kind": kind, "urgency": urgency, "owner": found.owner_id}
    )
    events.publish(ChangeTold(follow_up_id=found.pk, at=at))
    return found


@transaction.atomic
def close_follow_up(*, actor: Actor, follow_up_id: int, answer: str, at: datetime) -> FollowUp:
    """Close a change with what was done about it. Raises NotFound, NotAllowed, AlreadyClosed, ActionRefused."""
    found = get_follow_up(actor=actor, follow_up_id=follow_up_id, at=at, lock=True)
    scope = last_scope_of(found.citizen_id, on=oslo.day_of(at))  # also when her help has ended since
    require(actor, CLOSE_FOLLOW_UP, scope)
    if found.closed_at is not None:
        raise AlreadyClosed(_("En kollega har fulgt opp dette allerede."))
    if not answer.strip():
        raise ActionRefused(_("Skriv kort hva dere gjør med det."))
    found.answer, found.closed_at, found.closed_by_id = answer.strip(), at, actor.employee_id
    found.save(update_fields=["answer", "closed_at", "closed_by"])
    sign(
        actor=actor,
        kind=EntryKind.ANSWER,
        row_id=found.pk,
        citizen_id=found.citizen_id,
        scope=scope,
        happened_at=at,
        at=at,
    )
    audit.record(actor, CLOSE_FOLLOW_UP, str(found), scope, at=at, change={"closed": True})
    return found


def _next_meeting(unit_ids: Sequence[int], *, at: datetime) -> datetime | None:
    """The first of the units' meetings about citizens that begins after `at`, within a fortnight.

    Those named «brukermøte»; a team that has none by that name takes it up at its next fixed meeting of any kind.
    """
    today = oslo.day_of(at)
    meetings = meetings_of(unit_ids, on=today)
    about_citizens = [meeting for meeting in meetings if "brukermøte" in meeting.name.casefold()]
    moments = [
        oslo.moment(today + timedelta(days=ahead), meeting.starts)
        for meeting in about_citizens or meetings
        for ahead in range(15)
        if str((today + timedelta(days=ahead)).isoweekday()) in meeting.weekdays
    ]
    return min((moment for moment in moments if moment > at), default=None)
