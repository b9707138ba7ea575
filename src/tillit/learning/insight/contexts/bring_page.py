"""insight/bring_in.html: figures from before Tillit, looked through before they are brought in."""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.models import Unit
from tillit.kernel import oslo
from tillit.learning.insight.models import Figure
from tillit.learning.insight.queries.brought import Looked, list_brought, look, unit_to_bring_for
from tillit.learning.insight.queries.definitions import by_code, indicators
from tillit.learning.insight.rules.brought import Brought
from tillit.learning.insight.rules.indicators import Step
from tillit.learning.insight.words import figures
from tillit.learning.insight.words.brought import fault_text
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Column, Content, Crumb, Crumbs, DataTable, ListRow, RowList, TableRow

_SHOWN = 100


@dataclass(frozen=True, slots=True)
class BringPage:
    """insight/bring_in.html."""

    unit_id: int
    unit_name: str
    crumbs: Crumbs
    faults: tuple[str, ...] = field(metadata={"help": "What is wrong, line by line; empty when all is well"})
    preview: DataTable | None = field(metadata={"help": "What would be brought in; None: nothing was looked through"})
    told: str = field(metadata={"help": "How many are new, how many correct, how many stand already"})
    ready: str = field(metadata={"help": "What the button says; empty: nothing to bring in"})
    known: DataTable = field(metadata={"help": "Codes, and how each is written"})
    brought: RowList | None
    back_href: str


def bring_page(*, actor: Actor, unit_id: int, text: str, today: date) -> BringPage:
    """Return the page. text: of a form that is valid, else empty. Raises NotFound, NotAllowed."""
    unit = unit_to_bring_for(actor=actor, unit_id=unit_id)
    found = look(actor=actor, unit=unit, text=text, today=today) if text else None
    home = reverse("insight:unit", args=[unit.pk])
    rows = (*found.new, *found.corrected) if found and not found.sheet.faults else ()
    return BringPage(
        unit_id=unit.pk,
        unit_name=unit.name,
        crumbs=Crumbs((Crumb(_("Innsikt"), home), Crumb(_("Tall fra før Tillit")))),
        faults=tuple(fault_text(one) for one in found.sheet.faults[:_SHOWN]) if found else (),
        preview=_preview(found, rows) if found and rows else None,
        told=_told(found) if found and not found.sheet.faults else "",
        ready=ngettext("Hent inn %(count)d tall", "Hent inn %(count)d tall", len(rows)) % {"count": len(rows)}
        if rows
        else "",
        known=_known(),
        brought=_brought(unit),
        back_href=home,
    )


def _told(found: Looked) -> str:
    same = len(found.sheet.rows) - len(found.new) - len(found.corrected)
    told = []
    if found.new:
        told.append(ngettext("%(count)d nytt.", "%(count)d nye.", len(found.new)) % {"count": len(found.new)})
    if found.corrected:
        count = len(found.corrected)
        told.append(
            ngettext("%(count)d retter et som står der.", "%(count)d retter noen som står der.", count)
            % {"count": count}
        )
    if same:
        told.append(ngettext("%(count)d står der alt.", "%(count)d står der alt.", same) % {"count": same})
    return " ".join(told)


def _preview(found: Looked, rows: tuple[Brought, ...]) -> DataTable:
    known = by_code()
    corrected = {row.key for row in found.corrected}
    shown = sorted(rows, key=lambda row: row.line)[:_SHOWN]
    return DataTable(
        caption=_("Dette hentes inn"),
        columns=(
            Column(_("Tall")), Column(_("Enhet")), Column(_("Periode")), Column(_("Verdi"), right=True),
            Column(_("Bygger på"), right=True), Column(_("Merknad")),
        ),
        rows=tuple(
            TableRow((
                known[row.code].name, found.names[row.unit_id],
                figures.time_and_year(known[row.code].step, row.starts_on),
                figures.value_text(known[row.code], row.value) or _("Trekkes tilbake"),
                f"{formats.number(row.n, 0, page_language())} {known[row.code].counts}" if row.n else "–",
                _corrects(found.stands[row.key]) if row.key in corrected else "",
            ))
            for row in shown
        ),
    )  # fmt: skip


def _corrects(stands: Figure) -> Content:
    one = by_code()[stands.indicator]
    return _("Retter %(value)s") % {"value": figures.value_text(one, stands.value) or "–"}


def _known() -> DataTable:
    return DataTable(
        caption=_("Tallene du kan hente inn"),
        columns=(
            Column(_("Tall")), Column(_("Kode")), Column(_("Periode")), Column(_("Verdi")), Column(_("Antall")),
        ),
        rows=tuple(
            TableRow((
                one.name, one.code, _("uke") if one.step is Step.WEEK else _("måned"), figures.unit_word(one),
                one.counts,
            ))
            for one in indicators()
        ),
    )  # fmt: skip


def _brought(unit: Unit) -> RowList | None:
    rows = tuple(
        ListRow(
            one.source,
            _("%(day)s · %(who)s") % {
                "day": formats.short_date(oslo.day_of(one.brought_at), page_language()),
                "who": one.brought_by.name if one.brought_by else _("systemet"),
            },
            end=ngettext("%(count)d tall", "%(count)d tall", one.lines) % {"count": one.lines},
        )
        for one in list_brought(unit)
    )  # fmt: skip
    return RowList(rows, label=_("Hentet inn før")) if rows else None
