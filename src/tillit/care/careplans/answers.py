"""What plans answer when decisions ask: registered at start-up (`config.wiring`). How it is counted: frame.md."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from tillit.care.careplans.models import CarePlan, Goal, GoalState
from tillit.care.careplans.queries import content
from tillit.care.careplans.rules.recurrence import PlannedHelp
from tillit.care.decisions.rules.frame import PlanFacts
from tillit.kernel import oslo

WEEKS_AHEAD = 12
"""What begins later than this is not what the plan uses now."""


class DecisionAnswers:
    """Answers `decisions.sources.PlanSource`."""

    def plan_facts(self, citizen_ids: Iterable[int], *, on: date) -> dict[int, PlanFacts]:
        """Return what the plan in use, or else the draft, says. Four queries, however many citizens."""
        wanted = list(dict.fromkeys(citizen_ids))
        plans: dict[int, CarePlan] = {}
        rows = CarePlan.objects.filter(citizen_id__in=wanted, dropped_at__isnull=True, valid_to__isnull=True)
        for plan in rows.order_by("pk"):
            known = plans.get(plan.citizen_id)
            if known is None or plan.is_in_use:
                plans[plan.citizen_id] = plan
        ids = [plan.pk for plan in plans.values()]
        helps = content.help_of_plans(ids)
        goals: dict[int, list[bool]] = {}
        for plan_id, evaluate_on in Goal.objects.filter(plan_id__in=ids, state=GoalState.ACTIVE).values_list(
            "plan_id", "evaluate_on"
        ):
            goals.setdefault(plan_id, []).append(evaluate_on is None)
        return {
            citizen_id: PlanFacts(
                in_use=plan.is_in_use,
                since=oslo.day_of(plan.valid_from) if plan.valid_from else None,
                minutes_a_week=minutes_a_week(helps.get(plan.pk, ()), on=on),
                goals=len(goals.get(plan.pk, ())),
                goals_without_evaluation=sum(goals.get(plan.pk, ())),
            )
            for citizen_id, plan in plans.items()
        }


def minutes_a_week(helps: Iterable[PlannedHelp], *, on: date) -> Decimal:
    """Return the minutes of help a plan uses in an average week, to two decimals.

    Each intervention counts its minutes for each of its times on each of its weekdays, divided by how many weeks there
    are between. Two helpers at once are one help to the one who gets it. What has ended does not count, and neither
    does what begins more than twelve weeks ahead. Public holidays are not taken out: it is an average week.
    """
    total = Fraction(0)
    for one in helps:
        days = one.recurrence
        if (days.ends_on is not None and days.ends_on < on) or days.starts_on > on + timedelta(weeks=WEEKS_AHEAD):
            continue
        total += Fraction(one.minutes * max(1, len(one.times)) * len(days.weekdays), days.every_weeks)
    return (Decimal(total.numerator) / total.denominator).quantize(Decimal("0.01"))
