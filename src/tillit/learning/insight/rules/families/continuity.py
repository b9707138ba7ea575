"""K-1, K-2, K-3: how many different people a citizen meets, and how often it is the same ones.

Counted for each citizen over the 14 or 28 days that end with the week, whichever unit came; a unit's value is the
mean over the citizens it followed all those days. Formulas: `measures.continuity`. docs/how-we-count/
measures-continuity.md.
"""

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from measures.continuity.indices import continuity_double, indices
from measures.continuity.visits import read_visits
from measures.continuity.window import ALLE28, KOLADA14
from tillit.learning.insight.rules.facts import WeekFacts, followed, points, together

FOUR_WEEKS, FORTNIGHT = 28, 14
CLOCK = (7, 22)
A_DAY = 2
assert (ALLE28["days"], KOLADA14["days"]) == (FOUR_WEEKS, FORTNIGHT)  # the rule sets printed with the numbers
assert (KOLADA14["hours"], KOLADA14["min_per_day"]) == (CLOCK, A_DAY)
LEAST_VISITS = 4
"""Below it UPC and COC are high by chance, and are not told."""
OLD = 65
DONE = "DONE"


def count(facts: WeekFacts, weeks: Sequence[date]) -> pl.DataFrame:
    """Return the points of K-1-14, K-1-28, K-2 and K-3 for these weeks."""
    return together([_means(code, rows) for code, rows in each_citizen(facts, weeks).items()])


def each_citizen(facts: WeekFacts, weeks: Sequence[date]) -> dict[str, pl.DataFrame]:
    """Return by code what the means are of: `at`, `week`, `citizen`, `value` (empty: left out) and `n`, her visits."""
    there = followed(facts.spells, facts.places.belongs)
    whole28, whole14 = (_whole(there, kept(facts, weeks, days), days) for days in (FOUR_WEEKS, FORTNIGHT))
    each = per_citizen(facts, weeks)
    by14 = whole14.join(_kolada(facts, weeks), on=["week", "citizen"])
    told = {
        "K-1-28": (whole28, each.select("week", "citizen", "n", value="distinct")),
        "K-2": (whole28, each.select("week", "citizen", "n", value="upc")),
        "K-3": (whole28, each.select("week", "citizen", "n", value="coc")),
        "K-1-14": (by14, per_citizen_14(facts, weeks)),
    }
    return {
        code: members.join(found, on=["week", "citizen"], how="left").sort("at", "week", "citizen")
        for code, (members, found) in told.items()
    }


def kept(facts: WeekFacts, weeks: Sequence[date], length: int) -> list[date]:
    """Return the weeks whose whole window visits are kept for: half a window would look like few helpers."""
    since = facts.places.kept_since
    return [week for week in weeks if since is not None and since <= week + timedelta(days=7 - length)]


def per_citizen(facts: WeekFacts, weeks: Sequence[date]) -> pl.DataFrame:
    """Return `week`, `citizen`, `n`, `distinct`, `upc`, `coc` over the 28 days that end with each week."""
    met = _windows(_met(facts), weeks, FOUR_WEEKS)
    found = _by_citizen(met)
    doubles = met.filter(pl.col("visit").is_duplicated().over("week")).select("week", "user").unique()
    shared = [
        (week, user, values["visits"], values["distinct"], values["upc_visit"], values["coc_pairs"])
        for (week,), rows in met.join(doubles, on=["week", "user"]).group_by("week")
        for user, values in continuity_double(
            rows.select("visit", "user", "carer", start="begun"), min_visits=LEAST_VISITS
        ).values.items()
    ]
    told = pl.DataFrame(shared, schema=dict(found.schema), orient="row")
    return (
        pl.concat([found.join(told, on=["week", "user"], how="anti"), told])
        .with_columns(citizen=pl.col("user").cast(pl.Int64))
        .drop("user")
    )


def per_citizen_14(facts: WeekFacts, weeks: Sequence[date]) -> pl.DataFrame:
    """Return `week`, `citizen`, `n`, `value`: different employees by KOLADA14, of those with two visits a day."""
    by_day = _met(facts).filter(pl.col("hour").is_between(*CLOCK, closed="left"))
    met = _windows(by_day, weeks, FORTNIGHT)
    each = met.group_by("week", "user").agg(n=pl.col("visit").n_unique(), value=pl.col("carer").n_unique())
    return each.filter(pl.col("n") >= A_DAY * FORTNIGHT).select(
        "week", "n", "value", citizen=pl.col("user").cast(pl.Int64)
    )


def _met(facts: WeekFacts) -> pl.DataFrame:
    """Return visits carried out, one row for each employee who came, as `measures` reads them."""
    rows = facts.visits.filter(pl.col("state") == DONE).join(facts.helpers, on="visit")
    return read_visits(rows.select("visit", user="citizen", carer="carer", start="start"), ids=("visit",))[0]


def _windows(met: pl.DataFrame, weeks: Sequence[date], length: int) -> pl.DataFrame:
    """Return each row once for each week whose window has it, as `week`."""
    wanted = pl.DataFrame({"week": list(weeks)}, schema={"week": pl.Date})
    monday = pl.col("on") - pl.duration(days=pl.col("on").dt.weekday() - 1)
    laid = [met.with_columns(week=monday + timedelta(days=7 * later)) for later in range(length // 7)]
    return pl.concat(laid).join(wanted, on="week", how="semi").sort("week", "user", "begun", "carer", "visit")


def _by_citizen(met: pl.DataFrame) -> pl.DataFrame:
    found = indices(met, ["week", "user"], LEAST_VISITS)
    return found.select("week", "user", "n", "distinct", "upc", "coc")


def _whole(there: pl.DataFrame, weeks: Sequence[date], length: int) -> pl.DataFrame:
    """Return `at`, `week`, `citizen` of those who were followed all the days of the window."""
    wanted = pl.DataFrame({"week": list(weeks)}, schema={"week": pl.Date}).with_columns(
        since=pl.col("week") + timedelta(days=7 - length), until=pl.col("week") + timedelta(days=7)
    )
    return there.join_where(wanted, pl.col("first") <= pl.col("since"), pl.col("after") >= pl.col("until")).select(
        "at", "week", "citizen"
    )


def _kolada(facts: WeekFacts, weeks: Sequence[date]) -> pl.DataFrame:
    """Return `week` and `citizen` of those of 65 and over who were at home all 14 days."""
    wanted = pl.DataFrame({"week": list(weeks)}, schema={"week": pl.Date}).with_columns(
        since=pl.col("week") + timedelta(days=7 - FORTNIGHT), until=pl.col("week") + timedelta(days=7)
    )
    old = facts.people.join(wanted, how="cross").filter(pl.col("born_on").dt.offset_by(f"{OLD}y") <= pl.col("since"))
    away = facts.stays.select(
        "citizen",
        left=pl.col("from_at").dt.convert_time_zone("Europe/Oslo").dt.date(),
        back=pl.col("to_at").dt.convert_time_zone("Europe/Oslo").dt.date(),
    ).join_where(
        wanted, pl.col("left") < pl.col("until"), pl.col("back").is_null() | (pl.col("back") >= pl.col("since"))
    )
    return old.select("week", "citizen").join(away.select("week", "citizen"), on=["week", "citizen"], how="anti")


def _means(code: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the mean over those who have a value; excluded: those who have none."""
    found = rows.group_by("at", starts_on="week").agg(
        value=pl.col("value").mean(),
        n=pl.col("value").count(),
        numerator=pl.col("value").sum(),
        denominator=pl.col("value").count(),
        excluded=pl.col("value").is_null().sum(),
    )
    return points(code, found)
