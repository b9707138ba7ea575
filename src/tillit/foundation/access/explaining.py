"""Who may do what, and why: every act with who holds it, where it is done and who reaches what it touches.

Read from the declarations that answer every request, so the page and docs/who-may-do-what.md cannot say anything else.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.actor import Actor, Grant
from tillit.foundation.access.addresses import every_address
from tillit.foundation.access.naming import Reach, reach_of
from tillit.foundation.access.permissions import LOGGED_IN, PUBLIC, SIGNED_IN, Permission, all_permissions

#: The part of the product an act belongs to, by the beginning of its code.
AREAS: dict[str, str | Promise] = {
    "citizens": _("Brukere"),
    "consents": _("Samtykker og Min side"),
    "needs": _("Hva som er viktig"),
    "careplans": _("Tiltaksplaner"),
    "visits": _("Besøk"),
    "observations": _("Observasjoner"),
    "photos": _("Bilder"),
    "evaluations": _("Evaluering"),
    "courses": _("Hverdagsrehabilitering"),
    "therapy": _("Ergo- og fysioterapi"),
    "journal": _("Journalen"),
    "notices": _("Beskjeder"),
    "planning": _("Arbeidslister"),
    "deviations": _("Avvik"),
    "changeover": _("Vaktskifte"),
    "surveys": _("Undersøkelser"),
    "insight": _("Innsikt"),
    "improvement": _("Forbedring"),
    "decisions": _("Saker og vedtak"),
    "letters": _("Brev"),
    "responsibility": _("Modeller og ansvar"),
    "authority": _("Myndighet"),
    "organisation": _("Organisasjonen"),
    "workforce": _("Medarbeidere og vakter"),
    "files": _("Regneark"),
    "person": _("Utlevering"),
    "delivery": _("Skrevet uten dekning"),
    "keeping": _("Oppbevaring"),
    "access": _("Innsyn og logg"),
    "login": _("Innlogging"),
}


@dataclass(frozen=True, slots=True)
class Act:
    """One thing one may do. reaches: by whom what its addresses name is reached, the narrowest first."""

    permission: Permission
    area: str
    reaches: tuple[Reach, ...]
    addresses: int = field(metadata={"help": "How many ask for it at the door; none: asked for by the act itself"})


@cache
def every_act() -> tuple[Act, ...]:
    """Return every act but to be logged in, by its code. The same for the life of the process."""
    autodiscover_modules("permissions")  # also those of apps that only a command uses
    reaches: dict[str, set[Reach]] = defaultdict(set)
    doors: dict[str, int] = defaultdict(int)
    for address in every_address():
        assert address.permission is not None
        doors[address.permission.code] += 1
        reach = reach_of(address.door, address.names)
        if reach is not None and reach is not Reach.WORD:
            reaches[address.permission.code].add(reach)
    return tuple(
        Act(one, area_of(one), tuple(reach for reach in Reach if reach in reaches[one.code]), doors[one.code])
        for one in all_permissions()
        if one not in (SIGNED_IN, LOGGED_IN, PUBLIC)
    )


def area_of(permission: Permission) -> str:
    """Return the area's code. Raises KeyError for an app that has no words in `AREAS`."""
    area = permission.code.partition(".")[0]
    if area not in AREAS:
        raise KeyError(area)
    return area


class May(StrEnum):
    """Whether somebody may do an act."""

    YES = "YES"
    RESTING = "RESTING"
    NO = "NO"


@dataclass(frozen=True, slots=True)
class Why:
    """Whether somebody may, and by what she holds: where, or what rests until the day she works."""

    may: May
    by: tuple[Grant, ...] = ()


def why(actor: Actor, permission: Permission) -> Why:
    """Return whether the actor holds a permission anywhere, and by which roles. Each thing's reach comes besides."""
    held = _with(actor.grants, permission)
    if held:
        return Why(May.YES, held)
    resting = _with(actor.resting, permission)
    return Why(May.RESTING, resting) if resting else Why(May.NO)


def _with(grants: Iterable[Grant], permission: Permission) -> tuple[Grant, ...]:
    found = {grant for grant in grants if grant.role in permission.roles}
    return tuple(sorted(found, key=lambda grant: (grant.path, grant.role)))
