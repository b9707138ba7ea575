"""Notices when two registrations were one person, and when they were two after all. Called by events."""

from datetime import datetime

from django.db import transaction

from tillit.care.citizens.actions import Table, move_all, put_back_all
from tillit.care.citizens.permissions import MERGE_CITIZENS
from tillit.care.citizens.queries import last_scope_of
from tillit.care.notices.models import Notice
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo

#: What was answered since stays where it was answered.
NOTICES = Table("notices", Notice, watched=("answered_at", "answer"))


@transaction.atomic
def move_notices(*, actor: Actor, merge_id: int, wrong_id: int, right_id: int, at: datetime) -> None:
    """Let notices be about another registration. One audit entry with how many."""
    moved = move_all(merge_id, (NOTICES,), wrong_id=wrong_id, right_id=right_id)
    scope = last_scope_of(right_id, on=oslo.day_of(at))
    audit.record(
        actor,
        MERGE_CITIZENS,
        f"citizen:{right_id}",
        scope,
        at=at,
        change={"wrong": wrong_id, "notices": len(moved[NOTICES.part])},
    )


@transaction.atomic
def put_back_notices(*, actor: Actor, merge_id: int, wrong_id: int, right_id: int, at: datetime) -> None:
    """Let notices be about the other registration again. One audit entry with the ids that went back."""
    back = put_back_all(merge_id, (NOTICES,))
    scope = last_scope_of(wrong_id, on=oslo.day_of(at))
    change = {"undone": True, "right": right_id, **back}
    audit.record(actor, MERGE_CITIZENS, f"citizen:{wrong_id}", scope, at=at, change=change)
