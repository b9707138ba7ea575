"""deviations/numbers.html: kinds over time, for learning."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.queries import get_unit
from tillit.kernel import oslo
from tillit.teamwork.deviations.models import DeviationKind
from tillit.teamwork.deviations.queries import told_since
from tillit.teamwork.deviations.rules.counting import FEWEST_SHOWN, quarters
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Column, Crumb, Crumbs, DataTable, ListRow, RowList, TableRow

QUARTERS = 8


@dataclass(frozen=True, slots=True)
class NumbersPage:
    """deviations/numbers.html."""

    unit_name: str
    crumbs: Crumbs
    table: DataTable
    held_back: str
    learned: RowList | None
    report_href: str


def numbers_page(*, actor: Actor, unit_id: int, now: datetime) -> NumbersPage:
    """Return the numbers of a unit the actor reaches. Raises NotFound."""
    today = oslo.day_of(now)
    unit = get_unit(actor=actor, unit_id=unit_id)
    told, learned = told_since(actor=actor, unit_id=unit_id, on=today)
    kinds = tuple(DeviationKind)
    rows = quarters(told, [kind.value for kind in kinds], last=today, number=QUARTERS)
    few = _("under %(number)d") % {"number": FEWEST_SHOWN}
    return NumbersPage(
        unit_name=unit.name,
        crumbs=Crumbs((Crumb(_("Avvik"), reverse("deviations:list")), Crumb(unit.name))),
        table=DataTable(
            caption=_("Avvik hvert kvartal, det nyeste øverst"),
            columns=(
                Column(_("Kvartal")),
                *(Column(str(kind.label), right=True) for kind in kinds),
                Column(_("I alt"), right=True),
            ),
            rows=tuple(
                TableRow(
                    (
                        _("%(quarter)d. kvartal %(year)d") % {"quarter": row.quarter, "year": row.year},
                        *(few if count is None else str(count) for count in row.counts),
                        "–" if row.total is None else str(row.total),
                    )
                )
                for row in rows
            ),
        ),
        held_back=_("Under %(number)d vises ikke som tall, så ingen kjennes igjen. Da vises heller ikke summen.")
        % {"number": FEWEST_SHOWN},
        learned=RowList(
            tuple(
                ListRow(title=text, note=formats.short_date(oslo.day_of(at), page_language())) for text, at in learned
            )
        )
        if learned
        else None,
        report_href=f"{reverse('deviations:report')}?team={unit.pk}",
    )
