"""The checker must say no: every rule broken once, in a plan that is otherwise right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from planengine import Citizen, Link, Params, Plan, Problem, Stop, Visit, at_once, check_plan, check_result, solve_day
from planengine.check import Broken
from planengine.example import small_day
from planengine.result import Tour
from tests.planengine.builders import HOUR, LINE, helper, problem, solved, visit


def day_and_plan() -> tuple[Problem, Plan]:
    day = small_day()
    result = solve_day(day, stop=Stop(iterations=2_000), seed=1)
    assert check_result(day, result) == ()
    assert result.uncovered == ()
    return day, result.plan


def with_visits(day: Problem, **changed: dict[str, object]) -> Problem:
    visits = {each.id: each for each in day.visits}
    for number, what in changed.items():
        visits[int(number[1:])] = replace(visits[int(number[1:])], **what)  # type: ignore[arg-type]
    return replace(day, visits=tuple(visits.values()))


def with_helper(day: Problem, number: int, **what: object) -> Problem:
    return replace(
        day,
        helpers=tuple(replace(h, **what) if h.id == number else h for h in day.helpers),  # type: ignore[arg-type]
    )


def with_period(day: Problem, number: int, **what: object) -> Problem:
    return with_helper(day, number, periods=(replace(day.helpers[number].periods[0], **what),))  # type: ignore[arg-type]


CHANGED_RULES: list[tuple[Broken, Callable[[Problem], Problem]]] = [
    (Broken.COMPETENCE, lambda day: with_helper(day, 0, competences=frozenset())),
    (Broken.MUST_NOT, lambda day: replace(day, citizens=(Citizen(id=0, must_not=frozenset({0})), *day.citizens[1:]))),
    (Broken.WRONG_HELPER, lambda day: with_visits(day, v4={"helper": 0})),
    (Broken.WINDOW, lambda day: with_visits(day, v1={"latest": 10 * HOUR})),
    (Broken.LOCKED_START, lambda day: with_visits(day, v4={"helper": 1, "start": 13 * HOUR})),
    (Broken.BEFORE_PERIOD, lambda day: with_period(day, 0, start=8 * HOUR + 60)),
    (Broken.AFTER_PERIOD, lambda day: with_period(day, 0, end=12 * HOUR)),
    (Broken.TRAVEL, lambda day: replace(day, travel=(day.travel[0] * 40,))),
    (Broken.LINK, lambda day: replace(day, links=(Link(first=0, second=1, least=0, most=60), *day.links[1:]))),
    (Broken.SAME_HELPER, lambda day: replace(
        day, links=(*day.links, Link(first=0, second=1, least=0, different_helpers=True)))),
]  # fmt: skip


class TestCheckPlan:
    @pytest.mark.parametrize(("rule", "change"), CHANGED_RULES, ids=[str(rule) for rule, _ in CHANGED_RULES])
    def test_sees_a_rule_that_the_plan_breaks(self, rule: Broken, change: Callable[[Problem], Problem]) -> None:
        day, plan = day_and_plan()
        # The changed day may be one that the library refuses to plan; the checker must not depend on that.
        other = change(day)

        assert rule in {each.rule for each in check_plan(other, plan)}

    def test_sees_a_half_of_two_at_once_left_alone(self) -> None:
        day, plan = day_and_plan()

        assert Broken.TOGETHER in {each.rule for each in check_plan(day, without(plan, 3))}

    def test_sees_a_visit_made_twice(self) -> None:
        day = problem(LINE, [helper(0), helper(1)], [visit(0, 1)])
        tours = solved(day).plan.tours
        used = next(tour for tour in tours if tour.stops)
        twice = Plan(tuple(replace(used, helper=tour.helper) for tour in tours))

        assert [each.rule for each in check_plan(day, twice)] == [Broken.VISITED_TWICE]

    def test_sees_a_break_and_a_meeting_left_out(self) -> None:
        day, plan = day_and_plan()
        bare = Plan(tuple(replace(t, stops=tuple(s for s in t.stops if s.kind == "visit")) for t in plan.tours))

        assert {Broken.BREAK, Broken.MEETING} <= {each.rule for each in check_plan(day, bare)}

    def test_sees_a_wrong_waiting_time_and_a_missing_tour(self) -> None:
        day, plan = day_and_plan()
        last = plan.tours[0].stops[-1]
        wrong = replace(plan.tours[0], stops=(*plan.tours[0].stops[:-1], replace(last, waiting=last.waiting + 1)))

        assert [v.rule for v in check_plan(day, Plan((wrong, plan.tours[1])))] == [Broken.TIMES]
        assert [v.rule for v in check_plan(day, Plan(plan.tours[:1]))] == [Broken.UNKNOWN_TOUR]


class TestCheckResult:
    def test_sees_a_wrong_component_and_a_wrong_list_of_uncovered(self) -> None:
        day = problem(LINE, [helper(0)], [visit(0, 1), Visit(id=1, citizen=1, place=2, duration=60, latest=0)])
        result = solved(day, Params())
        first = result.evaluation.components[0]
        wrong = replace(
            result.evaluation, components=(replace(first, amount=first.amount + 1), *result.evaluation.components[1:])
        )

        assert Broken.COMPONENT in {v.rule for v in check_result(day, replace(result, evaluation=wrong))}
        assert [v.rule for v in check_result(day, replace(result, uncovered=()))] == [Broken.UNCOVERED_LIST]


def without(plan: Plan, number: int) -> Plan:
    def cut(tour: Tour) -> Tour:
        return replace(tour, stops=tuple(s for s in tour.stops if s.kind != "visit" or s.id != number))

    return Plan(tuple(cut(tour) for tour in plan.tours))


def test_at_once_is_a_link_of_two() -> None:
    assert at_once(3, 4) == Link(first=3, second=4, least=0, most=0, together=True, different_helpers=True)
