"""How every action opens a citizen: reach, lock, permission – in that order, so that out of reach is not found."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from tillit.care.citizens import queries
from tillit.care.citizens.models import Citizen
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.clashing import changed_meanwhile
from tillit.foundation.access.permissions import Permission, require
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused


class AddressHidden(ActionRefused):
    """The address is hidden from the actor: she neither sees nor changes what tells where the citizen lives."""


class TooEarly(ActionRefused):
    """The day lies before what holds now began to hold."""


def open_citizen(
    *, actor: Actor, citizen_id: int, permission: Permission, at: datetime, or_former: bool = False
) -> tuple[Citizen, Scope, date]:
    """Return the citizen, locked, with the scope of the act and the day in Oslo.

    or_former: the act also concerns somebody nobody follows any more; then those who did so last may do it.
    Raises NotFound out of reach, NotAllowed without the permission in one of her units.
    """
    today = oslo.day_of(at)
    citizen = queries.get_citizen(actor=actor, citizen_id=citizen_id, at=at, lock=True)
    scope = (queries.last_scope_of if or_former else queries.scope_of)(citizen.pk, on=today)
    require(actor, permission, scope)
    return citizen, scope, today


def refuse_hidden(actor: Actor, citizen: Citizen, *, on: date) -> None:
    """Raise AddressHidden when the citizen's address is hidden from the actor on a day."""
    if queries.is_hidden_from(actor, citizen, on=on):
        raise AddressHidden(_("Adressen er skjult. De som svarer for brukeren, kan endre dette."))


def refuse_if_changed(kind: str, *, seen: int | None, now: int | None, at: datetime) -> None:
    """Raise ChangedMeanwhile when the row somebody saw (its id, None for no row) is not the one that holds now.

    kind: of the row, as in the audit trail, which knows who was first.
    """
    if seen != now:
        raise changed_meanwhile(f"{kind}:{now or seen}", seen=seen or 0, now=now or 0, at=at)


def refuse_old_edition(citizen: Citizen, *, edition: int, at: datetime) -> None:
    """Raise ChangedMeanwhile when the citizen was corrected after the actor opened her."""
    if citizen.edition != edition:
        raise changed_meanwhile(str(citizen), seen=edition, now=citizen.edition, at=at)
