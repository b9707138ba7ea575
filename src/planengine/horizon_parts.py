"""The days of a horizon, who has been where, and what it costs that a citizen and a helper meet at all in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from planengine.errors import InvalidProblem
from planengine.problem import Problem
from planengine.result import Plan

MOVES_EACH = 300
"""Moves of the coarse model (horizon_circle) tried for each visit of the horizon."""
Pair = tuple[str, str]
"""Citizen and helper, by ref."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of one day. day: the day's number, the same count for all parts and for what lies behind.

    A night is a part of the day it begins on.
    """

    day: int
    problem: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """A helper was at a citizen's, or will be on lists that stand: counted, never planned again.

    visit: helpers who were there together name the same; empty: a visit of its own.
    """

    day: int
    citizen: str
    helper: str
    visit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Few:
    """How much few faces over weeks weigh.

    face: points for a pair that meets in the horizon at all, when they have not met the 28 days before.
    again: share of it for a pair that has met then: she is known, but is one more on these days.
    hint: what the circle is worth to a day's search, 0..1; 0 leaves the circle out.
    sweeps: how many times the days are gone through; the first makes the plans.
    """

    face: float = 90.0
    again: float = 0.6
    hint: float = 0.8
    sweeps: int = 3
    moves_each: int = MOVES_EACH

    def __post_init__(self) -> None:
        for name, least, most in (("face", 0.0, 1e6), ("again", 0.0, 1.0), ("hint", 0.0, 1.0)):
            if not least <= getattr(self, name) <= most:
                raise InvalidProblem(f"few.{name}", f"{getattr(self, name)} is outside {least}..{most}", "Change it.")
        if self.sweeps < 1 or self.moves_each < 0:
            raise InvalidProblem("few.sweeps", "there must be at least one, and moves of 0 or more", "Give 1 or more.")


def check_parts(parts: Sequence[Part]) -> None:
    """Raise InvalidProblem when the parts are out of order, or refs are missing or not one each."""
    for number, part in enumerate(parts):
        if number and part.day < parts[number - 1].day:
            raise InvalidProblem(f"parts[{number}].day", "it is before the part ahead of it", "Order them by day.")
        for name in ("helpers", "citizens"):
            refs = [each.ref for each in getattr(part.problem, name)]
            if "" in refs or len(set(refs)) < len(refs):
                raise InvalidProblem(f"parts[{number}].{name}", "refs are missing or not one each", "Give each a ref.")


def pairs_of(problem: Problem, plan: Plan) -> frozenset[Pair]:
    """Return who meets whom in a plan."""
    return frozenset(
        (problem.citizens[problem.visits[visit].citizen].ref, problem.helpers[found.helper].ref)
        for visit, found in plan.assignments().items()
    )


def standing(parts: Sequence[Part], met: Iterable[Met]) -> frozenset[Pair]:
    """Return who meets whom on lists that stand, from the first day planned on."""
    first = parts[0].day if parts else 0
    return frozenset((each.citizen, each.helper) for each in met if each.day >= first)


def price_of_faces(parts: Sequence[Part], met: Iterable[Met], few: Few) -> Callable[[str, str], float]:
    """Return what (citizen, helper) costs in points when they meet in the horizon at all.

    Nothing for those who meet on lists that stand; `few.again` of the price for those who met before the first day.
    """
    met = tuple(met)
    first = parts[0].day if parts else 0
    before = frozenset((each.citizen, each.helper) for each in met if each.day < first)
    stands = standing(parts, met)

    def price(citizen: str, helper: str) -> float:
        pair = (citizen, helper)
        if pair in stands:
            return 0.0
        return few.face * (few.again if pair in before else 1.0)

    return price
