"""Cases when two registrations were one person, and when they were two after all. Called by events."""

from datetime import datetime

from django.db import transaction

from tillit.care.citizens.actions import Table, move_all, put_back_all
from tillit.care.citizens.permissions import MERGE_CITIZENS
from tillit.care.citizens.queries import last_scope_of
from tillit.care.therapy.models import TherapyCase
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo

#: A case somebody has worked with since stays.
CASES = Table("therapy_cases", TherapyCase, ("citizen_id", "press_key"), watched=("edition", "state"))


@transaction.atomic
def move_cases(*, actor: Actor, merge_id: int, wrong_id: int, right_id: int, at: datetime) -> None:
    """Let the cases of one registration hang on another; what happened in them follows. One audit entry."""
    moved = move_all(merge_id, (CASES,), wrong_id=wrong_id, right_id=right_id)
    scope = last_scope_of(right_id, on=oslo.day_of(at))
    audit.record(actor, MERGE_CITIZENS, f"citizen:{right_id}", scope, at=at, change={"wrong": wrong_id, **moved})


@transaction.atomic
def put_back_cases(*, actor: Actor, merge_id: int, wrong_id: int, right_id: int, at: datetime) -> None:
    """Let the cases hang on the other registration again. One audit entry with the ids that went back."""
    back = put_back_all(merge_id, (CASES,))
    scope = last_scope_of(wrong_id, on=oslo.day_of(at))
    change = {"undone": True, "right": right_id, **back}
    audit.record(actor, MERGE_CITIZENS, f"citizen:{wrong_id}", scope, at=at, change=change)
