"""The template in use and its versions."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tillit.care.needs import queries, rules
from tillit.ui import formats
from tillit.ui.language import page_language


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """One version of the template."""

    version: int
    name: str
    in_use: bool
    note: str


@dataclass(frozen=True, slots=True)
class TemplatesPage:
    """needs/templates.html: the template in use, by part, and its versions."""

    title: str
    lead: str
    parts: tuple[rules.Part, ...]
    versions: tuple[TemplateLine, ...]
    may_change: bool


def templates_page(*, on: date, may_change: bool) -> TemplatesPage:
    """Return the template in use and the versions there have been."""
    versions = queries.list_templates()
    now = queries.template_in_use(on=on)
    return TemplatesPage(
        title=_("Samtalemal"),
        lead=_("Malen for samtalen om hva som er viktig. Samtaler som er begynt, beholder versjonen sin."),
        parts=rules.parts_of(now.questions) if now else (),
        versions=tuple(
            TemplateLine(
                version=one.version,
                name=one.name,
                in_use=now is not None and one.template_id == now.template_id,
                note=_("Fra %(day)s, %(number)d spørsmål")
                % {"day": formats.short_date(one.in_use_from, page_language()), "number": len(one.questions)},
            )
            for one in versions
        ),
        may_change=may_change,
    )
