"""Which template holds when, and the versions there have been. Templates hold no citizen's data."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tillit.care.letters import rules, shipped
from tillit.care.letters.models import LetterTemplate
from tillit.care.letters.rules import Language, LetterKind, Template
from tillit.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft that is being written: the next version. edition: what a writer has seen."""

    template: Template
    edition: int


def template_for(kind: LetterKind, language: Language, on: date) -> Template:
    """Return the version in use on the day; the text as shipped (template_id None) where none is stored for it."""
    stored = _in_use(on).filter(kind=kind, language=language).order_by("-in_use_from", "-version").first()
    return as_template(stored) if stored else shipped.template(LetterKind(kind), Language(language))


def templates_in_use(on: date) -> dict[tuple[LetterKind, Language], Template]:
    """Return what is in use on the day for every kind and language, in one query."""
    found = {(kind, language): shipped.template(kind, language) for kind in LetterKind for language in Language}
    for stored in _in_use(on).order_by("in_use_from", "version"):
        found[LetterKind(stored.kind), Language(stored.language)] = as_template(stored)
    return found


def versions_of(kind: LetterKind, language: Language) -> list[Template]:
    """Return the versions that are or were or will be in use, newest first; not the draft."""
    stored = LetterTemplate.objects.filter(kind=kind, language=language, in_use_from__isnull=False)
    return [as_template(one) for one in stored.order_by("-in_use_from", "-version")]


def draft_of(kind: LetterKind, language: Language) -> Draft | None:
    """Return the draft of the next version, if somebody has begun one."""
    stored = LetterTemplate.objects.filter(kind=kind, language=language, in_use_from__isnull=True).first()
    return Draft(as_template(stored), stored.edition) if stored else None


def drafted() -> set[tuple[LetterKind, Language]]:
    """Return the kinds and languages of which there is a draft."""
    rows = LetterTemplate.objects.filter(in_use_from__isnull=True).values_list("kind", "language")
    return {(LetterKind(kind), Language(language)) for kind, language in rows}


def coming(on: date) -> dict[tuple[LetterKind, Language], date]:
    """Return from when a version that is ready takes over, where one waits; the nearest."""
    rows = LetterTemplate.objects.filter(in_use_from__gt=on).order_by("-in_use_from")
    return {
        (LetterKind(kind), Language(language)): starts
        for kind, language, starts in rows.values_list("kind", "language", "in_use_from")
        if starts is not None
    }


def get_template(template_id: int) -> Template:
    """Return one version by id. Raises NotFound."""
    stored = LetterTemplate.objects.filter(pk=template_id).first()
    if stored is None:
        raise NotFound(_("Fant ikke brevmalen."))
    return as_template(stored)


def as_template(stored: LetterTemplate) -> Template:
    """Return a stored version as plain values."""
    return Template(
        kind=LetterKind(stored.kind),
        language=Language(stored.language),
        title=stored.title,
        sections=rules.read_sections(stored.sections),
        version=stored.version,
        template_id=stored.pk,
        in_use_from=stored.in_use_from,
    )


def stored_kinds() -> set[tuple[str, str]]:
    """Return the (kind, language) pairs of which any version is stored."""
    return set(LetterTemplate.objects.values_list("kind", "language").distinct())


def _in_use(on: date) -> QuerySet[LetterTemplate]:
    return LetterTemplate.objects.filter(in_use_from__lte=on)
