"""journal/note.html: a note, new or a draft."""

from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens.models import Citizen
from tillit.care.citizens.queries import get_citizen
from tillit.care.journal.models import Note
from tillit.foundation.access.actor import Actor
from tillit.ui.parts import Crumb, Crumbs


@dataclass(frozen=True, slots=True)
class NotePage:
    """journal/note.html."""

    crumbs: Crumbs
    title: str
    name: str
    is_draft: bool
    back: str
    autosave: str = field(metadata={"help": "Names the text in the browser: no personal data"})
    user_id: int


def write_page(*, actor: Actor, citizen_id: int, at: datetime) -> NotePage:
    """Return the frame around a new note. Raises NotFound out of reach."""
    citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=at)
    return _page(citizen, actor, draft_id=None)


def draft_page(note: Note, *, actor: Actor) -> NotePage:
    """Return the frame around one's own draft."""
    return _page(note.citizen, actor, draft_id=note.pk)


def _page(citizen: Citizen, actor: Actor, *, draft_id: int | None) -> NotePage:
    title = _("Skriv notat") if draft_id is None else _("Utkast")
    record = reverse("journal:record", args=[citizen.pk])
    return NotePage(
        crumbs=Crumbs(
            (
                Crumb(citizen.name, reverse("citizens:page", args=[citizen.pk])),
                Crumb(_("Journal"), record),
                Crumb(title),
            )
        ),
        title=title,
        name=citizen.name,
        is_draft=draft_id is not None,
        back=record if draft_id is None else reverse("journal:waiting"),
        autosave=f"notat-{citizen.pk}" if draft_id is None else f"utkast-{draft_id}",
        user_id=actor.user_id or 0,
    )
