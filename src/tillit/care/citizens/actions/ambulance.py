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
from tillit.foundation.access.actor import Actor, Opening, Scope
from tillit.foundation.access.grounds import Ground
from tillit.foundation.access.permissions import holds, require
from tillit.kernel import oslo


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

    Also for whoever reads by an emergency access: she stands with the citizen, and the crew is on its way. The trail
    names the emergency, which her leader goes through. The door code is on it for whoever may see it, and never when
    the address is hidden from her; then the trail says that the code was shown too. Raises NotFound, NotAllowed.
    """
    emergency = _emergency(actor, citizen_id)
    if emergency is None:
        citizen, scope, today = open_citizen(actor=actor, citizen_id=citizen_id, permission=MAKE_AMBULANCE_SHEET, at=at)
    else:
        today = oslo.day_of(at)
        citizen = queries.get_citizen(actor=actor, citizen_id=citizen_id, at=at, lock=True)
        scope = Scope((*queries.scope_of(citizen.pk, on=today).paths, *_where_she_works(actor)), citizen.pk)
        require(actor, MAKE_AMBULANCE_SHEET, scope)
    home = Home.objects.filter(in_force(today), citizen=citizen).order_by("-valid_from", "-pk").first()
    shows_code = (
        home is not None
        and bool(home.door_code)
        and holds(actor, SHOW_DOOR_CODE, scope)
        and not queries.is_hidden_from(actor, citizen, on=today)
    )
    known = facts_now(citizen.pk)
    made: dict[str, object] = {"purpose": "AMBULANCE", "number": bool(known.number), "code": shows_code}
    if emergency is not None:
        made["emergency"] = emergency.opening_id
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


def may_make_ambulance_sheet(actor: Actor, scope: Scope) -> bool:
    """Whether she may, for the citizen the scope is about: by a role where she is followed, or in an emergency."""
    if holds(actor, MAKE_AMBULANCE_SHEET, scope):
        return True
    return scope.citizen_id is not None and (
        _emergency(actor, scope.citizen_id) is not None and bool(_where_she_works(actor))
    )


def _emergency(actor: Actor, citizen_id: int) -> Opening | None:
    """The emergency access she reads this citizen by now; what is over is not among her openings."""
    emergency = Ground.EMERGENCY.value
    return next((one for one in actor.openings if one.citizen_id == citizen_id and one.ground == emergency), None)


def _where_she_works(actor: Actor) -> tuple[str, ...]:
    return tuple(actor.paths_for(MAKE_AMBULANCE_SHEET.roles))
