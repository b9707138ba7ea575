"""Who was followed by whom and who was away, for indicators: typed tables without names or national ids.

Indicators read this and never the models. Days are days in Oslo, half-open: `after` is the first day it no longer
holds, empty while it does. Each function asks one query.
"""

from collections.abc import Iterable

import polars as pl

from tillit.care.citizens.models import Citizen, Following, Responsible, ResponsibleKind, Whereabouts
from tillit.kernel.tables import Columns, table

SPELLS: Columns = {"citizen": pl.Int64, "unit": pl.Int64, "first": pl.Date, "after": pl.Date}
"""A unit follows a citizen, from a day to a day. Two units may at once (R08)."""
PRIMARIES: Columns = {"citizen": pl.Int64, "carer": pl.Int64, "first": pl.Date, "after": pl.Date}
"""Who is primary contact; an employee is a number without meaning. Deputies are not in."""
STAYS: Columns = {
    "citizen": pl.Int64,
    "kind": pl.String,
    "from_at": pl.Datetime("us", "UTC"),
    "to_at": pl.Datetime("us", "UTC"),
    "ready_at": pl.Datetime("us", "UTC"),
}
"""Not at home. kind: a WhereaboutsKind. ready_at: when the hospital said that she may leave, if it did."""
PEOPLE: Columns = {"citizen": pl.Int64, "born_on": pl.Date, "died_on": pl.Date}
"""For rules that hold for those over an age. Registrations that were merged into another are not in."""


def spells(*, unit_ids: Iterable[int] | None = None) -> pl.DataFrame:
    """Return all followings, by SPELLS; unit_ids: by these alone."""
    rows = Following.objects.all() if unit_ids is None else Following.objects.filter(unit_id__in=list(unit_ids))
    return table(rows.values_list("citizen_id", "unit_id", "valid_from", "valid_to"), SPELLS)


def followers(citizen_ids: Iterable[int]) -> set[int]:
    """Return the units that follow or have followed any of these citizens."""
    rows = Following.objects.filter(citizen_id__in=list(citizen_ids)).order_by()
    return set(rows.values_list("unit_id", flat=True).distinct())


def primaries() -> pl.DataFrame:
    """Return who was primary contact for whom and when, by PRIMARIES."""
    rows = Responsible.objects.filter(kind=ResponsibleKind.PRIMARY_CONTACT, is_deputy=False)
    return table(rows.values_list("citizen_id", "employee_id", "valid_from", "valid_to"), PRIMARIES)


def stays(*, citizen_ids: Iterable[int] | None = None) -> pl.DataFrame:
    """Return all stays away from home, by STAYS; citizen_ids: of these alone."""
    rows = Whereabouts.objects.all()
    if citizen_ids is not None:
        rows = rows.filter(citizen_id__in=list(citizen_ids))
    return table(rows.values_list("citizen_id", "kind", "from_at", "to_at", "ready_at"), STAYS)


def people(*, citizen_ids: Iterable[int] | None = None) -> pl.DataFrame:
    """Return when citizens were born and died, by PEOPLE; citizen_ids: of these alone."""
    rows = Citizen.objects.filter(merged_into__isnull=True)
    if citizen_ids is not None:
        rows = rows.filter(pk__in=list(citizen_ids))
    return table(rows.values_list("pk", "born_on", "died_on"), PEOPLE)
