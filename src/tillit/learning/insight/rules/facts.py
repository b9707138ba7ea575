"""What the families count from: the apps' facts laid side by side, and which units each row counts for.

Everything here lives only while it is counted. Employees are numbers without meaning and are in no point.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from tillit.kernel.tables import Columns, table

COUNTED_KINDS = ("DISTRICT", "MUNICIPALITY", "OFFICE", "SPECIAL_TEAM", "TEAM")
"""Kinds of unit with figures of their own. A work group counts in its team: it may be three people."""

FAR = date(9999, 1, 1)
"""Stands where something has not ended."""
POINTS: Columns = {
    "code": pl.String,
    "unit": pl.Int64,
    "starts_on": pl.Date,
    "value": pl.Float64,
    "n": pl.Int64,
    "numerator": pl.Float64,
    "denominator": pl.Float64,
    "excluded": pl.Int64,
    "complete": pl.Float64,
}
"""What every family answers with, one row for each indicator, unit and week or month that it could count."""


@dataclass(frozen=True, slots=True)
class Place:
    """A unit in the tree. path: as `organisation.models.Unit.path`."""

    unit_id: int
    path: str
    kind: str


@dataclass(frozen=True, slots=True)
class Places:
    """Which counted units each unit's rows count for, and since when visits are kept at all (None: none are)."""

    belongs: pl.DataFrame
    kept_since: date | None


@dataclass(frozen=True, slots=True)
class WeekFacts:
    """What weekly indicators are counted from, each table as its app's `facts.py` documents it."""

    places: Places
    visits: pl.DataFrame
    helpers: pl.DataFrame
    told: pl.DataFrame
    spells: pl.DataFrame
    primaries: pl.DataFrame
    stays: pl.DataFrame
    people: pl.DataFrame
    positions: pl.DataFrame


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What the numbers about plans and help looked at again are counted from."""

    places: Places
    spells: pl.DataFrame
    plans: pl.DataFrame
    goals: pl.DataFrame
    evaluations: pl.DataFrame
    looked_at: pl.DataFrame


@dataclass(frozen=True, slots=True)
class MonthFacts(PlanFacts):
    """What monthly indicators are counted from. waited: visits of those who have been ready to leave hospital."""

    done_by_day: pl.DataFrame
    waited: pl.DataFrame
    stays: pl.DataFrame
    people: pl.DataFrame
    cases: pl.DataFrame
    deviations: pl.DataFrame
    positions: pl.DataFrame
    shares: pl.DataFrame
    absences: pl.DataFrame
    therapy_cases: pl.DataFrame


def belongs(places: Sequence[Place]) -> pl.DataFrame:
    """Return for each unit all counted units its rows count for: itself and those above it, as `unit` and `at`."""
    counted = {place.unit_id for place in places if place.kind in COUNTED_KINDS}
    rows = [
        (place.unit_id, int(above))
        for place in places
        for above in place.path.split(".")
        if above and int(above) in counted
    ]
    return table(rows, {"unit": pl.Int64, "at": pl.Int64})


def followed(spells: pl.DataFrame, where: pl.DataFrame) -> pl.DataFrame:
    """Return when each counted unit follows each citizen: `at`, `citizen`, `first`, `after`, merged over units below.

    A move between two teams of a district is no gap for the district. after: `FAR` where it has not ended.
    """
    rows = (
        spells.join(where, on="unit")
        .with_columns(pl.col("after").fill_null(FAR))
        .filter(pl.col("after") > pl.col("first"))
    )
    merged: list[tuple[int, int, date, date]] = []
    ordered = rows.select("at", "citizen", "first", "after").unique().sort("at", "citizen", "first", "after")
    for at, citizen, first, after in ordered.iter_rows():
        if merged and merged[-1][:2] == (at, citizen) and first <= merged[-1][3]:
            merged[-1] = (at, citizen, merged[-1][2], max(after, merged[-1][3]))
        else:
            merged.append((at, citizen, first, after))
    return table(merged, {"at": pl.Int64, "citizen": pl.Int64, "first": pl.Date, "after": pl.Date})


def points(code: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows as POINTS. rows: `at`, `starts_on`, `value`, `n`, and what else they have of the columns."""
    named = rows.rename({"at": "unit"}).with_columns(pl.lit(code).alias("code"))
    missing = {"numerator": None, "denominator": None, "excluded": 0, "complete": 1.0}
    added = [pl.lit(value).alias(name) for name, value in missing.items() if name not in named.columns]
    return named.with_columns(added).select(pl.col(name).cast(kind) for name, kind in POINTS.items())


def together(tables: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Return all points in one table."""
    found = list(tables)
    return pl.concat(found) if found else table((), POINTS)
