"""A plan that breaks later: every plan and every repair is judged by the checker, what is won is counted again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planengine import (
    Bound,
    Params,
    Plan,
    Problem,
    Stop,
    Strength,
    Sturdier,
    check_plan,
    solve_day,
    strength_of,
    sturdier_plan,
    without,
    won_by,
)
from planengine.check import recount
from tests.planengine.builders import HOUR, LINE, helper, problem, solved, visit
from tests.planengine.team_day import team_day

NURSE = frozenset({7})
TEN = {"earliest": 10 * HOUR, "latest": 10 * HOUR}
NOON = {"earliest": 12 * HOUR, "latest": 12 * HOUR}


def planned(day: Problem, *helpers: int) -> Plan:
    """The plan in which these helpers have the visits, in order."""
    fixed = replace(day, visits=tuple(replace(each, helper=who) for each, who in zip(day.visits, helpers, strict=True)))
    return solved(fixed).plan


def strength(day: Problem, plan: Plan) -> Strength:
    return strength_of(day, plan, Params(), stop=Stop(iterations=1_000), seed=1)


def found(day: Problem, plan: Plan, *, bound: Bound = Bound(), stop: Stop = Stop(iterations=400)) -> Sturdier:  # noqa: B008
    return sturdier_plan(day, plan, strength(day, plan), Params(), bound=bound, stop=stop)


def cost_of(day: Problem, plan: Plan) -> float:
    """The cost as the checker counts it."""
    weights = Params().weights.as_dict()
    return float(sum(weights[name] * float(amount) for name, amount in recount(day, plan)[1].items()))


def assert_true(day: Problem, plan: Plan, made: Sturdier, bound: Bound) -> None:
    """By the checker: the plan keeps the rules, covers the same, is within the bound; repairs are what is said."""
    assert check_plan(day, made.plan) == ()
    had, has = plan.assignments(), made.plan.assignments()
    assert has.keys() == had.keys()
    assert set(made.changed) == {each for each in had if had[each].helper != has[each].helper}
    assert len(made.changed) <= bound.changes
    moved = [abs(had[each].start - has[each].start) for each in had if each not in made.changed]
    assert max(moved, default=0) <= bound.moved * 60
    rise = recount(day, made.plan)[1]["travel"] - recount(day, plan)[1]["travel"]
    assert float(rise) <= bound.travel
    strangers = recount(day, made.plan)[1]["unknown_face"] - recount(day, plan)[1]["unknown_face"]
    assert float(strangers) <= bound.faces + 1e-9
    assert cost_of(day, made.plan) - cost_of(day, plan) == pytest.approx(made.cost)
    assert made.cost <= bound.cost
    for was, becomes in zip(made.before, made.after, strict=True):
        assert was.helpers == becomes.helpers
        assert becomes.importance <= was.importance
        for each, whose in ((was, plan), (becomes, made.plan)):
            rest = without(day, each.helpers, whose, had)
            assert check_plan(rest, each.plan) == ()
            assert recount(rest, each.plan)[0] == each.importance
            assert set(each.uncovered) == had.keys() - each.plan.assignments().keys()
            for number, stays in each.plan.assignments().items():  # the others keep what they have
                before = whose.assignments()[number]
                assert before.helper in each.helpers or (stays.helper == before.helper and stays.start >= before.start)


@pytest.fixture
def nurses() -> tuple[Problem, Plan]:
    """Helpers 0 and 1 are nurses. At ten: visit 0 for a nurse, with 0, and visit 1, with 1. At noon: visit 2, with 2.

    Without 0 nobody is free for visit 0, as long as nurse 1 has the other one at ten. With visit 1 moved to helper 2,
    nurse 1 takes visit 0; without 2, nurse 1 takes visit 1.
    """
    day = problem(
        LINE, [helper(0, competences=NURSE), helper(1, competences=NURSE), helper(2)],
        [visit(0, 1, competences=NURSE, importance=100, **TEN), visit(1, 2, **TEN), visit(2, 3, **NOON)],
    )  # fmt: skip
    return day, planned(day, 0, 1, 2)


class TestSturdierPlan:
    def test_one_change_and_nobody_is_left_out_by_handing_out(self, nurses: tuple[Problem, Plan]) -> None:
        day, plan = nurses

        made = found(day, plan)

        assert [(each.helpers, each.uncovered) for each in made.before] == [((0,), (0,))]
        assert [each.uncovered for each in made.after] == [()]
        assert (made.away, made.changed, made.complete) == (1, (1,), True)
        assert made.plan.assignments()[1].helper == 2
        assert_true(day, plan, made, Bound())

    def test_planned_anew_the_day_stood_it_before_too(self, nurses: tuple[Problem, Plan]) -> None:
        """What is bettered is how far one comes without moving what the others have."""
        assert strength(*nurses).stands == 1

    def test_where_all_are_stood_two_are_looked_at(self) -> None:
        """Nurses 0, 1, 2. Without 0 and 2 only 1 can make visit 0 at ten, and has visit 1 then; 3 could have had it."""
        day = problem(
            LINE, [*(helper(number, competences=NURSE) for number in range(3)), helper(3)],
            [visit(0, 1, competences=NURSE, importance=100, **TEN), visit(1, 2, **TEN), visit(2, 3, **NOON),
             visit(3, 3, earliest=14 * HOUR, latest=14 * HOUR)],
        )  # fmt: skip
        plan = planned(day, 0, 1, 2, 3)

        made = found(day, plan)

        assert made.away == 2
        assert [(each.helpers, each.uncovered) for each in made.before] == [((0, 2), (0,))]
        assert [each.uncovered for each in made.after] == [()]
        assert made.changed == (1,)
        assert_true(day, plan, made, Bound())

    @pytest.mark.parametrize("bound", [Bound(changes=0), Bound(cost=-1_000.0)])
    def test_tells_when_none_was_found_within_the_bound(self, nurses: tuple[Problem, Plan], bound: Bound) -> None:
        day, plan = nurses

        made = found(day, plan, bound=bound)

        assert (made.plan, made.changed, made.cost, made.complete) == (plan, (), 0.0, True)
        assert made.before == made.after
        assert made.before[0].uncovered == (0,)

    def test_what_is_locked_stays(self, nurses: tuple[Problem, Plan]) -> None:
        day, plan = nurses
        locked = replace(day, visits=(day.visits[0], replace(day.visits[1], helper=1, start=10 * HOUR), day.visits[2]))

        assert found(locked, plan).changed == ()

    def test_where_planning_anew_saves_no_more_nothing_is_looked_for(self) -> None:
        """Only helper 0 is a nurse: nobody can take hers, whatever the plan."""
        day = problem(
            LINE, [helper(0, competences=NURSE), helper(1)], [visit(0, 1, competences=NURSE, **TEN), visit(1, 2, **TEN)]
        )
        made = found(day, planned(day, 0, 1))

        assert (made.changed, made.complete) == ((), True)
        assert [each.importance for each in made.after] == [1, 1]

    @pytest.mark.parametrize("seed", [1, 2, 5])
    def test_every_plan_of_a_teams_day_is_judged(self, seed: int) -> None:
        day = team_day(50, 8, seed)
        plan = solve_day(day, stop=Stop(iterations=10_000), seed=1).plan

        made = found(day, plan)

        assert_true(day, plan, made, Bound())
        if made.changed:
            assert sum(each.importance for each in made.after) < sum(each.importance for each in made.before)

    def test_is_the_same_every_time_and_stops_when_asked(self) -> None:
        day = team_day(50, 8, 2)
        plan = solve_day(day, stop=Stop(iterations=10_000), seed=1).plan
        assert found(day, plan) == found(day, plan)
        looks = iter(range(10_000))

        cut = sturdier_plan(
            day, plan, strength(day, plan), Params(), bound=Bound(), stop=Stop(iterations=400),
            cancelled=lambda: next(looks) > 20,
        )  # fmt: skip

        assert not cut.complete
        assert check_plan(day, cut.plan) == ()


class TestWonBy:
    def test_all_changes_together_win_what_the_plan_wins(self, nurses: tuple[Problem, Plan]) -> None:
        day, plan = nurses
        made = found(day, plan)

        won = won_by(day, plan, made, Params(), made.changed)

        assert won is not None
        assert [each.importance for each in won.absences] == [each.importance for each in made.after]
        assert won.cost == pytest.approx(cost_of(day, won.plan) - cost_of(day, plan))
        assert check_plan(day, won.plan) == ()

    def test_none_of_them_wins_nothing(self, nurses: tuple[Problem, Plan]) -> None:
        day, plan = nurses
        made = found(day, plan)

        won = won_by(day, plan, made, Params(), ())

        assert won is not None
        assert ([each.importance for each in won.absences], won.cost) == ([100], 0.0)
