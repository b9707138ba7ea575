"""The units that follow citizens over some days: for sharing the help between them."""

from collections.abc import Iterable

from tillit.care.citizens.models import Following
from tillit.care.citizens.rules.followers import FollowedBy, Followers, ordered
from tillit.kernel.periods import Days


def followers_of(citizen_ids: Iterable[int]) -> dict[int, Followers]:
    """Return who follows, followed and is to follow each citizen, in one query. Callers have checked reach."""
    wanted = list(dict.fromkeys(citizen_ids))
    found: dict[int, list[tuple[str, FollowedBy]]] = {citizen_id: [] for citizen_id in wanted}
    rows = Following.objects.filter(citizen_id__in=wanted).values_list(
        "citizen_id", "unit__path", "unit_id", "unit__name", "part", "valid_from", "valid_to"
    )
    for citizen_id, path, unit_id, name, part, first, after in rows:
        if after is None or after > first:
            found[citizen_id].append((path, FollowedBy(unit_id, name, part, Days(first, after))))
    return {citizen_id: ordered(units) for citizen_id, units in found.items()}
