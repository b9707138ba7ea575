"""Changing a letter template: a draft is written, looked at, and taken into use from a day. What is in use stays."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.letters import queries, rules, shipped, wording
from tillit.care.letters.models import LetterTemplate
from tillit.care.letters.permissions import CHANGE_TEMPLATES
from tillit.care.letters.rules import Language, LetterKind, Template, TemplateSection
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile


class TemplateNotUsable(ActionRefused):
    """Something in the template must be mended before it can be used. `problems` says what."""

    def __init__(self, problems: tuple[rules.TemplateProblem, ...]) -> None:
        super().__init__(" ".join(wording.problem_text(problem) for problem in problems))
        self.problems = problems


class NoDraft(ActionRefused):
    """There is no draft to take into use or to drop."""


class DayHasPassed(ActionRefused):
    """A version cannot be in use from a day that has passed: letters were sent with another."""


@transaction.atomic
def ship_templates(*, at: datetime) -> int:
    """Store the templates that Tillit ships, where no version is stored; return how many. Run again, it adds nothing.

    Done when the product is set up, by no person. They are in use from the day of `at`.
    """
    there = queries.stored_kinds()
    made = [
        LetterTemplate(
            kind=kind,
            language=language,
            version=1,
            title=template.title,
            sections=rules.write_sections(template.sections),
            in_use_from=oslo.day_of(at),
            saved_at=at,
        )
        for kind in LetterKind
        for language in Language
        for template in (shipped.template(kind, language),)
        if (kind, language) not in there
    ]
    LetterTemplate.objects.bulk_create(made)
    return len(made)


@transaction.atomic
def save_draft(
    *,
    actor: Actor,
    kind: LetterKind,
    language: Language,
    title: str,
    sections: Sequence[TemplateSection],
    seen_edition: int,
    at: datetime,
) -> Template:
    """Save the draft of the next version, or begin one. A draft may have problems; it is in nobody's way.

    seen_edition: of the draft the actor saw; 0 when there was none. Raises NotAllowed, ChangedMeanwhile.
    """
    scope = _allowed(actor)
    draft = _draft(kind, language)
    _check_edition(draft, seen_edition)
    if draft is None:
        draft = LetterTemplate(kind=kind, language=language, version=_newest_version(kind, language) + 1, edition=0)
    draft.title = title.strip()[:200]
    draft.sections = rules.write_sections(sections)
    draft.edition += 1
    draft.saved_by_id = actor.employee_id
    draft.saved_at = at
    draft.save()
    audit.record(
        actor,
        CHANGE_TEMPLATES,
        str(draft),
        scope,
        at=at,
        change={"kind": kind, "language": language, "version": draft.version, "draft": True},
    )
    return queries.as_template(draft)


@transaction.atomic
def use_draft(
    *, actor: Actor, kind: LetterKind, language: Language, seen_edition: int, in_use_from: date, at: datetime
) -> Template:
    """Take the draft into use from a day, today or later. After that it is never edited.

    Raises NotAllowed, NoDraft, ChangedMeanwhile, DayHasPassed, and TemplateNotUsable with every problem.
    """
    scope = _allowed(actor)
    draft = _draft(kind, language)
    if draft is None:
        raise NoDraft(_("Det er ikke noe utkast å ta i bruk."))
    _check_edition(draft, seen_edition)
    if in_use_from < oslo.day_of(at):
        raise DayHasPassed(_("Velg i dag eller en dag som kommer."))
    if problems := rules.problems_in(kind, draft.title, rules.read_sections(draft.sections)):
        raise TemplateNotUsable(problems)
    draft.in_use_from = in_use_from
    draft.saved_by_id = actor.employee_id
    draft.saved_at = at
    draft.save(update_fields=["in_use_from", "saved_by", "saved_at"])
    audit.record(
        actor,
        CHANGE_TEMPLATES,
        str(draft),
        scope,
        at=at,
        change={"kind": kind, "language": language, "version": draft.version, "from": in_use_from.isoformat()},
    )
    return queries.as_template(draft)


@transaction.atomic
def drop_draft(*, actor: Actor, kind: LetterKind, language: Language, seen_edition: int, at: datetime) -> None:
    """Throw the draft away. What is in use stays in use. Raises NotAllowed, NoDraft, ChangedMeanwhile."""
    scope = _allowed(actor)
    draft = _draft(kind, language)
    if draft is None:
        raise NoDraft(_("Det er ikke noe utkast å forkaste."))
    _check_edition(draft, seen_edition)
    audit.record(
        actor,
        CHANGE_TEMPLATES,
        str(draft),
        scope,
        at=at,
        change={"kind": kind, "language": language, "version": draft.version, "dropped": True},
    )
    draft.delete()


def _allowed(actor: Actor) -> Scope:
    scope = Scope(actor.paths_for(CHANGE_TEMPLATES.roles))
    require(actor, CHANGE_TEMPLATES, scope)
    return scope


def _draft(kind: LetterKind, language: Language) -> LetterTemplate | None:
    drafts = LetterTemplate.objects.select_for_update(of=("self",))
    return drafts.filter(kind=kind, language=language, in_use_from__isnull=True).first()


def _newest_version(kind: LetterKind, language: Language) -> int:
    versions = LetterTemplate.objects.filter(kind=kind, language=language).order_by("-version")
    return versions.values_list("version", flat=True).first() or 0


def _check_edition(draft: LetterTemplate | None, seen: int) -> None:
    now = draft.edition if draft else 0
    if now != seen:
        raise ChangedMeanwhile(
            _("Noen andre endret utkastet mens du skrev. Det du skrev, står her ennå. Sammenlign før du lagrer."),
            seen=seen,
            now=now,
        )
