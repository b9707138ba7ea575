"""What holds for every day."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from planengine import (
    InvalidProblem,
    Params,
    Problem,
    Result,
    Stop,
    Weights,
    check_plan,
    check_result,
    explain_assignment,
    propose_changes,
    solve_day,
    try_way_out,
    with_changes,
)
from planengine.check import cost_of, recount
from tests.planengine.builders import helper, problem, random_day, visit

FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
seeds = st.integers(0, 10**6)


def a_day(seed: int) -> Problem:
    """A valid random day, whose events can all be held."""
    try:
        day = random_day(seed)
        solve_day(day, stop=Stop(iterations=0), seed=0)
    except InvalidProblem:
        assume(False)
    return day


def solve(day: Problem, seed: int = 1, iterations: int = 1_000, params: Params | None = None) -> Result:
    return solve_day(day, stop=Stop(iterations=iterations), seed=seed, params=params)


class TestEveryAnswer:
    @FEW
    @given(seeds, st.booleans(), st.sampled_from([0.0, 0.5]))
    def test_passes_the_independent_checker(self, seed: int, overtime: bool, idle: float) -> None:
        day = a_day(seed)
        params = Params(allow_overtime=overtime, weights=Weights(longest_idle=idle, largest_late=idle), ruin_share=0.05)

        assert check_result(day, solve(day, params=params)) == ()

    @FEW
    @given(seeds)
    def test_is_the_same_for_the_same_seed(self, seed: int) -> None:
        day = a_day(seed)

        one, other = solve(day, seed=seed), solve(day, seed=seed)

        assert replace(one, seconds=0.0) == replace(other, seconds=0.0)

    @FEW
    @given(seeds)
    def test_keeps_what_is_locked(self, seed: int) -> None:
        day = a_day(seed)
        first = solve(day)
        chosen = sorted(first.assignments)[::2]
        locked = replace(
            day,
            visits=tuple(
                replace(each, helper=first.assignments[each.id].helper, start=first.assignments[each.id].start)
                if each.id in chosen
                else each
                for each in day.visits
            ),
        )
        # Locks are taken from one plan, so all of them can be kept.
        second = solve(locked, seed=2)

        for number in chosen:
            if number in second.assignments:
                was, now = first.assignments[number], second.assignments[number]
                assert (was.helper, was.start) == (now.helper, now.start)
        assert check_result(locked, second) == ()

    @FEW
    @given(seeds, st.integers(1, 10_000))
    def test_moves_with_the_clock(self, seed: int, shift: int) -> None:
        day = a_day(seed)
        later = _shifted(day, shift)

        now, then = solve(day), solve(later)

        assert then.evaluation.uncovered_importance == now.evaluation.uncovered_importance
        assert abs(then.evaluation.cost - now.evaluation.cost) < 1e-6
        assert {v: a.start + shift for v, a in now.assignments.items()} == {
            v: a.start for v, a in then.assignments.items()
        }


class TestRenumbering:
    @FEW
    @given(st.permutations(range(5)), st.permutations(range(2)))
    def test_other_ids_give_an_equally_good_plan(self, visits: list[int], helpers: list[int]) -> None:
        minutes = [[0, 9, 17, 24], [9, 0, 8, 16], [17, 8, 0, 11], [24, 16, 11, 0]]
        people = [helper(0, competences=frozenset({1})), helper(1, level=1, competences=frozenset({1, 2}))]
        calls = [visit(n, 1 + n % 3, competences=frozenset({1 + (n == 4)})) for n in range(5)]
        day = problem(minutes, people, calls)
        other = problem(
            minutes,
            [replace(people[old], id=new) for new, old in enumerate(helpers)],
            [replace(calls[old], id=new) for new, old in enumerate(visits)],
        )

        assert abs(solve(day, iterations=4_000).evaluation.cost - solve(other, iterations=4_000).evaluation.cost) < 1e-6


class TestOneMoreHelper:
    @FEW
    @given(seeds)
    def test_never_leaves_more_uncovered(self, seed: int) -> None:
        day = a_day(seed)
        more = replace(
            day, helpers=(*day.helpers, replace(day.helpers[0], id=len(day.helpers), periods=day.helpers[0].periods))
        )
        before = solve(day, iterations=3_000)

        after = solve(more, iterations=6_000)

        # Compared with the best of several seeds on failure: the search is a heuristic, the property is of optima.
        if after.evaluation.uncovered_importance > before.evaluation.uncovered_importance:
            best = min(solve(more, seed=s, iterations=20_000).evaluation.uncovered_importance for s in (2, 3, 4))
            assert best <= before.evaluation.uncovered_importance


class TestWhatIsSaidAboutAPlan:
    @FEW
    @given(seeds)
    def test_prices_of_ways_out_and_alternatives_are_the_checkers(self, seed: int) -> None:
        day = a_day(seed)
        result = solve(day)
        weights = result.params.weights.as_dict()
        base = cost_of(day, result.plan, weights)

        for left in result.uncovered:
            assert left.reasons
            for way in left.ways_out:
                plan = try_way_out(day, result, left.visit, way)
                assert (plan is None) == (way.cost is None)
                if plan is not None and way.cost is not None:
                    assert left.visit in plan.assignments()
                    assert abs(cost_of(day, plan, weights) - base - way.cost) < 1e-6
        for number in result.assignments:
            for other in explain_assignment(day, result, number).alternatives:
                assert check_plan(day, other.plan) == ()
                assert abs(cost_of(day, other.plan, weights) - base - other.cost) < 1e-6

    @FEW
    @given(seeds)
    def test_changes_accepted_alone_or_all_together_keep_the_rules(self, seed: int) -> None:
        day = a_day(seed)
        one, other = solve(day, seed=1, iterations=50), solve(day, seed=2)
        params = one.params
        base = cost_of(day, one.plan, params.weights.as_dict())
        changes = propose_changes(day, one.plan, other.plan, params, least_move=0)

        for change in changes:
            if change.possible:
                alone = with_changes(day, one.plan, other.plan, {v.visit for v in change.visits}, params)
                assert check_plan(day, alone) == ()
                assert abs(cost_of(day, alone, params.weights.as_dict()) - base - change.cost) < 1e-6
        full = with_changes(day, one.plan, other.plan, {v.visit for c in changes for v in c.visits}, params)
        assert check_plan(day, full) == ()
        assert recount(day, full)[0] == other.evaluation.uncovered_importance


def _shifted(day: Problem, shift: int) -> Problem:
    def moved(value: int | None) -> int | None:
        return None if value is None else value + shift

    return replace(
        day,
        travel=tuple(np.array(matrix) for matrix in day.travel),
        helpers=tuple(
            replace(
                each,
                periods=tuple(
                    replace(
                        p, start=p.start + shift, end=p.end + shift,
                        breaks=tuple(
                            replace(b, earliest=b.earliest + shift, latest_end=b.latest_end + shift) for b in p.breaks
                        ),
                        meetings=tuple(replace(m, start=m.start + shift) for m in p.meetings),
                    )
                    for p in each.periods
                ),
            )
            for each in day.helpers
        ),
        visits=tuple(
            replace(
                each, earliest=each.earliest + shift, latest=moved(each.latest), wish_from=moved(each.wish_from),
                wish_to=moved(each.wish_to), start=moved(each.start),
            )
            for each in day.visits
        ),
        reference=tuple(replace(each, start=each.start + shift) for each in day.reference),
    )  # fmt: skip
