"""The plan page as a whole."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.careplans import sources
from tillit.care.careplans.contexts.adjusting import AdjustPlan, adjust_part
from tillit.care.careplans.contexts.beside import (
    ChangeLine,
    by_line,
    changes_of,
    checks_note,
    checks_of,
    consequences_of,
    held_by,
)
from tillit.care.careplans.contexts.blocks import Drawing, InterventionBlock, NeedBlock, need_blocks
from tillit.care.careplans.contexts.opened import Choice, Opened, OpenForm, open_form
from tillit.care.careplans.contexts.threads import note_threads
from tillit.care.careplans.permissions import RECORD_PROGRESS, START_PLAN, WRITE_PLAN
from tillit.care.careplans.queries import (
    GoalLine,
    InterventionLine,
    PlanContent,
    PlanLine,
    carrying_of,
    compare_goals,
    compare_interventions,
    content_of,
    day_text,
    draft_of,
    gaps_in_content,
    minutes_text,
    plans_of,
)
from tillit.care.citizens.models import Citizen
from tillit.care.citizens.queries import colleagues_of, get_citizen, scope_of
from tillit.care.journal.queries import reads_journal
from tillit.care.needs.queries import Words, newest_words
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds
from tillit.foundation.workforce.models import Competence
from tillit.kernel import oslo
from tillit.ui import formats
from tillit.ui.parts import Checks, Crumb, Crumbs, ListRow, Matters, MattersMore


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """Somebody else wrote in the plan while this form was open: nothing typed is lost."""

    text: str
    theirs: tuple[Choice, ...] = field(metadata={"help": "(fact, how it stands now); empty: it is new or gone"})


@dataclass(frozen=True, slots=True)
class PlanPage:
    """careplans/plan.html: the draft being written, or the plan in use, or none yet."""

    citizen_id: int
    first_name: str
    user_id: int
    crumbs: Crumbs
    title: str
    lead: str
    matters: Matters
    state: Literal["draft", "in_use", "none"]
    plan_id: int | None
    edition: int
    needs: tuple[NeedBlock, ...]
    others: tuple[InterventionBlock, ...] = field(metadata={"help": "Interventions that hang on no goal"})
    adds_other: bool
    adds_need: bool
    checks: Checks
    checks_note: str
    changes: tuple[ChangeLine, ...]
    consequences: str
    may_write: bool
    may_start: bool
    is_ready: bool
    can_progress: bool
    opened: OpenForm | None
    competences: tuple[Choice, ...]
    colleagues: tuple[Choice, ...]
    units: tuple[Choice, ...] = field(metadata={"help": "Who may carry out an intervention; empty: only one"})
    need_choices: tuple[Choice, ...]
    goal_choices: tuple[Choice, ...]
    matters_id: int | None
    today: date
    versions: tuple[ListRow, ...] = field(default=(), metadata={"help": "Plans that were in use before, newest first"})
    draft_waits: bool = field(default=False, metadata={"help": "The plan in use is shown, but somebody writes a draft"})
    used_href: str = field(default="", metadata={"help": "From the draft to the plan in use; empty: there is none"})
    adjust: AdjustPlan | None = field(default=None, metadata={"help": "The plan in use has a frame to stay within"})
    week_href: str = field(default="", metadata={"help": "To the visits that came of the plan in use"})
    meanwhile: Meanwhile | None = None
    said: str = field(default="", metadata={"help": "Read aloud after an act with htmx"})


def plan_page(
    *, actor: Actor, citizen_id: int, at: datetime, opened: Opened | None = None, in_use: bool = False
) -> PlanPage:
    """Gather the page: the draft if there is one, else the plan in use, in a constant number of queries.

    in_use: the plan in use also when there is a draft.

    Raises NotFound out of reach.
    """
    citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=at)
    today = oslo.day_of(at)
    scope = scope_of(citizen.pk, on=today)
    plans = plans_of(citizen.pk)
    draft, used = plans.draft, plans.in_use
    may_write = holds(actor, WRITE_PLAN, scope)
    shown = draft if draft and may_write and not (in_use and used) else used
    content = content_of(shown.plan_id) if shown else PlanContent(0, (), (), ())
    before = content_of(used.plan_id) if used and shown is draft else None
    words = newest_words([citizen.pk]).get(citizen.pk)
    is_draft = shown is not None and shown is draft
    carrying = carrying_of(citizen.pk, citizen.first_name, today=today)
    drawing = Drawing(
        citizen_id=citizen.pk,
        today=today,
        is_draft=is_draft,
        can_progress=not is_draft and shown is not None and holds(actor, RECORD_PROGRESS, scope),
        opened=opened,
        usual=sources.usual_minutes(citizen.pk) if shown else {},
        goals_differ=by_line(compare_goals(before, content) if before else ()),
        interventions_differ=by_line(compare_interventions(before, content) if before else ()),
        carrying=carrying,
        remarks=carrying.remarks(content.interventions),
        threads=note_threads(citizen.pk, today=today) if shown and reads_journal(actor, scope) else {},
    )
    colleagues = colleagues_of(citizen.pk, on=today)
    gaps = gaps_in_content(
        content,
        today=today,
        competences=held_by((one.employee_id for one in colleagues), on=today),
        units=carrying.unit_ids or None,
    )
    return PlanPage(
        citizen_id=citizen.pk,
        first_name=citizen.first_name,
        user_id=actor.user_id or 0,
        crumbs=Crumbs(
            (
                Crumb(_("Brukere"), reverse("citizens:list")),
                Crumb(citizen.name, reverse("citizens:page", args=[citizen.pk])),
                Crumb(_("Tiltaksplan")),
            )
        ),
        title=_("Planen til %(name)s") % {"name": citizen.first_name},
        lead=_lead(shown, draft, used, today=today),
        matters=matters_of(citizen, words),
        state="draft" if is_draft else "in_use" if shown else "none",
        plan_id=shown.plan_id if shown else None,
        edition=shown.edition if shown else 0,
        needs=need_blocks(content, drawing),
        others=tuple(drawing.intervention(one) for one in content.interventions if one.goal_id is None),
        adds_other=drawing.is_open("intervention", None, under=None),
        adds_need=drawing.is_open("need", None),
        checks=checks_of(gaps, content, drawing),
        checks_note=checks_note(gaps),
        changes=changes_of(before, content, drawing) if before else (),
        consequences=consequences_of(citizen, draft, content, at=at) if is_draft and draft else "",
        may_write=may_write,
        may_start=is_draft and holds(actor, START_PLAN, scope),
        is_ready=not any(gap.blocks for gap in gaps),
        can_progress=drawing.can_progress,
        opened=open_form(opened, citizen.pk) if opened else None,
        competences=tuple(
            (str(pk), name) for pk, name in Competence.objects.order_by("name").values_list("pk", "name")
        ),
        colleagues=tuple((str(one.employee_id), f"{one.name}, {one.profession_name.lower()}") for one in colleagues),
        units=carrying.choices(),
        need_choices=tuple((str(need.need_id), need.text) for need in content.needs),
        goal_choices=tuple((str(goal.goal_id), f"«{goal.words}»") for goal in content.goals if goal.is_active),
        matters_id=words.what_matters_id if words else None,
        today=today,
        versions=_versions(plans.lines) if used and not is_draft else (),
        draft_waits=draft is not None and not is_draft,
        used_href=f"{drawing.page_href}?vis=bruk" if is_draft and used else "",
        adjust=adjust_part(
            actor=actor,
            citizen_id=citizen.pk,
            scope=scope,
            back="plan",
            today=today,
            interventions=content.interventions,
        )
        if shown and not is_draft
        else None,
        week_href=f"{reverse('citizens:page', args=[citizen.pk])}#uke" if shown and not is_draft else "",
    )


def consequences_text(*, actor: Actor, citizen_id: int, at: datetime) -> str:
    """Say what taking the draft into use does with the visits. Empty without a draft; raises NotFound out of reach."""
    citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=at)
    draft = draft_of(citizen.pk)
    return consequences_of(citizen, draft, content_of(draft.plan_id), at=at) if draft else ""


def with_meanwhile(page: PlanPage, text: str, theirs: Iterable[Choice]) -> PlanPage:
    """Return the page with the news that a colleague wrote at the same time."""
    return replace(page, meanwhile=Meanwhile(text, tuple(theirs)))


def with_words(page: PlanPage, said: str) -> PlanPage:
    """Return the page with a sentence for screen readers."""
    return replace(page, said=said)


def goal_facts(goal: GoalLine) -> tuple[Choice, ...]:
    """Return how a goal stands now, for comparing with what was typed."""
    return (
        (_("Målet"), f"«{goal.words}»"),
        (_("Ses på"), day_text(goal.evaluate_on) if goal.evaluate_on else _("ikke satt")),
        (_("Ansvar"), goal.responsible_name or _("ingen")),
    )


def intervention_facts(one: InterventionLine) -> tuple[Choice, ...]:
    """Return how an intervention stands now, for comparing with what was typed."""
    return (
        (_("Hva"), one.title),
        (_("Når"), f"{one.when_text}, {one.times_text}"),
        (_("Tar"), minutes_text(one.minutes)),
        (_("Slik"), one.how or "–"),
        *(((_("Hvem"), one.unit_name),) if one.unit_name else ()),
    )


def _lead(shown: PlanLine | None, draft: PlanLine | None, used: PlanLine | None, *, today: date) -> str:
    if shown is None:
        return _("Planen sier hva som er målet, hva vi gjør, og når. Besøkene kommer av den.")
    if shown is draft:
        by = shown.changed_by_name or shown.made_by_name
        when = formats.near_moment(shown.changed_at, today=today)
        text = _("Utkast, sist endret av %(name)s %(when)s.") if by else _("Utkast, sist endret %(when)s.")
        rest = (
            _("Planen fra %(day)s gjelder til du tar utkastet i bruk.")
            if used and used.valid_from
            else _("Den gjelder ikke før du tar den i bruk.")
        )
        day = formats.short_date(used.valid_from) if used and used.valid_from else ""
        return f"{text % {'name': by, 'when': when}} {rest % {'day': day}}"
    assert shown.valid_from is not None
    return _("I bruk siden %(day)s.") % {"day": formats.short_date(shown.valid_from)}


def _versions(plans: Iterable[PlanLine]) -> tuple[ListRow, ...]:
    return tuple(
        ListRow(
            f"{formats.short_date(one.valid_from)}–{formats.short_date(one.valid_to)}",
            _("%(what)s. «%(why)s» Justert av %(name)s")
            % {"what": one.adjusted.text, "why": one.adjusted.why, "name": one.adjusted.by_name}
            if one.adjusted
            else _("Skrevet av %(name)s") % {"name": one.changed_by_name}
            if one.changed_by_name
            else "",
        )
        for one in plans
        if one.valid_from and one.valid_to
    )


def matters_of(citizen: Citizen, words: Words | None) -> Matters:
    """Return her own words, which stand first on every page about her plan."""
    label = _("Hva er viktig for %(name)s") % {"name": citizen.first_name}
    if words is None:
        return Matters(ask=_("Vi har ikke spurt hva som er viktig ennå. Gode mål begynner der."))
    more = [
        MattersMore(_("Det gir gode dager"), words.good_days),
        MattersMore(_("Det vil %(name)s helst slippe") % {"name": citizen.first_name}, words.rather_not),
    ]
    return Matters(
        text=words.words,
        label=label,
        more=tuple(one for one in more if one.text),
        foot=_("Sagt %(day)s.") % {"day": formats.short_date(words.said_on)},
    )
