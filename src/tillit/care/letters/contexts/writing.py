"""One template: its text, how a letter made of it looks, and what must be mended."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.letters import queries, rendering, rules, samples, shipped, wording
from tillit.care.letters.contexts.slugs import SLUGS
from tillit.care.letters.models import LetterKind as KindName
from tillit.care.letters.models import LetterLanguage
from tillit.care.letters.rendering import LetterView
from tillit.care.letters.rules import FIELD, Language, LetterContent, LetterKind, Template, TemplateSection
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Crumb, Crumbs


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field one may use."""

    code: str = field(metadata={"help": "As it is written: {{services}}"})
    help: str
    required: bool


@dataclass(frozen=True, slots=True)
class SectionHelp:
    """What a section is for, beside its row in the form."""

    code: str
    name: str
    required: bool
    when: str


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version there is or was."""

    name: str
    note: str
    in_use: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """letters/preview.html: an invented letter made of the text as it stands, and what must be mended in it."""

    letter: LetterView
    problems: tuple[str, ...]
    hints: tuple[str, ...]
    reading: str
    marked: bool = field(metadata={"help": "Sentences that differ from the version in use are marked"})


@dataclass(frozen=True, slots=True)
class TemplatePage:
    """letters/template.html: one template in one language."""

    title: str
    lead: str
    crumbs: Crumbs
    language_name: str
    preview: Preview
    fields: tuple[FieldLine, ...]
    sections: tuple[SectionHelp, ...]
    texts: tuple[TemplateSection, ...] = field(metadata={"help": "For those who read only"})
    absent: tuple[str, ...] = field(metadata={"help": "Codes of shipped sections that have been taken out"})
    heading: str
    versions: tuple[VersionLine, ...]
    may_change: bool
    has_draft: bool
    edition: int
    save_href: str
    preview_href: str
    use_href: str
    drop_href: str
    compare_href: str
    pdf_href: str
    other_href: str
    other_name: str
    list_href: str


def template_page(
    *,
    kind: LetterKind,
    language: Language,
    on: date,
    may_change: bool,
    title: str | None = None,
    sections: Sequence[TemplateSection] | None = None,
) -> TemplatePage:
    """Return the page. title and sections: what somebody has typed, instead of the draft or the version in use."""
    in_use = queries.template_for(kind, language, on)
    draft = queries.draft_of(kind, language) if may_change else None
    shown = draft.template if draft else in_use
    if title is not None and sections is not None:
        shown = replace(shown, title=title, sections=tuple(sections))
    address = [SLUGS[kind], language.value]
    other = Language.NYNORSK if language is Language.BOKMAL else Language.BOKMAL
    kind_name = str(KindName(kind).label)
    required = rules.sections_of(kind)
    written = tuple(one.code for one in shown.sections)
    absent = tuple(one.code for one in shipped.template(kind, language).sections if one.code not in written)
    return TemplatePage(
        title=kind_name,
        lead=_lead(in_use, has_draft=draft is not None),
        crumbs=Crumbs(
            (
                Crumb(_("Brevmaler"), reverse("letters:templates")),
                Crumb(f"{kind_name}, {LetterLanguage(language).label}"),
            )
        ),
        language_name=str(LetterLanguage(language).label),
        preview=preview(shown, in_use=in_use),
        fields=tuple(
            FieldLine(f"{{{{{rule.name}}}}}", wording.field_text(rule.name), rule.required)
            for rule in rules.fields_of(kind).values()
        ),
        sections=tuple(
            SectionHelp(code, wording.section_text(code), code in required, str(wording.WHEN.get(code, "")))
            for code in (*written, *absent)
        ),
        texts=shown.sections,
        absent=absent,
        heading=shown.title,
        versions=_versions(kind, language, in_use),
        may_change=may_change,
        has_draft=draft is not None,
        edition=draft.edition if draft else 0,
        save_href=reverse("letters:save", args=address),
        preview_href=reverse("letters:preview", args=address),
        use_href=reverse("letters:use", args=address),
        drop_href=reverse("letters:drop", args=address),
        compare_href=reverse("letters:compare", args=address),
        pdf_href=reverse("letters:sample_pdf", args=address),
        other_href=reverse("letters:template", args=[SLUGS[kind], other.value]),
        other_name=str(LetterLanguage(other).label),
        list_href=reverse("letters:templates"),
    )


def preview(template: Template, *, in_use: Template) -> Preview:
    """Return an invented letter made of the template, also while it has problems."""
    problems = rules.problems_in(template.kind, template.title, template.sections)
    letter = sample_letter(template)
    changed = rules.changed_sentences(sample_letter(in_use), letter)
    return Preview(
        letter=rendering.view_of(letter, changed),
        problems=tuple(dict.fromkeys(map(wording.problem_text, problems))),
        hints=tuple(dict.fromkeys(map(wording.hint_text, rules.plain_hints(letter)))),
        reading=_("Leses på %(minutes)d min") % {"minutes": rules.reading_time(letter)},
        marked=bool(changed),
    )


def sample_letter(template: Template) -> LetterContent:
    """Return the invented letter. A field that does not exist stands as it was typed, so that one sees where."""
    known = rules.fields_of(template.kind)

    def shown(text: str) -> str:
        return FIELD.sub(lambda found: found.group(0) if found.group(1) in known else f"[{found.group(1)}?]", text)

    safe = replace(
        template,
        title=shown(template.title).strip() or _("(Overskriften mangler)"),
        sections=tuple(replace(one, heading=shown(one.heading), text=shown(one.text)) for one in template.sections),
    )
    values = samples.fields(template.kind, template.language)
    return rendering.compose(safe, values, head=samples.head(template.language))


def _lead(in_use: Template, *, has_draft: bool) -> str:
    if in_use.in_use_from is None:
        lead = _("I bruk: teksten slik Tillit leverer den.")
    else:
        lead = _("I bruk: versjon %(version)d, fra %(day)s.") % {
            "version": in_use.version,
            "day": formats.short_date(in_use.in_use_from, page_language()),
        }
    return f"{lead} {_('Under står utkastet til neste versjon.')}" if has_draft else lead


def _versions(kind: LetterKind, language: Language, in_use: Template) -> tuple[VersionLine, ...]:
    return tuple(
        VersionLine(
            name=_("Versjon %(version)d") % {"version": one.version},
            note=_("Fra %(day)s") % {"day": formats.short_date(one.in_use_from, page_language())}
            if one.in_use_from
            else "",
            in_use=one.template_id == in_use.template_id,
        )
        for one in queries.versions_of(kind, language)
    )
