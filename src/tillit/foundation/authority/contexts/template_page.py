"""A shipped reading, and what taking it into use would change."""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.authority import words
from tillit.foundation.authority.contexts.delegation_page import who_in_words
from tillit.foundation.authority.contexts.form_page import crumbs
from tillit.foundation.authority.contexts.parts import lacking
from tillit.foundation.authority.queries import InRole
from tillit.foundation.authority.queries.templates import ServiceChange, TemplateChange, template_change
from tillit.foundation.authority.shipped_templates import Template, TemplateLine, Where
from tillit.foundation.organisation.models import Unit, UnitKind
from tillit.ui.formats import short_date
from tillit.ui.parts import Column, Content, Crumb, Crumbs, DataTable, TableRow


@dataclass(frozen=True, slots=True)
class TemplatePage:
    """authority/template.html: before and after, service by service, and the form that takes it into use."""

    title: str
    lead: str
    source: str
    crumbs: Crumbs
    summary: str = field(metadata={"help": "«5 tjenester får en som avgjør. 12 står åpne.»"})
    table: DataTable
    back_href: str


def template_page(*, template: Template, valid_from: date, within: Unit | None, office: Unit | None) -> TemplatePage:
    """Return the page with the change reckoned for the day, the part of the municipality and the office chosen."""
    change = template_change(template, valid_from=valid_from, within=within)
    return TemplatePage(
        title=str(template.name),
        lead=str(template.description),
        source=str(template.source),
        crumbs=crumbs(Crumb(_("Mal"))),
        summary=_summary(change),
        table=DataTable(
            caption=_("Hva som endres for hver tjeneste"),
            columns=(
                Column(_("Tjeneste")),
                Column(_("Før")),
                Column(_("Fra %(day)s") % {"day": short_date(valid_from)}),
            ),
            rows=tuple(_row(one, office) for one in change.services),
        ),
        back_href=reverse("authority:who"),
    )


def _summary(change: TemplateChange) -> str:
    placed = sum(one.new is not None for one in change.services)
    nobody = sum(one.nobody_after for one in change.services)
    ends = len(change.ends)
    said = [
        ngettext(
            "%(count)s tjeneste får sin plass etter malen.", "%(count)s tjenester får sin plass etter malen.", placed
        )
        % {"count": placed}
    ]
    if ends:
        said.append(
            ngettext("%(count)s linje som gjelder nå, avsluttes.", "%(count)s linjer som gjelder nå, avsluttes.", ends)
            % {"count": ends}
        )
    if nobody:
        said.append(
            ngettext(
                "%(count)s tjeneste kan ingen avgjøre etterpå, fordi kilden ikke sier hvem.",
                "%(count)s tjenester kan ingen avgjøre etterpå, fordi kilden ikke sier hvem.",
                nobody,
            )
            % {"count": nobody}
        )
    return " ".join(said)


def _row(one: ServiceChange, office: Unit | None) -> TableRow:
    before = words.listed(dict.fromkeys(who_in_words(line) for line in (*one.ends, *one.stays)))
    after: list[str] = [_line_in_words(one.new, office)] if one.new else []
    after += [who_in_words(line) for line in one.stays]
    found = words.listed(dict.fromkeys(after))
    cell: Content = found
    if not found:
        cell = lacking(_("Ingen"), one.open_reason or _("Malen nevner den ikke"))
    elif found == before:
        cell = _("Som før: %(who)s") % {"who": found}
    return TableRow((one.service.name, before or _("Ingen"), cell))


def _line_in_words(line: TemplateLine, office: Unit | None) -> str:
    if line.where is Where.OFFICE:
        place = InRole(line.role, None, office.name if office else _("tjenestekontoret"), UnitKind.OFFICE)
    else:
        place = InRole(line.role, None, _("enheten som har saken"), "")
    said = words.place_in_words(place)
    return words.capital(said)
