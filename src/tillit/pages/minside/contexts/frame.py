"""What stands around every page: whose it is, the places that are open, and where to call."""

from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens.queries import followers_of
from tillit.care.consents.permissions import SEE_DECISIONS, SEE_GOALS, SEE_LOOKUPS, SEE_VISITS, WRITE_TO_TEAM
from tillit.care.consents.queries import Door
from tillit.foundation.organisation.queries import phone_of
from tillit.kernel import oslo


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the page. name: of its address."""

    name: str
    label: str
    href: str
    icon: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """minside/page.html."""

    whose: str = field(metadata={"help": "Whose page it is, when she who looks is another; empty on one's own"})
    places: tuple[Place, ...]
    call_text: str
    call_href: str = field(metadata={"help": "tel:…; empty when no team follows, or no number is written down"})


def frame(door: Door, current: str, *, at: datetime) -> Frame:
    """Return the frame: only the places the door opens. Three queries, for the team's telephone."""
    open_places = [
        (name, label, icon)
        for name, label, icon, permission in (
            ("page", _("Hvem som kommer"), "Calendar", SEE_VISITS),
            ("goals", _("Mål og plan"), "HikingTrailSign", SEE_GOALS),
            ("decisions", _("Vedtak"), "Folder", SEE_DECISIONS),
            ("write", _("Skriv til teamet"), "Chat", WRITE_TO_TEAM),
            ("lookups", _("Hvem har lest i journalen"), "Eye", SEE_LOOKUPS),
        )
        if door.opens(permission)
    ]
    open_places.append(("sharing", _("Hvem du slipper inn") if door.is_own else _("Hva du får se"), "PersonGroup"))
    main = followers_of((door.citizen.pk,))[door.citizen.pk].main(oslo.day_of(at))
    number = phone_of(main.unit_id) if main else ""
    return Frame(
        whose="" if door.is_own else door.citizen.name,
        places=tuple(
            Place(name, label, reverse(f"minside:{name}", args=[door.citizen.pk]), icon, name == current)
            for name, label, icon in open_places
        ),
        call_text=_("Ring teamet: %(number)s") % {"number": number.replace(" ", "\u00a0")},
        call_href=f"tel:{''.join(number.split())}" if number else "",
    )
