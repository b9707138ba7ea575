"""Make Fjordvik: everything from the municipality down to today's lists, the same every time for the same arguments.

Works team by team, so that memory is bounded by the largest team however large the town and long the history.
"""

from dataclasses import dataclass, field, replace
from datetime import date, time

from tillit.demo import emptiness
from tillit.demo.chance import Chance
from tillit.demo.maker import Maker, Progress
from tillit.demo.people.teams import TEAMS, Demand, StaffPlan, TeamPlan
from tillit.foundation.access import reading
from tillit.foundation.access.actor import system
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused

WHOLE_TEAMS = 1.0


class DatabaseNotEmpty(ActionRefused):
    """There is something in the database already; nothing was written."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What was made."""

    seed: int
    anchor: date
    scale: float
    history_days: int
    horizon_days: int
    teams: int
    citizens: int
    employees: int
    visits: int
    rows: dict[str, int] = field(default_factory=dict)


def generate(
    *,
    seed: int,
    anchor: date,
    scale: float = 1.0,
    history_days: int = 182,
    horizon_days: int = 14,
    progress: Progress | None = None,
) -> Summary:
    """Write Fjordvik to an empty, migrated database and return what was made.

    anchor: the day that is today in the demo; its lists look like 07.42 in the morning. scale: 1 is about 450 citizens
    in seven teams and one new; above 1 the town is laid out again beside itself, below 1 teams are smaller.
    progress: called with (done, total, text) now and then. One transaction for each team: what breaks off leaves whole
    teams behind; two that share their citizens are whole after the second. Raises DatabaseNotEmpty, and ValueError for
    a scale or a history out of range.
    """
    if not 0.02 <= scale <= 100 or not 1 <= history_days <= 4000 or not 1 <= horizon_days <= 60:
        raise ValueError("Scale is 0.02–100, history 1–4000 days, horizon 1–60 days.")
    if not emptiness.is_empty():
        raise DatabaseNotEmpty("Databasen er ikke tom.")
    with reading.watching() as watch:
        made = _make(seed, anchor, scale, history_days, horizon_days, progress)
    reading.write(watch, actor=system("Demo"), door="tillit demo-data", at=oslo.moment(anchor, time(7, 42)))
    return made


def _make(
    seed: int, anchor: date, scale: float, history_days: int, horizon_days: int, progress: Progress | None
) -> Summary:
    copies = max(1, round(scale))
    plans = tuple(_sized(plan, scale / copies) for plan in TEAMS)
    maker = Maker(Chance(seed), anchor, history_days, horizon_days, copies * len(plans), progress, copies)
    maker.prepare()
    towns = [maker.town(copy, plans) for copy in range(copies)]
    for copy, town in enumerate(towns):
        maker.others(copy, town)
        for plan in plans:
            maker.team(copy, town, plan)
    maker.close()
    counts = maker.store.counts()
    return Summary(
        seed=seed,
        anchor=anchor,
        scale=scale,
        history_days=history_days,
        horizon_days=horizon_days,
        teams=copies * len(plans) + 1,
        citizens=maker.registry.count,
        employees=maker.hiring.count,
        visits=counts.get("visits_visit", 0),
        rows=counts,
    )


def _sized(plan: TeamPlan, factor: float) -> TeamPlan:
    """Return the team in another size; those named stay, for the screens speak of them."""
    if factor == WHOLE_TEAMS:
        return plan

    def part(count: int, least: int) -> int:
        return max(least, round(count * factor)) if count else 0

    staff, demand = plan.staff, plan.demand
    smaller = Demand(
        day=part(demand.day, 1),
        evening=part(demand.evening, 1),
        weekend_day=part(demand.weekend_day, 1),
        weekend_evening=part(demand.weekend_evening, 1),
        night=demand.night,
    )
    return replace(
        plan,
        citizens=max(4, round(plan.citizens * factor)),
        staff=StaffPlan(
            nurses=part(staff.nurses, 1),
            health_workers=part(staff.health_workers, 2),
            home_helpers=part(staff.home_helpers, 1),
            temps=part(staff.temps, 1),
        ),
        group_staff=StaffPlan(
            nurses=part(plan.group_staff.nurses, 0), health_workers=part(plan.group_staff.health_workers, 0)
        ),
        demand=demand if plan.named else smaller,
    )
