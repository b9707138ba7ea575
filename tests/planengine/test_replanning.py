"""Re-planning: the search begins with the plan that stands, and leaves alone what nothing calls for."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from planengine import (
    Break,
    Params,
    Plan,
    Problem,
    ReferenceAssignment,
    Result,
    Stop,
    Weights,
    check_result,
    solve_day,
    standing_plan,
)
from planengine.robust_repair import Hands
from tests.planengine.builders import HOUR, LINE, MINUTE, helper, problem, visit
from tests.planengine.team_day import team_day

LITTLE = Params(weights=replace(Weights(), changed_helper=150.0, moved_start=8.0), from_reference=True)
DAYS = ((60, 7, 1), (60, 7, 2), (90, 10, 3))


@cache
def full_day(visits: int, helpers: int, seed: int) -> tuple[Problem, Plan]:
    """A day with hardly any room, and the lists for it."""
    day = team_day(visits, helpers, seed)
    return day, solve_day(day, stop=Stop(iterations=40_000), seed=seed).plan


def as_it_stands(day: Problem, plan: Plan) -> Problem:
    reference = [
        ReferenceAssignment(visit=number, helper=each.helper, start=each.start)
        for number, each in sorted(plan.assignments().items())
    ]
    return replace(day, reference=tuple(reference))


def without(day: Problem, away: int) -> Problem:
    """The day when somebody is away; what the others have weighs half as much again."""
    reference = tuple(each for each in day.reference if each.helper != away)
    kept = {each.visit for each in reference}
    return replace(
        day,
        reference=reference,
        helpers=tuple(replace(each, periods=()) if each.id == away else each for each in day.helpers),
        visits=tuple(replace(each, importance=each.importance * (3 if each.id in kept else 2)) for each in day.visits),
    )


def replanned(day: Problem, iterations: int) -> Result:
    result = solve_day(day, stop=Stop(iterations=iterations), seed=1, params=LITTLE)
    assert check_result(day, result) == ()
    return result


def differs(day: Problem, result: Result) -> set[int]:
    """Visits that are not where the reference has them."""
    has = result.assignments
    return {
        each.visit for each in day.reference
        if each.visit not in has or (has[each.visit].helper, has[each.visit].start) != (each.helper, each.start)
    }  # fmt: skip


@pytest.mark.parametrize("which", DAYS)
class TestAFullDay:
    @pytest.mark.parametrize("iterations", [0, 1_000])
    def test_nothing_has_happened_so_nothing_changes_R26(self, which: tuple[int, int, int], iterations: int) -> None:
        """Breaks and meetings stand among the visits; the first plan once put them where visits had to give way."""
        day, plan = full_day(*which)
        asked = as_it_stands(day, plan)

        assert differs(asked, replanned(asked, iterations)) == set()

    def test_no_more_goes_without_than_when_hers_are_handed_out_R26(self, which: tuple[int, int, int]) -> None:
        """Handing out, the others keeping what they have, is what people can do without any program."""
        day, plan = full_day(*which)
        asked = as_it_stands(day, plan)
        for away in sorted({each.helper for each in plan.assignments().values()})[:4]:
            ill = without(asked, away)
            by_hand = Hands(ill, LITTLE, [each.id for each in ill.visits]).handed_out(plan, (away,))

            found = replanned(ill, 3_000)

            assert found.evaluation.uncovered_importance <= by_hand.importance

    def test_what_is_locked_stays_R26(self, which: tuple[int, int, int]) -> None:
        day, plan = full_day(*which)
        has = plan.assignments()
        locked = set(sorted(has)[::3])
        asked = as_it_stands(
            replace(
                day,
                visits=tuple(
                    replace(each, helper=has[each.id].helper, start=has[each.id].start) if each.id in locked else each
                    for each in day.visits
                ),
            ),
            plan,
        )
        away = max(range(len(day.helpers)), key=lambda each: sum(one.helper == each for one in has.values()))
        ill = without(replace(asked, visits=tuple(
            replace(each, helper=None, start=None) if each.helper == away else each for each in asked.visits
        )), away)  # fmt: skip

        result = replanned(ill, 3_000)

        partner = {one: other for each in day.links for one, other in
                   ((each.first, each.second), (each.second, each.first))}  # fmt: skip
        stays = {number for number in locked if has[number].helper != away}
        moved = stays & differs(ill, result)
        assert len(stays) > 10
        assert moved.isdisjoint(result.assignments)  # none is anywhere else
        assert all(has[partner[number]].helper == away for number in moved)  # and a half goes only with hers


class TestWhatStands:
    def test_what_is_locked_goes_before_what_is_important_and_that_before_what_is_early(self) -> None:
        """One helper has three at nine and can only make one of them."""
        three = [visit(number, 1, importance=10 * number + 1) for number in range(3)]
        same = tuple(ReferenceAssignment(visit=number, helper=0, start=9 * HOUR) for number in range(3))
        narrow = [replace(each, earliest=9 * HOUR, latest=9 * HOUR) for each in three]
        day = problem(LINE, [helper(0)], narrow, reference=same)

        assert set(standing_plan(day, Params()).assignments()) == {2}
        locked = replace(day, visits=(replace(narrow[0], helper=0, start=9 * HOUR), *narrow[1:]))
        assert set(standing_plan(locked, Params()).assignments()) == {0}

    def test_a_break_that_may_be_missed_is_missed_before_a_visit_gives_way(self) -> None:
        rest = Break(duration=30 * MINUTE, earliest=9 * HOUR, latest_end=9 * HOUR + 30 * MINUTE, skip_cost=5.0)
        call = visit(0, 1, earliest=9 * HOUR, latest=9 * HOUR)
        reference = (ReferenceAssignment(visit=0, helper=0, start=9 * HOUR),)
        day = problem(LINE, [helper(0, breaks=(rest,))], [call], reference=reference)

        assert set(standing_plan(day, Params()).assignments()) == {0}
        must = replace(rest, skip_cost=None)
        day = replace(day, helpers=(helper(0, breaks=(must,)),))
        assert standing_plan(day, Params()).assignments() == {}

    def test_a_locked_visit_that_nobody_listed_stands_too(self) -> None:
        day = problem(LINE, [helper(0)], [visit(0, 1, helper=0, start=9 * HOUR), visit(1, 2)])

        assert {number: each.start for number, each in standing_plan(day, Params()).assignments().items()} == {
            0: 9 * HOUR
        }

    def test_one_that_begins_outside_her_work_periods_stands_in_the_first_if_it_can(self) -> None:
        early = ReferenceAssignment(visit=0, helper=0, start=7 * HOUR)
        day = problem(LINE, [helper(0)], [visit(0, 1)], reference=(early,))

        assert standing_plan(day, Params()).assignments()[0].start == 8 * HOUR + 10 * MINUTE
