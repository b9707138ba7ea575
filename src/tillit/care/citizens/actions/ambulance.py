"""The sheet for an ambulance crew: who she is and how to get in, handed out to others on paper or a screen."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from tillit.care.citizens import queries
from tillit.care.citizens.actions.opening import open_citizen
from tillit.care.citizens.models import Citizen, Home
from tillit.care.citizens.permissions import MAKE_AMBULANCE_SHEET, SHOW_DOOR_CODE
from tillit.care.citizens.queries import facts_now, in_force
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import holds


@dataclass(frozen=True, slots=True)
class HandedOut:
    """What the sheet holds that no page shows."""

    citizen: Citizen
    scope: Scope
    number_kind: str
    number: str = field(metadata={"help": "The national id; empty: not known"}, repr=False)
    door_code: str = field(metadata={"help": "Empty: none, or the actor may not see it"}, repr=False)


@transaction.atomic
def make_ambulance_sheet(*, actor: Actor, citizen_id: int, at: datetime) -> HandedOut:
    """Return what the sheet needs, and write in the audit trail that it was made, and for what.

    The door code is on it only for whoever may see it, and never when the address is hidden from her; then the trail
    says that the code was shown too. Raises NotFound, NotAllowed.
    """
    citizen, scope, today = open_citizen(actor=actor, citizen_id=citizen_id, permission=MAKE_AMBULANCE_SHEET, at=at)
    home = Home.objects.filter(in_force(today), citizen=citizen).order_by("-valid_from", "-pk").first()
    shows_code = (
        home is not None
        and bool(home.door_code)
        and holds(actor, SHOW_DOOR_CODE, scope)
        and not queries.is_hidden_from(actor, citizen, on=today)
    )
    known = facts_now(citizen.pk)
    made = {"purpose": "AMBULANCE", "number": bool(known.number), "code": shows_code}
    entries = [audit.Entry(MAKE_AMBULANCE_SHEET, str(citizen), scope, made)]
    if shows_code:
        entries.append(audit.Entry(SHOW_DOOR_CODE, str(home), scope, {"purpose": "AMBULANCE"}))
    audit.record_all(actor, entries, at=at)
    return HandedOut(
        citizen=citizen,
        scope=scope,
        number_kind=known.number_kind,
        number=known.number,
        door_code=home.door_code if home is not None and shows_code else "",
    )
