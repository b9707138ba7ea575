"""insight/bring_in.html: figures Tillit does not count, looked through before they are brought in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.models import Unit
from tillit.kernel import oslo
from tillit.learning.insight.contexts.bring_sheet import headers
from tillit.learning.insight.contexts.bring_sheet import rows as bring_sheet_rows
from tillit.learning.insight.contexts.lacking import newest_month
from tillit.learning.insight.files.rows import Cell
from tillit.learning.insight.models import Figure
from tillit.learning.insight.queries.brought import (
    Looked,
    count_there,
    list_brought,
    look,
    teams_to_bring_for,
    unit_to_bring_for,
)
from tillit.learning.insight.queries.definitions import by_code, indicators
from tillit.learning.insight.rules.brought import Brought
from tillit.learning.insight.rules.indicators import Indicator, Step
from tillit.learning.insight.rules.sums import AWAITED
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
    always: RowList = field(metadata={"help": "What lies in the accounts and the wage system, with its two columns"})
    month: str = field(metadata={"help": "How much of the newest month has been brought in"})
    sheet: str = field(metadata={"help": "The first lines of the ready-made sheet"})
    known: DataTable = field(metadata={"help": "Codes of what Tillit counts itself, and how each is written"})
    brought: RowList | None
    back_href: str


def bring_page(*, actor: Actor, unit_id: int, text: str, today: date) -> BringPage:
    """Return the page. text: of a form that is valid, else empty. Raises NotFound, NotAllowed."""
    unit = unit_to_bring_for(actor=actor, unit_id=unit_id)
    found = look(actor=actor, unit=unit, text=text, today=today) if text else None
    home = reverse("insight:unit", args=[unit.pk])
    rows = (*found.new, *found.corrected) if found and not found.sheet.faults else ()
    always = [one for one in indicators() if one.brought]
    month = newest_month(today)
    teams = teams_to_bring_for(actor=actor, unit=unit, on=month)
    awaited = [team.pk for team in teams if team.kind in AWAITED]
    return BringPage(
        unit_id=unit.pk,
        unit_name=unit.name,
        crumbs=Crumbs((Crumb(_("Innsikt"), home), Crumb(_("Hent inn tall")))),
        faults=tuple(fault_text(one) for one in found.sheet.faults[:_SHOWN]) if found else (),
        preview=_preview(found, rows) if found and rows else None,
        told=_told(found) if found and not found.sheet.faults else "",
        ready=ngettext("Hent inn %(count)d tall", "Hent inn %(count)d tall", len(rows)) % {"count": len(rows)}
        if rows
        else "",
        always=_always(always),
        month=_("%(when)s: %(have)d av %(all)d tall er hentet inn.") % {
            "when": figures.time_and_year(Step.MONTH, month).capitalize(),
            "have": count_there(teams=awaited, indicators=always, month=month),
            "all": len(awaited) * len(always),
        },
        sheet=_sheet(always, [team.name for team in teams], month),
        known=_known(),
        brought=_brought(unit),
        back_href=home,
    )  # fmt: skip


def bring_sheet(*, actor: Actor, unit_id: int, today: date) -> tuple[date, tuple[tuple[Cell, ...], ...]]:
    """Return the month of the ready-made sheet, and its lines. Raises NotFound, NotAllowed."""
    unit = unit_to_bring_for(actor=actor, unit_id=unit_id)
    month = newest_month(today)
    teams = teams_to_bring_for(actor=actor, unit=unit, on=month)
    return month, bring_sheet_rows(indicators(), [team.name for team in teams], month=month)


def _sheet(always: Sequence[Indicator], teams: Sequence[str], month: date) -> str:
    lines = bring_sheet_rows(always, teams[:1], month=month)
    return "\n".join(";".join(str(cell) for cell in line) for line in ([one.name for one in headers()], *lines))


def _always(always: Sequence[Indicator]) -> RowList:
    return RowList(
        tuple(
            ListRow(
                one.name,
                _("teller: %(top)s · nevner: %(under)s") % {"top": _low(one.parts[0]), "under": _low(one.parts[1])}
                if one.parts else "",
                end=one.code,
            )
            for one in always
        ),
        label=_("Tallene fra lønn og regnskap"),
    )  # fmt: skip


def _low(text: str) -> str:
    return text[:1].lower() + text[1:]


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
    if found.sheet.empty:
        count = found.sheet.empty
        told.append(
            ngettext("%(count)d linje uten tall er hoppet over.", "%(count)d linjer uten tall er hoppet over.", count)
            % {"count": count}
        )
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
                _value(known[row.code], row),
                f"{formats.number(row.n, 0, page_language())} {known[row.code].counts}" if row.n else "–",
                _corrects(found.stands[row.key]) if row.key in corrected else "",
            ))
            for row in shown
        ),
    )  # fmt: skip


def _value(one: Indicator, row: Brought) -> str:
    """Return «98,6 % (1 234 000 av 1 252 000)», so that a slip in a column is seen before it is stored."""
    value = figures.value_text(one, row.value) or _("Trekkes tilbake")
    if not one.brought or row.numerator is None:
        return value
    return _("%(value)s (%(top)s av %(under)s)") % {
        "value": value, "top": figures.part_text(row.numerator), "under": figures.part_text(row.denominator),
    }  # fmt: skip


def _corrects(stands: Figure) -> Content:
    one = by_code()[stands.indicator]
    return _("Retter %(value)s") % {"value": figures.value_text(one, stands.value) or "–"}


def _known() -> DataTable:
    return DataTable(
        caption=_("Tallene Tillit teller selv"),
        columns=(
            Column(_("Tall")), Column(_("Kode")), Column(_("Periode")), Column(_("Verdi")), Column(_("Antall")),
        ),
        rows=tuple(
            TableRow((
                one.name, one.code, _("uke") if one.step is Step.WEEK else _("måned"), figures.unit_word(one),
                one.counts,
            ))
            for one in indicators()
            if not one.brought
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
