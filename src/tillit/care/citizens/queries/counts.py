"""How many citizens units follow: a number for the organisation page, without names."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Count

from tillit.care.citizens.models import Following
from tillit.foundation.organisation.queries import in_force


def count_by_unit(unit_ids: Sequence[int], *, on: date) -> dict[int, int]:
    """Return unit id → number of different citizens the unit follows on the day, in one query. No row is 0."""
    rows = (
        Following.objects.filter(in_force(on), unit_id__in=unit_ids, citizen__died_on__isnull=True)
        .values("unit_id")
        .annotate(citizens=Count("citizen_id", distinct=True))
        .values_list("unit_id", "citizens")
    )
    found = dict(rows)
    return {unit_id: found.get(unit_id, 0) for unit_id in unit_ids}
