"""What if: who is who in a changed day, what is never lost, and a comparison that does not mistake chance for an answer."""

from __future__ import annotations

from dataclasses import fields, replace
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planengine import (
    Break,
    Citizen,
    Helper,
    InvalidProblem,
    Meeting,
    Params,
    Place,
    Problem,
    Stop,
    Weights,
    WorkPeriod,
    at_once,
    check_plan,
    check_result,
    evaluate,
    solve_day,
)
from planengine.example import small_day
from planengine.problem import IntMatrix
from planengine.result import Ended
from planengine.scenario import (
    Origin,
    add_helper,
    change_period,
    copy_of,
    fit_period,
    remove_helper,
    select,
    unchanged,
)
from planengine.scenario_compare import (
    Verdict,
    by_chance,
    compare_scenarios,
    judge,
    total_of,
)
from planengine.scenario_teams import Regard, join, laid_together, move_citizens, recoded, split
from tests.planengine.builders import HOUR, LINE, MINUTE, helper, problem, random_day, solved, visit

seeds = st.integers(0, 10_000)


def far_apart(places: tuple[Place, ...], modes: tuple[str, ...]) -> list[IntMatrix]:
    """Half an hour between any two places: what lies between the teams of these tests."""
    size = len(places)
    between = np.full((size, size), 1_800, dtype=np.int64)
    np.fill_diagonal(between, 0)
    return [between for _mode in modes]


def trimmed(day: Problem) -> Problem:
    """The same day without places nobody goes to."""
    everybody, staff = range(len(day.citizens)), range(len(day.helpers))
    return select(day, citizens=everybody, helpers=staff).problem


def assert_same(one: Problem, other: Problem) -> None:
    """Field for field; a problem holds matrices, so it has no equality of its own."""
    for each in fields(Problem):
        if each.name == "travel":
            assert len(one.travel) == len(other.travel)
            for matrix, same in zip(one.travel, other.travel, strict=True):
                np.testing.assert_array_equal(matrix, same)
        else:
            assert getattr(one, each.name) == getattr(other, each.name), each.name


def importance(*days: Problem) -> int:
    return sum(each.importance for day in days for each in day.visits)


class TestWhoIsAtWork:
    def test_one_more_gets_the_last_id_and_nobody_else_changes(self) -> None:
        day = problem(LINE, [helper(0, ref="a"), helper(1, ref="b")], [visit(0, 1)])

        found = add_helper(day, copy_of(day, 1, ref="new"))

        assert found.helpers == (Origin(0, 0), Origin(0, 1), None)
        assert [each.ref for each in found.problem.helpers] == ["a", "b", "new"]
        assert found.problem.helpers[2].periods == day.helpers[1].periods
        assert_same(replace(found.problem, helpers=day.helpers), day)

    def test_a_copy_knows_nobody(self) -> None:
        day = replace(
            problem(LINE, [helper(0)], [visit(0, 1)]),
            citizens=(Citizen(id=0, known=((0, 1.0),), primary=0), Citizen(id=1), Citizen(id=2)),
        )
        found = add_helper(day, copy_of(day, 0)).problem
        assert found.known(0, 1) == 0.0
        assert found.citizens == day.citizens

    def test_a_helper_of_another_problem_is_refused(self) -> None:
        day = problem(LINE, [helper(0)], [visit(0, 1)])
        with pytest.raises(InvalidProblem):
            add_helper(day, helper(0, start_place=9))
        with pytest.raises(InvalidProblem):
            copy_of(day, 1)

    def test_one_fewer_frees_what_was_hers_and_forgets_her(self) -> None:
        day = replace(
            problem(
                LINE,
                [helper(0), helper(1), helper(2)],
                [visit(0, 1, helper=1, start=9 * HOUR), visit(1, 2, helper=2), visit(2, 3)],
            ),
            citizens=(
                Citizen(id=0, known=((1, 0.5), (2, 0.25)), primary=1, must_not=frozenset({1})),
                Citizen(id=1, primary=2, rather=frozenset({2})),
                Citizen(id=2),
            ),
        )

        found = remove_helper(day, 1)

        assert found.helpers == (Origin(0, 0), Origin(0, 2))
        assert found.freed == (0,)
        assert (found.problem.visits[0].helper, found.problem.visits[0].start) == (None, None)
        assert found.problem.visits[1].helper == 1  # who was helper 2
        assert found.problem.citizens[0] == Citizen(id=0, known=((1, 0.25),))
        assert found.problem.citizens[1] == Citizen(id=1, primary=1, rather=frozenset({1}))

    def test_other_hours_keep_ids_and_free_what_was_locked_outside_them(self) -> None:
        day = problem(
            LINE,
            [helper(0)],
            [visit(0, 1, helper=0, start=9 * HOUR), visit(1, 2, helper=0, start=13 * HOUR), visit(2, 3, helper=0)],
        )

        found = change_period(day, 0, 0, fit_period(day, 0, 0, start=12 * HOUR, end=18 * HOUR))

        assert found.freed == (0,)
        assert [each.helper for each in found.problem.visits] == [None, 0, 0]
        assert found.problem.helpers[0].periods[0].end == 18 * HOUR
        assert found.helpers == (Origin(0, 0),)

    @pytest.mark.parametrize(
        ("start", "end", "window"),
        [
            (7, 15, (11, 13)),  # it still lies in the hours
            (12, 20, (12, 13)),  # as much of it as does
            (13, 21, (16, 18)),  # moved as far as the start
            (8, 9, None),  # nowhere
        ],
    )
    def test_a_break_follows_the_hours(self, start: int, end: int, window: tuple[int, int] | None) -> None:
        rest = Break(duration=1_800, earliest=11 * HOUR, latest_end=13 * HOUR)
        day = problem(LINE, [helper(0, breaks=(rest,), meetings=(Meeting(start=14 * HOUR, duration=1_800),))], [])

        found = fit_period(day, 0, 0, start=start * HOUR, end=end * HOUR)

        assert [(each.earliest, each.latest_end) for each in found.breaks] == (
            [] if window is None else [(window[0] * HOUR, window[1] * HOUR)]
        )
        assert len(found.meetings) == (start <= 14 and end >= 15)

    def test_meetings_stand_when_both_cannot_be_held(self) -> None:
        rest = Break(duration=1_800, earliest=11 * HOUR, latest_end=13 * HOUR)
        meeting = Meeting(start=12 * HOUR, duration=1_800, place=0)
        day = problem(LINE, [helper(0, breaks=(rest,), meetings=(meeting,))], [])

        found = fit_period(day, 0, 0, start=12 * HOUR, end=12 * HOUR + 1_800)

        assert found.breaks == ()
        assert found.meetings == (meeting,)

    def test_hours_that_overlap_her_others_are_refused(self) -> None:
        two = Helper(
            id=0,
            periods=tuple(
                WorkPeriod(start=start * HOUR, end=(start + 2) * HOUR, start_place=0, end_place=0) for start in (8, 12)
            ),
        )
        day = problem(LINE, [two], [visit(0, 1)])
        with pytest.raises(InvalidProblem):
            change_period(day, 0, 0, fit_period(day, 0, 0, start=8 * HOUR, end=13 * HOUR))


class TestTwoTeams:
    @settings(max_examples=60, deadline=None)
    @given(seeds, seeds)
    def test_joining_and_splitting_gives_back_the_same(self, one: int, other: int) -> None:
        first, second = trimmed(random_day(one)), trimmed(random_day(other))

        both = join(first, second, ways=far_apart)
        again = split(both.problem, citizens=range(len(first.citizens)), helpers=range(len(first.helpers)))

        assert_same(again[0].problem, replace(first, name=both.problem.name))
        assert_same(again[1].problem, replace(second, name=both.problem.name))
        assert not again[0].freed and not again[1].freed
        assert both.helpers == tuple(
            Origin(number, each.id) for number, day in enumerate((first, second)) for each in day.helpers
        )

    @settings(max_examples=40, deadline=None)
    @given(seeds, seeds)
    def test_moving_nobody_changes_nothing(self, one: int, other: int) -> None:
        first, second = trimmed(random_day(one)), trimmed(random_day(other))

        here, there = move_citizens(first, second, citizens=(), ways=far_apart)

        assert_same(here.problem, first)
        assert_same(there.problem, replace(second, name=first.name))
        assert here == replace(unchanged(first), problem=here.problem)
        assert there == replace(unchanged(second, 1), problem=there.problem)

    @settings(max_examples=60, deadline=None)
    @given(seeds, seeds, st.data())
    def test_everybody_and_all_importance_is_kept_wherever_a_boundary_goes(
        self, one: int, other: int, data: st.DataObject
    ) -> None:
        first, second = random_day(one), random_day(other)
        moving = data.draw(st.sets(st.integers(0, len(first.citizens) - 1)))

        here, there = move_citizens(first, second, citizens=moving, ways=far_apart)

        assert importance(here.problem, there.problem) == importance(first, second)
        assert sorted(here.visits + there.visits) == sorted(unchanged(first).visits + unchanged(second, 1).visits)
        assert set(here.citizens) == {Origin(0, each.id) for each in first.citizens} - {Origin(0, m) for m in moving}
        assert {each for each in there.citizens if each.problem == 0} == {Origin(0, each) for each in moving}
        for scenario in (here, there):
            for number, origin in enumerate(scenario.visits):
                old = (first, second)[origin.problem].visits[origin.id]
                new = scenario.problem.visits[number]
                assert scenario.citizens[new.citizen] == Origin(origin.problem, old.citizen)
                assert scenario.places[new.place] == Origin(origin.problem, old.place)
                assert (new.duration, new.earliest, new.competences) == (old.duration, old.earliest, old.competences)
                if new.helper is not None and old.helper is not None:
                    assert scenario.helpers[new.helper] == Origin(origin.problem, old.helper)

    def test_a_visit_for_two_moves_whole_and_what_was_locked_is_free(self) -> None:
        first = problem(
            LINE, [helper(0)], [visit(0, 1, helper=0, start=9 * HOUR), visit(1, 2), visit(2, 2)], links=(at_once(1, 2),)
        )
        second = problem(LINE, [helper(0), helper(1)], [visit(0, 1)])

        here, there = move_citizens(first, second, citizens={0, 1}, ways=far_apart)

        assert here.problem.visits == ()
        assert there.problem.links == (at_once(1, 2),)
        assert there.freed == (0,)
        assert there.problem.visits[0].helper is None

    def test_what_citizens_think_of_the_other_team_is_asked(self) -> None:
        first = replace(problem(LINE, [helper(0, ref="anna")], [visit(0, 1)]), citizens=_named("olga", "arne", "per"))
        second = replace(problem(LINE, [helper(0, ref="nils")], [visit(0, 1)]), citizens=_named("eva", "kai", "liv"))

        def regard(citizen: Citizen, other: Helper) -> Regard:
            if (citizen.ref, other.ref) == ("olga", "nils"):
                return Regard(must_not=True, rather=True)
            return Regard(known=0.5, primary=True) if (citizen.ref, other.ref) == ("kai", "anna") else Regard()

        both = join(first, second, ways=far_apart, regards=regard).problem

        assert both.citizens[0].must_not == {1} and not both.citizens[0].rather
        assert both.citizens[4] == Citizen(id=4, ref="kai", known=((0, 0.5),), primary=0)

    def test_ways_within_a_team_stay_and_those_between_are_asked(self) -> None:
        first, second = (problem(LINE, [helper(0)], [visit(0, 1)]) for _ in range(2))
        second = replace(second, modes=("foot",))

        both = join(first, second, ways=far_apart).problem

        assert both.modes == ("car", "foot")
        assert both.helpers[1].mode == 1
        assert both.travel[0][0, 1] == 10 * MINUTE and both.travel[1][4, 5] == 10 * MINUTE
        assert both.travel[0][4, 5] == both.travel[1][0, 1] == both.travel[0][0, 4] == 1_800

    def test_other_ticks_are_refused_and_so_is_somebody_who_is_not_there(self) -> None:
        day = problem(LINE, [helper(0)], [visit(0, 1)])
        with pytest.raises(InvalidProblem):
            join(day, replace(day, ticks_per_minute=600), ways=far_apart)
        with pytest.raises(InvalidProblem):
            move_citizens(day, day, citizens={7}, ways=far_apart)
        with pytest.raises(InvalidProblem):
            select(day, citizens=(), helpers={3})

    def test_competences_get_other_numbers_once_each(self) -> None:
        day = problem(LINE, [helper(0, competences=frozenset({1, 2}))], [visit(0, 1, competences=frozenset({2}))])
        found = recoded(day, {1: 8, 2: 5})
        assert found.helpers[0].competences == {8, 5}
        assert found.visits[0].competences == {5}
        with pytest.raises(InvalidProblem):
            recoded(day, {1: 5, 2: 5})


def _named(*refs: str) -> tuple[Citizen, ...]:
    return tuple(Citizen(id=number, ref=ref) for number, ref in enumerate(refs))


class TestByHand:
    """docs/how-we-count/whatif.md: three visits on a line, one helper who can only make two of them in time."""

    def day(self) -> Problem:
        period = WorkPeriod(start=8 * HOUR, end=10 * HOUR, start_place=0, end_place=0)
        visits = [visit(number, number + 1, importance=10, latest=9 * HOUR + 30 * MINUTE) for number in range(3)]
        return problem(LINE, [Helper(id=0, periods=(period,))], visits)

    def test_one_more_at_work_as_in_the_page_about_it(self) -> None:
        day = self.day()
        after = add_helper(day, copy_of(day, 0)).problem
        only_ways = Params(weights=replace(Weights(), unfair=0.0, unknown_face=0.0))

        found = compare_scenarios([day], [after], stop=Stop(iterations=500), params=only_ways)

        # Alone: home 1 and 2, 08.10-08.40 and 08.50-09.20, back 09.40. 10 + 10 + 20 minutes on the way. The third
        # home would take her past ten. Two: the second drives 30 out and 30 back for the third home, or shares it.
        assert (found.before.shown.uncovered, found.before.shown.uncovered_importance) == (1, 10)
        assert found.before.shown.amounts["travel"] == 40
        assert (found.after.shown.uncovered, found.after.shown.amounts["travel"]) == (0, 80)
        assert found.verdict(lambda each: each.uncovered) is Verdict.LESS
        assert found.verdict(lambda each: each.amounts["travel"]) is Verdict.MORE
        assert found.verdict(lambda each: each.faces_each) is Verdict.ALIKE


class TestComparison:
    @settings(max_examples=12, deadline=None)
    @given(seeds, seeds)
    def test_every_number_is_the_checkers_and_the_evaluators(self, one: int, other: int) -> None:
        first, second = random_day(one), random_day(other)
        joined = join(first, second, ways=far_apart).problem
        try:
            found = compare_scenarios([first, second], [joined], stop=Stop(iterations=200), seeds=(1, 2))
        except InvalidProblem:
            return  # breaks and meetings that cannot all be held

        for side in (found.before, found.after):
            for results, total in zip(side.runs, side.totals, strict=True):
                amounts: dict[str, float] = {}
                left, pairs = 0, 0
                for day, result in zip(side.problems, results, strict=True):
                    assert check_result(day, result) == ()
                    worth = evaluate(day, result.plan, Weights())
                    left += worth.uncovered_importance
                    pairs += len({(day.visits[a.visit].citizen, a.helper) for a in result.assignments.values()})
                    for each in worth.components:
                        amounts[each.name] = amounts.get(each.name, 0.0) + each.amount
                assert (left, pairs) == (total.uncovered_importance, total.faces)
                for name in ("travel", "late", "overtime", "uneven", "extra_face", "unknown_face"):
                    assert total.amounts[name] == pytest.approx(amounts[name])
                assert total.faces - total.met == total.amounts["extra_face"]
                assert total.uncovered == total.visits - sum(len(each.assignments) for each in results)

    @settings(max_examples=12, deadline=None)
    @given(seeds, seeds)
    def test_two_teams_as_one_are_never_worse_than_the_two_R27(self, one: int, other: int) -> None:
        """Whatever the seed and however few the steps; the same two plans side by side are the least there is."""
        first, second = random_day(one), random_day(other)
        joined = join(first, second, ways=far_apart)
        try:
            found = compare_scenarios(
                [first, second], [joined.problem], stop=Stop(iterations=60), seeds=(1, 2),
                carry=lambda plans: (laid_together(joined, plans),),
            )  # fmt: skip
        except InvalidProblem:
            return  # breaks and meetings that cannot all be held

        for now, (as_one,) in zip(found.before.runs, found.after.runs, strict=True):
            beside = laid_together(joined, [each.plan for each in now])
            assert check_plan(joined.problem, beside) == ()
            side_by_side = evaluate(joined.problem, beside, Weights())
            least = (side_by_side.uncovered_importance, side_by_side.cost)
            assert (as_one.evaluation.uncovered_importance, as_one.evaluation.cost) <= least
            assert check_result(joined.problem, as_one) == ()
        assert all(
            after.uncovered_importance <= before.uncovered_importance
            for before, after in zip(found.before.totals, found.after.totals, strict=True)
        )

    def test_two_plans_side_by_side_cost_what_they_cost_apart_but_for_the_fair_share(self) -> None:
        first, second = small_day(), small_day()
        joined = join(first, second, ways=far_apart)
        params = Params(weights=replace(Weights(), unfair=0.0))
        apart = [solve_day(day, stop=Stop(iterations=300), params=params).plan for day in (first, second)]

        beside = evaluate(joined.problem, laid_together(joined, apart), params.weights)

        assert beside.cost == pytest.approx(sum(evaluate(first, each, params.weights).cost for each in apart))

    def test_the_largest_of_several_teams_counts_not_the_sum(self) -> None:
        late = problem(LINE, [helper(0)], [visit(0, 1, wish_to=8 * HOUR)])
        result = solved(late)
        total = total_of([late, late], [result.plan, result.plan], Weights())
        assert total.amounts["largest_late"] == 10
        assert total.amounts["late"] == 20

    def test_the_same_question_gives_the_same_answer(self) -> None:
        day = small_day()
        one, two = (
            compare_scenarios([day], [remove_helper(day, 0).problem], stop=Stop(iterations=300), seeds=(1, 2))
            for _ in range(2)
        )
        assert one.before.totals == two.before.totals and one.after.totals == two.after.totals

    def test_a_day_against_itself_is_alike_in_everything(self) -> None:
        day = small_day()
        found = compare_scenarios([day], [day], stop=Stop(iterations=300))
        for name in found.before.shown.amounts:
            before, after = ([each.amounts[name] for each in side.totals] for side in (found.before, found.after))
            assert before == after and judge(before, after) is Verdict.ALIKE

    @settings(max_examples=20, deadline=None)
    @given(seeds)
    def test_an_unneeded_helper_never_worsens(self, seed: int) -> None:
        """One more leaves out no more, and costs no more beyond the tolerance when as much was covered without her.

        Without the fair share, which asks for something of her as well, the old plan is one of the new ones. That is
        said of the best plans there are; the search is a heuristic, so each side is asked three times, and the cost
        may be two per cent and a point higher. Of 6,000 such days 6 were beyond that, and 1 left out more.
        """
        day = random_day(seed)
        params = Params(weights=replace(Weights(), unfair=0.0))
        more = add_helper(day, Helper(id=0, periods=(_long_period(),), competences=frozenset({0, 1, 2})))

        def best_of(asked: Problem) -> tuple[int, float]:
            found = [solve_day(asked, stop=Stop(iterations=30_000), seed=each, params=params) for each in (1, 2, 3)]
            return min((each.evaluation.uncovered_importance, each.evaluation.cost) for each in found)

        try:
            before, after = best_of(day), best_of(more.problem)
        except InvalidProblem:
            return  # breaks and meetings that cannot all be held
        assert after[0] <= before[0]
        if after[0] == before[0]:
            assert after[1] <= before[1] * 1.02 + 1

    def test_one_fewer_never_covers_more(self) -> None:
        for seed in range(8):
            day = random_day(seed)
            try:
                before = solved(day, iterations=2_000)
                after = solved(remove_helper(day, 0).problem, iterations=2_000)
            except InvalidProblem:
                continue
            freed = remove_helper(day, 0).freed
            if not freed:
                assert after.evaluation.uncovered_importance >= before.evaluation.uncovered_importance

    def test_called_off_keeps_the_rounds_that_are_whole(self) -> None:
        day, asked = small_day(), 0

        def after_the_second_round() -> bool:
            return told >= 2 / 4

        told = 0.0

        def tell(share: float) -> None:
            nonlocal told, asked
            told, asked = share, asked + 1

        found = compare_scenarios(
            [day], [day], stop=Stop(iterations=2_000), progress=tell, cancelled=after_the_second_round
        )
        assert found.ended is Ended.CANCELLED
        assert found.seeds == (1, 2)
        assert len(found.before.runs) == len(found.after.runs) == 2

    def test_called_off_at_once_has_nothing_to_show(self) -> None:
        day = small_day()
        found = compare_scenarios([day], [day], stop=Stop(iterations=2_000), cancelled=lambda: True)
        assert found.seeds == () and found.before.totals == ()
        assert found.verdict(lambda each: each.cost) is Verdict.ALIKE

    def test_progress_rises_to_the_end(self) -> None:
        told: list[float] = []
        day = small_day()
        compare_scenarios([day, day], [day], stop=Stop(iterations=200), seeds=(1, 2), progress=told.append)
        assert told == sorted(told)
        assert told[-1] == pytest.approx(1.0)

    def test_progress_rises_to_the_end_where_plans_are_carried_over(self) -> None:
        told: list[float] = []
        both = join(small_day(), small_day(), ways=far_apart)
        compare_scenarios(
            [small_day(), small_day()], [both.problem], stop=Stop(iterations=200), seeds=(1, 2), progress=told.append,
            carry=lambda plans: (laid_together(both, plans),),
        )  # fmt: skip
        assert told == sorted(told)
        assert told[-1] == pytest.approx(1.0)

    @pytest.mark.parametrize(
        ("before", "after", "verdict"),
        [
            ((4, 5, 4, 6), (3, 3, 2, 3), Verdict.LESS),
            ((4, 5, 4, 6), (7, 8, 7, 9), Verdict.MORE),
            ((4, 5, 4, 6), (4, 3, 3, 3), Verdict.ALIKE),  # one run as good as the worst of the others
            ((4, 4), (4, 4), Verdict.ALIKE),
            ((4,), (9,), Verdict.ALIKE),  # one throw says nothing
            ((), (), Verdict.ALIKE),
        ],
    )
    def test_a_difference_counts_only_when_all_runs_agree(
        self, before: tuple[float, ...], after: tuple[float, ...], verdict: Verdict
    ) -> None:
        assert judge(before, after) is verdict

    def test_how_often_chance_alone_would_part_them(self) -> None:
        """By counting: of all ways to deal eight different values into fours, two have one side beyond the other."""
        assert [by_chance(runs) for runs in (2, 3, 4)] == [2 / 6, 2 / 20, 2 / 70]
        parted = sum(
            judge([v for v in range(8) if mask >> v & 1], [v for v in range(8) if not mask >> v & 1])
            is not Verdict.ALIKE
            for mask in range(256)
            if mask.bit_count() == 4
        )
        assert parted / comb(8, 4) == by_chance(4)
        assert by_chance(0) == by_chance(1) == 1.0

    def test_a_side_without_teams_or_a_seed_given_twice_is_refused(self) -> None:
        day = small_day()
        with pytest.raises(InvalidProblem):
            compare_scenarios([], [day], stop=Stop(iterations=1))
        with pytest.raises(InvalidProblem):
            compare_scenarios([day], [day], stop=Stop(iterations=1), seeds=(1, 1))


def _long_period() -> WorkPeriod:
    return WorkPeriod(start=0, end=40_000, start_place=0, end_place=0)
