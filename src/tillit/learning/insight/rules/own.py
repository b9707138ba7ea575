"""A municipality's own indicators: which facts there are to count, and how. All is chosen, nothing is an expression.

A fact is a row about something that happened in a unit on a day. What a row says of a citizen or an employee is not
among its columns, so nothing can be counted, grouped or filtered by a person. docs/how-we-count/own-indicators.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from tillit.learning.insight.rules.indicators import Better, Step, Unit

PREFIX = "E"
"""Begins the code of every own indicator: «E-3»."""
LEAST = 5
"""The house's least group: no own indicator can have a lower one."""
MOST_LEAST = 1000


class Way(StrEnum):
    """How rows become a value."""

    COUNT = "COUNT"
    SHARE = "SHARE"
    MEDIAN = "MEDIAN"
    MEAN = "MEAN"
    PER_100 = "PER_100"


@dataclass(frozen=True, slots=True)
class Fact:
    """One sort of thing that happened.

    flags: columns that hold yes or no. numbers: columns that hold minutes or days. choices: column → its values.
    steps: what it can be counted by. least, least_for_share: fewest rows a value is shown for, at least.
    """

    code: str
    steps: tuple[Step, ...]
    flags: tuple[str, ...] = ()
    numbers: Mapping[str, Unit] = field(default_factory=lambda: MappingProxyType({}))
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    least: int = LEAST
    least_for_share: int = LEAST


_BOTH, _MONTH = (Step.WEEK, Step.MONTH), (Step.MONTH,)
_STAYS = ("HOSPITAL", "HEALTH_HOUSE", "ACUTE_UNIT", "SHORT_STAY", "REHABILITATION", "RESPITE", "AWAY")

FACTS: Mapping[str, Fact] = {
    one.code: one
    for one in (
        Fact(
            "visits",
            _BOTH,
            flags=("done", "cancelled", "told"),
            numbers={"planned_min": Unit.MINUTES, "told_min": Unit.MINUTES},
            choices={
                "state": ("PLANNED", "DONE", "CANCELLED"),
                "cancelled_by": ("CITIZEN", "RELATIVE", "NOT_HOME", "AWAY", "TEAM", "PLAN"),
            },
            least_for_share=30,
        ),
        Fact("stays_begun", _BOTH, flags=("ready",), choices={"kind": _STAYS}),
        Fact("stays_ended", _BOTH, flags=("ready",), numbers={"days": Unit.DAYS}, choices={"kind": _STAYS}),
        Fact("cases_received", _MONTH),
        Fact("cases_decided", _MONTH, numbers={"days": Unit.DAYS}),
        Fact("help_looked_at", _MONTH, flags=("dated",)),
        Fact("plans_started", _MONTH),
        Fact("goals_looked_at", _MONTH, flags=("dated",)),
        Fact(
            "deviations",
            _MONTH,
            choices={
                "kind": ("FALL", "MEDICINE", "MISSED", "INJURY", "THREAT", "EQUIPMENT", "INFORMATION", "OTHER"),
            },
        ),
        Fact("employed", _MONTH, flags=("permanent", "full"), least=10, least_for_share=10),
    )
}


@dataclass(frozen=True, slots=True)
class Recipe:
    """What an own indicator counts.

    column: the flag of a share, the number of a median or a mean. other: PER_100: the fact it is per hundred of.
    only_column, only_value: the rows that are counted alone; both empty: all. A value is one of the fact's choices.
    """

    fact: str
    way: Way
    step: Step
    column: str = ""
    other: str = ""
    only_column: str = ""
    only_value: str = ""

    @property
    def facts(self) -> frozenset[str]:
        """The facts it reads."""
        return frozenset({self.fact, self.other} - {""})


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of an own indicator. owner_id: an employee who holds a role."""

    recipe: Recipe
    name: str
    why: str
    target: str
    better: Better
    least: int
    owner_id: int


def least_of(recipe: Recipe) -> int:
    """Return the lowest least group the recipe may have: the house's, and higher where the fact asks for it."""
    fact = FACTS[recipe.fact]
    other = FACTS[recipe.other].least if recipe.other else LEAST
    return max(LEAST, fact.least, other, fact.least_for_share if recipe.way is Way.SHARE else 0)


def is_whole(recipe: Recipe) -> bool:
    """Whether the recipe names a fact we have, and columns that fact has. What does not is never stored or counted."""
    fact = FACTS.get(recipe.fact)
    if fact is None or recipe.step not in fact.steps:
        return False
    if bool(recipe.only_column) != bool(recipe.only_value):
        return False
    if recipe.only_column and recipe.only_value not in fact.choices.get(recipe.only_column, ()):
        return False
    if (recipe.way is Way.PER_100) != bool(recipe.other):
        return False
    match recipe.way:
        case Way.COUNT:
            return recipe.column == ""
        case Way.SHARE:
            return recipe.column in fact.flags
        case Way.PER_100:
            other = FACTS.get(recipe.other)
            named = other is not None and recipe.other != recipe.fact and recipe.step in other.steps
            return named and recipe.column == ""
        case _middle:
            return recipe.column in fact.numbers


def unit_of(recipe: Recipe) -> Unit:
    """Return what a value of the recipe is."""
    match recipe.way:
        case Way.COUNT:
            return Unit.COUNT
        case Way.SHARE:
            return Unit.SHARE
        case Way.PER_100:
            return Unit.PER_100
        case _middle:
            return FACTS[recipe.fact].numbers[recipe.column]


def chart_of(recipe: Recipe) -> str:
    """Return the control chart: shares have limits that follow how many there are, all else is a run chart."""
    return "p" if recipe.way is Way.SHARE else "run"
