"""Something is not as usual with her: said at the top until it is closed."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.observations.queries import WatchLine
from tillit.ui import formats
from tillit.ui.language import page_language


@dataclass(frozen=True, slots=True)
class NotAsUsual:
    """What is followed now."""

    text: str
    href: str


def not_as_usual(line: WatchLine | None, *, today: date) -> NotAsUsual | None:
    """Return what is said; None when all is as usual."""
    if line is None:
        return None
    when = formats.near_moment(line.due.first, today=today, language=page_language())
    who = line.owner_name or _("Ingen")
    return NotAsUsual(
        _("%(who)s følger opp. Neste frist er %(when)s.") % {"who": who, "when": when},
        reverse("observations:watch", args=[line.watch_id]),
    )
