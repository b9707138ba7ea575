"""Is the plan clear enough? What is missing, and how it differs from the plan in use."""

from datetime import date

from tillit.care.careplans.models import Basis
from tillit.care.careplans.queries.content import GoalLine, InterventionLine, PlanContent, content_of
from tillit.care.careplans.queries.wording import day_text, minutes_text
from tillit.care.careplans.rules.comparison import Compared, compare
from tillit.care.careplans.rules.gaps import Gap, GoalDraft, InterventionDraft, gaps_in


def gaps_of(plan_id: int, *, today: date, competences: frozenset[str] | None = None) -> list[Gap]:
    """Return what is missing or strange in a stored plan. Callers have come through `get_plan`."""
    return gaps_in_content(content_of(plan_id), today=today, competences=competences)


def gaps_in_content(
    content: PlanContent,
    *,
    today: date,
    competences: frozenset[str] | None = None,
    units: frozenset[int] | None = None,
) -> list[Gap]:
    """Return what is missing or strange in a plan already read.

    competences: codes somebody in the team has. units: those that follow the citizen.
    """
    return gaps_in(
        [
            GoalDraft(
                goal_id=goal.goal_id,
                is_active=goal.is_active,
                evaluate_on=goal.evaluate_on,
                matters_id=goal.matters_id,
                responsible_id=goal.responsible_id,
            )
            for goal in content.goals
        ],
        [
            InterventionDraft(
                intervention_id=one.intervention_id,
                title=one.title,
                goal_id=one.goal_id,
                basis=one.basis,
                parts=frozenset(time.part for time in one.times),
                weekdays=one.recurrence.weekdays,
                starts_on=one.starts_on,
                ends_on=one.ends_on,
                competence=one.competence_code,
                unit_id=one.unit_id,
            )
            for one in content.interventions
        ],
        today=today,
        competences=competences,
        units=units,
    )


def compare_goals(before: PlanContent, now: PlanContent) -> list[Compared]:
    """Return how the goals of a draft stand against the plan in use, by line."""
    return compare(
        {goal.line: _goal_facts(goal) for goal in before.goals if goal.is_active},
        {goal.line: _goal_facts(goal) for goal in now.goals},
    )


def compare_interventions(before: PlanContent, now: PlanContent) -> list[Compared]:
    """Return how the interventions of a draft stand against the plan in use, by line."""
    return compare(
        {one.line: _intervention_facts(one) for one in before.interventions},
        {one.line: _intervention_facts(one) for one in now.interventions},
    )


def _goal_facts(goal: GoalLine) -> dict[str, str]:
    return {
        "words": goal.words,
        "agreed": goal.agreed,
        "evaluate_on": day_text(goal.evaluate_on) if goal.evaluate_on else "",
        "responsible": goal.responsible_name,
        "target": goal.target_words or (str(goal.target_value) if goal.target_value is not None else ""),
    }


def _intervention_facts(one: InterventionLine) -> dict[str, str]:
    return {
        "title": one.title,
        "when": f"{one.when_text} {one.times_text}",
        "minutes": minutes_text(one.minutes),
        "helpers": str(one.helpers),
        "competence": one.competence_name,
        "how": one.how,
        "belongs": one.goal_words or str(Basis(one.basis).label),
        "separate": "1" if one.separate_visit else "",
        "priority": str(one.priority),
        "between": f"{one.least_minutes or ''}–{one.most_minutes or ''}".strip("–"),
        "starts": day_text(one.starts_on),
        "unit": one.unit_name,
    }
