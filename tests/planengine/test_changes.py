"""Differences between two plans, to be accepted one by one."""

from __future__ import annotations

import pytest

from planengine import (
    ChangeKind,
    ChangesDoNotFit,
    Params,
    ReferenceAssignment,
    Result,
    at_once,
    check_plan,
    propose_changes,
    with_changes,
)
from planengine.check import cost_of
from planengine.problem import Problem
from tests.planengine.builders import HOUR, LINE, MINUTE, helper, only, problem, solved, visit


def two_plans(first: list[tuple[int, int]], second: list[tuple[int, int]]) -> tuple[Problem, Result, Result]:
    """Two plans for visits to A and B, each placed by (helper, start) locks."""
    plans = []
    for places in (first, second):
        visits = [visit(n, 1 + n, helper=who, start=start) for n, (who, start) in enumerate(places)]
        plans.append(solved(problem(LINE, [helper(0), helper(1)], visits)))
    day = problem(LINE, [helper(0), helper(1)], [visit(n, 1 + n) for n in range(len(first))])
    return day, plans[0], plans[1]


class TestProposeChanges:
    def test_equal_plans_have_no_changes(self) -> None:
        day, one, _ = two_plans([(0, 9 * HOUR)], [(0, 9 * HOUR)])

        assert propose_changes(day, one.plan, one.plan, one.params) == ()

    def test_names_moves_swaps_and_new_starts(self) -> None:
        nine, noon, two = 9 * HOUR, 12 * HOUR, 14 * HOUR
        day, one, other = two_plans([(0, nine), (1, nine), (0, noon)], [(1, nine), (0, nine), (0, two)])

        changes = propose_changes(day, one.plan, other.plan, one.params)

        assert {(c.kind, tuple(v.visit for v in c.visits)) for c in changes} == {
            (ChangeKind.SWAP, (0, 1)), (ChangeKind.NEW_START, (2,)),
        }  # fmt: skip
        _, _, apart = two_plans([(0, nine)], [(1, nine)])
        day, one, _ = two_plans([(0, nine)], [(0, nine)])
        [moved] = propose_changes(day, one.plan, apart.plan, one.params)
        assert (moved.kind, moved.visits[0].helper_before, moved.visits[0].helper_after) == (ChangeKind.MOVED, 0, 1)

    def test_a_call_by_two_is_covered_in_one_change(self) -> None:
        visits = [visit(0, 1), visit(1, 1)]
        short = problem(LINE, [helper(0), helper(1, end=8 * HOUR + 60)], visits, links=(at_once(0, 1),))
        day = problem(LINE, [helper(0), helper(1)], visits, links=(at_once(0, 1),))
        before, after = solved(short), solved(day)

        [change] = propose_changes(day, before.plan, after.plan, after.params)

        assert (change.kind, [v.visit for v in change.visits], change.importance) == (
            ChangeKind.NEWLY_COVERED, [0, 1], -2,
        )  # fmt: skip
        with pytest.raises(ChangesDoNotFit):
            with_changes(day, before.plan, after.plan, {0}, after.params)

    def test_each_price_is_the_checkers_price_of_that_change_alone(self) -> None:
        day, one, other = two_plans([(0, 9 * HOUR), (0, 10 * HOUR)], [(1, 9 * HOUR), (1, 11 * HOUR)])
        params = only(travel=1.0)

        changes = propose_changes(day, one.plan, other.plan, params)

        assert len(changes) == 2
        for change in changes:
            alone = with_changes(day, one.plan, other.plan, {v.visit for v in change.visits}, params)
            assert check_plan(day, alone) == ()
            # Together base-A-B-base is 40 minutes; apart 20 + 40 = 60.
            assert cost_of(day, alone, params.weights.as_dict()) == 60
            assert change.cost == pytest.approx(20)


class TestReplanning:
    def test_a_plan_used_as_reference_comes_back_unchanged(self) -> None:
        visits = [visit(n, 1 + n % 3, wish_from=(9 + n) * HOUR) for n in range(6)]
        day = problem(LINE, [helper(0), helper(1)], visits)
        first = solved(day)
        reference = tuple(
            ReferenceAssignment(visit=a.visit, helper=a.helper, start=a.start) for a in first.assignments.values()
        )
        again = solved(problem(LINE, [helper(0), helper(1)], visits, reference=reference), only(
            changed_helper=30.0, moved_start=1.0))  # fmt: skip

        assert propose_changes(day, first.plan, again.plan, first.params, least_move=MINUTE) == ()
        assert again.evaluation.cost == 0


def test_a_plan_compared_with_itself_stands_as_it_is() -> None:
    """Each visit was once counted from both plans, and the search for times then never ended."""
    day = problem(LINE, [helper(0)], [visit(0, 1), visit(1, 2)])
    plan = solved(day).plan

    assert with_changes(day, plan, plan, {0}, Params()) == plan
