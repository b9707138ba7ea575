"""Why a visit stayed uncovered and what could be done, with prices that anybody can recompute."""

from __future__ import annotations

from planengine import Citizen, Result, WayOut, WayOutKind, Why, check_plan, try_way_out
from planengine.check import Broken, cost_of
from planengine.problem import Problem
from tests.planengine.builders import HOUR, LINE, MINUTE, helper, problem, solved, visit


def ways(result: Result, number: int) -> dict[WayOutKind, WayOut]:
    found = next(each for each in result.uncovered if each.visit == number)
    return {way.kind: way for way in reversed(found.ways_out)}


def assert_price_is_true(day: Problem, result: Result, number: int, way: WayOut) -> None:
    """The stated cost is the checker's cost of the plan it leads to, less that of the plan before."""
    weights = result.params.weights.as_dict()
    plan = try_way_out(day, result, number, way)
    assert plan is not None
    assert way.cost is not None
    assert abs(cost_of(day, plan, weights) - cost_of(day, result.plan, weights) - way.cost) < 1e-6


class TestReasons:
    def test_nobody_at_work_has_the_competence(self) -> None:
        day = problem(LINE, [helper(0)], [visit(0, 1, competences=frozenset({7}))])

        result = solved(day)

        [reason] = result.uncovered[0].reasons
        assert (reason.why, reason.competences) == (Why.NOBODY_HAS_COMPETENCE, (7,))
        given = ways(result, 0)[WayOutKind.GIVE_COMPETENCE]
        assert (given.helper, given.competences, given.start) == (0, (7,), 8 * HOUR + 600)
        assert_price_is_true(day, result, 0, given)
        assert ways(result, 0)[WayOutKind.BOOK].competences == (7,)

    def test_all_who_could_must_not(self) -> None:
        citizens = (Citizen(id=0, must_not=frozenset({0})), Citizen(id=1), Citizen(id=2))

        result = solved(problem(LINE, [helper(0)], [visit(0, 1)], citizens=citizens))

        [reason] = result.uncovered[0].reasons
        assert (reason.why, reason.helpers) == (Why.NOBODY_ALLOWED, (0,))
        assert [way.kind for way in result.uncovered[0].ways_out] == [WayOutKind.ASK_CITIZEN, WayOutKind.BOOK]
        asked = ways(result, 0)[WayOutKind.ASK_CITIZEN]
        assert (asked.helper, asked.start) == (0, 8 * HOUR + 600)

    def test_window_and_shift_do_not_meet(self) -> None:
        # At work 08:00, at A 08:10; the window closes 07:45: 25 minutes apart.
        day = problem(LINE, [helper(0)], [visit(0, 1, latest=7 * HOUR + 45 * MINUTE)])

        result = solved(day)

        [reason] = result.uncovered[0].reasons
        assert (reason.why, reason.ticks) == (Why.WINDOW_OUTSIDE_SHIFTS, 25 * MINUTE)
        moved = ways(result, 0)[WayOutKind.MOVE_WINDOW]
        assert (moved.start, moved.ticks) == (8 * HOUR + 600, 25 * MINUTE)
        assert_price_is_true(day, result, 0, moved)

    def test_all_are_busy_and_overtime_is_the_way_out(self) -> None:
        # Room for one of two half hours before 09:00; the other ends 09:10, base 09:20: 20 minutes of overtime.
        day = problem(
            LINE, [helper(0, end=9 * HOUR, max_overtime=HOUR)], [visit(0, 1, importance=2), visit(1, 1, importance=1)]
        )

        result = solved(day)

        [reason] = result.uncovered[0].reasons
        assert (reason.why, reason.helpers) == (Why.ALL_BUSY, (0,))
        overtime = ways(result, 1)[WayOutKind.OVERTIME]
        assert (overtime.helper, overtime.ticks) == (0, 20 * MINUTE)
        assert_price_is_true(day, result, 1, overtime)
        plan = try_way_out(day, result, 1, overtime)
        assert plan is not None
        assert check_plan(day, plan, allow_overtime=True) == ()
        assert check_plan(day, plan) != ()

    def test_another_visit_could_give_way(self) -> None:
        day = problem(LINE, [helper(0, end=9 * HOUR)], [visit(0, 1), visit(1, 1)])

        result = solved(day)

        left = result.uncovered[0].visit
        instead = ways(result, left)[WayOutKind.LEAVE_OUT]
        assert instead.visit == 1 - left
        assert_price_is_true(day, result, left, instead)

    def test_two_locks_that_contradict_each_other(self) -> None:
        both = [visit(n, 1, helper=0, start=9 * HOUR) for n in range(2)]

        result = solved(problem(LINE, [helper(0)], both))

        assert [reason.why for each in result.uncovered for reason in each.reasons] == [Why.LOCK_CONFLICT]


class TestTwoTogether:
    def test_a_competence_and_overtime_when_neither_is_enough(self) -> None:
        """Helper 0 lacks 7 and is full until 08:50 (half an hour at A, 08:10-08:40, base 08:50); she stops at 09:00.

        The visit at A, half an hour, would end 09:10 and she would be back 09:20: twenty minutes of overtime as well.
        """
        day = problem(
            LINE,
            [helper(0, end=9 * HOUR, max_overtime=HOUR)],
            [visit(0, 1, importance=5, helper=0, start=8 * HOUR + 10 * MINUTE),
             visit(1, 1, importance=1, earliest=8 * HOUR + 10 * MINUTE, competences=frozenset({7}))],
        )  # fmt: skip

        result = solved(day)

        first = next(each for each in result.uncovered if each.visit == 1).ways_out[0]
        assert (first.kind, first.competences, first.helper) == (WayOutKind.GIVE_COMPETENCE, (7,), 0)
        (also,) = first.also
        assert (also.kind, also.ticks) == (WayOutKind.OVERTIME, 20 * MINUTE)
        assert_price_is_true(day, result, 1, first)
        plan = try_way_out(day, result, 1, first)
        assert plan is not None
        assert {found.rule for found in check_plan(day, plan, allow_overtime=True)} == {Broken.COMPETENCE}

    def test_one_rule_is_told_before_two_are_tried(self) -> None:
        day = problem(LINE, [helper(0, max_overtime=HOUR)], [visit(0, 1, competences=frozenset({7}))])

        assert all(not way.also for way in solved(day).uncovered[0].ways_out)
