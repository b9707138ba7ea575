"""What plans answer when decisions ask: registered at start-up (`config.wiring`). How it is counted: frame.md."""

from collections.abc import Iterable
from datetime import date

from tillit.care.careplans.contexts.adjusting import adjust_part
from tillit.care.careplans.models import CarePlan, Goal, GoalState
from tillit.care.careplans.queries import adjustments_of, content
from tillit.care.careplans.rules.adjusting import minutes_a_week
from tillit.care.decisions.rules.frame import Frame, PlanFacts
from tillit.care.decisions.sources import PlanAdjusted
from tillit.foundation.access.actor import Actor, Scope
from tillit.kernel import oslo
from tillit.ui.parts.part import Part


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

    def adjusted(self, citizen_id: int, *, since: date) -> list[PlanAdjusted]:
        """Return the steps taken within a frame since a day, the newest first. One query."""
        return [PlanAdjusted(one.at, one.by_name, one.text, one.why) for one in adjustments_of(citizen_id, since=since)]

    def adjusting(
        self, *, actor: Actor, citizen_id: int, scope: Scope, frame: Frame, case_id: int, on: date
    ) -> Part | None:
        """Return the steps for whoever may adjust the plan. The case page tells itself what was adjusted before."""
        return adjust_part(
            actor=actor,
            citizen_id=citizen_id,
            scope=scope,
            frame=frame,
            back=f"sak-{case_id}",
            today=on,
            with_recent=False,
        )
