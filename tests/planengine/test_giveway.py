"""«Why not Kari?»: the smallest set of rules that would have to give way, every price recomputed by the checker."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planengine import (
    Citizen,
    GiveWay,
    InvalidProblem,
    Params,
    Problem,
    ReferenceAssignment,
    Result,
    Stop,
    WayOutKind,
    at_once,
    check_plan,
    result_of,
    solve_day,
    standing_plan,
    what_gives,
    why_not,
)
from planengine.check import Broken, cost_of, recount
from planengine.problem import Break
from tests.planengine.builders import HOUR, LINE, MINUTE, helper, problem, solved, visit
from tests.planengine.team_day import team_day

RELAXES = {
    WayOutKind.GIVE_COMPETENCE: {Broken.COMPETENCE},
    WayOutKind.ASK_CITIZEN: {Broken.MUST_NOT},
    WayOutKind.UNLOCK: {Broken.WRONG_HELPER, Broken.LOCKED_START},
    WayOutKind.OVERTIME: set(),
    WayOutKind.MOVE_WINDOW: {Broken.WINDOW},
    WayOutKind.HAND_ON: set(),
    WayOutKind.LEAVE_OUT: set(),
}


def assert_true(day: Problem, result: Result, each: GiveWay) -> None:
    """The price is the checker's, and the plan breaks nothing but what is said to give way."""
    weights = result.params.weights.as_dict()
    price = cost_of(day, each.plan, weights) - cost_of(day, result.plan, weights)
    assert abs(price - each.cost) < 1e-6
    assert recount(day, each.plan)[0] - recount(day, result.plan)[0] == each.importance
    overtime = any(one.kind is WayOutKind.OVERTIME for one in each.concessions)
    broken = {found.rule for found in check_plan(day, each.plan, allow_overtime=overtime)}
    assert broken <= set().union(*(RELAXES[one.kind] for one in each.concessions))
    placed = each.plan.assignments()[each.visit]
    assert (placed.helper, placed.start) == (each.helper, each.start)


class TestWhatGives:
    def test_a_competence_she_lacks(self) -> None:
        day = problem(
            LINE, [helper(0, competences=frozenset({7})), helper(1)], [visit(0, 1, competences=frozenset({7}))]
        )
        result = solved(day)

        (found,) = what_gives(day, result, 0, 1)

        assert [(one.kind, one.competences) for one in found.concessions] == [(WayOutKind.GIVE_COMPETENCE, (7,))]
        assert_true(day, result, found)

    def test_a_citizen_who_must_not_have_her_and_a_competence_both_must_give_way(self) -> None:
        citizens = (Citizen(id=0, must_not=frozenset({1})), Citizen(id=1), Citizen(id=2))
        day = problem(
            LINE, [helper(0, competences=frozenset({7})), helper(1)], [visit(0, 1, competences=frozenset({7}))],
            citizens=citizens,
        )  # fmt: skip
        result = solved(day)

        (found,) = what_gives(day, result, 0, 1)

        assert [one.kind for one in found.concessions] == [WayOutKind.GIVE_COMPETENCE, WayOutKind.ASK_CITIZEN]
        assert_true(day, result, found)

    def test_her_other_visit_is_handed_on(self) -> None:
        """Two visits at ten sharp, one each. Helper 1 can have the first if helper 0 takes hers: no rule is broken."""
        ten = {"earliest": 10 * HOUR, "latest": 10 * HOUR}
        day = problem(LINE, [helper(0), helper(1)], [visit(0, 1, **ten), visit(1, 2, **ten)])
        result = solved(day)
        mine = result.assignments[0].helper

        found = what_gives(day, result, 0, 1 - mine)

        (handed,) = [each for each in found if each.concessions[0].kind is WayOutKind.HAND_ON]
        assert (handed.concessions[0].visit, handed.concessions[0].helper) == (1, mine)
        assert handed.importance == 0
        assert check_plan(day, handed.plan) == ()
        assert why_not(day, result, 0, 1 - mine).alternative is None
        for each in found:
            assert_true(day, result, each)

    def test_a_lock_must_be_let_go(self) -> None:
        day = problem(LINE, [helper(0), helper(1)], [visit(0, 1, helper=0, start=9 * HOUR)])
        result = solved(day)

        (found,) = what_gives(day, result, 0, 1)

        assert [one.kind for one in found.concessions] == [WayOutKind.UNLOCK]
        assert_true(day, result, found)

    def test_nothing_helps_where_somebody_else_is_needed(self) -> None:
        day = problem(LINE, [helper(0), helper(1)], [visit(0, 1), visit(1, 1)], links=(at_once(0, 1),))
        result = solved(day)
        other = result.assignments[1].helper

        assert what_gives(day, result, 0, other) == ()

    def test_unknown_ids_are_refused(self) -> None:
        day = problem(LINE, [helper(0)], [visit(0, 1)])
        with pytest.raises(InvalidProblem):
            what_gives(day, solved(day), 0, 9)
        with pytest.raises(InvalidProblem):
            what_gives(day, solved(day), 9, 0)

    @pytest.mark.parametrize("seed", [1, 2])
    def test_every_price_on_a_teams_day_is_the_checkers(self, seed: int) -> None:
        day = team_day(60, 6, seed)
        result = solve_day(day, stop=Stop(iterations=5_000), seed=seed)
        told = 0
        for one in day.visits[::5]:
            for who in day.helpers[::2]:
                for each in what_gives(day, result, one.id, who.id)[:3]:
                    assert_true(day, result, each)
                    told += 1
        assert told > 20


class TestStandingPlan:
    def named(self, day: Problem, result: Result) -> Problem:
        return replace(
            day,
            reference=tuple(
                ReferenceAssignment(visit=each.visit, helper=each.helper, start=each.start)
                for each in result.assignments.values()
            ),
        )

    @pytest.mark.parametrize("seed", [1, 2, 3])
    def test_is_what_the_reference_names_and_keeps_every_rule(self, seed: int) -> None:
        first = team_day(80, 8, seed)
        result = solve_day(first, stop=Stop(iterations=5_000), seed=seed)
        day = self.named(first, result)

        plan = standing_plan(day, Params())

        assert check_plan(day, plan) == ()
        wanted = {each.visit: (each.helper, each.start) for each in result.assignments.values()}
        found = {each.visit: (each.helper, each.start) for each in plan.assignments().values()}
        assert found == wanted

    def test_the_break_goes_where_the_visits_stay(self) -> None:
        """Half past eleven to twelve is the only half hour at which the two visits can stay where they are."""
        rest = Break(duration=30 * MINUTE, earliest=10 * HOUR, latest_end=14 * HOUR)
        day = problem(
            LINE, [helper(0, breaks=(rest,))], [visit(0, 1), visit(1, 1)],
            reference=(ReferenceAssignment(visit=0, helper=0, start=11 * HOUR),
                       ReferenceAssignment(visit=1, helper=0, start=12 * HOUR)),
        )  # fmt: skip

        plan = standing_plan(day, Params())

        assert {each.visit: each.start for each in plan.assignments().values()} == {0: 11 * HOUR, 1: 12 * HOUR}
        assert check_plan(day, plan) == ()

    def test_what_breaks_a_rule_is_left_out(self) -> None:
        """One who lacks the competence, one half of a pair, one after work: three of four cannot stand."""
        day = problem(
            LINE, [helper(0), helper(1)],
            [visit(0, 1, competences=frozenset({7})), visit(1, 1), visit(2, 2), visit(3, 2)],
            links=(at_once(2, 3),),
            reference=(ReferenceAssignment(visit=0, helper=0, start=9 * HOUR),
                       ReferenceAssignment(visit=1, helper=0, start=10 * HOUR),
                       ReferenceAssignment(visit=2, helper=1, start=10 * HOUR)),
        )  # fmt: skip

        plan = standing_plan(day, Params())

        assert set(plan.assignments()) == {1}
        assert result_of(day, plan, Params()).evaluation.uncovered_importance == 3
