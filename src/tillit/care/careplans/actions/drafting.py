"""Write in a draft: begin it, put things in, change and take out. Only drafts are edited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from tillit.care.careplans.actions.copying import copy_plan
from tillit.care.careplans.models import (
    Basis,
    CarePlan,
    Goal,
    Intervention,
    InterventionKind,
    InterventionTime,
    Need,
    OnHolidays,
    PartOfDay,
    Priority,
)
from tillit.care.careplans.permissions import WRITE_PLAN
from tillit.care.careplans.queries import get_plan
from tillit.care.careplans.rules.carrying import to_store
from tillit.care.careplans.rules.recurrence import TimeOfDay
from tillit.care.citizens.queries import followers_of, get_citizen, scope_of
from tillit.care.needs.models import WhatMatters
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.foundation.workforce.models import Competence, Employee
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile, NotFound

T = TypeVar("T")


class PlanNotDraft(ActionRefused):
    """The plan is in use, replaced or put away: it is not edited."""


class DraftExists(ActionRefused):
    """Somebody is writing a draft already: continue that one."""


class StrangeFacts(ActionRefused):
    """A goal or an intervention that cannot be stored as it is. `field` is the fact to mend."""

    def __init__(self, text: str, *, fact: str) -> None:
        super().__init__(text)
        self.fact = fact


@dataclass(frozen=True, slots=True)
class GoalFacts:
    """Everything people write about a goal. matters_id: the words it hangs on; need_id: in the same plan."""

    words: str
    need_id: int | None = None
    matters_id: int | None = None
    agreed: str = ""
    unit_of_measure: str = ""
    start_value: Decimal | None = None
    target_value: Decimal | None = None
    start_words: str = ""
    target_words: str = ""
    evaluate_on: date | None = None
    responsible_id: int | None = None


@dataclass(frozen=True, slots=True)
class InterventionFacts:
    """Everything people write about an intervention. goal_id: in the same plan. times: when in the day it may start.

    unit_id: which of the units that follow the citizen carries it out; None is her main unit.
    """

    title: str
    minutes: int
    starts_on: date
    times: tuple[TimeOfDay, ...] = ()
    kind: str = InterventionKind.OTHER.value
    goal_id: int | None = None
    basis: str = Basis.GOAL.value
    how: str = ""
    helpers: int = 1
    competence_id: int | None = None
    responsible_profession: str = ""
    separate_visit: bool = False
    priority: int = Priority.SHOULD.value
    weekdays: str = "1234567"
    every_weeks: int = 1
    on_holidays: str = OnHolidays.AS_USUAL.value
    ends_on: date | None = None
    least_minutes: int | None = None
    most_minutes: int | None = None
    unit_id: int | None = None


@transaction.atomic
def start_draft(*, actor: Actor, citizen_id: int, at: datetime) -> CarePlan:
    """Begin a draft: a copy of the plan in use, of the last one when the help has ended since, or an empty one.

    Goals and interventions keep their `line`, so that progress and learned minutes follow; goals that are reached or
    dropped are left behind. Raises NotFound, NotAllowed, DraftExists. One audit entry.
    """
    citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=at, lock=True)
    scope = scope_of(citizen.pk, on=oslo.day_of(at))
    require(actor, WRITE_PLAN, scope)
    if citizen.plans.filter(valid_from__isnull=True, dropped_at__isnull=True).exists():
        raise DraftExists(_("Noen skriver på et utkast allerede. Fortsett på det."))
    in_use = citizen.plans.filter(valid_from__isnull=False, valid_to__isnull=True).first()
    before = in_use or citizen.plans.filter(valid_from__isnull=False).order_by("-valid_to", "-pk").first()
    draft = CarePlan.objects.create(
        citizen=citizen,
        made_from=before,
        made_by_id=actor.employee_id,
        made_at=at,
        changed_by_id=actor.employee_id,
        changed_at=at,
    )
    if before is not None:
        copy_plan(before, draft)
    audit.record(actor, WRITE_PLAN, str(draft), scope, at=at, change={"made_from": before.pk if before else None})
    return draft


@transaction.atomic
def take_up_draft(*, actor: Actor, citizen_id: int, at: datetime) -> CarePlan:
    """Return the draft somebody is writing, or begin one. Raises NotFound, NotAllowed."""
    citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=at, lock=True)
    require(actor, WRITE_PLAN, scope_of(citizen.pk, on=oslo.day_of(at)))
    draft = citizen.plans.filter(valid_from__isnull=True, dropped_at__isnull=True).first()
    return draft or start_draft(actor=actor, citizen_id=citizen_id, at=at)


@transaction.atomic
def drop_draft(*, actor: Actor, plan_id: int, edition: int, at: datetime) -> CarePlan:
    """Put a draft away. It is kept, but nobody continues on it. Raises NotFound, NotAllowed, PlanNotDraft."""
    plan, scope = _open(actor, plan_id, edition, at=at)
    plan.dropped_at = at
    plan.save(update_fields=["dropped_at"])
    audit.record(actor, WRITE_PLAN, str(plan), scope, at=at, change={"dropped": True})
    return plan


@transaction.atomic
def add_need(*, actor: Actor, plan_id: int, edition: int, text: str, at: datetime) -> Need:
    """Put in what is difficult. Raises NotFound, NotAllowed, PlanNotDraft, ChangedMeanwhile, StrangeFacts."""
    plan, scope = _open(actor, plan_id, edition, at=at)
    need = Need.objects.create(plan=plan, text=_text(text), rank=_next_rank(plan.needs.all()))
    _close(actor, plan, scope, at=at, change={"added": str(need)})
    return need


@transaction.atomic
def change_need(*, actor: Actor, plan_id: int, edition: int, need_id: int, text: str, at: datetime) -> Need:
    """Write a need differently. Raises as `add_need`."""
    plan, scope = _open(actor, plan_id, edition, at=at)
    need = _one(plan.needs.filter(pk=need_id).first())
    need.text = _text(text)
    need.save(update_fields=["text"])
    _close(actor, plan, scope, at=at, change={"changed": str(need)})
    return need


@transaction.atomic
def remove_need(*, actor: Actor, plan_id: int, edition: int, need_id: int, at: datetime) -> None:
    """Take a need out; its goals stay, without it. Raises as `add_need`."""
    plan, scope = _open(actor, plan_id, edition, at=at)
    need = _one(plan.needs.filter(pk=need_id).first())
    subject = str(need)
    need.delete()
    _close(actor, plan, scope, at=at, change={"removed": subject})


@transaction.atomic
def add_goal(*, actor: Actor, plan_id: int, edition: int, facts: GoalFacts, at: datetime) -> Goal:
    """Put in a goal, in the citizen's words. Raises as `add_need`."""
    plan, scope = _open(actor, plan_id, edition, at=at)
    goal = Goal(plan=plan, rank=_next_rank(plan.goals.all()))
    _put_goal(plan, goal, facts)
    goal.now_value, goal.now_words = facts.start_value, facts.start_words
    goal.save()
    goal.line = goal.pk
    goal.save(update_fields=["line"])
    _close(actor, plan, scope, at=at, change={"added": str(goal)})
    return goal


@transaction.atomic
def change_goal(*, actor: Actor, plan_id: int, edition: int, goal_id: int, facts: GoalFacts, at: datetime) -> Goal:
    """Write a goal differently. Where she is now stays as it is. Raises as `add_need`."""
    plan, scope = _open(actor, plan_id, edition, at=at)
    goal = _one(plan.goals.filter(pk=goal_id).first())
    is_untouched = (goal.now_value, goal.now_words) == (goal.start_value, goal.start_words)
    _put_goal(plan, goal, facts)
    if is_untouched:
        goal.now_value, goal.now_words = facts.start_value, facts.start_words
    goal.save()
    _close(actor, plan, scope, at=at, change={"changed": str(goal)})
    return goal


@transaction.atomic
def remove_goal(*, actor: Actor, plan_id: int, edition: int, goal_id: int, at: datetime) -> None:
    """Take a goal out of the draft; its interventions stay, without it. Raises as `add_need`."""
    plan, scope = _open(actor, plan_id, edition, at=at)
    goal = _one(plan.goals.filter(pk=goal_id).first())
    subject = str(goal)
    goal.delete()
    _close(actor, plan, scope, at=at, change={"removed": subject})


@transaction.atomic
def add_intervention(
    *, actor: Actor, plan_id: int, edition: int, facts: InterventionFacts, at: datetime
) -> Intervention:
    """Put in an intervention. Raises as `add_need`."""
    plan, scope = _open(actor, plan_id, edition, at=at)
    intervention = Intervention(plan=plan, rank=_next_rank(plan.interventions.all()))
    _put_intervention(plan, intervention, facts, on=oslo.day_of(at))
    intervention.save()
    intervention.line = intervention.pk
    intervention.save(update_fields=["line"])
    _put_times(intervention, facts.times)
    _close(actor, plan, scope, at=at, change={"added": str(intervention)})
    return intervention


@transaction.atomic
def change_intervention(
    *, actor: Actor, plan_id: int, edition: int, intervention_id: int, facts: InterventionFacts, at: datetime
) -> Intervention:
    """Write an intervention differently. Raises as `add_need`."""
    plan, scope = _open(actor, plan_id, edition, at=at)
    intervention = _one(plan.interventions.filter(pk=intervention_id).first())
    _put_intervention(plan, intervention, facts, on=oslo.day_of(at))
    intervention.save()
    _put_times(intervention, facts.times)
    _close(actor, plan, scope, at=at, change={"changed": str(intervention)})
    return intervention


@transaction.atomic
def remove_intervention(*, actor: Actor, plan_id: int, edition: int, intervention_id: int, at: datetime) -> None:
    """Take an intervention out of the draft. Raises as `add_need`."""
    plan, scope = _open(actor, plan_id, edition, at=at)
    intervention = _one(plan.interventions.filter(pk=intervention_id).first())
    subject = str(intervention)
    intervention.delete()
    _close(actor, plan, scope, at=at, change={"removed": subject})


def _open(actor: Actor, plan_id: int, edition: int, *, at: datetime) -> tuple[CarePlan, Scope]:
    """The draft, locked, if the actor may write in it and has seen its newest edition."""
    plan = get_plan(actor=actor, plan_id=plan_id, at=at, lock=True)
    scope = scope_of(plan.citizen_id, on=oslo.day_of(at))
    require(actor, WRITE_PLAN, scope)
    if not plan.is_draft:
        raise PlanNotDraft(_("Planen er i bruk eller lagt bort. Lag et nytt utkast for å endre den."))
    if plan.edition != edition:
        who = plan.changed_by.given_name if plan.changed_by else _("Noen")
        raise ChangedMeanwhile(
            _("%(who)s endret planen mens du skrev. Teksten din er tatt vare på.") % {"who": who},
            seen=edition,
            now=plan.edition,
        )
    return plan, scope


def _close(actor: Actor, plan: CarePlan, scope: Scope, *, at: datetime, change: dict[str, str]) -> None:
    """One change more: a new edition, and one line in the audit trail."""
    plan.edition += 1
    plan.changed_at, plan.changed_by_id = at, actor.employee_id
    plan.save(update_fields=["edition", "changed_at", "changed_by"])
    audit.record(actor, WRITE_PLAN, str(plan), scope, at=at, change={**change, "edition": plan.edition})


def _one(found: T | None) -> T:
    if found is None:
        raise NotFound(_("Fant det ikke i dette utkastet. En kollega kan ha tatt det ut."))
    return found


def _text(text: str) -> str:
    if not text.strip():
        raise StrangeFacts(_("Skriv hva som er vanskelig."), fact="text")
    return text.strip()


def _next_rank(rows: QuerySet[Any]) -> int:
    highest = rows.aggregate(highest=Max("rank"))["highest"]
    return 0 if highest is None else int(highest) + 1


def _put_goal(plan: CarePlan, goal: Goal, facts: GoalFacts) -> None:
    if not facts.words.strip():
        raise StrangeFacts(_("Skriv målet med brukerens egne ord."), fact="words")
    if facts.need_id is not None and not plan.needs.filter(pk=facts.need_id).exists():
        raise StrangeFacts(_("Behovet står ikke i dette utkastet."), fact="need_id")
    if (
        facts.matters_id is not None
        and not WhatMatters.objects.filter(pk=facts.matters_id, citizen_id=plan.citizen_id).exists()
    ):
        raise StrangeFacts(_("Ordene er ikke denne brukerens."), fact="matters_id")
    if facts.responsible_id is not None and not Employee.objects.filter(pk=facts.responsible_id).exists():
        raise StrangeFacts(_("Velg en kollega som har ansvar for målet."), fact="responsible_id")
    goal.words = facts.words.strip().strip("«»").strip()
    goal.need_id = facts.need_id
    goal.matters_id = facts.matters_id
    goal.agreed = facts.agreed.strip()
    goal.unit_of_measure = facts.unit_of_measure.strip()
    goal.start_value, goal.target_value = facts.start_value, facts.target_value
    goal.start_words, goal.target_words = facts.start_words.strip(), facts.target_words.strip()
    goal.evaluate_on = facts.evaluate_on
    goal.responsible_id = facts.responsible_id


def _put_intervention(plan: CarePlan, row: Intervention, facts: InterventionFacts, *, on: date) -> None:
    _refuse_strange(plan, facts)
    row.unit_id = _unit_of(plan, facts.unit_id, on=on)
    row.title, row.how, row.kind = facts.title.strip(), facts.how.strip(), facts.kind
    row.goal_id = facts.goal_id
    row.basis = Basis.GOAL.value if facts.goal_id is not None else facts.basis
    row.minutes, row.helpers = facts.minutes, facts.helpers
    row.competence_id = facts.competence_id
    row.responsible_profession = facts.responsible_profession
    row.separate_visit, row.priority = facts.separate_visit, facts.priority
    row.weekdays = "".join(sign for sign in "1234567" if sign in facts.weekdays)
    row.every_weeks, row.on_holidays = facts.every_weeks, facts.on_holidays
    row.starts_on, row.ends_on = facts.starts_on, facts.ends_on
    row.least_minutes, row.most_minutes = facts.least_minutes, facts.most_minutes


def _refuse_strange(plan: CarePlan, facts: InterventionFacts) -> None:
    """What belongs to another plan or is nowhere, besides what `refuse_strange` says."""
    refuse_strange(facts)
    if facts.goal_id is not None and not plan.goals.filter(pk=facts.goal_id).exists():
        raise StrangeFacts(_("Målet står ikke i dette utkastet."), fact="goal_id")
    if facts.competence_id is not None and not Competence.objects.filter(pk=facts.competence_id).exists():
        raise StrangeFacts(_("Velg en kompetanse fra lista."), fact="competence_id")


def refuse_strange(facts: InterventionFacts) -> None:
    """Pass, or raise StrangeFacts for what the database would refuse of the facts themselves."""
    checks: Sequence[tuple[str, bool, str]] = (
        ("title", bool(facts.title.strip()), _("Skriv hva vi gjør.")),
        ("minutes", 1 <= facts.minutes <= 480, _("Skriv hvor lang tid det tar, mellom 1 og 480 minutter.")),
        ("helpers", facts.helpers in (1, 2), _("Velg én eller to hjelpere.")),
        ("every_weeks", 1 <= facts.every_weeks <= 12, _("Velg hver uke, eller opp til hver tolvte.")),
        ("kind", facts.kind in InterventionKind.values, _("Velg hva slags hjelp det er.")),
        ("basis", facts.basis in Basis.values, _("Velg et mål, sikkerhet eller lovpålagt.")),
        ("priority", facts.priority in Priority.values, _("Velg hvor mye det haster.")),
        ("on_holidays", facts.on_holidays in OnHolidays.values, _("Velg hva som skjer på helligdager.")),
        (
            "ends_on",
            facts.ends_on is None or facts.ends_on >= facts.starts_on,
            _("Siste dag er før første dag. Bytt om, eller la siste dag stå tom."),
        ),
        (
            "most_minutes",
            facts.least_minutes is None or facts.most_minutes is None or facts.most_minutes >= facts.least_minutes,
            _("Lengste tid mellom må være minst like lang som korteste."),
        ),
        (
            "times",
            len({one.part for one in facts.times}) == len(facts.times)
            and all(one.part in PartOfDay.values for one in facts.times),
            _("Velg hver tid på dagen bare én gang."),
        ),
        (
            "times",
            all(one.latest >= one.earliest or one.part == PartOfDay.NIGHT for one in facts.times),
            _("Senest er før tidligst. Bytt om, eller velg natt."),
        ),
    )
    for fact, is_fine, text in checks:
        if not is_fine:
            raise StrangeFacts(text, fact=fact)


def _unit_of(plan: CarePlan, unit_id: int | None, *, on: date) -> int | None:
    """Who carries it out as it is stored, if she is followed by that unit today."""
    if unit_id is None:
        return None
    followers = followers_of([plan.citizen_id])[plan.citizen_id]
    if all(one.unit_id != unit_id for one in followers.on(on)):
        raise StrangeFacts(_("Teamet følger ikke brukeren. Velg et av dem som gjør det."), fact="unit_id")
    return to_store(unit_id, followers, on)


def _put_times(intervention: Intervention, times: Sequence[TimeOfDay]) -> None:
    intervention.times.all().delete()
    InterventionTime.objects.bulk_create(
        [
            InterventionTime(
                intervention=intervention,
                part_of_day=one.part,
                earliest=one.earliest,
                latest=one.latest,
                wished=one.wished,
            )
            for one in times
        ]
    )
