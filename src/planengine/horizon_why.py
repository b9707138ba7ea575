"""Why she comes today too: what a day gives up because the horizon gains, as two prices that anybody can recompute.

A plan over days may give a visit to somebody who is dearer that day alone, because she comes to the citizen on other
days anyway. The first price is what the day alone would save with another helper, the second what the horizon would
lose by it: both are differences of evaluations of the same two plans of that day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from planengine.errors import InvalidProblem
from planengine.evaluate import evaluate
from planengine.explain import explain_assignment
from planengine.horizon_parts import Few, Met, Pair, Part, pairs_of, price_of_faces, standing
from planengine.result import Plan, Result

WORTH_SAYING = 0.5
"""Points that a price must reach to be told: below it is nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenUp:
    """A visit whose helper is dearer on the day alone, and cheaper for the horizon.

    days: the other days of the horizon she comes to the citizen, on lists that stand too. instead: who would have been
    cheaper. today: points the day alone would save with her. weeks: points the horizon would then lose. Both above 0.
    plan: the day's plan with the other one.
    """

    part: int
    visit: int
    helper: int
    instead: int
    days: tuple[int, ...]
    today: float
    weeks: float
    plan: Plan


class Horizons:
    """The plans of a horizon, ready to be asked about single visits. results: None for parts without a plan."""

    def __init__(
        self, parts: Sequence[Part], results: Sequence[Result | None], *, met: Iterable[Met], few: Few
    ) -> None:
        self._parts, self._results = tuple(parts), tuple(results)
        self._met = tuple(met)
        self._price: Callable[[str, str], float] = price_of_faces(parts, self._met, few)
        self._pairs = [
            frozenset[Pair]() if result is None else pairs_of(part.problem, result.plan)
            for part, result in zip(self._parts, self._results, strict=True)
        ]
        self._stands = standing(parts, self._met)
        self._days: dict[Pair, set[int]] = {}
        first = self._parts[0].day if self._parts else 0
        for part, pairs in zip(self._parts, self._pairs, strict=True):
            for pair in pairs:
                self._days.setdefault(pair, set()).add(part.day)
        for each in self._met:
            if each.day >= first:
                self._days.setdefault((each.citizen, each.helper), set()).add(each.day)

    def days(self, citizen: str, helper: str) -> tuple[int, ...]:
        """Return the days of the horizon when they meet, planned or on lists that stand, in order."""
        return tuple(sorted(self._days.get((citizen, helper), ())))

    def every_day(self) -> dict[Pair, tuple[int, ...]]:
        """Return the days of every pair that meets in the horizon, by (citizen, helper)."""
        return {pair: tuple(sorted(days)) for pair, days in sorted(self._days.items())}

    def given_up(self, part: int, visit: int) -> GivenUp | None:
        """Return what the day gives up by its helper at this visit; None when it gives up nothing for the horizon.

        Of several others who would be cheaper that day, the one who would save most. visit must be covered.
        """
        problem, result = self._parts[part].problem, self._results[part]
        if result is None:
            return None
        citizen = problem.citizens[problem.visits[visit].citizen].ref
        helper = result.assignments[visit].helper
        day = self._parts[part].day
        days = tuple(each for each in self.days(citizen, problem.helpers[helper].ref) if each != day)
        if not days:
            return None
        for other in explain_assignment(problem, result, visit).alternatives:  # the cheapest first
            if other.cost > -WORTH_SAYING:
                return None
            weeks = self.worth(part, other.plan) - self.worth(part, result.plan)
            if weeks >= WORTH_SAYING:
                return GivenUp(
                    part=part, visit=visit, helper=helper, instead=other.helper, days=days,
                    today=-other.cost, weeks=weeks, plan=other.plan,
                )  # fmt: skip
        return None

    def worth(self, part: int, plan: Plan) -> float:
        """Return a plan of one part in the horizon's points: the day without `unknown_face`, and every pair's price.

        The other parts are as they are, so their own costs are left out: only differences mean anything.
        """
        result = self._results[part]
        if result is None:
            raise InvalidProblem(f"parts[{part}]", "it has no plan", "Ask about a part that has one.")
        weights = replace(result.params.weights, unknown_face=0.0)
        pairs = pairs_of(self._parts[part].problem, plan).union(
            *(pairs for number, pairs in enumerate(self._pairs) if number != part)
        )
        faces = sum(self._price(*pair) for pair in sorted(pairs))
        return evaluate(self._parts[part].problem, plan, weights).cost + faces
