"""decisions/figures.html: the teams and offices whose cases one may see in numbers."""

from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.decisions.permissions import READ_NUMBERS
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds
from tillit.foundation.organisation.models import UnitKind
from tillit.foundation.organisation.queries import in_force, scope_of, within_reach
from tillit.kernel import oslo
from tillit.ui.parts import Column, DataTable, TableRow

COUNTED_KINDS = (UnitKind.TEAM, UnitKind.SPECIAL_TEAM, UnitKind.OFFICE)
"""Units with cases of their own and no other such unit below them: no sum of others is among them."""


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """decisions/figures.html."""

    title: str
    lead: str
    table: DataTable | None = field(metadata={"help": "None: no unit in reach"})


def figures_page(*, actor: Actor, at: datetime) -> FiguresPage:
    """Return the units one may see numbers of, in one query."""
    rows = within_reach(actor).filter(in_force(oslo.day_of(at)), kind__in=COUNTED_KINDS).select_related("parent")
    units = [unit for unit in rows.order_by("parent__name", "name", "pk") if holds(actor, READ_NUMBERS, scope_of(unit))]
    return FiguresPage(
        title=_("Saker i tall"),
        lead=_("Tallene har ingen navn. Grupper på færre enn 5 er skjult."),
        table=DataTable(
            _("Enheter med tall"),
            (Column(_("Enhet")), Column(_("Slag")), Column(_("Hører til"))),
            tuple(
                TableRow(
                    (unit.name, unit.get_kind_display(), unit.parent.name if unit.parent else ""),
                    href=reverse("decisions:numbers", args=[unit.pk]),
                )
                for unit in units
            ),
        )
        if units
        else None,
    )
