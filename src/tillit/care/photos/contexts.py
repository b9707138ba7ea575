"""photos/add.html: a photo into a citizen's journal."""

from dataclasses import dataclass
from datetime import datetime

from django.forms import Form
from django.urls import reverse

from tillit.care.citizens.queries import get_citizen
from tillit.foundation.access.actor import Actor
from tillit.ui.parts import Choices


@dataclass(frozen=True, slots=True)
class AddPage:
    """photos/add.html."""

    name: str
    back_href: str
    of: Choices


def add_page(*, actor: Actor, citizen_id: int, form: Form, now: datetime) -> AddPage:
    """Return the page for a citizen the actor reaches. Raises NotFound."""
    citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=now)
    return page_of(name=citizen.name, citizen_id=citizen.pk, form=form)


def page_of(*, name: str, citizen_id: int, form: Form) -> AddPage:
    """Return the page for a citizen who is read already. Asks nothing."""
    visit = str(form["visit"].value() or "")
    here = visit.isdecimal() and len(visit) < 19
    return AddPage(
        name=name,
        back_href=reverse("myday:visit", args=[int(visit)]) if here else reverse("citizens:page", args=[citizen_id]),
        of=Choices.of(form["of"]),
    )
