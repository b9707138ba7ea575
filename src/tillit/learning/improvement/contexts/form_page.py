"""improvement/form.html: the frame around a form."""

from dataclasses import dataclass, field
from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.learning.improvement.models import Pilot
from tillit.ui.parts import Action, Clash, Crumb, Crumbs


@dataclass(frozen=True, slots=True)
class FormPage:
    """improvement/form.html."""

    crumbs: Crumbs
    title: str
    lead: str
    submit: str
    back: str
    note: str = ""
    colour: Literal["", "danger"] = ""
    beside: Action | None = field(
        default=None, metadata={"help": "Another act on the same thing, such as taking it out"}
    )
    remove: str = field(default="", metadata={"help": "Where taking it out is posted, with the edition of the form"})
    clash: Clash | None = None


def top_crumb() -> Crumb:
    """The way back to the room."""
    return Crumb(_("Forbedring"), reverse("improvement:index"))


def pilot_crumbs(pilot: Pilot, *last: str) -> Crumbs:
    """The way to a page of a pilot."""
    href = reverse("improvement:pilot", args=[pilot.pk]) if last else ""
    return Crumbs((top_crumb(), Crumb(pilot.name, href), *(Crumb(one) for one in last)))
