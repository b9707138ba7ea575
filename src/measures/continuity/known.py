"""Whether the one who comes is somebody the citizen knows."""

from __future__ import annotations

from datetime import date

import polars as pl

from measures.answer import Found, Warned, ratio
from measures.continuity.visits import of_left_out, read_visits
from measures.errors import InvalidInput
from measures.measure import measure
from measures.tables import day, days, need, texts


@measure("known_carer", version=1, source="Own definition (K-8).", words={"from_": "from"})
def known_carer(
    visits: pl.DataFrame, *, from_: str | date, to: str | date, before_days: int = 28, least: int = 3
) -> Found:
    """Share of visits by an employee who had at least `least` visits to the citizen in the days before (K-8).

    visits: user, carer, start; give the `before_days` days before `from` too, or the first weeks look strange.
    from, to: the window's first and last day, in Oslo. A visit's own day counts up to its start.
    """
    first, last = day(from_, "from"), day(to, "to")
    if last < first or before_days < 1 or least < 1:
        raise InvalidInput("to", "the window is empty, or a bound is below 1", "Give from ≤ to, and bounds from 1")
    kept, excluded = read_visits(visits, ids=("visit",))
    before = (
        kept.rolling("begun", period=f"{before_days}d", closed="left", group_by=["user", "carer"]).agg(earlier=pl.len())
        if kept.height
        else kept.with_columns(earlier=pl.lit(0))
    )
    earlier = before.with_columns(on=pl.col("begun").dt.convert_time_zone("Europe/Oslo").dt.date())
    inside = earlier.filter((pl.col("on") >= first) & (pl.col("on") <= last))
    known = inside.filter(pl.col("earlier") >= least)
    warnings = of_left_out(excluded)
    seen_from = kept["on"].min()
    if isinstance(seen_from, date) and (first - seen_from).days < before_days:
        warnings.append(Warned("short_history", f"The visits do not reach {before_days} days before the window."))
    return Found(
        {"n": inside.height, "known": known.height, "share": ratio(known.height, inside.height)},
        n=inside.height,
        excluded=excluded,
        warnings=warnings,
    )


@measure("primary_share", version=1, source="Own definition (K-5).")
def primary_share(visits: pl.DataFrame, primaries: pl.DataFrame) -> Found:
    """Share of visits by the one who was primary contact that day, and by the primary group (K-5).

    visits: user, carer, start. primaries: user, carer, role («primary» or «group»), from, to (last day; empty: still).
    The primary contact is one of the group.
    """
    need(primaries, "primaries", ["user", "carer", "role", "from", "to"])
    named = days(texts(primaries, "primaries", ["user", "carer", "role"]), "primaries", ["from", "to"])
    kept, excluded = read_visits(visits, ids=("visit",))
    kept = kept.with_row_index("_row")
    held = (
        kept.select("_row", "user", "carer", "on")
        .join(named, on=["user", "carer"], how="inner")
        .filter(
            (pl.col("from").is_null() | (pl.col("from") <= pl.col("on")))
            & (pl.col("to").is_null() | (pl.col("to") >= pl.col("on")))
        )
    )
    primary = held.filter(pl.col("role") == "primary")["_row"].unique()
    group = held["_row"].unique()
    marked = kept.with_columns(
        primary=pl.col("_row").is_in(primary.to_list()), group=pl.col("_row").is_in(group.to_list())
    )
    by_user = (
        marked.group_by("user")
        .agg(n=pl.len(), primary_share=pl.col("primary").mean(), group_share=pl.col("group").mean())
        .sort("user")
    )
    return Found(
        {
            "n": kept.height,
            "primary_share": ratio(len(primary), kept.height),
            "group_share": ratio(len(group), kept.height),
            "per_user": {row.pop("user"): row for row in by_user.iter_rows(named=True)},
        },
        n=kept.height,
        excluded=excluded,
        warnings=of_left_out(excluded),
    )
