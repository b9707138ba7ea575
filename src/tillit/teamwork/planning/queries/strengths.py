"""What a day's lists can take, as pages see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tillit.foundation.jobs.models import UNDER_WAY, JobState
from tillit.teamwork.planning.models import DayStrength


@dataclass(frozen=True, slots=True)
class StrengthView:
    """The newest answer for some lists. edition: what it is about; None while there is none. done: per cent."""

    edition: int | None
    made_at: datetime | None
    answer: dict[str, Any]
    is_working: bool
    has_failed: bool
    done: int


def strength_of_lists(lists_id: int | None) -> StrengthView | None:
    """Return the answer; None when nobody has asked. One query."""
    return None if lists_id is None else strengths_of([lists_id]).get(lists_id)


def strengths_of(lists_ids: Iterable[int | None]) -> dict[int, StrengthView]:
    """Return the answers there are, by lists. One query; None among the ids are lists nobody has begun."""
    wanted = [lists_id for lists_id in lists_ids if lists_id is not None]
    rows = DayStrength.objects.filter(lists_id__in=wanted).select_related("job")
    return {row.lists_id: _view(row) for row in rows}


def _view(row: DayStrength) -> StrengthView:
    state = row.job.state if row.job else ""
    return StrengthView(
        edition=row.edition,
        made_at=row.made_at,
        answer=dict(row.answer),
        is_working=state in UNDER_WAY,
        has_failed=state == JobState.FAILED,
        done=row.job.done if row.job else 0,
    )
