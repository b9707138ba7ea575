"""Who answers for a citizen (R15)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens import queries, rules
from tillit.care.citizens.actions.opening import TooEarly, open_citizen, refuse_if_changed
from tillit.care.citizens.events import ResponsibleNamed
from tillit.care.citizens.models import Responsible, ResponsibleKind
from tillit.care.citizens.permissions import NAME_RESPONSIBLE
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.kernel import events
from tillit.kernel.errors import ActionRefused


class NotAColleague(ActionRefused):
    """The person works in no unit that follows the citizen, or lacks the training the task asks for."""


class OwnDeputy(ActionRefused):
    """Nobody is her own deputy."""


@transaction.atomic
def name_responsible(
    *,
    actor: Actor,
    citizen_id: int,
    kind: str,
    employee_id: int | None,
    valid_from: date,
    seen_id: int | None,
    at: datetime,
    is_deputy: bool = False,
) -> Responsible | None:
    """Let an employee answer for the citizen from a day, instead of whoever does now.

    employee_id: None when nobody shall for now. seen_id: the row the actor saw (None: nobody).
    Raises NotFound, NotAllowed, ChangedMeanwhile, TooEarly, NotAColleague, OwnDeputy. Publishes ResponsibleNamed.
    """
    citizen, scope, today = open_citizen(actor=actor, citizen_id=citizen_id, permission=NAME_RESPONSIBLE, at=at)
    if kind not in ResponsibleKind.values:
        raise ActionRefused(_("Velg hva personen skal ha ansvar for."))
    rows = list(Responsible.objects.filter(citizen=citizen, kind=kind, valid_to__isnull=True))
    now = next((row for row in rows if row.is_deputy is is_deputy), None)
    other = next((row for row in rows if row.is_deputy is not is_deputy), None)
    refuse_if_changed("responsible", seen=seen_id, now=now.pk if now else None, at=at)
    if employee_id is not None:
        colleague = next(
            (
                found
                for found in queries.colleagues_of(citizen.pk, on=max(valid_from, today))
                if found.employee_id == employee_id
            ),
            None,
        )
        if colleague is None:
            raise NotAColleague(_("Velg en som arbeider i et team som følger brukeren."))
        if not rules.may_answer(kind, profession=colleague.profession):
            raise NotAColleague(_words_for(kind))
        if other is not None and other.employee_id == employee_id:
            raise OwnDeputy(_("Ingen kan være vara for seg selv. Velg en annen."))
    if now is not None:
        if not rules.may_replace(held_from=now.valid_from, new_from=valid_from):
            raise TooEarly(_("Datoen er før den som har ansvaret nå, fikk det."))
        now.valid_to = valid_from
        now.save(update_fields=["valid_to"])
    stored = None
    if employee_id is not None:
        stored = Responsible.objects.create(
            citizen=citizen, employee_id=employee_id, kind=kind, is_deputy=is_deputy, valid_from=valid_from
        )
    audit.record(
        actor,
        NAME_RESPONSIBLE,
        str(stored or now or citizen),
        scope,
        at=at,
        change={
            "kind": kind,
            "deputy": is_deputy,
            "employee": employee_id,
            "was": now.employee_id if now else None,
            "from": valid_from.isoformat(),
        },
    )
    events.publish(
        ResponsibleNamed(
            citizen_id=citizen.pk,
            kind=kind,
            is_deputy=is_deputy,
            employee_id=employee_id,
            valid_from=valid_from,
            at=at,
        )
    )
    return stored


def _words_for(kind: str) -> str:
    if kind == ResponsibleKind.THERAPIST:
        return _("Velg en ergoterapeut eller fysioterapeut.")
    return _("Tjenesteansvarlig er sykepleier, vernepleier eller terapeut. Velg en av dem.")
