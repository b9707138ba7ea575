"""Measures when two registrations were one person, and when they were two after all. Called by events.

Evaluations hang on goals, and follow their plans.
"""

from datetime import datetime

from django.db import transaction

from tillit.care.citizens.actions import Table, move_all, put_back_all
from tillit.care.citizens.permissions import MERGE_CITIZENS
from tillit.care.citizens.queries import last_scope_of
from tillit.care.evaluations.models import Measurement
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo

MEASURES = Table("measurements", Measurement, ("citizen_id", "press_key"))


@transaction.atomic
def move_measurements(*, actor: Actor, merge_id: int, wrong_id: int, right_id: int, at: datetime) -> None:
    """Let the measures of one registration hang on another. One audit entry with how many."""
    moved = move_all(merge_id, (MEASURES,), wrong_id=wrong_id, right_id=right_id)
    scope = last_scope_of(right_id, on=oslo.day_of(at))
    change = {"wrong": wrong_id, "measurements": len(moved[MEASURES.part])}
    audit.record(actor, MERGE_CITIZENS, f"citizen:{right_id}", scope, at=at, change=change)


@transaction.atomic
def put_back_measurements(*, actor: Actor, merge_id: int, wrong_id: int, right_id: int, at: datetime) -> None:
    """Let the measures hang on the other registration again. One audit entry with the ids that went back."""
    back = put_back_all(merge_id, (MEASURES,))
    scope = last_scope_of(wrong_id, on=oslo.day_of(at))
    change = {"undone": True, "right": right_id, **back}
    audit.record(actor, MERGE_CITIZENS, f"citizen:{wrong_id}", scope, at=at, change=change)
