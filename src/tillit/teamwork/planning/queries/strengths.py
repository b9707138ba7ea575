"""What a day's lists can take, as pages see it."""

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
    if lists_id is None:
        return None
    row = DayStrength.objects.filter(lists_id=lists_id).select_related("job").first()
    if row is None:
        return None
    state = row.job.state if row.job else ""
    return StrengthView(
        edition=row.edition,
        made_at=row.made_at,
        answer=dict(row.answer),
        is_working=state in UNDER_WAY,
        has_failed=state == JobState.FAILED,
        done=row.job.done if row.job else 0,
    )
