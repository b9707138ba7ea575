"""Ask a specialist outside the citizen's units to read for a purpose, till a day."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens import queries
from tillit.care.citizens.actions.circle import AlreadyWritten, SomethingMissing
from tillit.care.citizens.actions.opening import open_citizen
from tillit.care.citizens.models import AskedIn
from tillit.care.citizens.permissions import ASK_IN
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.kernel.errors import NotFound

#: Longer than this, the unit should follow a part of the help instead.
LONGEST_DAYS = 90


@transaction.atomic
def ask_in(*, actor: Actor, citizen_id: int, employee_id: int, purpose: str, last_day: date, at: datetime) -> AskedIn:
    """Let an employee read about a citizen from today till and with a day, for a purpose. She may write nothing.

    Raises NotFound, NotAllowed, SomethingMissing, AlreadyWritten.
    """
    citizen, scope, today = open_citizen(actor=actor, citizen_id=citizen_id, permission=ASK_IN, at=at)
    if employee_id not in {one.employee_id for one in queries.specialists(on=today)}:
        raise SomethingMissing(_("Velg hvem du vil be."))
    if not purpose.strip():
        raise SomethingMissing(_("Skriv hva du vil ha hjelp til."))
    if not today <= last_day <= today + timedelta(days=LONGEST_DAYS):
        raise SomethingMissing(_("Velg en siste dag fra i dag og inntil %(days)d dager fram.") % {"days": LONGEST_DAYS})
    if AskedIn.objects.filter(citizen=citizen, employee_id=employee_id, valid_to__gt=today).exists():
        raise AlreadyWritten(_("Denne medarbeideren er bedt inn fra før."))
    stored = AskedIn.objects.create(
        citizen=citizen,
        employee_id=employee_id,
        purpose=purpose.strip(),
        valid_from=today,
        valid_to=last_day + timedelta(days=1),
        asked_by_id=actor.employee_id,
        asked_at=at,
    )
    change = {"employee": employee_id, "to": stored.valid_to.isoformat()}
    audit.record(actor, ASK_IN, str(stored), scope, at=at, change=change)
    return stored


@transaction.atomic
def end_asked_in(*, actor: Actor, citizen_id: int, asked_in_id: int, at: datetime) -> None:
    """Let somebody who was asked in read no more, from now. Ending twice is ending once."""
    citizen, scope, today = open_citizen(actor=actor, citizen_id=citizen_id, permission=ASK_IN, at=at)
    row = AskedIn.objects.filter(citizen=citizen, pk=asked_in_id).first()
    if row is None:
        raise NotFound(_("Fant ikke den som er bedt inn."))
    if row.valid_to > today:
        row.valid_to = max(today, row.valid_from)
        row.save(update_fields=["valid_to"])
        audit.record(actor, ASK_IN, str(row), scope, at=at, change={"to": row.valid_to.isoformat()})
