"""minside/sharing.html: who is let in to what."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.consents.models import BasisChoice, PartChoice
from tillit.care.consents.permissions import OPEN_PAGE
from tillit.care.consents.queries import ConsentLine, Door, consents_of, has_own_login, open_door
from tillit.care.consents.rules import Basis
from tillit.foundation.access.actor import Actor
from tillit.pages.minside.contexts.frame import Frame, frame
from tillit.ui import formats
from tillit.ui.language import page_language


@dataclass(frozen=True, slots=True)
class LetInLine:
    """One who is let in. end_href: empty when it is not for this reader to end."""

    name: str
    relation: str
    basis: str
    until: str = field(metadata={"help": "The last day; empty: until it is ended"})
    parts: tuple[tuple[str, str], ...] = field(metadata={"help": "Code and words"})
    end_href: str


@dataclass(frozen=True, slots=True)
class SharingPage:
    """minside/sharing.html: everybody, to the citizen; to one who is let in, only what she herself is given."""

    frame: Frame
    is_own: bool
    she_logs_in: str = field(metadata={"help": "To a guardian: that the citizen has a login too; else empty"})
    people: tuple[LetInLine, ...]


def sharing_page(*, actor: Actor, citizen_id: int, at: datetime) -> SharingPage:
    """Return who is let in, and to what. A relative sees nobody's consent but her own. Raises NotFound."""
    door = open_door(actor=actor, citizen_id=citizen_id, permission=OPEN_PAGE, at=at)
    lines = consents_of(citizen_id, at=at)
    if not door.is_own:
        lines = [one for one in lines if f"consent:{one.consent_id}" == door.let_in.subject]
    return SharingPage(
        frame=frame(door, "sharing", at=at),
        is_own=door.is_own,
        she_logs_in=_she_logs_in(door, lines),
        people=tuple(
            LetInLine(
                name=one.name,
                relation=one.relation,
                basis=_basis(Basis(one.basis), door),
                until=_("Til og med %(day)s")
                % {"day": formats.long_date(one.valid_to - timedelta(days=1), page_language(), year=True)}
                if one.valid_to
                else "",
                parts=tuple((part.value, str(PartChoice(part.value).label)) for part in one.parts),
                end_href=reverse("minside:end_sharing", args=[citizen_id, one.consent_id])
                if one.is_hers_to_end or not door.is_own
                else "",
            )
            for one in lines
        ),
    )


def _she_logs_in(door: Door, lines: Sequence[ConsentLine]) -> str:
    by_mandate = not door.is_own and any(one.basis != Basis.CONSENT for one in lines)
    if not by_mandate or not has_own_login(door.citizen.pk):
        return ""
    return _("%(name)s har egen innlogging, og kan selv avlyse besøk og skrive til teamet.") % {
        "name": door.citizen.first_name
    }


def _basis(basis: Basis, door: Door) -> str:
    if basis is not Basis.CONSENT:
        return str(BasisChoice(basis.value).label)
    return _("Du har sagt ja") if door.is_own else _("%(name)s har sagt ja") % {"name": door.citizen.first_name}
