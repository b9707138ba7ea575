"""Before a pilot: how small a change so many teams in so many months can show, and what would help (R41).

The formula is `measures.comparison.power.detectable`; docs/how-we-count/power.md says what is put into it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import sqrt
from typing import Final

from measures.comparison.power import detectable
from tillit.learning.insight.rules.months import Month

#: Chance to see the change, and of seeing one that is not there.
POWER: Final = 0.8
ALPHA: Final = 0.05
#: Spare months, over all teams, from which their own spread is used: each team's months less one.
LEAST_SPARE: Final = 6
#: Spread of one month in one team where too little is counted: 4 helpers between users, 70 users (statistics.md §5).
DEFAULT_SD: Final = {"K-1-28": 4 / sqrt(70)}
#: How much the teams' true changes differ, as a share of one month's spread: 1.05 to 1.08 in statistics.md §5.
TRUE_SHARE: Final = 1.05


class Source(StrEnum):
    """Where the spread comes from."""

    OWN = "OWN"
    DEFAULT = "DEFAULT"


@dataclass(frozen=True, slots=True)
class Spread:
    """How much one team's month differs from its next, by chance. months, teams: it rests on; 0 for a default."""

    sd: float
    source: Source
    months: int = 0
    teams: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What one means to do. others: teams that work as before. before, after: whole months."""

    teams: int
    others: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Power:
    """The smallest change that is seen four times of five. least: None with one team alone."""

    plan: Plan
    least: float | None
    p_min: float
    can_be_told: bool = field(metadata={"help": "False: dealt anew, so few teams never give p of 5 %"})


def spread(code: str, teams: Iterable[Sequence[Month]]) -> Spread | None:
    """Return the spread of one month in one team: pooled within teams, or a documented default; None when neither is.

    teams: each team's months before the pilot. √(Σ squares about each team's own mean / Σ (months − 1)).
    """
    squares, spare, months, count = 0.0, 0, 0, 0
    for mine in teams:
        values = [one.value for one in mine]
        if len(values) < 2:
            continue
        mean = sum(values) / len(values)
        squares += sum((one - mean) ** 2 for one in values)
        spare, months, count = spare + len(values) - 1, months + len(values), count + 1
    if spare >= LEAST_SPARE and squares > 0:
        return Spread(sqrt(squares / spare), Source.OWN, months, count)
    if code in DEFAULT_SD:
        return Spread(DEFAULT_SD[code], Source.DEFAULT)
    return None


def power(plan: Plan, its: Spread) -> Power:
    """Return the smallest change the plan can show, in the indicator's own unit."""
    found = detectable(
        teams=plan.teams, comparison_teams=plan.others, sd=its.sd, before=plan.before, after=plan.after,
        sd_true_change=TRUE_SHARE * its.sd, power=POWER, alpha=ALPHA,
    )  # fmt: skip
    return Power(plan, found["detectable"], found["p_min"], found["p_min"] <= ALPHA)


def what_helps(plan: Plan) -> tuple[Plan, ...]:
    """Return other plans to set beside it: teams to compare with, twice the teams, twice the months."""
    others = plan.others or plan.teams
    return (
        *((Plan(plan.teams, others, plan.before, plan.after),) if not plan.others else ()),
        Plan(plan.teams * 2, others * 2, plan.before, plan.after),
        Plan(plan.teams, others, plan.before, plan.after * 2),
    )
