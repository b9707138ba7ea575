"""Plans when all help ends, when that was a mistake, and when two registrations were one person. Called by events."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from tillit.care.careplans.models import CarePlan
from tillit.care.careplans.permissions import START_PLAN
from tillit.care.citizens.actions import Table, look, put_back, remember
from tillit.care.citizens.permissions import MERGE_CITIZENS
from tillit.care.citizens.queries import ended_by, last_scope_of
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo

#: A plan somebody has worked with, replaced or ended since stays: it was made for the one it hung on then.
PLANS = Table(
    "plans",
    CarePlan,
    ("citizen_id", "valid_to", "dropped_at"),
    watched=("edition", "valid_from", "valid_to", "dropped_at"),
)


@transaction.atomic
def end_plan(*, actor: Actor, citizen_id: int, at: datetime) -> int | None:
    """Let the plan in use hold no more, without another; return its id. It is kept, and a later draft begins with it.

    Callers have checked that her help has ended. One audit entry when there was a plan.
    """
    plan = _in_use(citizen_id).select_for_update(of=("self",)).first()
    if plan is None:
        return None
    plan.valid_to = max(at, plan.valid_from or at)
    plan.save(update_fields=["valid_to"])
    _record(actor, plan, at=at, change={"help_ended": True})
    return plan.pk


@transaction.atomic
def end_plans(*, actor: Actor, at: datetime) -> int:
    """End the plans in use of those whose last day with help was before today; return how many. Run every night."""
    today = oslo.day_of(at)
    citizen_ids = ended_by(today)
    with_plan = CarePlan.objects.filter(citizen_id__in=citizen_ids, valid_from__isnull=False, valid_to__isnull=True)
    found = list(with_plan.order_by("citizen_id").values_list("citizen_id", flat=True))
    for citizen_id in found:
        end_plan(actor=actor, citizen_id=citizen_id, at=at)
    return len(found)


@transaction.atomic
def reopen_plan(*, actor: Actor, citizen_id: int, ended_at: datetime, at: datetime) -> int | None:
    """Take the plan that ended at a moment into use again, for the end was a mistake; return its id."""
    if _in_use(citizen_id).exists():
        return None
    plan = CarePlan.objects.filter(citizen_id=citizen_id, valid_from__isnull=False, valid_to=ended_at).first()
    if plan is None:
        return None
    plan.valid_to = None
    plan.save(update_fields=["valid_to"])
    _record(actor, plan, at=at, change={"help_ended": False})
    return plan.pk


@transaction.atomic
def move_plans(*, actor: Actor, merge_id: int, wrong_id: int, right_id: int, at: datetime) -> tuple[int, ...]:
    """Let the plans of one registration hang on another, and return their ids.

    Where both have a plan in use, the wrong one's ends; where both have a draft, the wrong one's is put away. With no
    plan in use on the right side, the wrong one's goes on.
    """
    plans = CarePlan.objects.select_for_update(of=("self",)).filter(citizen_id=wrong_id).order_by("pk")
    seen = look(PLANS, CarePlan.objects.filter(citizen_id=wrong_id))
    taken_in_use = _in_use(right_id).exists()
    taken_draft = CarePlan.objects.filter(
        citizen_id=right_id, valid_from__isnull=True, dropped_at__isnull=True
    ).exists()
    ended, dropped, moved = [], [], []
    for plan in plans:
        if plan.is_in_use and taken_in_use:
            plan.valid_to = max(at, plan.valid_from or at)
            ended.append(plan.pk)
        elif plan.is_draft and taken_draft:
            plan.dropped_at = at
            dropped.append(plan.pk)
        plan.citizen_id = right_id
        plan.save(update_fields=["citizen", "valid_to", "dropped_at"])
        moved.append(plan.pk)
    remember(merge_id, PLANS, seen)
    audit.record(
        actor,
        MERGE_CITIZENS,
        f"citizen:{right_id}",
        last_scope_of(right_id, on=oslo.day_of(at)),
        at=at,
        change={"wrong": wrong_id, "plans": moved, "ended": ended, "put_away": dropped},
    )
    return tuple(moved)


@transaction.atomic
def put_back_plans(*, actor: Actor, merge_id: int, wrong_id: int, right_id: int, at: datetime) -> None:
    """Let the plans hang on the other registration again, those in use in use. A plan changed since stays.

    One audit entry with the ids that went back.
    """
    plans = put_back(merge_id, PLANS)
    audit.record(
        actor,
        MERGE_CITIZENS,
        f"citizen:{wrong_id}",
        last_scope_of(wrong_id, on=oslo.day_of(at)),
        at=at,
        change={"undone": True, "right": right_id, "plans": plans},
    )


def _in_use(citizen_id: int) -> QuerySet[CarePlan]:
    return CarePlan.objects.filter(citizen_id=citizen_id, valid_from__isnull=False, valid_to__isnull=True)


def _record(actor: Actor, plan: CarePlan, *, at: datetime, change: dict[str, object]) -> None:
    scope = last_scope_of(plan.citizen_id, on=oslo.day_of(at))
    audit.record(actor, START_PLAN, str(plan), scope, at=at, change=change)
