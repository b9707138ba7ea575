"""Questions «hva om …?» that have been asked about a part of a day, and who can be asked about."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tillit.foundation.access.actor import Actor
from tillit.foundation.jobs.models import UNDER_WAY, JobState
from tillit.foundation.organisation import queries as organisation
from tillit.foundation.organisation.models import Unit
from tillit.teamwork.planning.models import WhatIf
from tillit.teamwork.planning.permissions import SEE_LISTS
from tillit.teamwork.planning.rules.whatif import Question, from_json

MOST_KEPT = 12
"""So many of a day's questions are listed."""


@dataclass(frozen=True, slots=True)
class WhatIfView:
    """One question as pages see it. answer: empty until there is one. done: per cent; said: what the job says."""

    whatif_id: int
    unit_id: int
    other_id: int | None
    other_name: str
    on: date
    shift_kind: str
    question: Question
    answer: dict[str, Any]
    asked_at: datetime
    is_working: bool
    has_failed: bool
    done: int
    said: str

    @property
    def has_answer(self) -> bool:
        """Whether at least one plan of each side was made."""
        return bool(self.answer.get("runs"))


def what_ifs_of(*, actor: Actor, unit_id: int, on: date, shift_kind: str) -> list[WhatIfView]:
    """Return a part of a day's newest questions, newest first, in one query.

    Those that are about a team whose lists the actor does not see are left out: their answers name its citizens.
    """
    within = organisation.within_reach(actor, SEE_LISTS).values("pk")
    rows = WhatIf.objects.filter(unit_id=unit_id, on=on, shift_kind=shift_kind).select_related("job", "other")
    seen = rows.filter(other__isnull=True) | rows.filter(other__in=within)
    return [_view(row) for row in seen.order_by("-pk")[:MOST_KEPT]]


def _view(row: WhatIf) -> WhatIfView:
    state = row.job.state if row.job else ""
    return WhatIfView(
        whatif_id=row.pk,
        unit_id=row.unit_id,
        other_id=row.other_id,
        other_name=row.other.name if row.other else "",
        on=row.on,
        shift_kind=row.shift_kind,
        question=from_json(row.question),
        answer=dict(row.answer),
        asked_at=row.asked_at,
        is_working=state in UNDER_WAY,
        has_failed=state == JobState.FAILED,
        done=row.job.done if row.job else 0,
        said=row.job.said if row.job else "",
    )


def neighbours(*, actor: Actor, unit: Unit, on: date, kinds: Collection[str] = organisation.TEAM_KINDS) -> list[Unit]:
    """Return the other teams the actor reaches and that are there that day, the same district's first, then by name."""
    found = [each for each in organisation.units_of(actor, on=on) if each.pk != unit.pk and each.kind in kinds]
    return sorted(found, key=lambda each: (each.parent_id != unit.parent_id, each.name, each.pk))
