"""The apps' facts as own indicators count them. Who a row is about is used to place it, and gone before counting."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from tillit.care.careplans import facts as plan_facts
from tillit.care.citizens import facts as citizen_facts
from tillit.care.decisions import facts as decision_facts
from tillit.care.evaluations import facts as evaluation_facts
from tillit.care.visits import facts as visit_facts
from tillit.foundation.workforce import facts as work_facts
from tillit.learning.insight.rules import periods
from tillit.learning.insight.rules.indicators import Step
from tillit.learning.insight.rules.own import FACTS
from tillit.teamwork.deviations import facts as deviation_facts


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is fetched: days [first, after), and the weeks or months of them. spells: who followed whom."""

    first: date
    after: date
    step: Step
    starts: Sequence[date]
    spells: pl.DataFrame


def tables(
    codes: Collection[str], *, first: date, after: date, step: Step, starts: Sequence[date], spells: pl.DataFrame
) -> dict[str, pl.DataFrame]:
    """Return the facts by code, with `families.own.ROW` and the fact's own columns alone. At most four queries each."""
    asked = _Asked(first, after, step, starts, spells)
    return {code: _kept(code, _FETCH[code](asked)) for code in sorted(codes)}


def _kept(code: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the columns that may be counted by, and no other."""
    fact = FACTS[code]
    named = rows if "row" in rows.columns else rows.with_row_index("row")
    told = named if "known" in named.columns else named.with_columns(known=pl.lit(True))
    return told.select(
        pl.col("row").cast(pl.Int64), pl.col("unit").cast(pl.Int64), pl.col("on").cast(pl.Date), pl.col("known"),
        *(pl.col(name).cast(pl.Boolean) for name in fact.flags),
        *(pl.col(name).cast(pl.Float64) for name in fact.numbers),
        *(pl.col(name).cast(pl.String) for name in fact.choices),
    )  # fmt: skip


def _where(rows: pl.DataFrame, asked: _Asked) -> pl.DataFrame:
    """Return rows about a citizen with the units that followed her that day: each row once for each of them."""
    mine = rows.filter((pl.col("on") >= asked.first) & (pl.col("on") < asked.after)).with_row_index("row")
    return mine.join(asked.spells, on="citizen").filter(
        (pl.col("first") <= pl.col("on")) & (pl.col("after").is_null() | (pl.col("after") > pl.col("on")))
    )


def _visits(asked: _Asked) -> pl.DataFrame:
    found = visit_facts.visits_of(first=asked.first, after=asked.after)
    told = visit_facts.told_minutes(first=asked.first, after=asked.after)
    state = pl.col("state")
    return found.join(told, on="visit", how="left").with_columns(
        done=state == "DONE",
        cancelled=state == "CANCELLED",
        told=pl.col("told_min").is_not_null(),
        known=state.is_in(["DONE", "CANCELLED"]),
    )


def _stays(asked: _Asked, moment: str) -> pl.DataFrame:
    day = {name: pl.col(name).dt.convert_time_zone("Europe/Oslo").dt.date() for name in ("from_at", "to_at")}
    found = citizen_facts.stays().with_columns(
        on=day[moment], ready=pl.col("ready_at").is_not_null(), days=(day["to_at"] - day["from_at"]).dt.total_days()
    )
    return _where(found.drop_nulls("on"), asked)


def _stays_begun(asked: _Asked) -> pl.DataFrame:
    return _stays(asked, "from_at")


def _stays_ended(asked: _Asked) -> pl.DataFrame:
    return _stays(asked, "to_at")


def _cases_received(asked: _Asked) -> pl.DataFrame:
    return decision_facts.cases().with_columns(on=pl.col("received_on"))


def _cases_decided(asked: _Asked) -> pl.DataFrame:
    decided = decision_facts.cases().drop_nulls("decided_on")
    return decided.with_columns(
        on=pl.col("decided_on"), days=(pl.col("decided_on") - pl.col("received_on")).dt.total_days()
    )


def _help_looked_at(asked: _Asked) -> pl.DataFrame:
    found = decision_facts.looked_at()
    return _where(found.with_columns(on=pl.col("set_on"), dated=pl.col("due").is_not_null()), asked)


def _plans_started(asked: _Asked) -> pl.DataFrame:
    day = pl.col("from_at").dt.convert_time_zone("Europe/Oslo").dt.date()
    return _where(plan_facts.plans().with_columns(on=day), asked)


def _goals_looked_at(asked: _Asked) -> pl.DataFrame:
    return _where(evaluation_facts.evaluations().with_columns(dated=pl.col("next_on").is_not_null()), asked)


def _deviations(asked: _Asked) -> pl.DataFrame:
    return deviation_facts.deviations()


def _employed(asked: _Asked) -> pl.DataFrame:
    """Return a row for each employee of each unit on the last day of each month."""
    held = work_facts.positions().join(work_facts.shares(), on="position")
    parts = []
    for number, start in enumerate(asked.starts):
        last = periods.end(asked.step, start) - timedelta(days=1)
        that_day = held.filter((pl.col("first") <= last) & (pl.col("after").is_null() | (pl.col("after") > last)))
        whole = that_day.unique(["employee", "position"]).group_by("employee").agg(
            permanent=(pl.col("employment") == "PERMANENT").any(), full=pl.col("percent").sum() >= 100
        )  # fmt: skip
        there = that_day.select("employee", "unit").unique(maintain_order=True).join(whole, on="employee")
        # A number for this month alone: the same employee is not the same row in the next.
        row = pl.col("employee").rank("dense").cast(pl.Int64) + number * 1_000_000
        parts.append(there.sort("employee", "unit").with_columns(on=pl.lit(last), row=row))
    return pl.concat(parts)


_FETCH: dict[str, Callable[[_Asked], pl.DataFrame]] = {
    "visits": _visits,
    "stays_begun": _stays_begun,
    "stays_ended": _stays_ended,
    "cases_received": _cases_received,
    "cases_decided": _cases_decided,
    "help_looked_at": _help_looked_at,
    "plans_started": _plans_started,
    "goals_looked_at": _goals_looked_at,
    "deviations": _deviations,
    "employed": _employed,
}
