"""Visits when two registrations were one person, and when they were two after all. Called by events."""

from datetime import datetime

from django.db import transaction

from tillit.care.citizens.actions import Seen, Table, let_go_of_presses, look, put_back_all, remember
from tillit.care.citizens.permissions import MERGE_CITIZENS
from tillit.care.citizens.queries import last_scope_of
from tillit.care.visits.events import VisitsChanged
from tillit.care.visits.models import FollowUp, LearnedMinutes, Visit
from tillit.care.visits.rules.merging import new_slots
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.kernel import events, oslo

#: A visit that was carried out or cancelled since stays: somebody stood at the door of the one it hung on then.
VISITS = Table("visits", Visit, ("citizen_id", "slot", "state", "cancelled_by"), watched=("state", "cancelled_by"))
FOLLOW_UPS = Table("follow_ups", FollowUp, ("citizen_id", "press_key"), watched=("closed_at", "answer"))
MINUTES = Table("minutes", LearnedMinutes)
TABLES = (VISITS, FOLLOW_UPS, MINUTES)

Moved = dict[Table, Seen]
"""What the rows of each table were before they were moved."""


@transaction.atomic
def move_visits(*, actor: Actor, wrong_id: int, right_id: int, at: datetime) -> Moved:
    """Let visits, follow-ups and learned minutes hang on another registration; return what they were.

    None is lost and none doubled: where both have a visit in the same place of the day, the moved one gets a place of
    its own (`rules.merging`). Making visits afterwards takes away coming ones that only the ended plan asked for.
    One audit entry with the ids and what slots were; publishes VisitsChanged.
    """
    seen = {table: look(table, table.model._default_manager.filter(citizen_id=wrong_id)) for table in TABLES}
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
    return seen


def _move_follow_ups(wrong_id: int, right_id: int) -> list[int]:
    let_go_of_presses(FOLLOW_UPS, wrong_id=wrong_id, right_id=right_id)
    ids = sorted(FollowUp.objects.filter(citizen_id=wrong_id).values_list("pk", flat=True))
    FollowUp.objects.filter(pk__in=ids).update(citizen_id=right_id)
    return ids


def remember_visits(merge_id: int, moved: Moved) -> None:
    """Keep what was moved, when the coming visits have been made what the plan in use says."""
    for table, seen in moved.items():
        remember(merge_id, table, seen)


@transaction.atomic
def put_back_visits(*, actor: Actor, merge_id: int, wrong_id: int, right_id: int, at: datetime) -> None:
    """Let visits, follow-ups and learned minutes hang on the other registration again, in their old places of the day.

    What was carried out, cancelled or answered since stays. One audit entry with the ids that went back; publishes
    VisitsChanged.
    """
    back = put_back_all(merge_id, TABLES)
    audit.record(
        actor,
        MERGE_CITIZENS,
        f"citizen:{wrong_id}",
        last_scope_of(wrong_id, on=oslo.day_of(at)),
        at=at,
        change={"undone": True, "right": right_id, **back},
    )
    if back[VISITS.part]:
        events.publish(VisitsChanged(visit_ids=tuple(back[VISITS.part]), at=at))
