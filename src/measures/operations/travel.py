"""Time on the way, for teams only: traces of people are reckoned with, summed and let go."""

from __future__ import annotations

import polars as pl

from measures.answer import Found, Value, Warned, ratio
from measures.errors import InvalidInput
from measures.measure import measure
from measures.tables import OSLO, moments, need, texts, unlike

LEAST_VISITS = 30


@measure("travel", version=1, source="Own definition (T-3).")
def travel(visits: pl.DataFrame, *, longest_min: float = 45.0) -> Found:
    """Minutes from one visit's end to the next one's start by the same employee the same day, for each team (T-3).

    visits: visit, team, carer, start, end. Gaps longer than `longest_min` are breaks and office, not travel; a visit
    that began before the last ended has none. per_visit: travel minutes / visits. No employee comes out, and a team of
    one employee is left out, for there the team's sum is hers.
    """
    if longest_min <= 0:
        raise InvalidInput("longest_min", "must be above 0", "Use 45")
    need(visits, "visits", ["visit", "start", "end"])
    once, again = unlike(texts(visits, "visits", ["visit", "team", "carer"]), visits.columns)
    found = moments(moments(once, "visits", "start", into="_start"), "visits", "end", into="_end")
    whole = found.drop_nulls(["team", "carer", "_start", "_end"]).filter(pl.col("_end") >= pl.col("_start"))
    crowd = whole.group_by("team").agg(pl.col("carer").n_unique().alias("carers"))
    told = whole.join(crowd.filter(pl.col("carers") > 1), on="team", how="semi")
    day = pl.col("_start").dt.convert_time_zone(OSLO).dt.date()
    ordered = told.with_columns(_day=day).sort("carer", "_start", "_end", "visit")
    same = (pl.col("carer") == pl.col("carer").shift(1)) & (pl.col("_day") == pl.col("_day").shift(1))
    gap = (pl.col("_start") - pl.col("_end").shift(1)).dt.total_microseconds() / 60_000_000
    legs = ordered.with_columns(gap=pl.when(same).then(gap))
    way = (pl.col("gap") >= 0) & (pl.col("gap") <= longest_min)
    minutes = pl.when(way).then(pl.col("gap")).sum()
    each = legs.group_by("team").agg(minutes=minutes, visits=pl.len(), legs=way.sum()).sort("team")
    per_team: dict[str, Value] = {
        team: {"minutes": spent, "visits": count, "legs": ways, "per_visit": ratio(spent, count)}
        for team, spent, count, ways in each.select("team", "minutes", "visits", "legs").iter_rows()
    }
    n = told.height
    warnings = []
    small = [name for name, row in per_team.items() if row["visits"] < LEAST_VISITS]
    if small:
        warnings.append(Warned("too_few", f"Fewer than {LEAST_VISITS} visits, do not show: {', '.join(small)}."))
    return Found(
        {"minutes": float(each["minutes"].sum()), "per_visit": ratio(float(each["minutes"].sum()), n),
         "per_team": per_team},
        n=n,
        excluded={"said_again": again, "incomplete": found.height - whole.height,
                  "one_employee": whole.height - n,
                  "long_gaps": legs.filter(pl.col("gap") > longest_min).height,
                  "overlapping": legs.filter(pl.col("gap") < 0).height},
        warnings=warnings,
    )  # fmt: skip
