"""The municipality's text beside the text Tillit ships."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.letters import queries, rules, shipped, wording
from tillit.care.letters.contexts.slugs import SLUGS
from tillit.care.letters.models import LetterKind as KindName
from tillit.care.letters.models import LetterLanguage
from tillit.care.letters.rules import Language, LetterKind, TemplateSection
from tillit.ui.parts import Crumb, Crumbs


@dataclass(frozen=True, slots=True)
class ComparedText:
    """A section on one side: its heading and its lines, each of sentences with whether the other side lacks them."""

    heading: str
    heading_differs: bool
    lines: tuple[tuple[tuple[str, bool], ...], ...]


@dataclass(frozen=True, slots=True)
class ComparedSection:
    """A section on both sides; None where it does not stand."""

    name: str
    same: bool
    ours: ComparedText | None
    shipped: ComparedText | None


@dataclass(frozen=True, slots=True)
class ComparePage:
    """letters/compare.html: ours and the shipped text, section by section."""

    title: str
    lead: str
    crumbs: Crumbs
    sections: tuple[ComparedSection, ...]
    ours_name: str
    differing: int


def compare_page(*, kind: LetterKind, language: Language, on: date, may_change: bool) -> ComparePage:
    """Return the draft, or the version in use, beside what Tillit ships."""
    draft = queries.draft_of(kind, language) if may_change else None
    ours = draft.template if draft else queries.template_for(kind, language, on)
    theirs = shipped.template(kind, language)
    ours_by = {one.code: one for one in ours.sections}
    theirs_by = {one.code: one for one in theirs.sections}
    order = [*ours_by, *(code for code in theirs_by if code not in ours_by)]
    title = ComparedSection(
        name=_("Overskriften"),
        same=ours.title == theirs.title,
        ours=_side(TemplateSection("", "", ours.title), TemplateSection("", "", theirs.title)),
        shipped=_side(TemplateSection("", "", theirs.title), TemplateSection("", "", ours.title)),
    )
    sections = (
        title,
        *(
            ComparedSection(
                name=wording.section_text(code),
                same=ours_by.get(code) == theirs_by.get(code),
                ours=_side(ours_by.get(code), theirs_by.get(code)),
                shipped=_side(theirs_by.get(code), ours_by.get(code)),
            )
            for code in order
        ),
    )
    name = f"{KindName(kind).label}, {LetterLanguage(language).label}"
    differing = sum(not one.same for one in sections)
    return ComparePage(
        title=_("Sammenlignet med den leverte teksten"),
        lead=_("Ingenting er annerledes.") if not differing else _("Det som er annerledes, er merket."),
        crumbs=Crumbs(
            (
                Crumb(_("Brevmaler"), reverse("letters:templates")),
                Crumb(name, reverse("letters:template", args=[SLUGS[kind], language.value])),
                Crumb(_("Sammenlign")),
            )
        ),
        sections=sections,
        ours_name=_("Utkastet") if draft else _("I bruk"),
        differing=differing,
    )


def _side(one: TemplateSection | None, other: TemplateSection | None) -> ComparedText | None:
    """Return a side with what the other lacks marked, sentence by sentence."""
    if one is None:
        return None
    there = {sentence for line in (other.text.splitlines() if other else ()) for sentence in rules.sentences(line)}
    return ComparedText(
        heading=one.heading,
        heading_differs=other is not None and one.heading != other.heading,
        lines=tuple(
            tuple((sentence, other is not None and sentence not in there) for sentence in rules.sentences(line))
            for line in one.text.splitlines()
            if line.strip()
        ),
    )
