"""Times, people and places in words, in the reader's language."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens.queries import AlertLine, CitizenBrief
from tillit.care.needs.queries import Words
from tillit.foundation.workforce.queries import Mark
from tillit.pages.myday.parts import CodeDoor
from tillit.pages.myday.queries import ALERT_KINDS
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Action, HelperMark, Matters, Person, Tag

#: What a list has room for; the visit's own page shows all the words.
IN_A_LIST = 70
ON_THE_CARD = 160

#: Those one must know of first are red; the word and the sign say it too.
_ALERT_ICONS = {
    "ALLERGY": "Allergens",
    "FALL": "Figure",
    "INFECTION": "ShieldCheckmark",
    "SAFETY": "ExclamationmarkTriangle",
    "AID": "Wheelchair",
}
_LOUD_ALERTS = frozenset({"ALLERGY", "INFECTION", "SAFETY"})
#: «Går med rullator» needs no word in front of it.
_SPEAKS_FOR_ITSELF = frozenset({"AID", "OTHER", "SAFETY"})


def clock(moment: datetime) -> str:
    """09.15"""
    return formats.clock(moment, page_language())


def at_clock(moment: datetime) -> str:
    """kl. 09.15, never broken between two lines."""
    return unbroken(_("kl. %(clock)s") % {"clock": clock(moment)})


def unbroken(text: str) -> str:
    """The same text on one line: for phone numbers and clock times."""
    return text.replace(" ", "\u00a0").replace("–", "\u2060–\u2060")


def span(start: datetime, minutes: int) -> str:
    """08.40–09.10"""
    return formats.period(start, start + timedelta(minutes=minutes), page_language())


def hours(start: datetime, end: datetime) -> str:
    """kl. 07.30–15.00, never broken between two lines."""
    return unbroken(_("kl. %(hours)s") % {"hours": formats.period(start, end, page_language())})


def iso_span(start: datetime, minutes: int) -> str:
    """The same for <time datetime>."""
    end = start + timedelta(minutes=minutes)
    return f"{formats.oslo(start).isoformat(timespec='minutes')}/{formats.oslo(end).isoformat(timespec='minutes')}"


def near_day(day: date, *, today: date) -> str:
    """i dag, i morgen, torsdag 26.11."""
    return formats.near_date(day, today=today, language=page_language(), weekdays=True)


def near_moment(moment: datetime, *, today: date) -> str:
    """i dag kl. 09.06"""
    return formats.near_moment(moment, today=today, language=page_language())


def capital(text: str) -> str:
    """First letter large."""
    return text[:1].upper() + text[1:]


def shortened(text: str, room: int) -> str:
    """The text, cut at a word with «…» when there is no room for all of it."""
    text = " ".join(text.split())
    if len(text) <= room:
        return text
    return text[:room].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"


def quoted(words: Words | None) -> str:
    """What matters, as a note in a list; empty when nobody has asked."""
    return f"«{shortened(words.short, IN_A_LIST)}»" if words else ""


def matters_of(words: Words | None, brief: CitizenBrief, *, room: int = 0) -> Matters:
    """What matters to her, or that nobody has asked yet. room: how many signs there is place for; 0 is all."""
    if words is None:
        return Matters(
            size="sm",
            label=_("Vi har ikke spurt %(name)s ennå") % {"name": brief.first_name},
            ask=_("Spør gjerne i dag: Hva er viktig for deg?"),
        )
    label = "" if room else _("Hva er viktig for %(name)s") % {"name": brief.first_name}
    text = words.words if not room or len(words.words) <= room else shortened(words.short, room)
    return Matters(text=text, label=label, size="sm")


def alert_icon(kind: str) -> str:
    """The sign of a warning."""
    return _ALERT_ICONS.get(kind, "InformationSquare")


def loud_first(brief: CitizenBrief) -> list[AlertLine]:
    """The warnings, those one must know of first on top."""
    return sorted(brief.alerts, key=lambda alert: alert.kind not in _LOUD_ALERTS)


def alert_tags(brief: CitizenBrief) -> tuple[Tag, ...]:
    """What one must know before the door, the loud ones first."""
    return tuple(
        Tag(
            alert.text if alert.kind in _SPEAKS_FOR_ITSELF else f"{ALERT_KINDS[alert.kind]}: {alert.text}",
            "danger" if alert.kind in _LOUD_ALERTS else "neutral",
            alert_icon(alert.kind),
        )
        for alert in loud_first(brief)
    )


def place_of(brief: CitizenBrief) -> str:
    """Strandveien 14, 2. etasje · 84 år"""
    address = ", ".join(part for part in (brief.street, brief.floor) if part)
    age = _("%(age)s år") % {"age": brief.age} if brief.age is not None else ""
    return " · ".join(part for part in (address, age) if part)


def way_there(brief: CitizenBrief) -> Action | None:
    """Open the phone's own map. Coordinates only where we have them: the map needs no name or street then."""
    if brief.latitude is not None and brief.longitude is not None:
        point = f"{brief.latitude:.6f},{brief.longitude:.6f}"
        href = f"geo:{point}?q={point}"
    elif brief.street and not brief.address_hidden:
        href = f"geo:0,0?q={quote(', '.join(part for part in (brief.street, brief.place) if part))}"
    else:
        return None
    return Action(_("Veien dit"), href, icon="LocationPin", describe=_("til %(name)s") % {"name": brief.name})


def door_of(brief: CitizenBrief, visit_id: int, *, code: str = "") -> CodeDoor | None:
    """The way in; the code only when it was just asked for."""
    if not (brief.way_in or brief.key_note or brief.has_code):
        return None
    lines = [line for line in (brief.way_in, brief.key_note) if line]
    return CodeDoor(
        heading=lines[0] if lines else _("Dørkode"),
        note=lines[1] if len(lines) > 1 else "",
        show_href=reverse("myday:door", args=[visit_id]) if brief.has_code else "",
        code=code,
        whose=brief.name,
    )


def mark_of(mark: Mark, *, size: str = "") -> HelperMark:
    """A colleague's two letters and colour."""
    return HelperMark(
        initials=mark.initials,
        name=mark.name,
        colour=mark.colour,
        kind="temp" if mark.is_temp else "",
        size="sm" if size == "sm" else "",
    )


def person_of(mark: Mark, note: str = "") -> Person:
    """A colleague with a line about who this is."""
    return Person(mark_of(mark), note or mark.profession_name)


def listed(names: Iterable[str]) -> str:
    """Kari, Piotr og Amina"""
    found = list(names)
    if len(found) < 2:
        return "".join(found)
    return _("%(first)s og %(last)s") % {"first": ", ".join(found[:-1]), "last": found[-1]}


def dialled(phone: str) -> str:
    """tel:90012345; empty without a number."""
    number = "".join(sign for sign in phone if sign.isdigit() or sign == "+")
    return f"tel:{number}" if number else ""


def citizen_href(citizen_id: int) -> str:
    """To everything about the citizen."""
    return reverse("citizens:page", args=[citizen_id])
