"""V-1, T-1: visits we did not manage, and minutes told against minutes planned.

By the unit whose visits they were. docs/how-we-count/measures-time.md and figures.md.
"""

from collections.abc import Sequence
from datetime import date

import polars as pl

from tillit.learning.insight.rules.facts import WeekFacts, points, together

DONE, CANCELLED = "DONE", "CANCELLED"
TEAM, PLAN = "TEAM", "PLAN"


def count(facts: WeekFacts, weeks: Sequence[date]) -> pl.DataFrame:
    """Return the points of V-1 and T-1 for these weeks."""
    stood = _stood(facts, weeks)
    return together([points("V-1", _missed(stood, "at", "starts_on").with_columns(value=_ratio())), _minutes(stood)])


def each_citizen(facts: WeekFacts, weeks: Sequence[date]) -> pl.DataFrame:
    """Return `at`, `week`, `citizen`, `numerator` and `n`: V-1 for those with a visit carried out or not managed."""
    found = _missed(_stood(facts, weeks), "at", "starts_on", "citizen").filter(pl.col("n") > 0)
    return found.rename({"starts_on": "week"}).select("at", "week", "citizen", "numerator", "n")


def _stood(facts: WeekFacts, weeks: Sequence[date]) -> pl.DataFrame:
    """Return the visits of these weeks that the plan did not take away, once for each counted unit, as `at`."""
    monday = pl.col("on") - pl.duration(days=pl.col("on").dt.weekday() - 1)
    return (
        facts.visits.filter(pl.col("cancelled_by") != PLAN)
        .with_columns(starts_on=monday)
        .filter(pl.col("starts_on").is_in(list(weeks)))
        .join(facts.told, on="visit", how="left")
        .join(facts.places.belongs, on="unit")
    )


def _missed(stood: pl.DataFrame, *by: str) -> pl.DataFrame:
    """V-1: cancelled because the team did not manage, of those and the ones carried out.

    Those the citizen or her own did not want are left out, and visits nobody has said anything of lower `complete`.
    """
    done, not_managed = pl.col("state") == DONE, pl.col("cancelled_by") == TEAM
    told = pl.col("state").is_in([DONE, CANCELLED])
    return stood.group_by(by).agg(
        numerator=not_managed.sum(),
        denominator=(done | not_managed).sum(),
        n=(done | not_managed).sum(),
        excluded=(told & ~done & ~not_managed).sum(),
        complete=told.mean(),
    )


def _minutes(stood: pl.DataFrame) -> pl.DataFrame:
    """T-1 (`measures.planned_actual`): Σ actual / Σ planned of visits carried out.

    Actual is what a helper told, and as planned where she told nothing: nothing is clocked.
    """
    done = stood.filter(pl.col("state") == DONE)
    found = done.group_by("at", "starts_on").agg(
        numerator=pl.coalesce("told_min", "planned_min").cast(pl.Float64).sum(),
        denominator=pl.col("planned_min").cast(pl.Float64).sum(),
        n=pl.len(),
    )
    return points("T-1", found.with_columns(value=_ratio()))


def _ratio() -> pl.Expr:
    whole = pl.col("denominator")
    return pl.when(whole > 0).then(pl.col("numerator") / whole)
