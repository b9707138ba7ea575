"""What a self-managing team is to have in place: somebody for each task, and its meetings."""

from __future__ import annotations

from datetime import date

import polars as pl

from measures.answer import Found, Warned, ratio
from measures.errors import InvalidInput
from measures.measure import measure
from measures.tables import day, days, flags, need, numbers, texts, unlike


@measure("tasks_unheld", version=1, source="Own definition (S-2).")
def tasks_unheld(tasks: pl.DataFrame, *, asof: str | date) -> Found:
    """How many delegated tasks nobody holds on a day; the goal is 0 (S-2).

    tasks: task, member (empty: nobody), from, to (last day; empty: not ended). A task with several rows is held when
    one of them holds. No member comes out.
    """
    need(tasks, "tasks", ["task", "member", "from", "to"])
    today = day(asof, "asof")
    once, again = unlike(texts(tasks, "tasks", ["task", "member"]), tasks.columns)
    found = days(once, "tasks", ["from", "to"]).drop_nulls("task")
    holds = (
        pl.col("member").is_not_null()
        & (pl.col("from").is_null() | (pl.col("from") <= today))
        & (pl.col("to").is_null() | (pl.col("to") >= today))
    )
    each = found.group_by("task").agg(held=holds.any()).sort("task")
    unheld = each.filter(~pl.col("held"))["task"].to_list()
    return Found(
        {"n": each.height, "unheld": len(unheld), "tasks": unheld},
        n=each.height,
        excluded={"said_again": again, "incomplete": once.height - found.height},
    )


@measure("meetings_held", version=1, source="Own definition (S-4).")
def meetings_held(meetings: pl.DataFrame, *, weeks: int, per_week: float = 1.0) -> Found:
    """Meetings held against meetings meant, for each kind and team: held / (weeks × per_week) (S-4).

    meetings: team, kind, day, held. Meetings on one day of one kind are one. More than meant is above 1.
    """
    if weeks < 1 or per_week <= 0:
        raise InvalidInput("weeks", "must be 1 or more, and per_week above 0", "Give the length of the period")
    found = days(flags(texts(meetings, "meetings", ["team", "kind"]), "meetings", ["held"]), "meetings", ["day"])
    whole = found.drop_nulls(["team", "kind", "day"])
    held = whole.filter(pl.col("held")).unique(["team", "kind", "day"])
    asked = whole.select("team", "kind").unique()
    each = asked.join(held.group_by("team", "kind").agg(held=pl.len()), on=["team", "kind"], how="left").sort(
        "team", "kind"
    )
    meant = weeks * per_week
    per_team: dict[str, dict[str, float | None]] = {}
    for team, kind, count in each.iter_rows():
        per_team.setdefault(team, {})[kind] = ratio(count or 0, meant)
    return Found({"held": held.height, "meant": meant, "per_team": per_team}, n=whole.height,
                 excluded={"incomplete": found.height - whole.height})  # fmt: skip


@measure("stand_in", version=1, source="Own definition (B-7): volatile labour, after Fafo 2023:17.")
def stand_in(
    labour: pl.DataFrame, *, small_below: float = 50.0, on_call: str = "tilkalling", agency: str = "byraa"
) -> Found:
    """Hours by people in small positions, on call and from agencies, as a share of all hours (B-7).

    labour: kind, percent (of the position), hours. Extra work in small positions hides the need for people: here it
    shows. Each row counts once: agency first, then on call, then position below `small_below` per cent.
    """
    found = numbers(texts(labour, "labour", ["kind"]), "labour", ["percent", "hours"])
    whole = found.drop_nulls(["kind", "hours"])
    if (whole["hours"] < 0).any():
        raise InvalidInput("labour.hours", "hours cannot be below 0", "Mend the row")
    group = (
        pl.when(pl.col("kind") == agency).then(pl.lit("agency"))
        .when(pl.col("kind") == on_call).then(pl.lit("on_call"))
        .when(pl.col("percent") < small_below).then(pl.lit("small"))
        .otherwise(pl.lit("steady"))
    )  # fmt: skip
    sums = dict(whole.group_by(group=group).agg(pl.col("hours").sum()).iter_rows())
    total = float(whole["hours"].sum())
    shares = {name: ratio(float(sums.get(name, 0.0)), total) for name in ("agency", "on_call", "small")}
    known = [each for each in shares.values() if each is not None]
    unsized = whole.filter(pl.col("percent").is_null() & ~pl.col("kind").is_in([agency, on_call])).height
    warnings = [Warned("no_size", f"{unsized} rows have no size of position; taken as steady.")] if unsized else []
    return Found({"share": sum(known) if known else None, **shares}, n=whole.height,
                 excluded={"incomplete": found.height - whole.height}, warnings=warnings)  # fmt: skip
