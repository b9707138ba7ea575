"""The answers to insight's questions: which baselines are frozen, and how did one indicator stand in one of them?"""

from collections.abc import Sequence

from tillit.kernel.periods import Days
from tillit.learning.improvement.models import BaselineValue
from tillit.learning.improvement.queries.baselines import point_of
from tillit.learning.insight.rules.before_after import FrozenBaseline
from tillit.learning.insight.sources import Baselines


def frozen_baselines(unit_ids: Sequence[int]) -> Baselines:
    """Return the newest baseline for each unit and indicator. Answers `sources.BaselineSource`. One query."""
    rows = (
        BaselineValue.objects.filter(baseline__team__unit_id__in=unit_ids)
        .order_by("baseline__signed_at", "baseline_id")
        .values_list(
            "baseline__team__unit_id", "code", "baseline__first_on", "baseline__after_on", "baseline__signed_at"
        )
        .distinct()
    )
    found: dict[int, dict[str, Days]] = {}
    for unit_id, code, first, after, _signed_at in rows:
        found.setdefault(unit_id, {})[code] = Days(first, after)
    return found


def frozen_baseline(unit_id: int, code: str) -> FrozenBaseline | None:
    """Return how an indicator stood in a unit's newest baseline that has it. Answers `sources.FrozenSource`. One query.

    A team that joined before the pilot began counts from the day it was in it in fact, whichever was later.
    """
    rows = list(
        BaselineValue.objects.filter(baseline__team__unit_id=unit_id, code=code)
        .select_related("baseline__team")
        .order_by("baseline__signed_at", "baseline_id", "starts_on")
    )
    if not rows:
        return None
    newest = rows[-1].baseline
    mine = [row for row in rows if row.baseline_id == newest.pk]
    team = newest.team
    return FrozenBaseline(
        days=Days(newest.first_on, newest.after_on),
        version=mine[0].version,
        points=tuple(point_of(row) for row in mine),
        began_on=max(team.began_on, team.joined_on) if team.began_on else None,
        left_on=team.left_on,
    )
