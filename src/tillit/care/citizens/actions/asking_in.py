"""Ask a specialist outside the citizen's units to read for a purpose, till a day; or while a case is hers."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens import queries
from tillit.care.citizens.actions.circle import AlreadyWritten, SomethingMissing
from tillit.care.citizens.actions.opening import open_citizen
from tillit.care.citizens.models import AskedIn, AskedInKind
from tillit.care.citizens.permissions import ASK_IN
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
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
    if AskedIn.objects.filter(
        citizen=citizen, employee_id=employee_id, kind=AskedInKind.ASKED, valid_to__gt=today
    ).exists():
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
    change = {"employee": employee_id, "to": (last_day + timedelta(days=1)).isoformat()}
    audit.record(actor, ASK_IN, str(stored), scope, at=at, change=change)
    return stored


@transaction.atomic
def end_asked_in(*, actor: Actor, citizen_id: int, asked_in_id: int, at: datetime) -> None:
    """Let somebody who was asked in read no more, from now. Ending twice is ending once."""
    citizen, scope, today = open_citizen(actor=actor, citizen_id=citizen_id, permission=ASK_IN, at=at)
    row = AskedIn.objects.filter(citizen=citizen, pk=asked_in_id, kind=AskedInKind.ASKED).first()
    if row is None:
        raise NotFound(_("Fant ikke den som er bedt inn."))
    if row.valid_to is not None and row.valid_to > today:
        row.valid_to = max(today, row.valid_from)
        row.save(update_fields=["valid_to"])
        audit.record(actor, ASK_IN, str(row), scope, at=at, change={"to": row.valid_to.isoformat()})


def open_for_case(*, citizen_id: int, employee_id: int, purpose: str, at: datetime) -> AskedIn:
    """Let a therapist read about a citizen for as long as she has a case.

    In the transaction of the act that gave her the case: that one has checked permission and writes the audit.
    """
    return AskedIn.objects.create(
        citizen_id=citizen_id,
        employee_id=employee_id,
        kind=AskedInKind.CASE,
        purpose=purpose,
        valid_from=oslo.day_of(at),
        asked_by_id=employee_id,
        asked_at=at,
    )


def end_for_case(asked_in_id: int, *, at: datetime) -> None:
    """Let her read no more, from now. In the transaction of the act that took the case from her."""
    row = AskedIn.objects.select_for_update(of=("self",)).get(pk=asked_in_id)
    row.valid_to = max(oslo.day_of(at), row.valid_from)
    row.save(update_fields=["valid_to"])
