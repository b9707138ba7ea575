"""Visits that nobody has, on lists in use."""

from datetime import date

from django.db.models import Count, Exists, F

from tillit.care.visits.models import Visit, VisitState
from tillit.foundation.access.reader import barred_now
from tillit.foundation.organisation import queries as organisation
from tillit.teamwork.planning.models import DayLists, ListState


def count_free(*, unit_id: int, on: date, shift_kind: str) -> int:
    """Return how many visits lack somebody on the lists in use where the unit's work lies.

    Two queries; three for a work group that shares its team's lists. 0 while the lists are a draft. Numbers only:
    nobody's reading is noted. Callers ask for a unit one works in.
    """
    family = organisation.family_of(unit_id)
    lists_unit = family.lists_unit(unit_id, on, shift_kind)
    if lists_unit != unit_id:
        family = organisation.family_of(lists_unit)
    lists = DayLists.objects.filter(unit_id=lists_unit, on=on, shift_kind=shift_kind).exclude(state=ListState.DRAFT)
    open_visits = Visit.objects.filter(
        unit_id__in=family.units_on_lists(on, shift_kind),
        on=on,
        shift_kind=shift_kind,
        state=VisitState.PLANNED,
    ).exclude(citizen_id__in=barred_now())
    lacking = open_visits.annotate(have=Count("helper_rows")).filter(have__lt=F("helpers"))
    return lacking.filter(Exists(lists)).count()
