"""Write the plans that taking in services comes to. Only for `taking_in`, which has checked everything."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from tillit.care.careplans.models import (
    Basis,
    CarePlan,
    Goal,
    GoalState,
    Intervention,
    InterventionTime,
    Need,
)
from tillit.care.careplans.permissions import START_PLAN
from tillit.care.careplans.rules.taking_in import PlanWanted, Wanted
from tillit.care.citizens.permissions import TAKE_IN
from tillit.care.citizens.queries import scopes_of
from tillit.care.needs.models import WhatMatters
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.foundation.workforce.models import Competence

#: Help that is a visit of its own, unless people say otherwise.
_SEPARATE = frozenset({"CLEANING", "TRAINING"})
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Line:
    """One citizen and the plan she is to have. before: the one in use."""

    citizen_id: int
    wanted: PlanWanted
    before: CarePlan | None


def write_plans(actor: Actor, lines: Sequence[Line], *, on: date, at: datetime) -> list[tuple[int, int]]:
    """Store a plan in use for each line, made from the one before, which ends. Constant number of queries.

    Returns (citizen, line) of interventions that go on with other minutes.
    """
    ended = [line.before for line in lines if line.before is not None]
    for plan in ended:
        plan.valid_to = max(at, plan.valid_from or at)
    CarePlan.objects.bulk_update(ended, ["valid_to"], batch_size=_BATCH)
    by = actor.employee_id
    plans = CarePlan.objects.bulk_create(
        [
            CarePlan(
                citizen_id=line.citizen_id, made_from=line.before, valid_from=at,
                made_by_id=by, made_at=at, changed_by_id=by, changed_at=at,
            )
            for line in lines
        ],
        batch_size=_BATCH,
    )  # fmt: skip
    goals = _put_goals(lines, plans)
    new_minutes = _put_interventions(lines, plans, goals, on=on)
    scopes = scopes_of([line.citizen_id for line in lines], on=on)
    audit.record_all(
        actor,
        (
            audit.Entry(
                START_PLAN,
                str(plan),
                scopes[line.citizen_id],
                {"replaces": line.before.pk if line.before else None, "by": TAKE_IN.code},
            )
            for line, plan in zip(lines, plans, strict=True)
        ),
        at=at,
    )
    return new_minutes


def _put_goals(lines: Sequence[Line], plans: Sequence[CarePlan]) -> dict[tuple[int, str], Goal]:
    """Let needs and goals go on, and put in goals that are new. A goal whose help has all ended ends with it."""
    before = {line.before.pk: plan for line, plan in zip(lines, plans, strict=True) if line.before is not None}
    wanted = {plan.pk: line.wanted for line, plan in zip(lines, plans, strict=True)}
    need_ids, needs = [], []
    for need in Need.objects.filter(plan_id__in=before).order_by("rank", "pk"):
        need_ids.append(need.pk)
        needs.append(Need(plan=before[need.plan_id], text=need.text, rank=need.rank))
    now = dict(zip(need_ids, Need.objects.bulk_create(needs, batch_size=_BATCH), strict=True))
    had_help = set(
        Intervention.objects.filter(plan_id__in=before, goal__isnull=False).values_list("goal_id", flat=True)
    )
    found: dict[tuple[int, str], Goal] = {}
    for goal in Goal.objects.filter(plan_id__in=before, state=GoalState.ACTIVE).order_by("rank", "pk"):
        plan = before[goal.plan_id]
        if goal.pk in had_help and goal.words not in wanted[plan.pk].goals:
            continue
        goal.line = goal.line or goal.pk
        goal.need = now.get(goal.need_id or 0)
        goal.evaluate_on = wanted[plan.pk].goals.get(goal.words) or goal.evaluate_on
        goal.pk, goal.plan = None, plan
        goal._state.adding = True
        found.setdefault((plan.pk, goal.words), goal)
    matters = WhatMatters.objects.filter(citizen_id__in=[line.citizen_id for line in lines]).order_by("recorded_at")
    words = dict(matters.values_list("citizen_id", "pk"))
    for plan in plans:
        for rank, (goal_words, evaluate_on) in enumerate(wanted[plan.pk].goals.items()):
            if (plan.pk, goal_words) not in found:
                found[plan.pk, goal_words] = Goal(
                    plan=plan,
                    words=goal_words,
                    matters_id=words.get(plan.citizen_id),
                    evaluate_on=evaluate_on,
                    rank=rank,
                )
    made = Goal.objects.bulk_create(found.values(), batch_size=_BATCH)
    Goal.objects.filter(plan__in=[plan.pk for plan in plans], line__isnull=True).update(line=F("pk"))
    return dict(zip(found, made, strict=True))


def _put_interventions(
    lines: Sequence[Line], plans: Sequence[CarePlan], goals: dict[tuple[int, str], Goal], *, on: date
) -> list[tuple[int, int]]:
    kept = {
        one.pk: one
        for one in Intervention.objects.filter(plan__in=[line.before.pk for line in lines if line.before is not None])
    }
    competences = dict(Competence.objects.values_list("code", "pk"))
    rows: list[Intervention] = []
    helps: list[Wanted] = []
    new_minutes: list[tuple[int, int]] = []
    ranks: dict[int, int] = defaultdict(int)
    for line, plan in zip(lines, plans, strict=True):
        for wanted in line.wanted.interventions:
            row = kept[wanted.was] if wanted.was is not None else None
            if row is None:
                row = Intervention(separate_visit=wanted.help.kind in _SEPARATE)
            else:
                row.line = row.line or row.pk
                if row.minutes != wanted.help.minutes:
                    new_minutes.append((line.citizen_id, row.line))
                if row.kind != wanted.help.kind:
                    row.separate_visit = wanted.help.kind in _SEPARATE
                row.pk = None
                row._state.adding = True
            goal = goals.get((plan.pk, wanted.help.goal))
            row.plan, row.goal, row.rank = plan, goal, ranks[plan.pk]
            row.basis = Basis.GOAL if goal is not None else row.basis
            row.starts_on = wanted.starts_on or on
            _put_help(row, wanted, competences)
            ranks[plan.pk] += 1
            rows.append(row)
            helps.append(wanted)
    made = Intervention.objects.bulk_create(rows, batch_size=_BATCH)
    Intervention.objects.filter(plan__in=[plan.pk for plan in plans], line__isnull=True).update(line=F("pk"))
    InterventionTime.objects.bulk_create(
        [
            InterventionTime(
                intervention=row, part_of_day=time.part, earliest=time.earliest, latest=time.latest, wished=time.wished
            )
            for row, wanted in zip(made, helps, strict=True)
            for time in wanted.times
        ],
        batch_size=1000,
    )
    return new_minutes


def _put_help(row: Intervention, wanted: Wanted, competences: dict[str, int]) -> None:
    said = wanted.help
    row.title, row.kind, row.minutes, row.helpers = said.title, said.kind, said.minutes, said.helpers
    row.competence_id = competences[said.competence] if said.competence else None
    row.weekdays, row.every_weeks, row.ends_on = said.weekdays, said.every_weeks, said.ends_on
    row.unit_id = said.unit_id
