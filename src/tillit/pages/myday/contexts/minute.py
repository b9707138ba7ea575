"""One minute before the door, for one who has not been with her lately (E8): what is known already, the least first."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from tillit.care.citizens.queries import CitizenBrief
from tillit.care.needs.queries import Words
from tillit.care.visits.queries import TaskRow
from tillit.pages.myday.contexts import words
from tillit.ui.parts import Matters, MattersMore


@dataclass(frozen=True, slots=True)
class Minute:
    """What stands first; risks, the way in and who to call are the page's own. Everything else is folded."""

    why: str
    matters: Matters = field(metadata={"help": "What matters, what makes good days, what she would rather be without"})
    first: str = field(metadata={"help": "What to do first; empty when the visit has no tasks"})
    how: str
    more: str = field(metadata={"help": "«+ 2 til»: how many tasks stand below; empty when there are no more"})
    practical: str


def minute_of(brief: CitizenBrief, said: Words | None, tasks: list[TaskRow]) -> Minute:
    """Return what stands first about a citizen. Nothing is written for it: it is in the plan and in her words."""
    first = tasks[0] if tasks else None
    return Minute(
        why=_("Du har ikke vært hos %(name)s de siste fire ukene.") % {"name": brief.first_name},
        matters=matters_with_more(said, brief),
        first=first.title if first else "",
        how=first.how if first else "",
        more=_("+ %(number)s til") % {"number": len(tasks) - 1} if len(tasks) > 1 else "",
        practical=brief.practical,
    )


def matters_with_more(said: Words | None, brief: CitizenBrief) -> Matters:
    """Return what matters, and how she wants to be met, in her own words."""
    found = words.matters_of(said, brief)
    if said is None:
        return found
    more = []
    if said.good_days:
        more.append(MattersMore(_("Det gir gode dager"), said.good_days))
    if said.rather_not:
        more.append(MattersMore(_("Det vil %(name)s helst slippe") % {"name": brief.first_name}, said.rather_not))
    return Matters(text=found.text, label=found.label, size="sm", more=tuple(more))
