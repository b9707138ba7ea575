"""P-1, P-2, P-5: plans with goals and a date, dates kept, and help that should have been looked at again.

By the unit that follows the citizen, as it stood on the month's last day. Formula: `measures.operations.plans`.
docs/how-we-count/measures-plans.md.
"""

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from measures.operations.plans import plan_quality
from tillit.kernel.tables import table
from tillit.learning.insight.rules.facts import POINTS, PlanFacts, followed
from tillit.learning.insight.rules.indicators import Step
from tillit.learning.insight.rules.periods import end

OSLO = "Europe/Oslo"
ROWS = ("user", "n_goals", "eval_due", "evaluated", "reassess_due")


def count(facts: PlanFacts, months: Sequence[date]) -> pl.DataFrame:
    """Return the points of P-1, P-2 and P-5 for these months."""
    found: list[tuple[object, ...]] = []
    for month, told in zip(months, each_row(facts, months), strict=True):
        for code, rows in told.items():
            found += _asked(code, month, end(Step.MONTH, month) - timedelta(days=1), rows)
    return table(found, POINTS)


def each_row(facts: PlanFacts, months: Sequence[date]) -> list[dict[str, pl.DataFrame]]:
    """Return for each month, by code, the rows `plan_quality` is asked about: `at`, `user` and what the card needs.

    P-1: a citizen, with `n_goals` and `eval_due` where she has goals. P-2: a date with `evaluated`. P-5: a case with
    `reassess_due`.
    """
    there = followed(facts.spells, facts.places.belongs)
    dues = due_dates(facts)
    found: list[dict[str, pl.DataFrame]] = []
    for month in months:
        last = end(Step.MONTH, month) - timedelta(days=1)
        here = there.filter((pl.col("first") <= last) & (pl.col("after") > last)).select("at", user="citizen")
        mine = dues.filter((pl.col("eval_due") >= month) & (pl.col("eval_due") <= last))
        found.append(
            {
                "P-1": here.join(_with_goals(facts, last), on="user", how="left"),
                "P-2": here.join(mine.with_columns(n_goals=pl.lit(1)), on="user"),
                "P-5": here.join(_looked_at(facts, last), on="user"),
            }
        )
    return found


def _asked(code: str, month: date, last: date, rows: pl.DataFrame) -> list[tuple[object, ...]]:
    """Ask `plan_quality` for each unit, and return its answer for one indicator as points."""
    columns = {"n_goals": 0, "eval_due": None, "evaluated": None, "reassess_due": None}
    kinds = {"n_goals": pl.Int64, "eval_due": pl.Date, "evaluated": pl.Date, "reassess_due": pl.Date}
    added = [
        pl.lit(value, dtype=kinds[name]).alias(name) for name, value in columns.items() if name not in rows.columns
    ]
    whole = rows.with_columns(added).with_columns(pl.col("n_goals").fill_null(0)).sort("at", "user")
    # Two dues of one citizen may look alike; each is one.
    named = whole.with_row_index("_row").with_columns(
        user=pl.concat_str(pl.col("user").cast(pl.String), pl.lit("-"), pl.col("_row").cast(pl.String))
    )
    found: list[tuple[object, ...]] = []
    for (at,), mine in named.group_by("at", maintain_order=True):
        told = plan_quality(mine.select(ROWS), asof=last, period_from=month, period_to=last).values
        value, n, left_out = {
            "P-1": (told["share_goal_and_date"], told["n"], 0),
            "P-2": (told["share_kept"], told["n_due"], 0),
            "P-5": (told["overdue_share"], told["n"] - told["n_no_reassess_date"], told["n_no_reassess_date"]),
        }[code]
        part = round(value * n) if value is not None else 0
        found.append((code, at, month, value, n, float(part), float(n), left_out, 1.0))
    return found


def _with_goals(facts: PlanFacts, last: date) -> pl.DataFrame:
    """Return `user`, `n_goals` and `eval_due` of the plan in use at the end of a day."""
    days = facts.plans.with_columns(
        first=pl.col("from_at").dt.convert_time_zone(OSLO).dt.date(),
        after=pl.col("after_at").dt.convert_time_zone(OSLO).dt.date(),
    )
    used = days.filter((pl.col("first") <= last) & (pl.col("after").is_null() | (pl.col("after") > last)))
    stands = facts.goals.filter(pl.col("ended_on").is_null() | (pl.col("ended_on") > last))
    return (
        used.join(stands, on="plan")
        .group_by(user="citizen")
        .agg(n_goals=pl.len().cast(pl.Int64), eval_due=pl.col("evaluate_on").min())
    )


def due_dates(facts: PlanFacts) -> pl.DataFrame:
    """Return each date a goal was to be looked at: `user`, `eval_due`, `evaluated` (empty: it was not).

    The first date that was set counts, also where it was moved later. When a goal has been looked at, the next date is
    what was agreed then. A goal that was reached or dropped before its date has none.
    """
    versions = (
        facts.plans.join(facts.goals, on="plan").filter(pl.col("evaluate_on").is_not_null()).sort("from_at", "plan")
    )
    looked = facts.evaluations.sort("line", "on")
    asked: dict[int, list[tuple[date, date | None]]] = {}
    for line, on, next_on in looked.select("line", "on", "next_on").iter_rows():
        asked.setdefault(line, []).append((on, next_on))
    found: list[tuple[int, date, date | None]] = []
    ends = dict(
        facts.goals.filter(pl.col("ended_on").is_not_null()).group_by("line").agg(pl.col("ended_on").min()).iter_rows()
    )
    first = versions.group_by("line", maintain_order=True).first().select("line", "citizen", "evaluate_on")
    for line, citizen, set_first in first.iter_rows():
        due: date | None = set_first
        ended = ends.get(line)
        for on, next_on in [*asked.get(line, []), (None, None)]:
            if due is not None and (on is not None or ended is None or ended >= due):
                found.append((citizen, due, on))
            due = next_on
    return table(found, {"user": pl.Int64, "eval_due": pl.Date, "evaluated": pl.Date})


def _looked_at(facts: PlanFacts, last: date) -> pl.DataFrame:
    """Return `user` and `reassess_due` of each case with help on a day, by what was set last before it."""
    open_then = facts.looked_at.filter(
        (pl.col("set_on") <= last) & (pl.col("closed_on").is_null() | (pl.col("closed_on") > last))
    )
    newest = open_then.sort("case", "set_on").group_by("case", maintain_order=True).last()
    return newest.select(user="citizen", reassess_due="due")
