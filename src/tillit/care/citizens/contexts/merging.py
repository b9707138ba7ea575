"""citizens/merge.html: two registrations side by side, and what moves where."""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens import queries
from tillit.care.citizens.contexts.change import crumbs
from tillit.care.citizens.contexts.facts import number_in_words
from tillit.care.citizens.models import Citizen
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Column, Crumbs, DataTable, TableRow


@dataclass(frozen=True, slots=True)
class MergePage:
    """citizens/merge.html. `wrong` goes out of use, `right` stays."""

    wrong_id: int
    right_id: int
    crumbs: Crumbs
    right_name: str
    beside: DataTable
    what: tuple[str, ...] = field(metadata={"help": "What happens, one sentence each"})
    wrong_edition: int
    right_edition: int
    refused: str = field(metadata={"help": "Why it was not, or cannot be, done; empty when it can"})
    can_merge: bool
    swap_href: str
    back: str


@dataclass(frozen=True, slots=True)
class MergeLine:
    """Somebody the search found."""

    title: str
    note: str
    href: str


@dataclass(frozen=True, slots=True)
class MergeSearchPage:
    """citizens/merge_search.html: find the other registration."""

    citizen_id: int
    crumbs: Crumbs
    text: str
    found: tuple[MergeLine, ...]
    more: bool
    back: str


def merge_page(wrong: Citizen, right: Citizen, *, cannot: str = "", refused: str = "") -> MergePage:
    """Return the two side by side. cannot: what says that they are two persons."""
    seen = queries.sides((wrong.pk, right.pk))
    one, other = seen[wrong.pk], seen[right.pk]
    rows = [
        (_("Navn"), one.name, other.name),
        (_("Nummer"), number_in_words(one.number_kind, one.number), number_in_words(other.number_kind, other.number)),
        (_("Fødselsdato"), _day(one.born_on), _day(other.born_on)),
        (_("Adresse"), one.address or "–", other.address or "–"),
        (_("Følges av"), ", ".join(one.unit_names) or "–", ", ".join(other.unit_names) or "–"),
        (_("Egne folk"), str(one.network), str(other.network)),
    ]
    if one.died_on or other.died_on:
        rows.append((_("Død"), _day(one.died_on), _day(other.died_on)))
    return MergePage(
        wrong_id=wrong.pk,
        right_id=right.pk,
        crumbs=crumbs(wrong, _("Slå sammen")),
        right_name=other.name,
        beside=DataTable(
            caption=_("De to registreringene"),
            columns=(Column(_("Opplysning")), Column(_("Går ut av bruk")), Column(_("Blir stående"))),
            rows=tuple(TableRow(cells=row) for row in rows),
        ),
        what=(
            _("Navn, telefon og adresse blir som hos den som blir stående. Det andre navnet vises som tidligere."),
            _("Besøk, planer, samtaler, notater og endringer flyttes dit. Ingenting slettes."),
            _("Har begge en plan i bruk, gjelder planen til den som blir stående. Den andre blir historie."),
            _("Team som følger den ene, følger brukeren videre. Avtal hvem som følger hva."),
            _("Det sikreste nummeret gjelder. Lenker til den som går ut av bruk, fører til den som blir stående."),
        ),
        wrong_edition=one.edition,
        right_edition=other.edition,
        refused=refused or cannot,
        can_merge=not cannot,
        swap_href=reverse("citizens:merge", args=[right.pk, wrong.pk]),
        back=reverse("citizens:facts", args=[wrong.pk]),
    )


def merge_search_page(citizen: Citizen, *, text: str, found: list[MergeLine], more: bool) -> MergeSearchPage:
    """Return the search for the other registration."""
    return MergeSearchPage(
        citizen_id=citizen.pk,
        crumbs=crumbs(citizen, _("Slå sammen")),
        text=text,
        found=tuple(found),
        more=more,
        back=reverse("citizens:facts", args=[citizen.pk]),
    )


def _day(day: date | None) -> str:
    return formats.short_date(day, page_language()) if day else "–"
