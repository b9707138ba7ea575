"""One quiet line about what a day's lists can take, on the team board and on top of the lists. Reads, never reckons."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.teamwork.planning.contexts.places import Where
from tillit.teamwork.planning.queries import ListsHead, StrengthView
from tillit.teamwork.planning.rules.day import Day
from tillit.teamwork.planning.rules.sturdier import citizens_of


@dataclass(frozen=True, slots=True)
class StrengthLine:
    """What the newest answer says, without names, and where to read more."""

    text: str
    link: str
    href: str
    tone: str = field(metadata={"help": "warning when one absence is not stood, else empty"})
    note: str = field(metadata={"help": "That the lists have changed since; empty when they have not"})


def line_of(day: Day, head: ListsHead | None, found: StrengthView | None, where: Where) -> StrengthLine | None:
    """Return the line; None while nothing has been reckoned, and when the reckoning was cut short without an answer."""
    if head is None or found is None or found.edition is None:
        return None
    text, breaks = _text(day, found.answer)
    if not text:
        return None
    old = why_old(day, head, found)
    return StrengthLine(
        text=text,
        link=_("Se hva som kan gjøres") if breaks else _("Se hva dagen tåler"),
        href=f"{where.href('board')}#taaler",
        tone="warning" if breaks else "",
        note=f"{old} {_('Det regnes på nytt nå.')}" if old and found.is_working else old,
    )


def why_old(day: Day, head: ListsHead, found: StrengthView) -> str:
    """Return why the answer no longer is about the day as it is; empty while it is."""
    if found.edition != head.edition:
        return _("Listene er endret siden dette ble regnet ut.")
    at_work = {worker.employee_id for worker in day.worker_by_id.values() if worker.visits}
    if "at_work" in found.answer and at_work != set(found.answer["at_work"]):
        return _("Det er andre på jobb enn da dette ble regnet ut.")
    return ""


def _text(day: Day, answer: Mapping[str, Any]) -> tuple[str, bool]:
    """The sentence, and whether a single absence breaks the day."""
    stands, worst = int(answer["stands"]), answer["worst"]
    if stands == 0 and worst is None:
        return "", False
    if stands:
        if any(worker.is_absent and not worker.is_office for worker in day.worker_by_id.values()):
            said = ngettext("Dagen tåler ett fravær til.", "Dagen tåler %(count)d fravær til.", stands)
        else:
            said = ngettext("Dagen tåler ett fravær.", "Dagen tåler %(count)d fravær.", stands)
        return said % {"count": stands}, False
    lost = max(1, *(citizens_of(day, each["uncovered"]) for each in answer["alone"]))
    return (
        ngettext(
            "Blir én borte, kan én bruker miste hjelpen sin.",
            "Blir én borte, kan %(count)d brukere miste hjelpen sin.",
            lost,
        )
        % {"count": lost},
        True,
    )
