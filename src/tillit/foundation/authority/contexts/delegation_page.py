"""One delegation document with its lines."""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import holds, holds_anywhere
from tillit.foundation.authority import queries, words
from tillit.foundation.authority.contexts.form_page import crumbs
from tillit.foundation.authority.models import ServiceGroup
from tillit.foundation.authority.permissions import KEEP
from tillit.foundation.authority.queries import AuthorityLine, InRole
from tillit.foundation.authority.shipped_templates import TEMPLATES
from tillit.foundation.organisation.queries import everywhere
from tillit.ui.parts import Action, Column, Crumb, Crumbs, DataTable, TableRow, Tag


@dataclass(frozen=True, slots=True)
class DelegationPage:
    """authority/delegation.html: what the document says, line by line."""

    title: str
    lead: str
    crumbs: Crumbs
    table: DataTable | None = field(metadata={"help": "None: it has no lines yet"})
    template_note: str = field(metadata={"help": "The shipped reading it was made from; else empty"})
    open_services: str = field(metadata={"help": "Services that reading leaves open"})
    add_href: str = field(metadata={"help": "Empty: the reader may not register, or the document is over"})
    end_href: str


def delegation_page(*, actor: Actor, delegation_id: int, on: date) -> DelegationPage:
    """Return a document with all its lines, those that are over last. Open to all. Raises NotFound."""
    document, lines = queries.get_delegation(delegation_id)
    lines.sort(key=lambda line: line.valid_to is not None and line.valid_to <= on)
    template = TEMPLATES.get(document.template)
    may_keep = holds_anywhere(actor, KEEP) and (document.valid_to is None or document.valid_to > on)
    top = everywhere()
    names = {one.code: one.name for one in queries.list_services()} if template else {}
    return DelegationPage(
        title=_("Delegering %(reference)s: %(title)s") % {"reference": document.reference, "title": document.title},
        lead=_("Gitt av: %(by)s. %(days)s.")
        % {"by": document.delegated_by, "days": words.until(document.valid_from, document.valid_to, on=on)},
        crumbs=crumbs(Crumb(document.reference)),
        table=_table(actor, lines, top, on) if lines else None,
        template_note=str(template.source) if template else "",
        open_services=words.listed(names[code] for code in template.open if code in names) if template else "",
        add_href=reverse("authority:add-line", args=[document.delegation_id]) if may_keep else "",
        end_href=reverse("authority:end-delegation", args=[document.delegation_id]) if may_keep else "",
    )


def what_in_words(line: AuthorityLine) -> str:
    """The service, or the whole group."""
    return line.service_name or _("Alt i gruppa «%(group)s»") % {"group": ServiceGroup(line.group).label}


def who_in_words(line: AuthorityLine) -> str:
    """The role and where it is held, or the person who is named."""
    if not line.role:
        return line.employee_name
    unit_name = line.unit_name or _("enheten som har saken")
    said = words.place_in_words(InRole(line.role, line.unit_id, unit_name, line.unit_kind))
    return words.capital(said)


def _table(actor: Actor, lines: list[AuthorityLine], top: Scope, on: date) -> DataTable:
    return DataTable(
        caption=_("Linjene i delegeringen"),
        columns=(
            Column(_("Tjeneste")),
            Column(_("Hvem avgjør")),
            Column(_("Saker i")),
            Column(_("Inntil hva")),
            Column(_("Gjelder")),
            Column(_("Avslutt"), hidden_label=True),
        ),
        rows=tuple(_row(actor, line, top, on) for line in lines),
    )


def _row(actor: Actor, line: AuthorityLine, top: Scope, on: date) -> TableRow:
    scope = Scope((line.within_path,)) if line.within_path else top
    limits = words.limits_in_words(line.extent_in, line.max_extent, line.max_days, four_eyes=line.four_eyes)
    is_over = line.valid_to is not None and (line.valid_to <= on or line.valid_to <= line.valid_from)
    may_end = not is_over and holds(actor, KEEP, scope)
    said = ", ".join(limits)
    return TableRow(
        (
            what_in_words(line),
            who_in_words(line),
            line.within_name or _("Hele kommunen"),
            words.capital(said) or _("Uten grense"),
            Tag(_("Avsluttet"), "neutral") if is_over else words.until(line.valid_from, line.valid_to, on=on),
            Action(
                _("Avslutt"),
                reverse("authority:end-line", args=[line.authority_id]),
                variant="tertiary",
                tight=True,
                describe=what_in_words(line),
            )
            if may_end
            else "",
        )
    )
