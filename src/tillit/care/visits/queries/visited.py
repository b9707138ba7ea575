"""Who visits whom on a day, for floors below that must know no visits."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Q

from tillit.care.visits.models import VisitHelper, VisitState
from tillit.foundation.workforce.models import ShiftKind


def visited_on(*, employee_id: int, citizen_ids: Collection[int], on: date) -> frozenset[int]:
    """Return those of the citizens whom an employee has a visit to on a day, in one query.

    A night belongs to the day it begins: its visits count on the day after too. Cancelled visits do not count.
    Answers `citizens.sources.VisitSource`.
    """
    night = Q(on=on - timedelta(days=1), visit__shift_kind=ShiftKind.NIGHT)
    rows = VisitHelper.objects.filter(Q(on=on) | night, employee_id=employee_id, visit__citizen_id__in=citizen_ids)
    rows = rows.exclude(visit__state=VisitState.CANCELLED)
    return frozenset(rows.values_list("visit__citizen_id", flat=True))
