"""Fjordvik's money and hours: thirteen months of what each team spent, worked overtime and hired in (R43).

Brought in as people do it, from a sheet and by the product's own action. The numbers are invented from how many work in
each team, and tell no story of the pilots.
"""

from datetime import date, time, timedelta

import polars as pl

from tillit.demo.chance import Chance
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import in_force
from tillit.foundation.workforce import facts as work_facts
from tillit.foundation.workforce.actors import actor_of
from tillit.foundation.workforce.models import Employee
from tillit.kernel import oslo
from tillit.learning.insight.actions.bringing import bring_in
from tillit.learning.insight.rules.sums import AWAITED

LEADER = "jorn.lillebo"
MONTHS = 13
#: The accounts of a month are closed on this day of the next one.
CLOSED = 12
#: Kroner and hours of a whole position in a month, with what an employer pays besides; hours after absence.
KRONER, HOURS = 66_000, 118
#: Of the month's number, January first: temps in summer and at Christmas.
BUSY = (1.0, 0.98, 1.0, 1.01, 1.0, 1.03, 1.08, 1.05, 0.99, 0.98, 0.99, 1.04)


def bring_in_money(anchor: date) -> None:
    """Let the project's leader bring it in: the months up to the last but one together, then the last."""
    found = Employee.objects.filter(user__username=LEADER).first()
    top = Unit.objects.filter(parent__isnull=True).order_by("pk").first()
    if found is None or found.user_id is None or top is None:
        return  # a town too small for the story
    months = _months(anchor)
    for part, day in ((months[:-1], _after(months[-2], CLOSED)), (months[-1:], _after(months[-1], CLOSED))):
        at = oslo.moment(day, time(10))
        bring_in(
            actor=actor_of(user_id=found.user_id, name=found.name, at=at), unit_id=top.pk, text=_sheet(top, part),
            source=f"Regnskap og lønn, tatt ut av økonomi {day.day}.{day.month}.{day.year}", at=at,
        )  # fmt: skip


def _months(anchor: date) -> list[date]:
    """Return the first days of the newest months that are closed, the oldest first."""
    last = (anchor.replace(day=1) - timedelta(days=1)).replace(day=1)
    if anchor <= _after(last, CLOSED):
        last = (last - timedelta(days=1)).replace(day=1)
    found = [last]
    while len(found) < MONTHS:
        found.insert(0, (found[0] - timedelta(days=1)).replace(day=1))
    return found


def _after(month: date, day: int) -> date:
    return (month + timedelta(days=32)).replace(day=day)


def _sheet(top: Unit, months: list[date]) -> str:
    teams = Unit.objects.filter(in_force(months[-1]), path__startswith=top.path, kind__in=AWAITED).order_by("path")
    strength = _strength()
    lines = ["indikator;team;periode;teller;nevner;antall"]
    for name, pk in teams.values_list("name", "pk"):
        people, positions = strength.get(pk, (0, 0.0))
        if not people:
            continue
        for month in months:
            for code, (top_part, under) in _numbers(name, positions, month).items():
                lines.append(f"{code};{name};{month:%Y-%m};{top_part};{under};{people}")
    return "\n".join(lines)


def _strength() -> dict[int, tuple[int, float]]:
    """Return how many have a position in each unit, and how many whole ones that is."""
    held = work_facts.positions().filter(pl.col("after").is_null())
    rows = (
        work_facts.shares()
        .join(held, on="position")
        .group_by("unit")
        .agg(people=pl.col("employee").n_unique(), whole=(pl.col("percent") * pl.col("share") / 10_000).sum())
    )
    return {unit: (people, whole) for unit, people, whole in rows.iter_rows()}


def _numbers(team: str, positions: float, month: date) -> dict[str, tuple[int, int]]:
    level = Chance("money").stream(team)
    spends, overtime, hires = level.uniform(0.96, 1.04), level.uniform(0.018, 0.04), level.uniform(0.0, 0.05)
    draw = Chance("money").stream(team, month)
    busy = BUSY[month.month - 1]
    budget = round(positions * KRONER, -3)
    own = positions * HOURS * draw.uniform(0.96, 1.04)
    extra = own * overtime * busy**4 * draw.uniform(0.7, 1.3)
    hired = own * hires * busy**4 * draw.uniform(0.5, 1.5)
    return {
        "O-1": (round(budget * spends * busy * draw.uniform(0.97, 1.03)), int(budget)),
        "B-5": (round(extra), round(own)),
        "B-6": (round(hired), round(own + hired)),
    }
