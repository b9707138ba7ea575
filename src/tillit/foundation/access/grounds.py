"""Why somebody had reach to a citizen when she looked: the ground that stands in the access log.

The floors above know the grounds. Each registers a source at start-up (`config.wiring`); all are asked once when the
log of a request, a command or a job is written. A query that itself is the ground (emergency access) says so to
`reading.note`, which needs no source.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.actor import Actor


class Ground(StrEnum):
    """What gave reach (grunnlag). Stored; a new one gets a sentence in GROUND_TEXTS."""

    FOLLOWS = "FOLLOWS"
    SHARED = "SHARED"
    FORMER = "FORMER"
    HANDOVER = "HANDOVER"
    CASE = "CASE"
    REQUEST = "REQUEST"
    THERAPY = "THERAPY"
    SHIFT = "SHIFT"
    OWN = "OWN"
    CONSENT = "CONSENT"
    EMERGENCY = "EMERGENCY"
    DISTRICT = "DISTRICT"
    ON_ORDER = "ON_ORDER"
    SYSTEM = "SYSTEM"
    UNKNOWN = "UNKNOWN"


#: Why this person could look: read by the citizen and by the one who looked.
GROUND_TEXTS: dict[Ground, str | Promise] = {
    Ground.FOLLOWS: _("Arbeider i teamet som gir hjelpen"),
    Ground.SHARED: _("Arbeider i en gruppe i teamet som gir hjelpen"),
    Ground.FORMER: _("Arbeider i enheten som ga hjelpen til slutt"),
    Ground.HANDOVER: _("Hjelpen går fra én enhet til en annen"),
    Ground.CASE: _("Arbeider med en søknad eller en sak"),
    Ground.REQUEST: _("Er bedt inn av teamet for å gi råd eller hjelp"),
    Ground.THERAPY: _("Følger brukeren som ergo- eller fysioterapeut"),
    Ground.SHIFT: _("Var på vakt i teamet"),
    Ground.OWN: _("Det er din egen side"),
    Ground.CONSENT: _("Du har sagt ja til det, eller det er vergen din"),
    Ground.EMERGENCY: _("Brukte nødtilgang"),
    Ground.DISTRICT: _("Leder distriktet som teamet hører til"),
    Ground.ON_ORDER: _("Systemet, fordi en medarbeider ba om det"),
    Ground.SYSTEM: _("Systemet gjorde et fast arbeid, uten at noen leste"),
    Ground.UNKNOWN: _("Grunnen er ikke registrert"),
}


_TEXT_OF_CODE = {ground.value: text for ground, text in GROUND_TEXTS.items()}


@dataclass(frozen=True, slots=True)
class Reason:
    """A ground, and what it rests on: kind and id such as "unit:3" or "opening:7:FOUND". Codes, never words."""

    ground: Ground
    subject: str = ""


class GroundSource(Protocol):
    """Knows a ground or several. Asks a constant number of queries, whatever the number of citizens."""

    def __call__(self, *, actor: Actor, citizen_ids: frozenset[int], at: datetime) -> Mapping[int, Reason]:
        """Return the reason for those it knows one for; leave the others out."""


_sources: list[GroundSource] = []


def register_ground_source(source: GroundSource) -> None:
    """Ask `source` about those the earlier ones have no reason for. Registering again changes nothing."""
    if source not in _sources:
        _sources.append(source)


def reasons_for(actor: Actor, citizen_ids: Iterable[int], *, at: datetime) -> dict[int, Reason]:
    """Return a reason for every citizen: what opened her to the actor, else the first source that knows one.

    UNKNOWN when none does. A door that was opened for her alone says more than that her team follows the citizen.
    """
    left = frozenset(citizen_ids)
    if actor.is_system:
        return dict.fromkeys(left, Reason(Ground.SYSTEM))
    found = {
        one.citizen_id: Reason(Ground(one.ground), f"opening:{one.opening_id}:{one.reason}"[:40])
        for one in actor.openings
        if one.citizen_id in left
    }
    left -= found.keys()
    for source in _sources:
        if not left:
            break
        found.update(source(actor=actor, citizen_ids=left, at=at))
        left -= found.keys()
    return found | dict.fromkeys(left, Reason(Ground.UNKNOWN))


def text_of(code: str) -> str:
    """Return the ground in plain Norwegian. Rows from before grounds were kept have none."""
    return str(_TEXT_OF_CODE.get(code, ""))
