"""Which plans a citizen has, and the guarded door to each."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from tillit.care.careplans.models import CarePlan, Goal, GoalState
from tillit.care.careplans.queries.adjustments import AdjustmentLine, adjustment_line
from tillit.care.citizens.queries import readable
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One version of a citizen's plan. In use: `valid_from` set, `valid_to` empty. A draft has neither.

    adjusted: the step within the frame that made this version of the one before; only `plans_of` looks for it.
    """

    plan_id: int
    citizen_id: int
    edition: int
    made_by_name: str
    made_at: datetime
    changed_by_name: str
    changed_at: datetime
    valid_from: datetime | None
    valid_to: datetime | None
    adjusted: AdjustmentLine | None = None

    @property
    def is_draft(self) -> bool:
        """Not in use yet."""
        return self.valid_from is None


def get_plan(*, actor: Actor, plan_id: int, at: datetime, lock: bool = False) -> CarePlan:
    """Return the plan if a unit the actor reaches follows the citizen at `at`, or did so last; note the reading.

    lock: hold the plan's row until the transaction ends, for actions.
    Raises NotFound also when the plan exists out of reach, so that nobody learns who gets help.
    """
    plans = CarePlan.objects.filter(citizen__in=readable(actor, on=oslo.day_of(at)))
    if lock:
        plans = plans.select_for_update(of=("self",))
    try:
        plan = plans.get(pk=plan_id)
    except CarePlan.DoesNotExist:
        raise NotFound(_("Fant ikke planen.")) from None
    reading.note(plan.citizen_id)
    return plan


def plan_in_use(citizen_id: int) -> PlanLine | None:
    """Return the plan that visits come from, or None. Callers have checked reach."""
    return plans_in_use((citizen_id,)).get(citizen_id)


def plans_in_use(citizen_ids: Iterable[int]) -> dict[int, PlanLine]:
    """Return the plan in use of each citizen who has one, in one query. Callers have checked reach."""
    plans = CarePlan.objects.filter(
        citizen_id__in=list(citizen_ids), valid_from__isnull=False, valid_to__isnull=True
    ).select_related("made_by", "changed_by")
    return {plan.citizen_id: _line(plan) for plan in plans}


def citizens_with_plan(citizen_ids: Iterable[int]) -> frozenset[int]:
    """Return those of the citizens who have a plan in use, in one query. Callers have checked reach."""
    plans = CarePlan.objects.filter(citizen_id__in=list(citizen_ids), valid_from__isnull=False, valid_to__isnull=True)
    return frozenset(plans.values_list("citizen_id", flat=True))


def draft_of(citizen_id: int) -> PlanLine | None:
    """Return the draft somebody is writing, or None. Callers have checked reach."""
    plan = (
        CarePlan.objects.filter(citizen_id=citizen_id, valid_from__isnull=True, dropped_at__isnull=True)
        .select_related("made_by", "changed_by")
        .first()
    )
    return _line(plan) if plan else None


@dataclass(frozen=True, slots=True)
class Plans:
    """All the plans of one citizen."""

    draft: PlanLine | None
    """What somebody is writing."""
    lines: tuple[PlanLine, ...]
    """Those that are or were in use, newest first."""

    @property
    def in_use(self) -> PlanLine | None:
        """The plan that visits come from."""
        return next((line for line in self.lines if line.valid_to is None), None)


def plans_of(citizen_id: int) -> Plans:
    """Return the citizen's plans in one query. Callers have checked reach."""
    steps = ("adjustment__intervention", "adjustment__adjusted_by")
    found = [
        replace(_line(plan), adjusted=adjustment_line(plan.adjustment) if hasattr(plan, "adjustment") else None)
        for plan in CarePlan.objects.filter(citizen_id=citizen_id, dropped_at__isnull=True)
        .select_related("made_by", "changed_by", *steps)
        .order_by("-valid_from", "-pk")
    ]
    return Plans(
        draft=next((line for line in found if line.is_draft), None),
        lines=tuple(line for line in found if not line.is_draft),
    )


def without_goal(citizen_ids: Iterable[int]) -> dict[int, datetime]:
    """Return those of the citizens whose plan in use has no goal anybody works towards → since when it is in use.

    As `rules.gaps.NO_GOAL`. One query. Callers have checked reach and note the reading.
    """
    active = Goal.objects.filter(plan=OuterRef("pk"), state=GoalState.ACTIVE)
    rows = CarePlan.objects.filter(
        ~Exists(active), citizen_id__in=list(citizen_ids), valid_from__isnull=False, valid_to__isnull=True
    ).order_by("citizen_id")
    return {citizen_id: since for citizen_id, since in rows.values_list("citizen_id", "valid_from") if since}


def started_between(citizen_ids: Iterable[int], *, since: datetime, until: datetime) -> list[PlanLine]:
    """Return the plans taken into use in [since, until), with the step within the frame that made them, newest first.

    One query. Callers have checked reach; the reading of those it is about is noted here.
    """
    steps = ("adjustment__intervention", "adjustment__adjusted_by")
    rows = (
        CarePlan.objects.filter(citizen_id__in=list(citizen_ids), valid_from__gte=since, valid_from__lt=until)
        .select_related("made_by", "changed_by", *steps)
        .order_by("-valid_from", "-pk")
    )
    found = [
        replace(_line(plan), adjusted=adjustment_line(plan.adjustment) if hasattr(plan, "adjustment") else None)
        for plan in rows
    ]
    reading.note_all(line.citizen_id for line in found)
    return found


def _line(plan: CarePlan) -> PlanLine:
    return PlanLine(
        plan_id=plan.pk,
        citizen_id=plan.citizen_id,
        edition=plan.edition,
        made_by_name=plan.made_by.name if plan.made_by else "",
        made_at=plan.made_at,
        changed_by_name=plan.changed_by.name if plan.changed_by else "",
        changed_at=plan.changed_at,
        valid_from=plan.valid_from,
        valid_to=plan.valid_to,
    )
