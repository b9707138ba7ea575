"""Which model a unit is going to follow: the list to choose from. What changes is shown on the next page."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation.queries import get_unit, scope_of
from tillit.foundation.responsibility import queries
from tillit.foundation.responsibility.contexts.models_page import label_of
from tillit.foundation.responsibility.permissions import FOLLOW_MODEL
from tillit.ui.parts import Crumb, Crumbs, ListRow, RowList, Tag


@dataclass(frozen=True, slots=True)
class ChoosePage:
    """responsibility/choose.html: the models one may choose for a unit."""

    title: str
    lead: str
    crumbs: Crumbs
    models: RowList
    models_href: str


def choose_page(*, actor: Actor, unit_id: int, on: date) -> ChoosePage:
    """Return the page: settled versions, and drafts, which are settled when put into force. Raises NotFound,
    NotAllowed.
    """
    unit = get_unit(actor=actor, unit_id=unit_id)
    require(actor, FOLLOW_MODEL, scope_of(unit))
    followed = queries.followed_models(on=on, units=[unit]).get(unit.pk)
    rows = []
    for choice in queries.list_versions():
        if not (choice.is_newest or choice.is_draft):
            continue
        now = followed is not None and followed.version_id == choice.version_id
        rows.append(
            ListRow(
                label_of(choice),
                choice.description,
                href="" if now else f"{reverse('responsibility:enact', args=[choice.version_id])}?team={unit.pk}",
                icon="Branching",
                end=Tag(_("Følger nå"), "success") if now else Tag(_("Utkast")) if choice.is_draft else "",
            )
        )
    return ChoosePage(
        _("Modell for %(unit)s") % {"unit": unit.name},
        _("Modellen sier hvem som gjør hva. Du ser hva som endres, før noe er bestemt."),
        Crumbs(
            (
                Crumb(_("Organisasjon"), reverse("organisation:index")),
                Crumb(unit.name, reverse("organisation:unit", args=[unit.pk])),
                Crumb(_("Modell")),
            )
        ),
        RowList(tuple(rows)),
        reverse("responsibility:models"),
    )
