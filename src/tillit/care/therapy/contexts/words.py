"""How a case is said in words."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.therapy.permissions import WORK_CASE
from tillit.care.therapy.queries import CaseLine, EventLine, Gone, GroupLine, JointLine
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds_anywhere
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Colour, Deadline, TabLink, Tabs, Tag

#: The most pressing stands out; the word says it too.
_COLOURS: dict[int, Colour] = {1: "danger", 2: "warning"}


def priority_tag(priority: int) -> Tag:
    """«Prioritet 1»."""
    return Tag(_("Prioritet %(priority)d") % {"priority": priority}, _COLOURS.get(priority, "neutral"))


def waited_text(line: CaseLine, *, today: date) -> str:
    """«Har ventet 12 dager»."""
    days = (today - line.referred_on).days
    if not days:
        return _("Kom i dag")
    return ngettext("Har ventet %(days)d dag", "Har ventet %(days)d dager", days) % {"days": days}


def due_of(line: CaseLine, *, today: date) -> Deadline:
    """By when somebody is to have taken the case: red from the day after."""
    return formats.deadline_of(line.due_on, today=today, language=page_language())


def step_of(line: CaseLine, *, today: date) -> Deadline | Tag:
    """When the next step is."""
    if line.next_on is None:
        return Tag(_("Ikke avtalt"), "warning", "ExclamationmarkTriangle")
    return formats.deadline_of(line.next_on, today=today, language=page_language())


def gone_text(name: str, gone: Gone) -> str:
    """«Lars Lie er borte til og med 30. november.»: never why."""
    if gone.has_left:
        return _("%(who)s har sluttet eller er ikke terapeut lenger.") % {"who": name}
    if gone.back_on is None:
        return _("%(who)s er borte.") % {"who": name}
    last = formats.short_date(gone.back_on - timedelta(days=1), page_language())
    return _("%(who)s er borte til og med %(day)s.") % {"who": name, "day": last}


def nobody_tag() -> Tag:
    """«Ingen har saken», in red and with a sign."""
    return Tag(_("Ingen har saken"), "danger", "ExclamationmarkTriangle")


def why_of(line: CaseLine) -> str:
    """Her own words where they are known, else why she was referred."""
    return f"«{line.own_words}»" if line.own_words else line.reason


def said_of(event: EventLine, *, me: str) -> str:
    """«21. november: …», with the name of who wrote it when that was another."""
    when = formats.day_and_month(event.at, page_language())
    if event.by_name == me:
        return _("%(when)s: %(words)s") % {"when": when, "words": event.words}
    return _("%(who)s %(when)s: %(words)s") % {"who": event.by_name, "when": when, "words": event.words}


def when_of(joint: JointLine, *, today: date) -> str:
    """«I morgen kl. 08.40»."""
    text = formats.near_moment(joint.starts_at, today=today, language=page_language())
    return text[:1].upper() + text[1:]


def tabs(actor: Actor, groups: list[GroupLine], *, here: str, group_id: int = 0) -> Tabs:
    """My cases, the lists, and the numbers of the list one looks at."""
    found = []
    if holds_anywhere(actor, WORK_CASE):
        found.append(TabLink(_("Mine saker"), reverse("therapy:mine"), here == "mine"))
    for one in groups:
        name = one.profession_name if _one_of_each(groups) else one.name
        label = _("Venteliste: %(name)s") % {"name": name.lower() if _one_of_each(groups) else name}
        found.append(
            TabLink(label, reverse("therapy:waiting", args=[one.group_id]), here == "list" and one.group_id == group_id)
        )
    if group_id:
        found.append(TabLink(_("Ventetid i tall"), reverse("therapy:numbers", args=[group_id]), here == "numbers"))
    return Tabs(_("Ergo- og fysioterapi"), tuple(found))


def _one_of_each(groups: list[GroupLine]) -> bool:
    return len({one.profession for one in groups}) == len(groups)
