"""The list of templates: every kind in both languages, and from when."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.letters import queries
from tillit.care.letters.contexts.slugs import SLUGS
from tillit.care.letters.models import LetterKind as KindName
from tillit.care.letters.models import LetterLanguage
from tillit.care.letters.rules import Language, LetterKind
from tillit.ui import formats
from tillit.ui.language import page_language


@dataclass(frozen=True, slots=True)
class TemplateCell:
    """One kind in one language."""

    language_name: str
    name: str
    href: str
    note: str
    has_draft: bool


@dataclass(frozen=True, slots=True)
class KindRow:
    """One kind."""

    name: str
    cells: tuple[TemplateCell, ...]


@dataclass(frozen=True, slots=True)
class KindGroup:
    """Kinds that belong together."""

    title: str
    identity: str
    rows: tuple[KindRow, ...]


@dataclass(frozen=True, slots=True)
class TemplatesPage:
    """letters/templates.html: which templates are in use."""

    title: str
    lead: str
    groups: tuple[KindGroup, ...]


def templates_page(*, on: date) -> TemplatesPage:
    """Return the templates in use on the day, in three queries."""
    in_use, drafts, coming = queries.templates_in_use(on), queries.drafted(), queries.coming(on)

    def cell(kind: LetterKind, language: Language) -> TemplateCell:
        template = in_use[kind, language]
        name = LetterLanguage(language).label
        return TemplateCell(
            language_name=str(name),
            name=f"{KindName(kind).label}, {name}",
            href=reverse("letters:template", args=[SLUGS[kind], language.value]),
            note=_note(template.version, template.in_use_from, coming.get((kind, language))),
            has_draft=(kind, language) in drafts,
        )

    def group(title: str, identity: str, *kinds: LetterKind) -> KindGroup:
        rows = (
            KindRow(str(KindName(kind).label), tuple(cell(kind, language) for language in Language)) for kind in kinds
        )
        return KindGroup(title, identity, tuple(rows))

    return TemplatesPage(
        title=_("Brevmaler"),
        lead=_("Brevene vi sender, på bokmål og nynorsk. Et brev som er sendt, endres aldri når malen endres."),
        groups=(
            group(
                _("Vedtak"),
                "vedtak",
                LetterKind.DECISION_GRANTED,
                LetterKind.DECISION_PARTLY,
                LetterKind.DECISION_REFUSED,
                LetterKind.DECISION_REDUCED,
                LetterKind.DECISION_ENDED,
                LetterKind.DISMISSED,
            ),
            group(_("Svar og varsel"), "svar", LetterKind.RECEIPT, LetterKind.INTERIM_REPLY, LetterKind.ADVANCE_NOTICE),
            group(
                _("Klage"),
                "klage",
                LetterKind.APPEAL_RECEIPT,
                LetterKind.APPEAL_FORWARDED,
                LetterKind.APPEAL_CHANGED,
                LetterKind.APPEAL_DISMISSED,
            ),
        ),
    )


def _note(version: int, since: date | None, next_from: date | None) -> str:
    language = page_language()
    if since is None:
        note = _("Slik Tillit leverer den")
    else:
        note = _("Versjon %(version)d fra %(day)s") % {"version": version, "day": formats.short_date(since, language)}
    if next_from is None:
        return note
    return _("%(note)s. Ny fra %(day)s") % {"note": note, "day": formats.short_date(next_from, language)}
