"""What stands in plans: needs, goals with how they go, interventions with when they happen."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from tillit.care.careplans.models import (
    CarePlan,
    Goal,
    GoalProgress,
    GoalState,
    Intervention,
    InterventionTime,
    Need,
    OnHolidays,
)
from tillit.care.careplans.queries.wording import times_text, when_text
from tillit.care.careplans.rules import progress as progress_rules
from tillit.care.careplans.rules.recurrence import PARTS_OF_DAY, PlannedHelp, Recurrence, TimeOfDay, weekdays_of
from tillit.foundation.access import reading


@dataclass(frozen=True, slots=True)
class NeedLine:
    """What is difficult, in plain words."""

    need_id: int
    text: str
    rank: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the citizen was with a goal on a day."""

    on: date
    value: Decimal | None
    words: str


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal in the citizen's words, and how it goes.

    line: the same through versions of the plan. state: a GoalState. share: how much of the way is done, 0–100, None
    without numbers. trend: CLOSER, SAME, FARTHER or "". now_on: the day "now" was written down, if it was.
    """

    goal_id: int
    line: int
    need_id: int | None
    matters_id: int | None
    words: str
    agreed: str
    state: str
    state_on: date | None
    evaluate_on: date | None
    responsible_id: int | None
    responsible_name: str
    unit_of_measure: str
    start_value: Decimal | None
    now_value: Decimal | None
    target_value: Decimal | None
    start_words: str
    now_words: str
    target_words: str
    now_on: date | None
    share: int | None
    trend: str
    rank: int

    @property
    def is_active(self) -> bool:
        """Whether somebody still works towards it."""
        return self.state == GoalState.ACTIVE.value


@dataclass(frozen=True, slots=True)
class InterventionLine:
    """An intervention: what, when in words, how long, who can do it. line: the same through versions of the plan.

    unit_id: the unit named to carry it out; None is the citizen's main unit (rules.carrying says who it is on a day).
    """

    intervention_id: int
    line: int
    goal_id: int | None
    goal_words: str
    basis: str
    title: str
    how: str
    kind: str
    minutes: int
    helpers: int
    competence_id: int | None
    competence_code: str
    competence_name: str
    responsible_profession: str
    separate_visit: bool
    priority: int
    weekdays: str
    every_weeks: int
    on_holidays: str
    starts_on: date
    ends_on: date | None
    least_minutes: int | None
    most_minutes: int | None
    times: tuple[TimeOfDay, ...]
    recurrence: Recurrence
    when_text: str
    times_text: str
    rank: int
    unit_id: int | None
    unit_name: str


@dataclass(frozen=True, slots=True)
class PlanContent:
    """Everything in one version of a plan, in its own order."""

    plan_id: int
    needs: tuple[NeedLine, ...]
    goals: tuple[GoalLine, ...]
    interventions: tuple[InterventionLine, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A goal that is to be looked at together."""

    citizen_id: int
    goal_id: int
    words: str
    evaluate_on: date
    responsible_id: int | None = None


def content_of(plan_id: int) -> PlanContent:
    """Return everything in a plan, in five queries. Callers have come through `get_plan`."""
    needs = Need.objects.filter(plan_id=plan_id).order_by("rank", "pk")
    goals = _goal_lines(Goal.objects.filter(plan_id=plan_id))
    interventions = _intervention_lines(Intervention.objects.filter(plan_id=plan_id))
    return PlanContent(
        plan_id=plan_id,
        needs=tuple(NeedLine(need.pk, need.text, need.rank) for need in needs),
        goals=tuple(line for _, line in goals),
        interventions=tuple(line for _, line in interventions),
    )


def goals_in_use(citizen_ids: Iterable[int]) -> dict[int, list[GoalLine]]:
    """Return the goals of each citizen's plan in use, in its order, in two queries; dropped ones are left out.

    Callers have checked reach and note the reading.
    """
    found: dict[int, list[GoalLine]] = defaultdict(list)
    goals = Goal.objects.filter(
        plan__citizen_id__in=list(citizen_ids), plan__valid_from__isnull=False, plan__valid_to__isnull=True
    ).exclude(state=GoalState.DROPPED)
    for citizen_id, line in _goal_lines(goals):
        found[citizen_id].append(line)
    return dict(found)


def interventions_in_use(citizen_id: int) -> list[InterventionLine]:
    """Return the interventions of the citizen's plan in use, in its order. Callers have checked reach."""
    rows = Intervention.objects.filter(
        plan__citizen_id=citizen_id, plan__valid_from__isnull=False, plan__valid_to__isnull=True
    )
    return [line for _, line in _intervention_lines(rows)]


def help_in_use(citizen_ids: Iterable[int]) -> dict[int, tuple[int, tuple[PlannedHelp, ...]]]:
    """Return each citizen's plan in use as visits are made from it: (plan id, its interventions), in two queries.

    Citizens without a plan in use are left out. Callers have checked reach.
    """
    rows = Intervention.objects.filter(
        plan__citizen_id__in=list(citizen_ids), plan__valid_from__isnull=False, plan__valid_to__isnull=True
    )
    found: dict[int, tuple[int, list[PlannedHelp]]] = {}
    for row, help_ in _planned_help(rows):
        found.setdefault(row.plan.citizen_id, (row.plan_id, []))[1].append(help_)
    return {citizen_id: (plan_id, tuple(helps)) for citizen_id, (plan_id, helps) in found.items()}


def help_by_plan(plan_id: int) -> tuple[PlannedHelp, ...]:
    """Return one plan's interventions as visits would be made from it; for asking what a draft would change."""
    return tuple(help_ for _, help_ in _planned_help(Intervention.objects.filter(plan_id=plan_id)))


def help_of_plans(plan_ids: Iterable[int]) -> dict[int, tuple[PlannedHelp, ...]]:
    """Return the interventions of each plan that has any, as visits would be made from it, in two queries."""
    found: dict[int, list[PlannedHelp]] = defaultdict(list)
    for row, help_ in _planned_help(Intervention.objects.filter(plan_id__in=list(plan_ids))):
        found[row.plan_id].append(help_)
    return {plan_id: tuple(helps) for plan_id, helps in found.items()}


def lines_with_new_minutes(plan_id: int) -> frozenset[int]:
    """Return the lines whose minutes the writer changed from the plan this one was made from, in two queries.

    What was learned about them no longer holds. Callers have come through `get_plan`.
    """
    now = _minutes_by_line(Intervention.objects.filter(plan_id=plan_id))
    before = _minutes_by_line(
        Intervention.objects.filter(plan__in=CarePlan.objects.filter(pk=plan_id).values("made_from"))
    )
    return frozenset(line for line, minutes in now.items() if before.get(line, minutes) != minutes)


def _minutes_by_line(interventions: QuerySet[Intervention]) -> dict[int, int]:
    return {line or pk: minutes for pk, line, minutes in interventions.values_list("pk", "line", "minutes")}


def evaluations_due(*, citizen_ids: Iterable[int], until: date) -> list[Evaluation]:
    """Return the citizens' active goals to be evaluated on or before `until`, soonest first, in one query.

    Callers have checked reach.
    """
    goals = (
        Goal.objects.filter(
            plan__valid_from__isnull=False,
            plan__valid_to__isnull=True,
            state=GoalState.ACTIVE,
            evaluate_on__lte=until,
            plan__citizen_id__in=list(citizen_ids),
        )
        .order_by("evaluate_on", "pk")
        .values_list("plan__citizen_id", "pk", "words", "evaluate_on", "responsible_id")
    )
    found = [Evaluation(citizen_id, goal_id, words, due, who) for citizen_id, goal_id, words, due, who in goals if due]
    reading.note_all(one.citizen_id for one in found)
    return found


def _goal_lines(goals: QuerySet[Goal]) -> list[tuple[int, GoalLine]]:
    rows = list(goals.select_related("responsible", "plan").order_by("rank", "pk"))
    history: dict[int, list[Progress]] = defaultdict(list)
    lines = {row.line or row.pk for row in rows}
    citizens = {row.plan.citizen_id for row in rows}  # a line stays with its citizen, whose plans are few
    for line, on, value, words in (
        GoalProgress.objects.filter(goal__plan__citizen_id__in=citizens, goal__line__in=lines)
        .order_by("on", "recorded_at", "pk")
        .values_list("goal__line", "on", "value", "words")
    ):
        if line is not None:
            history[line].append(Progress(on=on, value=value, words=words))
    return [(row.plan.citizen_id, _goal_line(row, history[row.line or row.pk])) for row in rows]


def _goal_line(row: Goal, history: list[Progress]) -> GoalLine:
    values = [one.value for one in history if one.value is not None]
    newest = history[-1] if history else None
    return GoalLine(
        goal_id=row.pk,
        line=row.line or row.pk,
        need_id=row.need_id,
        matters_id=row.matters_id,
        words=row.words,
        agreed=row.agreed,
        state=row.state,
        state_on=row.state_on,
        evaluate_on=row.evaluate_on,
        responsible_id=row.responsible_id,
        responsible_name=row.responsible.name if row.responsible else "",
        unit_of_measure=row.unit_of_measure,
        start_value=row.start_value,
        now_value=row.now_value,
        target_value=row.target_value,
        start_words=row.start_words,
        now_words=row.now_words,
        target_words=row.target_words,
        now_on=newest.on if newest else None,
        share=progress_rules.share_reached(row.start_value, row.now_value, row.target_value),
        trend=progress_rules.trend(values, start=row.start_value, target=row.target_value).value,
        rank=row.rank,
    )


def _times_of(interventions: list[Intervention]) -> dict[int, tuple[TimeOfDay, ...]]:
    found: dict[int, list[TimeOfDay]] = defaultdict(list)
    for row in InterventionTime.objects.filter(intervention_id__in=[row.pk for row in interventions]).order_by("pk"):
        found[row.intervention_id].append(
            TimeOfDay(part=row.part_of_day, earliest=row.earliest, latest=row.latest, wished=row.wished)
        )
    return {
        intervention_id: tuple(sorted(times, key=lambda one: PARTS_OF_DAY.index(one.part)))
        for intervention_id, times in found.items()
    }


def recurrence_of(row: Intervention) -> Recurrence:
    """Return the days of a stored intervention."""
    return Recurrence(
        weekdays=weekdays_of(row.weekdays),
        starts_on=row.starts_on,
        every_weeks=row.every_weeks,
        ends_on=row.ends_on,
        skip_holidays=row.on_holidays == OnHolidays.SKIP.value,
    )


def _intervention_lines(interventions: QuerySet[Intervention]) -> list[tuple[int, InterventionLine]]:
    rows = list(interventions.select_related("goal", "competence", "plan", "unit").order_by("rank", "pk"))
    times = _times_of(rows)
    return [(row.plan.citizen_id, _intervention_line(row, times.get(row.pk, ()))) for row in rows]


def _intervention_line(row: Intervention, times: tuple[TimeOfDay, ...]) -> InterventionLine:
    recurrence = recurrence_of(row)
    return InterventionLine(
        intervention_id=row.pk,
        line=row.line or row.pk,
        goal_id=row.goal_id,
        goal_words=row.goal.words if row.goal else "",
        basis=row.basis,
        title=row.title,
        how=row.how,
        kind=row.kind,
        minutes=row.minutes,
        helpers=row.helpers,
        competence_id=row.competence_id,
        competence_code=row.competence.code if row.competence else "",
        competence_name=row.competence.name if row.competence else "",
        responsible_profession=row.responsible_profession,
        separate_visit=row.separate_visit,
        priority=row.priority,
        weekdays=row.weekdays,
        every_weeks=row.every_weeks,
        on_holidays=row.on_holidays,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        least_minutes=row.least_minutes,
        most_minutes=row.most_minutes,
        times=times,
        recurrence=recurrence,
        when_text=when_text(recurrence, times),
        times_text=times_text(times),
        rank=row.rank,
        unit_id=row.unit_id,
        unit_name=row.unit.name if row.unit else "",
    )


def _planned_help(interventions: QuerySet[Intervention]) -> list[tuple[Intervention, PlannedHelp]]:
    rows = list(interventions.select_related("goal", "competence", "plan").order_by("plan_id", "rank", "pk"))
    times = _times_of(rows)
    return [
        (
            row,
            PlannedHelp(
                intervention_id=row.pk,
                line=row.line or row.pk,
                title=row.title,
                kind=row.kind,
                minutes=row.minutes,
                recurrence=recurrence_of(row),
                times=times.get(row.pk, ()),
                how=row.how,
                goal_words=row.goal.words if row.goal else "",
                helpers=row.helpers,
                competence=row.competence.code if row.competence else "",
                priority=row.priority,
                needs_own_visit=row.separate_visit,
                least_minutes=row.least_minutes,
                most_minutes=row.most_minutes,
                rank=row.rank,
                unit_id=row.unit_id,
            ),
        )
        for row in rows
    ]
