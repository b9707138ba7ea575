"""Deviations about a citizen when two registrations were one person, and when they were two after all."""

from datetime import datetime

from django.db import transaction

from tillit.care.citizens.actions import Table, move_all, put_back_all
from tillit.care.citizens.permissions import MERGE_CITIZENS
from tillit.care.citizens.queries import last_scope_of
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
from tillit.teamwork.deviations.models import Deviation

DEVIATIONS = Table("deviations", Deviation, watched=("state",))


@transaction.atomic
def move_deviations(*, actor: Actor, merge_id: int, wrong_id: int, right_id: int, at: datetime) -> None:
    """Let deviations be about another registration. One audit entry with the ids."""
    moved = move_all(merge_id, (DEVIATIONS,), wrong_id=wrong_id, right_id=right_id)
    audit.record(
        actor, MERGE_CITIZENS, f"citizen:{right_id}", last_scope_of(right_id, on=oslo.day_of(at)), at=at,
        change={"wrong": wrong_id, **moved},
    )  # fmt: skip


@transaction.atomic
def put_back_deviations(*, actor: Actor, merge_id: int, wrong_id: int, right_id: int, at: datetime) -> None:
    """Let them be about the other again. What was answered since stays. One audit entry with the ids."""
    back = put_back_all(merge_id, (DEVIATIONS,))
    audit.record(
        actor, MERGE_CITIZENS, f"citizen:{wrong_id}", last_scope_of(wrong_id, on=oslo.day_of(at)), at=at,
        change={"undone": True, "right": right_id, **back},
    )  # fmt: skip
