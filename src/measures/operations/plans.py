"""Plans and goals: written, looked at in time, reached."""

from __future__ import annotations

import math
from datetime import date, timedelta

import polars as pl

from measures.answer import Found, Value, Warned, ratio
from measures.errors import InvalidInput
from measures.measure import measure
from measures.tables import day, days, numbers, texts, unlike

_SLACK = 1e-9


@measure("plan_quality", version=1, source="Own definition (P-1, P-2, P-5).")
def plan_quality(plans: pl.DataFrame, *, asof: str | date, period_from: str | date, period_to: str | date) -> Found:
    """Plans with goals and an evaluation date, dates kept, and reassessment overdue (P-1, P-2, P-5).

    plans: user, n_goals, eval_due (the first date set), evaluated, reassess_due; days in Oslo, empty: none.
    Dates kept: of those due in the period (both ends), evaluated on or before, and within 14 days. Overdue: of those
    with a reassessment date, it is before `asof`.
    """
    today, first, last = day(asof, "asof"), day(period_from, "period_from"), day(period_to, "period_to")
    once, again = unlike(texts(plans, "plans", ["user"]), plans.columns)
    found = days(numbers(once, "plans", ["n_goals"]), "plans", ["eval_due", "evaluated", "reassess_due"])
    n = found.height
    whole = found.filter((pl.col("n_goals") >= 1) & pl.col("eval_due").is_not_null()).height
    due = found.filter((pl.col("eval_due") >= first) & (pl.col("eval_due") <= last))
    kept = due.filter(pl.col("evaluated") <= pl.col("eval_due")).height
    nearly = due.filter(pl.col("evaluated") <= pl.col("eval_due") + timedelta(days=14)).height
    dated = found.filter(pl.col("reassess_due").is_not_null())
    late = dated.filter(pl.col("reassess_due") < today).with_columns(
        late=(pl.lit(today) - pl.col("reassess_due")).dt.total_days()
    )
    return Found(
        {
            "n": n,
            "share_goal_and_date": ratio(whole, n),
            "n_due": due.height,
            "share_kept": ratio(kept, due.height),
            "share_kept_14": ratio(nearly, due.height),
            "overdue_share": ratio(late.height, dated.height),
            "n_no_reassess_date": n - dated.height,
            "mean_days_overdue": late["late"].mean(),
        },
        n=n,
        excluded={"said_again": again},
    )


@measure(
    "gas",
    version=1,
    source="Kiresuk & Sherman 1968, as in the erratum to Turner-Stokes, Clin Rehabil 2009;23:362.",
)
def gas(goals: pl.DataFrame, *, rho: float = 0.3) -> Found:
    """Goal attainment T before and after for each citizen (P-3): 50 is «as expected», not «average».

    goals: user, goal, weight, baseline, achieved; scores −2 to 2. T = 50 + 10 Σwx / √((1−ρ) Σw² + ρ (Σw)²).
    Goals without both scores are left out. Easy goals raise T: do not compare teams on it.
    """
    if not 0 <= rho <= 1:
        raise InvalidInput("rho", "must be from 0 to 1", "Use 0.3")
    once, again = unlike(texts(goals, "goals", ["user", "goal"]), goals.columns)
    columns = ["weight", "baseline", "achieved"]
    found = numbers(once, "goals", columns)
    whole = found.drop_nulls(columns)
    for column in ("baseline", "achieved"):
        if (whole[column].abs() > 2).any():
            raise InvalidInput(f"goals.{column}", "a score is outside −2 to 2", "Use the five steps −2, −1, 0, 1, 2")
    if (whole["weight"] < 0).any():
        raise InvalidInput("goals.weight", "a weight is below 0", "Use 1 where goals weigh the same")
    w = pl.col("weight")
    each = (
        whole.group_by("user")
        .agg(
            n=pl.len(),
            under=((1 - rho) * (w**2).sum() + rho * w.sum() ** 2).sqrt(),
            baseline=(w * pl.col("baseline")).sum(),
            achieved=(w * pl.col("achieved")).sum(),
        )
        .sort("user")
    )
    values: dict[str, Value] = {}
    for user, n, under, before, after in each.iter_rows():
        t0, t1 = (50 + 10 * before / under, 50 + 10 * after / under) if under else (None, None)
        change = t1 - t0 if t0 is not None and t1 is not None else None
        values[user] = {"n": n, "t_baseline": t0, "t_achieved": t1, "change": change}
    excluded = {"said_again": again, "without_both_scores": found.height - whole.height}
    return Found(values, n=len(values), excluded=excluded)


@measure("copm", version=1, source="Law et al., COPM manual: two points or more is conventionally meaningful.")
def copm(problems: pl.DataFrame, *, mcid: float = 2.0) -> Found:
    """Change in performance and satisfaction for each citizen, over problems scored both times (P-4).

    problems: user, problem, perf1, sat1, perf2, sat2 (1–10). Only scores: the form and its texts are not ours to store.
    """
    columns = ["perf1", "sat1", "perf2", "sat2"]
    once, again = unlike(texts(problems, "problems", ["user", "problem"]), problems.columns)
    found = numbers(once, "problems", columns)
    whole = found.drop_nulls(columns)
    each = (
        whole.group_by("user")
        .agg(
            n=pl.len(),
            perf=pl.col("perf2").mean() - pl.col("perf1").mean(),
            sat=pl.col("sat2").mean() - pl.col("sat1").mean(),
        )
        .sort("user")
    )
    values: dict[str, Value] = {
        user: {
            "n": n,
            "perf_change": perf,
            "sat_change": sat,
            "mcid_perf": bool(perf >= mcid - _SLACK),
            "mcid_sat": bool(sat >= mcid - _SLACK),
        }
        for user, n, perf, sat in each.iter_rows()
    }
    alone = sorted({str(user) for user in found["user"].unique()} - set(values))
    warnings = [Warned("no_retest", f"{len(alone)} citizens have no problem scored both times.")] if alone else []
    excluded = {"said_again": again, "without_retest": found.height - whole.height}
    return Found(values, n=len(values), excluded=excluded, warnings=warnings)


@measure("benefit", version=1, source="Own definition (G-1).")
def benefit(
    *,
    baseline: float,
    observed: float,
    comparison_change: float = 0.0,
    volume: float,
    unit_value: float = 1.0,
    se: float | None = None,
    lower_is_better: bool = True,
    z: float = 1.959963984540054,
) -> Found:
    """What a change is worth: (baseline − observed − change where nothing was done) × volume × unit value (G-1).

    comparison_change: how much the comparison fell in the same time (baseline − observed there), signed as the first
    difference. With lower_is_better false all differences are turned. se: of the difference in differences; its
    interval is carried through. Kroner, hours and quality are never summed.
    """
    sign = 1.0 if lower_is_better else -1.0
    change = sign * (baseline - observed - comparison_change)
    if not all(math.isfinite(each) for each in (baseline, observed, comparison_change, volume, unit_value)):
        raise InvalidInput("baseline", "all numbers must be finite", "Give numbers")
    gain = change * volume * unit_value
    half = z * se * abs(volume * unit_value) if se is not None else None
    return Found(
        {
            "change": change,
            "gain": gain,
            "ci_low": gain - half if half is not None else None,
            "ci_high": gain + half if half is not None else None,
        },
        n=1,
        warnings=[] if se is not None else [Warned("no_interval", "Without a standard error there is no interval.")],
    )
