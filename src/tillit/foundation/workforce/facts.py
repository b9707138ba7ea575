"""Who is employed how, and where, for indicators: typed tables without names.

Indicators read this and never the models. An employee is a number without meaning that no store, page, log or file
above keeps or shows. Days are days in Oslo, half-open. Each function asks one query.
"""

import polars as pl

from tillit.foundation.workforce.models import Absence, Position, PositionShare
from tillit.kernel.tables import Columns, table

POSITIONS: Columns = {
    "employee": pl.Int64,
    "position": pl.Int64,
    "percent": pl.Float64,
    "employment": pl.String,
    "first": pl.Date,
    "after": pl.Date,
}
"""Positions. percent: of full time, 0–100. employment: an Employment."""
SHARES: Columns = {"position": pl.Int64, "unit": pl.Int64, "share": pl.Float64}
"""Which units a position belongs to. share: per cent of the position."""
ABSENCES: Columns = {"employee": pl.Int64, "kind": pl.String, "first": pl.Date, "after": pl.Date}
"""When somebody was away. kind: an AbsenceKind. No grade: a graded sick leave is as a whole one."""


def positions() -> pl.DataFrame:
    """Return all positions, by POSITIONS."""
    rows = Position.objects.values_list("employee_id", "pk", "percent", "employment", "valid_from", "valid_to")
    found = ((who, pk, float(percent), kind, first, after) for who, pk, percent, kind, first, after in rows)
    return table(found, POSITIONS)


def shares() -> pl.DataFrame:
    """Return which units the positions belong to, by SHARES."""
    rows = PositionShare.objects.values_list("position_id", "unit_id", "share")
    return table(((position, unit, float(share)) for position, unit, share in rows), SHARES)


def absences() -> pl.DataFrame:
    """Return all absences, by ABSENCES. The kind is for sums of many people alone: it never stands with a person."""
    return table(Absence.objects.values_list("employee_id", "kind", "valid_from", "valid_to"), ABSENCES)
