"""Sick leave, turnover, full-time share, and who does the hours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import polars as pl

from measures.answer import Found, Value, Warned, ratio
from measures.errors import InvalidInput
from measures.measure import measure
from measures.tables import day, days, need, numbers, texts, unlike

LEAST_EMPLOYEES = 10
_SLACK = 1e-9


def _few(employees: int) -> list[Warned]:
    if employees < LEAST_EMPLOYEES:
        return [Warned("too_few", f"Fewer than {LEAST_EMPLOYEES} employees: do not show.")]
    return []


def workdays(first: date, last: date, holidays: Iterable[str | date]) -> pl.DataFrame:
    """Return Monday to Friday in [first, last] without public holidays, as the column `day`."""
    free = [day(each, "holidays") for each in holidays]
    every = pl.DataFrame({"day": pl.date_range(first, last, eager=True)})
    return every.filter((pl.col("day").dt.weekday() <= 5) & ~pl.col("day").is_in(free))


def _on_days(spells: pl.DataFrame, working: pl.DataFrame) -> pl.DataFrame:
    """Return a row for each working day of each spell; `to` is the last day, empty: not ended."""
    return spells.join(working, how="cross").filter(
        (pl.col("from").is_null() | (pl.col("from") <= pl.col("day")))
        & (pl.col("to").is_null() | (pl.col("to") >= pl.col("day")))
    )


@measure(
    "sick_leave",
    version=1,
    source="SSB, sykefratot: sykefraværsdagsverk · 100 / avtalte dagsverk; NAV: Mon–Fri without public holidays.",
    words={"from_": "from"},
)
def sick_leave(
    positions: pl.DataFrame,
    absence: pl.DataFrame,
    *,
    from_: str | date,
    to: str | date,
    holidays: Sequence[str | date] = (),
    self_type: str = "egenmelding",
    doctor_type: str = "sykmelding",
) -> Found:
    """Sick leave in per cent of agreed working days (B-1), own illness only, graded leave weighted.

    positions: employee, fraction (0–1), from, to. absence: employee, from, to, type, grade (0–1; empty: 1). Both ends
    are days that count; an empty `to` has not ended. lost = Σ working days × position × grade, on days with a position.
    A child's illness and leaves of absence are not in. Needs ten employees: one on long leave is 8 points in a team of
    12.
    """
    first, last = day(from_, "from"), day(to, "to")
    if last < first:
        raise InvalidInput("to", "is before from", "Give the period's first and last day")
    held, again = unlike(texts(positions, "positions", ["employee"]), positions.columns)
    held = days(numbers(held, "positions", ["fraction"]), "positions", ["from", "to"])
    need(absence, "absence", ["type"])
    away, away_again = unlike(texts(absence, "absence", ["employee", "type"]), absence.columns)
    away = days(numbers(away, "absence", ["grade"]), "absence", ["from", "to"])
    if ((away["grade"] < 0) | (away["grade"] > 1)).any():
        raise InvalidInput("absence.grade", "must be a share from 0 to 1", "Write 0.5 for half")
    working = workdays(first, last, holidays)
    agreed = (
        _on_days(held.select("employee", "fraction", "from", "to"), working)
        .group_by("employee", "day")
        .agg(pl.col("fraction").sum())
    )
    ill = away.filter(pl.col("type").is_in([self_type, doctor_type])).with_columns(pl.col("grade").fill_null(1.0))
    lost = _on_days(ill.select("employee", "type", "grade", "from", "to"), working).join(
        agreed, on=["employee", "day"], how="inner"
    )
    over = lost.group_by("employee", "day").agg(pl.col("grade").sum()).filter(pl.col("grade") > 1 + _SLACK).height
    weight = pl.col("fraction") * pl.col("grade")

    def days_lost(name: str) -> float:
        return float(lost.filter(pl.col("type") == name).select(weight.sum()).item())

    total = float(agreed["fraction"].sum())
    own, doctor = days_lost(self_type), days_lost(doctor_type)
    employees = agreed["employee"].n_unique()
    warnings = _few(employees)
    if over:
        warnings.append(Warned("overlapping", f"{over} days have more than a whole day's absence: check the spells."))
    return Found(
        {
            "workdays": working.height,
            "agreed": total,
            "lost_self": own,
            "lost_doctor": doctor,
            "pct_self": ratio(100 * own, total),
            "pct_doctor": ratio(100 * doctor, total),
            "pct_total": ratio(100 * (own + doctor), total),
        },
        n=employees,
        excluded={"said_again": again + away_again, "other_absence": away.height - ill.height},
        warnings=warnings,
    )


@measure("turnover", version=1, source="KS: share employed one year who hold no position the year after (B-2).")
def turnover(t0: pl.DataFrame, t1: pl.DataFrame, *, teams: Sequence[str] | None = None) -> Found:
    """Who left between two counts: the municipality (external), and the team (team_exit) (B-2).

    t0, t1: employee, team; all positions on the two days. teams: only these at t0; those not named are left out.
    external: in no team at t1. team_exit: not in the same team at t1; moves to pilots make it high.
    """
    before, again = unlike(texts(t0, "t0", ["employee", "team"]).drop_nulls(["employee"]), ["employee", "team"])
    after = texts(t1, "t1", ["employee", "team"])
    chosen = before if teams is None else before.filter(pl.col("team").is_in(list(teams)))
    still = set(after["employee"].to_list())
    there = set(after.select("employee", "team").iter_rows())
    rows = list(chosen.select("employee", "team").iter_rows())
    people = {employee for employee, _ in rows}

    def told(mine: list[tuple[str, str]]) -> dict[str, Value]:
        who = {employee for employee, _ in mine}
        return {
            "n0": len(who),
            "external": ratio(len(who - still), len(who)),
            "team_exit": ratio(sum(each not in there for each in mine), len(mine)),
        }

    names = sorted({str(team) for _, team in rows}) if teams is None else list(teams)
    return Found(
        {**told(rows), "per_team": {name: told([each for each in rows if each[1] == name]) for name in names}},
        n=len(people),
        excluded={"said_again": again, "other_teams": before.height - chosen.height},
        warnings=_few(len(people)),
    )


@measure("fulltime", version=1, source="KS: full time when positions sum to at least 100 per cent (B-3, B-4).")
def fulltime(positions: pl.DataFrame, *, exclude_kinds: Sequence[str] = ("tilkalling", "laerling", "vikar")) -> Found:
    """Share of employees whose positions sum to 100 per cent or more, and the mean size (B-3, B-4).

    positions: employee, percent, kind. One row per position: two equal positions of one employee are two.
    """
    need(positions, "positions", ["kind"])
    found = numbers(texts(positions, "positions", ["employee", "kind"]), "positions", ["percent"])
    whole = found.drop_nulls(["employee", "percent"])
    counted = whole.filter(~pl.col("kind").is_in(list(exclude_kinds)).fill_null(False))
    each = counted.group_by("employee").agg(pl.col("percent").sum())
    n = each.height
    return Found(
        {
            "n": n,
            "fulltime_share": ratio(each.filter(pl.col("percent") >= 100 - _SLACK).height, n),
            "mean_size": each["percent"].mean(),
        },
        n=n,
        excluded={"incomplete": found.height - whole.height, "other_kinds": whole.height - counted.height},
        warnings=_few(n),
    )


@measure("hours_mix", version=1, source="Own definition (B-5–B-7).")
def hours_mix(
    hours: pl.DataFrame,
    *,
    own: str = "egen",
    own_temp: str = "egen_vikar",
    agency: str = "byraa",
    ordinary: str = "ordinaer",
    overtime: str = "overtid",
) -> Found:
    """Overtime of own hours; own temps and agency of all hours; agency's share of the cost (B-5–B-7), in per cent.

    hours: source, kind, hours, cost. Own hours are own employees' and own temps'. agency_rate_ratio is what an agency
    hour costs against an own employee's ordinary hour.
    """
    found = numbers(texts(hours, "hours", ["source", "kind"]), "hours", ["hours", "cost"])
    known = found.filter(pl.col("source").is_in([own, own_temp, agency]))

    def total(column: str, *which: pl.Expr) -> float:
        return float(known.filter(*which)[column].sum())

    source, kind = pl.col("source"), pl.col("kind")
    ours, hired, ordinarily = source != agency, source == agency, (source == own) & (kind == ordinary)
    rate = ratio(total("cost", hired), total("hours", hired))
    own_rate = ratio(total("cost", ordinarily), total("hours", ordinarily))
    warnings = []
    if known.height < found.height:
        others = sorted({str(each) for each in found["source"].unique()} - {own, own_temp, agency})
        warnings.append(Warned("unknown_source", f"Left out, of unknown source: {', '.join(others)}."))
    return Found(
        {
            "overtime_pct": ratio(100 * total("hours", ours, kind == overtime), total("hours", ours)),
            "agency_pct": ratio(100 * total("hours", hired), total("hours")),
            "temp_pct": ratio(100 * total("hours", source == own_temp), total("hours")),
            "agency_cost_pct": ratio(100 * total("cost", hired), total("cost")),
            "agency_rate_ratio": rate / own_rate if rate is not None and own_rate else None,
        },
        n=known.height,
        excluded={"unknown_source": found.height - known.height},
        warnings=warnings,
    )


@measure("shifts_covered", version=1, source="Own definition (B-8).")
def shifts_covered(shifts: pl.DataFrame, *, critical_share: float = 0.4) -> Found:
    """Shifts that nobody worked, shifts critically short before cover, and shifts with a nurse of the team's own (B-8).

    shifts: shift (date and part), planned, absent (of the planned, before cover), worked, own_nurses.
    critical: absent ≥ critical_share · planned.
    """
    columns = ["planned", "absent", "worked", "own_nurses"]
    found = numbers(texts(shifts, "shifts", ["shift"]), "shifts", columns)
    once, again = unlike(found, found.columns)
    whole = once.drop_nulls(columns)
    n = whole.height
    short = whole.with_columns(short=(pl.col("planned") - pl.col("worked")).clip(lower_bound=0))
    return Found(
        {
            "n": n,
            "uncovered": float(short["short"].sum()),
            "uncovered_share": ratio(float(short["short"].sum()), float(whole["planned"].sum())),
            "critical_share": ratio(
                whole.filter(pl.col("absent") >= critical_share * pl.col("planned") - _SLACK).height, n
            ),
            "own_nurse_share": ratio(whole.filter(pl.col("own_nurses") > 0).height, n),
        },
        n=n,
        excluded={"said_again": again, "incomplete": once.height - n},
    )
