"""What a day can take: every repair is judged by the checker, every number can be counted again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planengine import (
    Citizen,
    Params,
    Plan,
    Problem,
    RemedyKind,
    Result,
    Stop,
    Strength,
    at_once,
    check_plan,
    solve_day,
    strength_of,
    with_remedy,
    without,
)
from planengine.check import recount
from tests.planengine.builders import HOUR, LINE, helper, problem, solved, visit
from tests.planengine.team_day import team_day

NURSE = frozenset({7})


def strength(day: Problem, result: Result, **more: object) -> Strength:
    return strength_of(day, result.plan, Params(), stop=Stop(iterations=1_000), seed=1, **more)  # type: ignore[arg-type]


def assert_true(day: Problem, result: Result, found: Strength) -> None:
    """Repairs keep every rule of the day without those who are away, and leave out what is said, by the checker."""
    had = result.plan.assignments()
    for each in (*found.alone, *([found.worst] if found.worst else [])):
        rest = without(day, each.helpers, result.plan, had)
        assert check_plan(rest, each.plan) == ()
        assert recount(rest, each.plan)[0] == each.importance
        has = each.plan.assignments()
        assert set(each.uncovered) == {number for number in had if number not in has}


class TestStands:
    def test_one_absence_whoever_it_is_when_two_could_share_all(self) -> None:
        """Two visits of half an hour in a day of eight hours: either helper makes both. Without both nobody does."""
        day = problem(LINE, [helper(0), helper(1)], [visit(0, 1), visit(1, 2, citizen=1, importance=5)])
        ten = replace(
            day, visits=tuple(replace(v, earliest=10 * HOUR, latest=12 * HOUR, helper=v.id) for v in day.visits)
        )
        result = solved(ten)

        found = strength(ten, result)

        assert found.stands == 1
        assert [(each.importance, each.uncovered) for each in found.alone] == [(0, ()), (0, ())]
        assert found.worst is not None
        assert (found.worst.helpers, found.worst.importance, found.worst.uncovered) == ((0, 1), 6, (1, 0))
        assert found.complete
        assert_true(ten, result, found)

    def test_none_when_one_alone_can_what_a_visit_needs(self) -> None:
        day = problem(
            LINE, [helper(0, competences=NURSE), helper(1), helper(2)],
            [visit(0, 1, competences=NURSE, importance=100), visit(1, 2), visit(2, 3)],
        )  # fmt: skip
        result = solved(day)

        found = strength(day, result)

        assert found.stands == 0
        assert found.worst is not None
        assert (found.worst.helpers, found.worst.uncovered, found.worst.nobody_else) == ((0,), (0,), (0,))
        (first,) = found.breaks_first
        assert (first.visit, first.times, first.able) == (0, 1, (0,))
        assert_true(day, result, found)

    def test_what_is_uncovered_already_does_not_count_against_anybody(self) -> None:
        day = problem(LINE, [helper(0), helper(1)], [visit(0, 1, competences=NURSE), visit(1, 1), visit(2, 2)])
        result = solved(day)
        assert recount(day, result.plan)[0] == 1

        assert strength(day, result).stands == 1

    def test_a_visit_that_nobody_had_does_not_make_up_for_one_that_breaks(self) -> None:
        """The plan leaves out visit 1, which is worth more; helper 1 could take it, but not what the nurse has."""
        day = problem(LINE, [helper(0, competences=NURSE), helper(1)],
                      [visit(0, 1, competences=NURSE), visit(1, 2, importance=50)])  # fmt: skip
        whole = solved(day)
        bare = Plan(tuple(replace(t, stops=tuple(s for s in t.stops if s.id == 0)) for t in whole.plan.tours))
        result = replace(whole, plan=bare)

        found = strength(day, result)

        assert (found.stands, found.alone[0].uncovered) == (0, (0,))

    def test_a_visit_for_two_breaks_with_either(self) -> None:
        day = problem(LINE, [helper(0), helper(1)], [visit(0, 1), visit(1, 1)], links=(at_once(0, 1),))
        result = solved(day)

        found = strength(day, result)

        assert found.stands == 0
        assert [each.uncovered for each in found.alone] == [(0, 1), (0, 1)]
        assert_true(day, result, found)


class TestRemedies:
    def test_somebody_learns_and_the_day_stands(self) -> None:
        citizens = (Citizen(id=0, must_not=frozenset({1})), Citizen(id=1), Citizen(id=2))
        day = problem(
            LINE, [helper(0, competences=NURSE), helper(1), helper(2)],
            [visit(0, 1, competences=NURSE, importance=100), visit(1, 2), visit(2, 3)], citizens=citizens,
        )  # fmt: skip
        result = solved(day)

        learn = next(each for each in strength(day, result).remedies if each.kind is RemedyKind.LEARN)

        assert (learn.helper, learn.competence, learn.saves, learn.visits) == (2, 7, 100, (0,))  # not helper 1
        changed = with_remedy(day, learn)
        assert strength(changed, result).stands == 1

    def test_what_cannot_be_learnt_is_not_proposed(self) -> None:
        day = problem(LINE, [helper(0, competences=NURSE), helper(1)], [visit(0, 1, competences=NURSE)])
        result = solved(day)

        found = strength(day, result, learnable=frozenset[int]())

        assert found.worst is not None
        assert not any(each.kind is RemedyKind.LEARN for each in found.remedies)

    def test_an_hour_more_and_a_visit_moved_save_what_is_said(self) -> None:
        """Two helpers until nine with one visit each at 08:10: alone, each has room for one until 09:00."""
        day = problem(
            LINE, [helper(0, end=9 * HOUR), helper(1, end=9 * HOUR)],
            [visit(0, 1, latest=9 * HOUR), visit(1, 1, latest=9 * HOUR)],
        )  # fmt: skip
        result = solved(day)

        found = strength(day, result)

        longer = [each for each in found.remedies if each.kind is RemedyKind.STAY_LONGER]
        assert {(each.helper, each.saves) for each in longer} == {(0, 1), (1, 1)}
        for each in longer:
            again = strength(with_remedy(day, each), result)
            assert sum(one.importance for one in again.alone) == sum(one.importance for one in found.alone) - each.saves


class TestBudget:
    def test_is_the_same_every_time(self) -> None:
        day = team_day(60, 6, 3)
        result = solve_day(day, stop=Stop(iterations=5_000), seed=1)

        one, other = strength(day, result), strength(day, result)

        assert one == other
        assert_true(day, result, one)

    def test_stops_when_asked_and_says_that_it_is_not_complete(self) -> None:
        day = team_day(60, 6, 3)
        result = solve_day(day, stop=Stop(iterations=2_000), seed=1)
        looks = iter(range(1_000))

        found = strength(day, result, cancelled=lambda: next(looks) > 2)

        assert not found.complete
        assert found.stands == 0

    @pytest.mark.parametrize("seed", [1, 2, 4])
    def test_every_repair_of_a_teams_day_is_judged(self, seed: int) -> None:
        day = team_day(60, 8, seed)
        result = solve_day(day, stop=Stop(iterations=10_000), seed=1)

        assert_true(day, result, strength(day, result))
