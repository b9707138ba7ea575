"""The answer to insight's question: which baselines are frozen, for which units and indicators?"""

from collections.abc import Sequence

from tillit.kernel.periods import Days
from tillit.learning.improvement.models import BaselineValue
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
