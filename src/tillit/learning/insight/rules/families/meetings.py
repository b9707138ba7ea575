"""K-5, K-8, V-2: who comes to the visits of a week: the primary contact, somebody known, a temp.

By the unit whose visits they were. Formulas: `measures.continuity.known`. docs/how-we-count/measures-continuity.md.
"""

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from measures.continuity.known import earlier_visits, held_by
from measures.continuity.visits import read_visits
from tillit.learning.insight.rules.facts import WeekFacts, points, together

KNOWN_DAYS, KNOWN_VISITS = 28, 3
DONE = "DONE"
PERMANENT = "PERMANENT"


def count(facts: WeekFacts, weeks: Sequence[date]) -> pl.DataFrame:
    """Return the points of K-5, K-8 and V-2 for these weeks: shares of the visits that were carried out."""
    done = facts.visits.filter(pl.col("state") == DONE).join(facts.helpers, on="visit")
    met = read_visits(done.select("visit", user="citizen", carer="carer", start="start"), ids=("visit",))[0]
    primaries = facts.primaries.select(
        user=pl.col("citizen").cast(pl.String),
        carer=pl.col("carer").cast(pl.String),
        role=pl.lit("primary"),
        **{"from": pl.col("first"), "to": pl.col("after") - timedelta(days=1)},
    )
    known = earlier_visits(met, before_days=KNOWN_DAYS)
    rows = pl.DataFrame(
        {
            "visit": met["visit"].cast(pl.Int64),
            "known": known >= KNOWN_VISITS,
            "primary": held_by(met, primaries),
            "temp": _temps(met, facts.positions),
        }
    )
    visits = facts.visits.filter(pl.col("state") == DONE).select("visit", "unit", "on")
    flags = rows.group_by("visit").agg(pl.col("known", "primary", "temp").any())
    marked = visits.join(flags, on="visit").with_columns(
        starts_on=pl.col("on") - pl.duration(days=pl.col("on").dt.weekday() - 1)
    )
    wanted = marked.filter(pl.col("starts_on").is_in(list(weeks))).join(facts.places.belongs, on="unit")
    since = facts.places.kept_since
    told = wanted.filter(pl.col("starts_on") >= (since + timedelta(days=KNOWN_DAYS) if since else pl.lit(None)))
    return together([_share("K-5", wanted, "primary"), _share("K-8", told, "known"), _share("V-2", wanted, "temp")])


def _temps(met: pl.DataFrame, positions: pl.DataFrame) -> pl.Series:
    """Return for each row whether the employee held no permanent position that day."""
    permanent = positions.filter(pl.col("employment") == PERMANENT).select(
        carer=pl.col("employee").cast(pl.String), first="first", after="after"
    )
    rows = met.with_row_index("_row").select("_row", "carer", "on")
    held = rows.join(permanent, on="carer").filter(
        (pl.col("first") <= pl.col("on")) & (pl.col("after").is_null() | (pl.col("after") > pl.col("on")))
    )
    return ~rows["_row"].is_in(held["_row"].unique().implode())


def _share(code: str, rows: pl.DataFrame, column: str) -> pl.DataFrame:
    found = rows.group_by("at", "starts_on").agg(
        numerator=pl.col(column).sum(), denominator=pl.len(), n=pl.len(), value=pl.col(column).mean()
    )
    return points(code, found)
