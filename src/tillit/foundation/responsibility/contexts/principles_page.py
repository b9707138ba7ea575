"""The municipality's principles: the newest, and those before (R57)."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds
from tillit.foundation.organisation.queries import everywhere
from tillit.foundation.responsibility import queries
from tillit.foundation.responsibility.permissions import KEEP_PRINCIPLES
from tillit.foundation.responsibility.queries import PrinciplesShown
from tillit.ui.parts import Crumb, Crumbs


@dataclass(frozen=True, slots=True)
class PrinciplesPage:
    """responsibility/principles.html and principles_form.html."""

    title: str
    lead: str
    crumbs: Crumbs
    now: PrinciplesShown | None
    before: tuple[PrinciplesShown, ...] = field(metadata={"help": "Older versions, the newest first"})
    edit_href: str = field(metadata={"help": "Empty: the reader does not keep them"})
    action: str
    back_href: str
    note: str = field(metadata={"help": "Somebody else stored new ones meanwhile, or what is wrong"})
    is_newer: bool = field(metadata={"help": "True: `now` was stored by somebody else while the reader wrote"})


def principles_page(*, actor: Actor, editing: bool = False, note: str = "", is_newer: bool = False) -> PrinciplesPage:
    """Return the page in a constant number of queries."""
    versions = queries.list_principles()
    here = reverse("responsibility:principles")
    title = _("Endre prinsippene") if editing else _("Prinsippene våre")
    return PrinciplesPage(
        title=title,
        lead=_("Hver lagring blir en ny versjon. Det som er bestemt før, viser til de gamle.")
        if editing
        else _("De står der en modell endres, så byttet kan holdes opp mot dem."),
        crumbs=Crumbs(
            (
                Crumb(_("Organisasjon"), reverse("organisation:index")),
                Crumb(_("Modeller"), reverse("responsibility:models")),
                *((Crumb(_("Prinsippene våre"), here),) if editing else ()),
                Crumb(title),
            )
        ),
        now=versions[0] if versions else None,
        before=tuple(versions[1:]),
        edit_href=reverse("responsibility:edit-principles") if holds(actor, KEEP_PRINCIPLES, everywhere()) else "",
        action=reverse("responsibility:edit-principles"),
        back_href=here,
        note=note,
        is_newer=is_newer,
    )
