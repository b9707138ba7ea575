"""decisions/practice.html and decisions/practice_form.html: the municipality's own targets and rates."""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.decisions.actions.practising import LABELS
from tillit.care.decisions.contexts.words import short_date
from tillit.care.decisions.models import CasePractice
from tillit.care.decisions.queries import practice_on
from tillit.care.decisions.queries.practice import RateLine, practices, rates
from tillit.ui.parts import Column, Crumb, Crumbs, DataTable, Fact, Facts, TableRow


@dataclass(frozen=True, slots=True)
class RateRow:
    """A service, and what the citizen pays for it."""

    service_id: int
    name: str
    words: str
    note: str
    coming: str


@dataclass(frozen=True, slots=True)
class PracticePage:
    """decisions/practice.html."""

    crumbs: Crumbs
    since: str
    facts: Facts
    law: str = field(metadata={"help": "What the municipality cannot decide itself"})
    coming: DataTable | None
    earlier: DataTable | None
    rates: tuple[RateRow, ...]
    without_rate: int


@dataclass(frozen=True, slots=True)
class PracticeFormPage:
    """decisions/practice_form.html: one form about targets or a rate."""

    crumbs: Crumbs
    title: str
    lead: str
    submit: str
    back_href: str


def practice_page(on: date) -> PracticePage:
    """Return what holds, what is coming and what has held. Constant queries."""
    held = practice_on(on)
    stored = practices()
    lines = rates(on)
    return PracticePage(
        crumbs=_crumbs(),
        since=_("Gjelder fra %(day)s.") % {"day": short_date(held.valid_from)}
        if held.pk
        else _("Dette er Tillits egne forslag. Kommunen har ikke satt sine egne ennå."),
        facts=Facts(
            (
                *(Fact(str(label), _amount(name, getattr(held, name))) for name, label in LABELS.items()),
                Fact(_("Brukeren velger hvem som gir praktisk hjelp"), _("Ja") if held.provider_choice else _("Nei")),
            )
        ),
        law=_(
            "Loven bestemmer resten: én måned til svar eller foreløpig svar, fire uker til å klage, og senest ett år "
            "etter vedtaket for en klage som kommer for sent."
        ),
        coming=_table(_("Kommer"), [one for one in reversed(stored) if one.valid_from > on]),
        earlier=_table(_("Har gjeldt"), [one for one in stored if one.valid_from <= on and one.pk != held.pk]),
        rates=tuple(_rate(line) for line in lines),
        without_rate=sum(1 for line in lines if not line.now),
    )


def practice_form_page() -> PracticeFormPage:
    """Return the page with the form for other targets."""
    return PracticeFormPage(
        _crumbs(_("Nye frister")),
        _("Nye frister"),
        _("De gjelder fra den dagen du velger. Det som har vært, endres ikke."),
        _("Lagre fristene"),
        reverse("decisions:practice"),
    )


def rate_form_page(line: RateLine) -> PracticeFormPage:
    """Return the page with the form for what a service costs."""
    note = _("Nå: %(words)s") % {"words": line.now} if line.now else _("Ingen sats er skrevet inn.")
    return PracticeFormPage(
        _crumbs(line.service.name),
        _("Hva koster %(service)s?") % {"service": line.service.name.lower()},
        note,
        _("Lagre satsen"),
        reverse("decisions:practice"),
    )


def _crumbs(here: str = "") -> Crumbs:
    home = Crumb(_("Organisasjon"), reverse("organisation:index"))
    if not here:
        return Crumbs((home, Crumb(_("Frister og satser"))))
    return Crumbs((home, Crumb(_("Frister og satser"), reverse("decisions:practice")), Crumb(here)))


def _amount(name: str, value: int) -> str:
    if name == "span_percent":
        return f"{value}\N{NO-BREAK SPACE}%"
    return str(value)


def _table(caption: str, rows: list[CasePractice]) -> DataTable | None:
    if not rows:
        return None
    return DataTable(
        caption=caption,
        columns=(
            Column(_("Fra")),
            Column(_("Beskjed"), right=True),
            Column(_("Klage"), right=True),
            Column(_("Forhåndsvarsel"), right=True),
            Column(_("Ny vurdering"), right=True),
        ),
        rows=tuple(
            TableRow(
                (
                    short_date(one.valid_from),
                    _("%(days)d d") % {"days": one.notify_days},
                    _("%(days)d d") % {"days": one.review_days},
                    _("%(weeks)d uker") % {"weeks": one.advance_notice_weeks},
                    _("%(days)d d") % {"days": one.evaluate_after_days},
                )
            )
            for one in rows
        ),
    )


def _rate(line: RateLine) -> RateRow:
    note = []
    if line.since:
        note.append(_("Fra %(day)s") % {"day": short_date(line.since)})
    if line.source:
        note.append(line.source)
    coming = ""
    if line.coming and line.coming_from:
        coming = _("Fra %(day)s: %(words)s") % {"day": short_date(line.coming_from), "words": line.coming}
    return RateRow(line.service.service_id, line.service.name, line.now, ". ".join(note), coming)
