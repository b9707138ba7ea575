"""journal/correct.html, journal/wrong_person.html, journal/demand.html: one entry, and what to do with it."""

from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.journal.contexts.record import ShownEntry, in_order, shown
from tillit.care.journal.models import Request
from tillit.care.journal.permissions import ASK_CHANGE
from tillit.care.journal.queries import EntryLine, get_entry, thread_rows
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds_anywhere
from tillit.kernel import oslo
from tillit.ui.parts import Crumb, Crumbs


@dataclass(frozen=True, slots=True)
class EntryPage:
    """One entry with what it corrected, and a form."""

    entry_id: int
    citizen_id: int
    crumbs: Crumbs
    title: str
    lead: str
    entry_title: str
    entries: tuple[ShownEntry, ...]
    stands: bool = field(metadata={"help": "False: corrected or removed since; there is nothing to do"})
    back: str
    wrong_href: str = field(metadata={"help": "Empty: already asked, or the reader may not"})
    demand_href: str
    autosave: str = ""
    user_id: int = 0


def entry_page(*, actor: Actor, entry_id: int, title: str, lead: str, at: datetime) -> tuple[EntryPage, EntryLine]:
    """Return the page about one entry, and the entry. Raises NotFound out of reach."""
    today = oslo.day_of(at)
    entry = get_entry(actor=actor, entry_id=entry_id, at=at)
    thread = thread_rows(entry)
    line = next(one for one in thread if one.entry_id == entry.pk)
    citizen = entry.citizen
    open_request = any(one.state == Request.State.OPEN for row in thread for one in row.asked)
    may_ask = line.stands and not open_request and holds_anywhere(actor, ASK_CHANGE)
    page = EntryPage(
        entry_id=entry.pk,
        citizen_id=citizen.pk,
        crumbs=Crumbs(
            (
                Crumb(citizen.name, reverse("citizens:page", args=[citizen.pk])),
                Crumb(_("Journal"), reverse("journal:record", args=[citizen.pk])),
                Crumb(title),
            )
        ),
        title=title,
        lead=lead,
        entry_title=citizen.name,
        entries=tuple(shown(one, may_correct=False, today=today) for one in in_order(thread)),
        stands=line.stands,
        back=reverse("journal:record", args=[citizen.pk]),
        wrong_href=reverse("journal:wrong_person", args=[entry.pk]) if may_ask else "",
        demand_href=reverse("journal:demand", args=[entry.pk]) if may_ask else "",
        autosave=f"rett-{entry.pk}",
        user_id=actor.user_id or 0,
    )
    return page, line
