"""Pages with one form about services and authority."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.foundation.authority import words
from tillit.foundation.authority.queries import ActingLine, AuthorityLine, DelegationLine
from tillit.foundation.organisation.models import Unit
from tillit.ui.parts import Crumb, Crumbs


@dataclass(frozen=True, slots=True)
class FormPage:
    """authority/form.html: one form."""

    title: str
    lead: str
    crumbs: Crumbs
    submit: str
    back_href: str
    warning: str = field(default="", metadata={"help": "What follows when it is sent; empty when nothing does"})


def crumbs(*more: Crumb) -> Crumbs:
    """The way to a page about authority."""
    return Crumbs(
        (
            Crumb(_("Organisasjon"), reverse("organisation:index")),
            Crumb(_("Hvem kan avgjøre hva"), reverse("authority:who")),
            *more,
        )
    )


def new_delegation_page() -> FormPage:
    """Register a document."""
    return FormPage(
        _("Registrer en delegering"),
        _("Dokumentet sier hvem som har gitt myndighet, og hvor lenge. Linjene legger du til etterpå."),
        crumbs(Crumb(_("Ny delegering"))),
        _("Registrer"),
        reverse("authority:who"),
    )


def new_line_page(document: DelegationLine) -> FormPage:
    """Add a line to a document."""
    back = reverse("authority:delegation", args=[document.delegation_id])
    return FormPage(
        _("Hvem kan avgjøre hva etter delegering %(reference)s?") % {"reference": document.reference},
        _("En linje kan ikke endres siden. Blir det feil, avslutter du den og lager en ny."),
        crumbs(Crumb(document.reference, back), Crumb(_("Ny linje"))),
        _("Legg til"),
        back,
    )


def end_line_page(line: AuthorityLine, what: str) -> FormPage:
    """Let a line end."""
    back = reverse("authority:delegation", args=[line.basis.delegation_id])
    return FormPage(
        _("Avslutt: %(what)s") % {"what": what},
        _("Vedtak som er fattet før, står ved lag."),
        crumbs(Crumb(line.basis.reference, back), Crumb(_("Avslutt"))),
        _("Avslutt"),
        back,
    )


def end_delegation_page(document: DelegationLine) -> FormPage:
    """Let a document end."""
    back = reverse("authority:delegation", args=[document.delegation_id])
    return FormPage(
        _("Avslutt delegering %(reference)s") % {"reference": document.reference},
        _("Alle linjene i den slutter samme dag. Vedtak som er fattet før, står ved lag."),
        crumbs(Crumb(document.reference, back), Crumb(_("Avslutt"))),
        _("Avslutt delegeringen"),
        back,
    )


def appoint_page(unit: Unit) -> FormPage:
    """Appoint an acting leader."""
    return FormPage(
        _("Fungerende leder for %(unit)s") % {"unit": unit.name},
        _("Den du velger, kan avgjøre det lederen kan, i de dagene. Andre tilganger følger ikke med."),
        crumbs(Crumb(_("Fungerende leder"))),
        _("Registrer"),
        f"{reverse('authority:who')}?enhet={unit.pk}",
    )


def end_acting_page(line: ActingLine) -> FormPage:
    """Let somebody stop standing in."""
    return FormPage(
        _("%(name)s slutter som fungerende") % {"name": line.employee_name},
        _("Avtalt til og med %(day)s i %(unit)s.") % {"day": words.last_day(line.valid_to), "unit": line.unit_name},
        crumbs(Crumb(_("Fungerende leder"))),
        _("Avslutt"),
        f"{reverse('authority:who')}?enhet={line.unit_id}",
    )


def new_service_page() -> FormPage:
    """Add a service of the municipality's own."""
    return FormPage(
        _("Legg til en tjeneste"),
        _("Tjenestene i loven er med fra før. Legg til dem kommunen har i tillegg."),
        crumbs(Crumb(_("Ny tjeneste"))),
        _("Legg til tjenesten"),
        reverse("authority:who"),
    )


def act_page() -> FormPage:
    """Set the day an adopted act comes into force."""
    return FormPage(
        _("Når gjelder forvaltningsloven av 2025?"),
        _("Loven er vedtatt, men ikke satt i kraft i Tillit. Fra dagen du setter, viser brev og sjekklister til den."),
        crumbs(Crumb(_("Ny lov"))),
        _("Sett dagen"),
        reverse("authority:who"),
    )
