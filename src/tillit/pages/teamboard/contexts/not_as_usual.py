"""What is not as usual with somebody the team follows: on top of what waits, one row each, until it is closed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens.queries import CitizenBrief
from tillit.care.observations.queries import WatchLine
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import ListRow


def whose_watch(line: WatchLine) -> str:
    """Who follows it up, and who has been told that it goes on."""
    found = _("%(name)s følger opp") % {"name": line.owner_name} if line.owner_name else ""
    told = [name for name in (line.reminded_name, line.raised_name) if name and name != line.owner_name]
    if told:
        names = _(" og ").join(dict.fromkeys(told))
        found = f"{found}. " if found else ""
        return found + _("%(names)s har fått beskjed om at fristen er ute") % {"names": names}
    return found or _("Ingen følger opp. Noen må ta den")


def watch_rows(lines: Sequence[WatchLine], briefs: Mapping[int, CitizenBrief], *, now: datetime) -> tuple[ListRow, ...]:
    """Return a row for each, soonest due first. What nobody has is said."""
    return tuple(
        ListRow(
            title=_("%(name)s er ikke som vanlig") % {"name": briefs[line.citizen_id].name},
            note=whose_watch(line),
            href=reverse("observations:watch", args=(line.watch_id,)),
            end=formats.deadline_at(line.due.first, now=now, by_the_clock=True, language=page_language()),
        )
        for line in lines
        if line.citizen_id in briefs
    )
