"""How it goes with goals in the plan in use. This is not editing the plan: what was agreed stays."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tillit.care.careplans.events import GoalReached
from tillit.care.careplans.models import Goal, GoalProgress, GoalState
from tillit.care.careplans.permissions import RECORD_PROGRESS
from tillit.care.careplans.queries import get_plan
from tillit.care.citizens.queries import scope_of
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.kernel import events, oslo
from tillit.kernel.errors import ActionRefused, NotFound


class PlanNotInUse(ActionRefused):
    """The goal is in a draft or in a plan that was replaced."""


class GoalNotActive(ActionRefused):
    """The goal is reached or dropped already."""


@transaction.atomic
def record_goal_progress(
    *,
    actor: Actor,
    goal_id: int,
    on: date,
    at: datetime,
    value: Decimal | None = None,
    words: str = "",
) -> GoalProgress:
    """Write down where the citizen is with a goal on a day, in a number, in words, or both.

    The newest day is «now». A draft that is being written gets it too. Raises NotFound, NotAllowed, PlanNotInUse,
    GoalNotActive, ActionRefused. One audit entry.
    """
    goal, scope = _open(actor, goal_id, at=at)
    if value is None and not words.strip():
        raise ActionRefused(_("Skriv hvor langt brukeren er kommet, i tall eller ord."))
    if on > oslo.day_of(at):
        raise ActionRefused(_("Velg en dag som har vært."))
    progress = GoalProgress.objects.create(
        goal=goal, on=on, value=value, words=words.strip(), recorded_by_id=actor.employee_id, recorded_at=at
    )
    newest = GoalProgress.objects.filter(goal__line=goal.line).order_by("on", "recorded_at", "pk").last()
    if newest == progress:
        _same_goal(goal).update(now_value=value, now_words=words.strip())
    audit.record(
        actor, RECORD_PROGRESS, str(goal), scope, at=at, change={"progress": progress.pk, "on": on.isoformat()}
    )
    return progress


@transaction.atomic
def mark_goal(*, actor: Actor, goal_id: int, state: str, on: date, at: datetime) -> Goal:
    """Say that a goal is reached or no longer matters, or that it is active after all.

    Raises NotFound, NotAllowed, PlanNotInUse, GoalNotActive, ActionRefused. Publishes GoalReached when it is.
    """
    goal, scope = _open(actor, goal_id, at=at, must_be_active=state != GoalState.ACTIVE)
    if state not in GoalState.values:
        raise ActionRefused(_("Si om målet er nådd, ikke lenger er viktig, eller pågår."))
    goal.state, goal.state_on = state, on
    goal.save(update_fields=["state", "state_on"])
    audit.record(actor, RECORD_PROGRESS, str(goal), scope, at=at, change={"state": state, "on": on.isoformat()})
    if state == GoalState.REACHED:
        events.publish(GoalReached(goal_id=goal.pk, citizen_id=goal.plan.citizen_id, at=at))
    return goal


@transaction.atomic
def set_next_evaluation(*, actor: Actor, goal_id: int, on: date, at: datetime) -> Goal:
    """Say when a goal that goes on is looked at next, in the plan in use and in a draft that is being written.

    What was agreed stays as it is. Raises NotFound, NotAllowed, PlanNotInUse, GoalNotActive, ActionRefused.
    """
    goal, scope = _open(actor, goal_id, at=at)
    if on <= oslo.day_of(at):
        raise ActionRefused(_("Velg en dag fram i tid for neste evaluering."))
    _same_goal(goal).update(evaluate_on=on)
    goal.evaluate_on = on
    audit.record(actor, RECORD_PROGRESS, str(goal), scope, at=at, change={"evaluate_on": on.isoformat()})
    return goal


def _open(actor: Actor, goal_id: int, *, at: datetime, must_be_active: bool = True) -> tuple[Goal, Scope]:
    goal = Goal.objects.select_related("plan").filter(pk=goal_id).first()
    if goal is None:
        raise NotFound(_("Fant ikke målet."))
    plan = get_plan(actor=actor, plan_id=goal.plan_id, at=at, lock=True)
    scope = scope_of(plan.citizen_id, on=oslo.day_of(at))
    require(actor, RECORD_PROGRESS, scope)
    if not plan.is_in_use:
        raise PlanNotInUse(_("Målet står ikke i planen som er i bruk."))
    if must_be_active and goal.state != GoalState.ACTIVE:
        raise GoalNotActive(_("Målet er avsluttet."))
    if goal.line is None:
        goal.line = goal.pk
        goal.save(update_fields=["line"])
    return goal, scope


def _same_goal(goal: Goal) -> QuerySet[Goal]:
    """The goal in the plan in use and in the draft being written."""
    return Goal.objects.filter(line=goal.line, plan__valid_to__isnull=True, plan__dropped_at__isnull=True)
