"""citizens/ending.html: what happens when all help ends, in words, before it is done."""

from dataclasses import dataclass, field

from django.urls import reverse

from tillit.care.citizens.contexts.change import crumbs
from tillit.care.citizens.models import Citizen
from tillit.ui.parts import Crumbs


@dataclass(frozen=True, slots=True)
class EndingPage:
    """citizens/ending.html: a death, an end of all help, or taking it up again."""

    citizen_id: int
    crumbs: Crumbs
    title: str
    lead: str
    what_title: str
    what: tuple[str, ...] = field(metadata={"help": "What happens, one sentence each"})
    form_title: str
    submit: str
    mistake_title: str = field(metadata={"help": "Empty: there is nothing to take back"})
    mistake: tuple[str, ...]
    mistake_submit: str
    edition: int
    changed_by_others: bool
    back: str


def ending_page(
    citizen: Citizen,
    *,
    title: str,
    lead: str,
    what_title: str,
    what: tuple[str, ...],
    form_title: str,
    submit: str,
    mistake_title: str = "",
    mistake: tuple[str, ...] = (),
    mistake_submit: str = "",
    changed_by_others: bool = False,
) -> EndingPage:
    """Return the frame around ending, or taking up, all help."""
    return EndingPage(
        citizen_id=citizen.pk,
        crumbs=crumbs(citizen, title),
        title=title,
        lead=lead,
        what_title=what_title,
        what=what,
        form_title=form_title,
        submit=submit,
        mistake_title=mistake_title,
        mistake=mistake,
        mistake_submit=mistake_submit,
        edition=citizen.edition,
        changed_by_others=changed_by_others,
        back=reverse("citizens:page", args=[citizen.pk]),
    )
