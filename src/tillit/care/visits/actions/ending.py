"""Visits when all help ends, when that is taken back, and when two registrations were one person. Called by events."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from tillit.care.citizens.permissions import MERGE_CITIZENS
from tillit.care.citizens.queries import last_scope_of
from tillit.care.visits.events import VisitsChanged
from tillit.care.visits.models import CancelledBy, FollowUp, LearnedMinutes, Origin, Visit, VisitState
from tillit.care.visits.permissions import MAKE_VISITS
from tillit.care.visits.rules.merging import new_slots
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.kernel import events, oslo


@transaction.atomic
def cancel_the_rest(*, actor: Actor, citizen_id: int, ends_on: date, is_death: bool, at: datetime) -> tuple[int, ...]:
    """Cancel those coming visits that making from plans leaves alone: agreed with the citizen, or added on the day.

    After a death, also those of the days since that nobody has reported. Visits from before stay as they are.
    Returns their ids. One audit entry; publishes VisitsChanged.
    """
    planned = Visit.objects.filter(citizen_id=citizen_id, state=VisitState.PLANNED)
    gone = planned.filter(_coming(at) | Q(on__gt=ends_on)) if is_death else planned.filter(_coming(at), on__gte=ends_on)
    return _turn(actor, gone, citizen_id, state=VisitState.CANCELLED, by=CancelledBy.PLAN, at=at)


@transaction.atomic
def bring_back_the_rest(*, actor: Actor, citizen_id: int, at: datetime) -> tuple[int, ...]:
    """Plan those coming visits again that `cancel_the_rest` cancelled. Returns their ids."""
    gone = Visit.objects.filter(
        _coming(at), citizen_id=citizen_id, state=VisitState.CANCELLED, cancelled_by=CancelledBy.PLAN
    ).filter(Q(is_locked=True) | Q(origin=Origin.ADDED))
    return _turn(actor, gone, citizen_id, state=VisitState.PLANNED, by="", at=at)


@transaction.atomic
def move_visits(*, actor: Actor, wrong_id: int, right_id: int, at: datetime) -> tuple[int, ...]:
    """Let visits, follow-ups and learned minutes hang on another registration; return the visits' ids.

    None is lost and none doubled: where both have a visit in the same place of the day, the moved one gets a place of
    its own (`rules.merging`). Making visits afterwards takes away coming ones that only the ended plan asked for.
    One audit entry with the ids and what slots were; publishes VisitsChanged.
    """
    rows = list(Visit.objects.select_for_update(of=("self",)).filter(citizen_id=wrong_id).order_by("pk"))
    taken = Visit.objects.filter(citizen_id=right_id).values_list("on", "slot")
    slots = new_slots({row.pk: (row.on, row.slot) for row in rows}, taken=taken, wrong_id=wrong_id)
    were = {row.pk: row.slot for row in rows if row.pk in slots}
    for row in rows:
        row.citizen_id = right_id
        row.slot = slots.get(row.pk, row.slot)
    Visit.objects.bulk_update(rows, ["citizen", "slot"], batch_size=200)
    moved = [row.pk for row in rows]
    follow_ups = _move_follow_ups(wrong_id, right_id)
    known = LearnedMinutes.objects.filter(citizen_id=right_id).values("line")
    LearnedMinutes.objects.filter(citizen_id=wrong_id).exclude(line__in=known).update(citizen_id=right_id)
    audit.record(
        actor,
        MERGE_CITIZENS,
        f"citizen:{right_id}",
        last_scope_of(right_id, on=oslo.day_of(at)),
        at=at,
        change={"wrong": wrong_id, "visits": moved, "slots_were": were, "follow_ups": follow_ups},
    )
    if moved:
        events.publish(VisitsChanged(visit_ids=tuple(moved), at=at))
    return tuple(moved)


def _move_follow_ups(wrong_id: int, right_id: int) -> list[int]:
    """A press on one phone happened once: a key that both have is let go on the moved one."""
    keys = FollowUp.objects.filter(citizen_id=right_id).exclude(press_key="").values("press_key")
    FollowUp.objects.filter(citizen_id=wrong_id, press_key__in=keys).update(press_key="")
    ids = sorted(FollowUp.objects.filter(citizen_id=wrong_id).values_list("pk", flat=True))
    FollowUp.objects.filter(pk__in=ids).update(citizen_id=right_id)
    return ids


def _coming(at: datetime) -> Q:
    """Visits that have not begun, by the agreed start or else the latest moment they may begin."""
    return Q(starts_at__gt=at) | Q(starts_at__isnull=True, latest_at__gt=at)


def _turn(
    actor: Actor, rows: QuerySet[Visit], citizen_id: int, *, state: VisitState, by: str, at: datetime
) -> tuple[int, ...]:
    visits = list(rows.select_for_update(of=("self",)).order_by("pk"))
    if not visits:
        return ()
    for visit in visits:
        visit.state, visit.cancelled_by = state, by
        if visit.starts_at is not None:
            visit.changed_at = at
    Visit.objects.bulk_update(visits, ["state", "cancelled_by", "changed_at"], batch_size=200)
    ids = tuple(visit.pk for visit in visits)
    audit.record(
        actor,
        MAKE_VISITS,
        f"citizen:{citizen_id}",
        last_scope_of(citizen_id, on=oslo.day_of(at)),
        at=at,
        change={"visits": list(ids), "state": state.value},
    )
    events.publish(VisitsChanged(visit_ids=ids, at=at))
    return ids
