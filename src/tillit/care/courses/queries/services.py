"""The help by the plans that held around a course."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from tillit.care.careplans.models import CarePlan
from tillit.care.careplans.queries.content import help_of_plans
from tillit.care.careplans.rules.adjusting import minutes_a_week
from tillit.care.courses.rules.services import Services
from tillit.kernel import oslo


def services_of(*, citizen_id: int, starts_on: date, ended_on: date | None, today: date) -> Services:
    """Return the minutes a week by the plan before a course, when it had ended, and now. Three queries.

    The plan that held at the end of a day counts. Callers have checked reach.
    """
    days = {"before": starts_on - timedelta(days=1), "now": today}
    if ended_on is not None:
        days["at_end"] = min(ended_on + timedelta(days=1), today)
    plans = list(CarePlan.objects.filter(citizen_id=citizen_id, valid_from__isnull=False).order_by("valid_from", "pk"))
    held = {name: _held_on(plans, day) for name, day in days.items()}
    helps = help_of_plans({plan.pk for plan in held.values() if plan is not None})
    minutes: dict[str, Decimal | None] = {}
    for name, plan in held.items():
        minutes[name] = None if plan is None else minutes_a_week(helps.get(plan.pk, ()), on=days[name])
    return Services(before=minutes["before"], at_end=minutes.get("at_end"), now=minutes["now"])


def _held_on(plans: Sequence[CarePlan], day: date) -> CarePlan | None:
    """Return the plan that held at the end of a day."""
    end = oslo.whole_day(day).end
    for plan in reversed(plans):
        if plan.valid_from is not None and plan.valid_from < end and (plan.valid_to is None or plan.valid_to >= end):
            return plan
    return None
