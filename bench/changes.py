"""How little a re-plan changes on days with no room: what goes without, who changes helper, who moves, by search time.

Invented full days (tests/planengine/team_day.py); on each the helper with most visits, and the one with fourth most, is
away. The weights are a team's own when as little as possible is to change. Every answer passes the independent checker.
The line «handed out» is what people can do alone: her visits given away by importance, the others keep what they have.
"""

import argparse
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bench import machine
from planengine.check import check_plan
from planengine.evaluate import evaluate
from planengine.parameters import Params, Stop
from planengine.problem import Problem, ReferenceAssignment
from planengine.result import Plan
from planengine.robust_repair import Hands
from planengine.solve import search_plan, warm_up
from planengine.weights import Weights
from tests.planengine.team_day import team_day

LITTLE = Params(weights=replace(Weights(), changed_helper=150.0, moved_start=8.0), from_reference=True)
SIZES = ((110, 12), (130, 14), (150, 16), (150, 18))
MADE = 600_000
"""Steps that the lists themselves are made with."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a plan does to the lists. minutes: away from the starts they had, summed."""

    importance: int
    without: int
    changed: int
    moved: int
    minutes: float
    points: float


def main() -> int:
    """Make the days, re-plan them, print the table."""
    parser = argparse.ArgumentParser(prog="bench changes", description=__doc__)
    parser.add_argument("--seconds", default="0.3,0.8,3", help="of search, by comma")
    parser.add_argument("--days", type=int, default=2, help="of each size")
    parser.add_argument("--seeds", default="1,2", help="of the search, by comma")
    parser.add_argument("--cores", type=int, default=2)
    chosen = parser.parse_args()
    seeds = [int(each) for each in chosen.seeds.split(",")]
    limits = [float(each) for each in chosen.seconds.split(",")]
    warm_up()
    print(machine.line())
    asked = list(_asked(chosen.days))
    print(f"{len(asked)} absences on {chosen.days * len(SIZES)} days; seeds {chosen.seeds}; {chosen.cores} cores")
    print(f"{'':16}{'importance':>12}{'without':>9}{'other helper':>14}{'moved':>7}{'minutes':>9}{'points':>9}")
    _line("handed out", [_count(day, by_hand) for day, by_hand in asked])
    for limit in limits:
        found = []
        for day, _ in asked:
            for seed in seeds:
                plan, _found = search_plan(
                    day, stop=Stop(seconds=limit), seed=seed, params=LITTLE, workers=chosen.cores
                )
                found.append(_count(day, plan))
        _line(f"{limit:g} s", found)
    return 0


def _asked(days: int) -> Iterator[tuple[Problem, Plan]]:
    """Return each day as the engine is asked it when somebody is away, and the plan when hers are handed out."""
    for visits, helpers in SIZES:
        for number in range(1, days + 1):
            day = team_day(visits, helpers, number)
            lists, _ = search_plan(day, stop=Stop(iterations=MADE), seed=number, params=Params())
            has = lists.assignments()
            often = sorted(range(helpers), key=lambda each: -sum(one.helper == each for one in has.values()))
            for away in (often[0], often[3]):
                ill = _without(day, lists, away)
                yield ill, Hands(ill, LITTLE, [each.id for each in ill.visits]).handed_out(lists, (away,)).plan


def _without(day: Problem, lists: Plan, away: int) -> Problem:
    """As the adapter asks: what somebody still has weighs half as much again."""
    kept = {visit: each for visit, each in sorted(lists.assignments().items()) if each.helper != away}
    return replace(
        day,
        helpers=tuple(replace(each, periods=()) if each.id == away else each for each in day.helpers),
        visits=tuple(replace(each, importance=each.importance * (3 if each.id in kept else 2)) for each in day.visits),
        reference=tuple(
            ReferenceAssignment(visit=visit, helper=each.helper, start=each.start) for visit, each in kept.items()
        ),
    )


def _count(day: Problem, plan: Plan) -> Counted:
    if broken := check_plan(day, plan):
        raise SystemExit(f"a plan breaks a rule: {broken[0]}")
    has, worth = plan.assignments(), evaluate(day, plan, LITTLE.weights)
    stay = [each for each in day.reference if each.visit in has]
    ticks = [abs(has[each.visit].start - each.start) for each in stay if has[each.visit].helper == each.helper]
    return Counted(
        importance=worth.uncovered_importance,
        without=len(day.visits) - len(has),
        changed=len(stay) - len(ticks),
        moved=sum(each >= day.ticks_per_minute for each in ticks),
        minutes=sum(ticks) / day.ticks_per_minute,
        points=worth.cost,
    )


def _line(name: str, found: list[Counted]) -> None:
    def mean(each: str) -> float:
        return statistics.mean(float(getattr(one, each)) for one in found)

    print(
        f"{name:16}{mean('importance'):12.0f}{mean('without'):9.1f}{mean('changed'):14.1f}{mean('moved'):7.1f}"
        f"{mean('minutes'):9.0f}{mean('points'):9.0f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
