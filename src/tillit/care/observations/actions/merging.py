"""Observations when two registrations were one person, and when they were two after all. Called by events."""

from datetime import datetime

from django.db import transaction

from tillit.care.citizens.actions import Table, move_all, put_back_all
from tillit.care.citizens.permissions import MERGE_CITIZENS
from tillit.care.citizens.queries import last_scope_of
from tillit.care.observations.models import Observation, Usual, Watch
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo

WATCHES = Table("watches", Watch, watched=("closed_at",))
OBSERVATIONS = Table("observations", Observation, ("citizen_id", "press_key"))
USUAL = Table("usual", Usual)
TABLES = (WATCHES, OBSERVATIONS, USUAL)


@transaction.atomic
def move_observations(*, actor: Actor, merge_id: int, wrong_id: int, right_id: int, at: datetime) -> None:
    """Let observations, what is followed and what is usual hang on another registration. One audit entry with ids."""
    moved = move_all(merge_id, TABLES, wrong_id=wrong_id, right_id=right_id)
    audit.record(
        actor, MERGE_CITIZENS, f"citizen:{right_id}", last_scope_of(right_id, on=oslo.day_of(at)), at=at,
        change={"wrong": wrong_id, **moved},
    )  # fmt: skip


@transaction.atomic
def put_back_observations(*, actor: Actor, merge_id: int, wrong_id: int, right_id: int, at: datetime) -> None:
    """Let them hang on the other registration again. One audit entry with the ids that went back."""
    back = put_back_all(merge_id, TABLES)
    audit.record(
        actor, MERGE_CITIZENS, f"citizen:{wrong_id}", last_scope_of(wrong_id, on=oslo.day_of(at)), at=at,
        change={"undone": True, "right": right_id, **back},
    )  # fmt: skip
