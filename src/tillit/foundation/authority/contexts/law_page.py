"""What decisions on each service rest on: the sections the product cites, and the municipality's own basis."""

import re
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds_anywhere
from tillit.foundation.authority import queries, words
from tillit.foundation.authority.catalogue import HINTS
from tillit.foundation.authority.contexts.form_page import FormPage, crumbs
from tillit.foundation.authority.models import ServiceGroup
from tillit.foundation.authority.permissions import KEEP_SERVICES
from tillit.foundation.authority.queries import OwnBasis, ServiceLine
from tillit.ui.parts import Crumb, Crumbs, Tag


@dataclass(frozen=True, slots=True)
class OwnRow:
    """The municipality's own basis, and the act that ends it."""

    cited: str
    days: str = field(metadata={"help": "Empty: it holds today, and on"})
    end_href: str = field(metadata={"help": "Empty: the reader may not end it, or it is ended"})


@dataclass(frozen=True, slots=True)
class ServiceLaw:
    """One service with what decisions on it rest on."""

    name: str
    cited: tuple[str, ...] = field(metadata={"help": "Sections of acts in force today"})
    own: tuple[OwnRow, ...]
    lacks: Tag | None = field(metadata={"help": "Nothing is registered"})
    add_href: str = field(metadata={"help": "Empty: the reader may not register"})


@dataclass(frozen=True, slots=True)
class LawGroup:
    """The services of one heading."""

    part_id: str
    title: str
    services: tuple[ServiceLaw, ...]


@dataclass(frozen=True, slots=True)
class LawPage:
    """authority/law.html."""

    title: str
    lead: str
    crumbs: Crumbs
    lacking: str = field(metadata={"help": "How many services nothing is registered for; empty when none"})
    groups: tuple[LawGroup, ...]


def law_page(*, actor: Actor, on: date) -> LawPage:
    """Return the page on a day. Three queries. Open to all: acts are no secret."""
    services = queries.list_services(on)
    cited: dict[str, list[str]] = {}
    for one in queries.legal_references([service.code for service in services], on):
        if one.act:
            cited.setdefault(one.service_code, []).append(one.cited)
    own = queries.own_bases(on)
    may = holds_anywhere(actor, KEEP_SERVICES)
    lacks = [
        service for service in services if service.code not in cited and not _holds_today(own.get(service.code, ()), on)
    ]
    said = ngettext("%(count)s tjeneste er uten hjemmel", "%(count)s tjenester er uten hjemmel", len(lacks)) % {
        "count": len(lacks)
    }
    return LawPage(
        title=_("Hva vedtakene bygger på"),
        lead=_(
            "Dette står i brevene som «regler vi har brukt». Loven følger med Tillit, kommunens egne regler gjør ikke."
        ),
        crumbs=crumbs(Crumb(_("Hva vedtakene bygger på"))),
        lacking=said if lacks else "",
        groups=tuple(
            LawGroup(
                f"hjemler-{group.value.lower()}",
                str(group.label),
                tuple(
                    _service(one, tuple(cited.get(one.code, ())), own.get(one.code, ()), one in lacks, may=may, on=on)
                    for one in services
                    if one.group == group
                ),
            )
            for group in ServiceGroup
            if any(one.group == group for one in services)
        ),
    )


def add_basis_page(service: ServiceLine) -> FormPage:
    """Register what decisions on a service rest on."""
    hint = HINTS.get(service.code)
    lead = _("Skriv det slik det skal stå i brevet. Brev som er sendt, endres ikke.")
    return FormPage(
        _("Hva bygger vedtak om %(service)s på?") % {"service": words.in_sentence(service.name)},
        f"{hint} {lead}" if hint else lead,
        crumbs(Crumb(_("Hva vedtakene bygger på"), reverse("authority:law")), Crumb(service.name)),
        _("Lagre"),
        reverse("authority:law"),
    )


def end_basis_page(own: OwnBasis) -> FormPage:
    """Let the municipality's own basis end."""
    return FormPage(
        _("Avslutt: %(what)s") % {"what": own.cited},
        _("Vedtak som er fattet før, står ved lag."),
        crumbs(Crumb(_("Hva vedtakene bygger på"), reverse("authority:law")), Crumb(_("Avslutt"))),
        _("Avslutt"),
        reverse("authority:law"),
    )


def _service(
    one: ServiceLine, cited: tuple[str, ...], own: tuple[OwnBasis, ...], lacks: bool, *, may: bool, on: date
) -> ServiceLaw:
    return ServiceLaw(
        one.name,
        tuple(_on_one_line(words.capital(text)) for text in cited),
        tuple(
            OwnRow(
                _on_one_line(words.capital(row.cited)),
                words.until(row.valid_from, row.valid_to, on=on) if row.valid_to or row.valid_from > on else "",
                reverse("authority:end-basis", args=[row.basis_id]) if may and row.valid_to is None else "",
            )
            for row in own
        ),
        Tag(_("Ingen hjemmel er registrert"), "warning", "ExclamationmarkTriangle") if lacks else None,
        reverse("authority:add-basis", args=[one.service_id]) if may else "",
    )


def _on_one_line(cited: str) -> str:
    """A section is read as one: no break after «§», nor at the hyphen of «3-2»."""
    return re.sub(r"(?<=\d)-(?=\d)", "-\u2060", cited).replace("§ ", "§\u00a0")


def _holds_today(own: tuple[OwnBasis, ...], on: date) -> bool:
    return any(row.valid_from <= on for row in own)
