"""Cases when two registrations were one person, and when they were two after all. Called by events."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from tillit.care.citizens.actions import Table, look, put_back_all, remember
from tillit.care.citizens.permissions import MERGE_CITIZENS
from tillit.care.citizens.queries import last_scope_of
from tillit.care.decisions.models import Case, Disqualification, FunctionScore
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo

#: A case somebody has worked with since stays: what was done in it, was done for the one it hung on then.
CASES = Table("cases", Case, watched=("edition",))
SCORES = Table("scores", FunctionScore, ("citizen_id", "valid_to"), watched=None)
DISQUALIFICATIONS = Table("disqualifications", Disqualification, ("citizen_id", "valid_to"), watched=None)
TABLES = (CASES, SCORES, DISQUALIFICATIONS)


@transaction.atomic
def move_cases(*, actor: Actor, merge_id: int, wrong_id: int, right_id: int, at: datetime) -> tuple[int, ...]:
    """Let cases, levels of function and disqualifications hang on another registration; return the cases' ids.

    Where both have a level in force of the same variable, or a bar in force for the same colleague, the wrong one's
    ends today and is kept as history. Decisions, appeals and letters hang on their case and follow it. One audit entry.
    """
    today = oslo.day_of(at)
    seen = {table: look(table, table.model._default_manager.filter(citizen_id=wrong_id)) for table in TABLES}
    scores = FunctionScore.objects.filter(citizen_id=wrong_id, valid_to__isnull=True)
    taken = FunctionScore.objects.filter(citizen_id=right_id, valid_to__isnull=True).values("variable")
    ended_scores = _end(scores.filter(variable__in=taken), today)
    bars = Disqualification.objects.filter(citizen_id=wrong_id, valid_to__isnull=True)
    barred = Disqualification.objects.filter(citizen_id=right_id, valid_to__isnull=True).values("employee_id")
    ended_bars = _end(bars.filter(employee_id__in=barred), today)
    moved = {table.part: sorted(seen[table]) for table in TABLES}
    for table in TABLES:
        table.model._default_manager.filter(citizen_id=wrong_id).update(citizen_id=right_id)
        remember(merge_id, table, seen[table])
    audit.record(
        actor,
        MERGE_CITIZENS,
        f"citizen:{right_id}",
        last_scope_of(right_id, on=today),
        at=at,
        change={"wrong": wrong_id, **moved, "ended_scores": ended_scores, "ended_bars": ended_bars},
    )
    return tuple(moved[CASES.part])


@transaction.atomic
def put_back_cases(*, actor: Actor, merge_id: int, wrong_id: int, right_id: int, at: datetime) -> None:
    """Let them hang on the other registration again; what somebody has worked with since stays. One audit entry."""
    back = put_back_all(merge_id, TABLES)
    audit.record(
        actor,
        MERGE_CITIZENS,
        f"citizen:{wrong_id}",
        last_scope_of(wrong_id, on=oslo.day_of(at)),
        at=at,
        change={"undone": True, "right": right_id, **back},
    )


def _end(rows: QuerySet[Any], today: date) -> list[int]:
    """End rows in force; one that began today, or later, holds no day at all."""
    ids = sorted(rows.values_list("pk", flat=True))
    rows.model._default_manager.filter(pk__in=ids, valid_from__lte=today).update(valid_to=today)
    rows.model._default_manager.filter(pk__in=ids, valid_to__isnull=True).update(valid_to=F("valid_from"))
    return ids
