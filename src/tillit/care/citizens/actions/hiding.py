"""Hide where a citizen lives (adressesperre), and say who may know it all the same."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens import queries
from tillit.care.citizens.actions.circle import AlreadyWritten, SomethingMissing
from tillit.care.citizens.actions.correcting import make_findable
from tillit.care.citizens.actions.opening import open_citizen
from tillit.care.citizens.models import AddressTrust
from tillit.care.citizens.permissions import HIDE_ADDRESS
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.kernel.errors import NotFound


@transaction.atomic
def set_address_hidden(*, actor: Actor, citizen_id: int, hidden: bool, at: datetime) -> None:
    """Hide a citizen's address from everybody but those who visit or answer for her, or show it again.

    Searches find her by her address no more. Doing it twice is doing it once. Raises NotFound, NotAllowed.
    """
    citizen, scope, _today = open_citizen(actor=actor, citizen_id=citizen_id, permission=HIDE_ADDRESS, at=at)
    if citizen.is_secret_address is hidden:
        return
    citizen.is_secret_address = hidden
    make_findable(citizen)
    citizen.edition += 1
    citizen.save(update_fields=["is_secret_address", "search_name", "sort_name", "edition"])
    audit.record(actor, HIDE_ADDRESS, str(citizen), scope, at=at, change={"hidden": hidden})


@transaction.atomic
def trust_with_address(*, actor: Actor, citizen_id: int, employee_id: int, at: datetime) -> AddressTrust:
    """Let an employee know a hidden address, from today. Raises NotFound, NotAllowed, SomethingMissing, AlreadyWritten.

    Whoever names somebody need not know the address herself.
    """
    citizen, scope, today = open_citizen(actor=actor, citizen_id=citizen_id, permission=HIDE_ADDRESS, at=at)
    if employee_id not in {one.employee_id for one in queries.colleagues_of(citizen.pk, on=today)}:
        raise SomethingMissing(_("Velg en som arbeider i et team som følger brukeren."))
    if AddressTrust.objects.filter(citizen=citizen, employee_id=employee_id, valid_to__isnull=True).exists():
        raise AlreadyWritten(_("Denne medarbeideren ser adressen fra før."))
    stored = AddressTrust.objects.create(citizen=citizen, employee_id=employee_id, valid_from=today)
    audit.record(actor, HIDE_ADDRESS, str(stored), scope, at=at, change={"employee": employee_id})
    return stored


@transaction.atomic
def end_address_trust(*, actor: Actor, citizen_id: int, trust_id: int, at: datetime) -> None:
    """Let somebody know a hidden address no more. Ending twice is ending once."""
    citizen, scope, today = open_citizen(actor=actor, citizen_id=citizen_id, permission=HIDE_ADDRESS, at=at)
    row = AddressTrust.objects.filter(citizen=citizen, pk=trust_id).first()
    if row is None:
        raise NotFound(_("Fant ikke medarbeideren."))
    if row.valid_to is None:
        row.valid_to = max(today, row.valid_from)
        row.save(update_fields=["valid_to"])
        audit.record(actor, HIDE_ADDRESS, str(row), scope, at=at, change={"to": row.valid_to.isoformat()})
