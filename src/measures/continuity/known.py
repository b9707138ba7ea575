"""Whether the one who comes is somebody the citizen knows."""

from __future__ import annotations

from datetime import date

import polars as pl

from measures.answer import Found, Warned, ratio
from measures.continuity.visits import of_left_out, read_visits
from measures.errors import InvalidInput
from measures.measure import measure
from measures.tables import day, days, need, texts


def earlier_visits(kept: pl.DataFrame, *, before_days: int) -> pl.Series:
    """Return for each row how many visits the employee had to the citizen in the days before, up to its start.

    kept: as `read_visits` gives it. The formula of K-8, for all rows at once.
    """
    if not kept.height:
        return pl.Series("earlier", [], dtype=pl.UInt32)
    whose = ["user", "carer", "begun"]
    before = (
        kept.sort(whose)
        .rolling("begun", period=f"{before_days}d", closed="left", group_by=["user", "carer"])
        .agg(earlier=pl.len())
        .unique(whose)  # two at the same moment have the same before
    )
    rows = kept.select(whose).with_row_index("_row").join(before, on=whose, how="left")
    return rows.sort("_row")["earlier"]


def held_by(kept: pl.DataFrame, named: pl.DataFrame) -> pl.Series:
    """Return for each row whether the employee was one of the named that day. The formula of K-5, for all at once.

    kept: as `read_visits` gives it. named: user, carer, from, to (both days count; empty: no bound).
    """
    rows = kept.with_row_index("_row")
    held = (
        rows.select("_row", "user", "carer", "on")
        .join(named, on=["user", "carer"], how="inner")
        .filter(
            (pl.col("from").is_null() | (pl.col("from") <= pl.col("on")))
            & (pl.col("to").is_null() | (pl.col("to") >= pl.col("on")))
        )
    )
    return rows["_row"].is_in(held["_row"].unique().implode()).alias("held")


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
    earlier = kept.with_columns(earlier=earlier_visits(kept, before_days=before_days))
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
    marked = kept.with_columns(
        primary=held_by(kept, named.filter(pl.col("role") == "primary")), group=held_by(kept, named)
    )
    by_user = (
        marked.group_by("user")
        .agg(n=pl.len(), primary_share=pl.col("primary").mean(), group_share=pl.col("group").mean())
        .sort("user")
    )
    return Found(
        {
            "n": kept.height,
            "primary_share": ratio(int(marked["primary"].sum()), kept.height),
            "group_share": ratio(int(marked["group"].sum()), kept.height),
            "per_user": {row.pop("user"): row for row in by_user.iter_rows(named=True)},
        },
        n=kept.height,
        excluded=excluded,
        warnings=of_left_out(excluded),
    )
