"""Where citizens live, without names: for drawing areas on a map."""

from datetime import date

from tillit.care.citizens.models import Home
from tillit.care.citizens.permissions import READ_CITIZEN
from tillit.care.citizens.queries.reach import reachable
from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.queries import in_force
from tillit.foundation.organisation.rules import Address
from tillit.kernel.geo import Place


def addresses_in_reach(*, actor: Actor, on: date) -> list[Address] | None:
    """Return the addresses on the day of the living citizens whom the actor reaches, in one query.

    None when none of her roles lets her see citizens, such as a system administrator's.

    Secret addresses are left out altogether: whoever draws a small area must not find one by counting. No id and no
    name goes with an address, and the page rounds it before it is drawn; so this is no look at a citizen's data, and
    the access log is not written.
    """
    if not actor.paths_for(READ_CITIZEN.roles):
        return None
    citizens = reachable(actor, on=on).filter(is_secret_address=False, died_on__isnull=True)
    rows = Home.objects.filter(in_force(on), citizen_id__in=citizens.values("pk")).values_list(
        "latitude", "longitude", "postal_code"
    )
    return [
        Address(None if latitude is None or longitude is None else Place(latitude, longitude), code)
        for latitude, longitude, code in rows
    ]
