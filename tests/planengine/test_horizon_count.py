"""Numbers of a horizon: reckoned by hand here and in docs/how-we-count/weeks.md, and again from the plans alone."""

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planengine import (
    Few,
    Horizon,
    Horizons,
    InvalidProblem,
    Load,
    Met,
    OneOf,
    Params,
    Part,
    Plan,
    Problem,
    Stop,
    Weights,
    above_share,
    at_once,
    check_plan,
    count_faces,
    evaluate,
    loads,
    pairs_of,
    plan_horizon,
    result_of,
    solve_day,
)
from planengine.horizon_floor import calls_of
from tests.planengine.builders import HOUR
from tests.planengine.test_horizon import NAMES, day, weeks

FEW = Few(hint=0.0)


def plans_of(parts: Sequence[Part], *, seed: int = 1) -> list[Plan]:
    return [solve_day(part.problem, stop=Stop(iterations=50), seed=seed).plan for part in parts]


class TestTheOneWhoComesMostOften:
    def test_of_the_example_reckoned_by_hand(self) -> None:
        """Days 100-103: Anna two, Berit two. Behind, in the same window of six days: Anna once, Dina once.

        Anna has 3 of 6 visits. At the most: Berit was never there, and could make two; Anna 1 + 2 = 3.
        """
        parts = weeks(("anna",), ("anna",), ("berit",), ("berit",))
        met = [Met(day=98, citizen="c0", helper="anna"), Met(day=99, citizen="c0", helper="dina")]

        faces = count_faces(parts, plans_of(parts), met=met, days=6, after=104)["c0"]

        assert faces.often_planned == OneOf(most=3, visits=6)
        assert faces.often_greatest == OneOf(most=3, visits=6)
        assert faces.often_before == OneOf(most=1, visits=2)

    def test_a_visit_for_two_is_one_visit_and_counts_for_both(self) -> None:
        one = day(("anna", "berit"), citizens=1)
        pair = replace(one, visits=(one.visits[0], replace(one.visits[0], id=1)), links=(at_once(0, 1),))
        parts = [Part(day=100, problem=pair), Part(day=101, problem=day(("anna",), citizens=1))]
        met = [Met(day=99, citizen="c0", helper=who, visit="7") for who in ("anna", "carl")]

        faces = count_faces(parts, plans_of(parts), met=met, days=3, after=102)["c0"]

        assert calls_of(pair) == [(0, 1)]
        assert faces.often_planned == faces.often_greatest == OneOf(most=3, visits=3)
        assert faces.planned == 3

    @given(st.integers(0, 500))
    @settings(max_examples=25, deadline=None)
    def test_no_plan_goes_over_the_most_possible(self, seed: int) -> None:
        dice = random.Random(seed)
        parts = weeks(*(dice.sample(NAMES, dice.randint(1, 3)) for _ in range(4)))
        met = [Met(day=dice.randint(97, 99), citizen="c0", helper=dice.choice(NAMES)) for _ in range(3)]

        for faces in count_faces(parts, plans_of(parts, seed=seed), met=met, days=7, after=104).values():
            assert faces.often_planned.most <= faces.often_greatest.most
            assert faces.often_planned.visits == faces.often_greatest.visits


class TestLoad:
    def test_half_a_position_has_half_the_shifts_and_half_the_share(self) -> None:
        """Anna works four days, Berit two of them; with nobody else each has her share when she makes half of a shared day."""
        parts = weeks(("anna",), ("anna",), ("anna", "berit"), ("anna", "berit"))
        plans = plans_of(parts)

        found = loads(parts, plans)

        assert found["berit"].working == pytest.approx(found["anna"].working / 2)
        busy = [
            sum(each.busy for each in evaluate(p.problem, q, Weights()).helpers) / 60
            for p, q in zip(parts, plans, strict=True)
        ]
        assert found["anna"].share == pytest.approx(busy[0] + busy[1] + (busy[2] + busy[3]) / 2)
        assert found["berit"].share == pytest.approx((busy[2] + busy[3]) / 2)
        assert sum(each.share for each in found.values()) == pytest.approx(sum(busy))
        assert sum(each.busy for each in found.values()) == pytest.approx(sum(busy))

    def test_nobody_is_planned_outside_her_shifts(self) -> None:
        parts = weeks(("anna",), ("anna", "berit"), ("berit",))
        found = plan_horizon(parts, stop=Stop(iterations=2_000), seed=1)

        for part, planned in zip(parts, found.parts, strict=True):
            assert planned is not None and check_plan(part.problem, planned.result.plan) == ()
            at_work = {helper.ref for helper in part.problem.helpers}
            assert {who for _citizen, who in pairs_of(part.problem, planned.result.plan)} <= at_work

    def test_a_heavy_day_and_a_light_one_even_out(self) -> None:
        """Shares of 100 minutes each: 150 and 50 one day, 50 and 150 the next, is nothing over; 150, 50 twice is a quarter."""
        even = {"a": Load(working=900, busy=200, share=200), "b": Load(working=900, busy=200, share=200)}
        uneven = {"a": Load(working=900, busy=300, share=200), "b": Load(working=900, busy=100, share=200)}

        assert (above_share(even), above_share(uneven), above_share({})) == (0.0, 0.25, 0.0)


class TestGivenUp:
    """Anna has been at c0 and is dearer today: Berit is the primary contact, but comes no other day."""

    def horizon(self) -> tuple[list[Part], Horizon]:
        rosters = (("anna", "berit"), ("anna",), ("anna",))
        parts = []
        for number, roster in enumerate(rosters, start=100):
            problem = day(roster, citizens=1)
            if "berit" in roster:
                citizen = replace(problem.citizens[0], primary=1)
                problem = replace(problem, citizens=(citizen, *problem.citizens[1:]))
            parts.append(Part(day=number, problem=problem))
        return parts, plan_horizon(parts, stop=Stop(iterations=3_000), seed=1, few=FEW)

    def test_says_who_would_have_been_better_today_and_which_days_she_comes(self) -> None:
        parts, found = self.horizon()
        results = [each.result for each in found.parts if each is not None]

        given = Horizons(parts, results, met=(), few=FEW).given_up(0, 0)

        assert given is not None
        assert (given.helper, given.instead, given.days) == (0, 1, (101, 102))

    def test_both_prices_are_what_evaluating_says(self) -> None:
        """Today: 6 points for not being the primary contact. The days together: 90 for a new face, less those 6."""
        parts, found = self.horizon()
        results = [each.result for each in found.parts if each is not None]
        horizons = Horizons(parts, results, met=(), few=FEW)

        given = horizons.given_up(0, 0)

        assert given is not None
        problem, before = parts[0].problem, results[0].plan
        assert check_plan(problem, given.plan) == ()
        day_alone = evaluate(problem, before, Weights()).cost - evaluate(problem, given.plan, Weights()).cost
        assert given.today == pytest.approx(day_alone) == pytest.approx(6.0)
        assert given.weeks == pytest.approx(self.worth(parts, [given.plan, *(each.plan for each in results[1:])])
                                            - self.worth(parts, [each.plan for each in results]))  # fmt: skip
        assert given.weeks == pytest.approx(90.0 - 6.0)

    @staticmethod
    def worth(parts: Sequence[Part], plans: Sequence[Plan]) -> float:
        """The whole horizon's points, from the plans alone: docs/how-we-plan.md, «Several days at once»."""
        own = Weights(unknown_face=0.0)
        pairs = {pair for part, plan in zip(parts, plans, strict=True) for pair in pairs_of(part.problem, plan)}
        return sum(evaluate(part.problem, plan, own).cost for part, plan in zip(parts, plans, strict=True)) + 90 * len(
            pairs
        )

    def test_nothing_is_given_up_where_she_is_the_best_or_comes_no_other_day(self) -> None:
        parts, found = self.horizon()
        results = [each.result for each in found.parts if each is not None]

        assert Horizons(parts, results, met=(), few=FEW).given_up(1, 0) is None
        alone = Horizons(parts[:1], results[:1], met=(), few=FEW)
        assert alone.given_up(0, 0) is None
        assert alone.days("c0", "anna") == (100,)

    def test_lists_that_stand_are_days_too_and_a_part_without_a_plan_is_asked_in_vain(self) -> None:
        parts, found = self.horizon()
        results = [each.result for each in found.parts if each is not None]
        stands = [Met(day=101, citizen="c0", helper="anna")]

        given = Horizons(parts[:1], results[:1], met=stands, few=FEW).given_up(0, 0)

        assert given is not None and given.days == (101,)
        missing = Horizons(parts[:1], [None], met=stands, few=FEW)
        assert missing.given_up(0, 0) is None
        with pytest.raises(InvalidProblem, match="no plan"):
            missing.worth(0, results[0].plan)
        assert missing.every_day() == {("c0", "anna"): (101,)}


def test_a_night_belongs_to_the_day_it_begins_and_its_helpers_are_counted() -> None:
    """Day 100 has a visit at three in the night, 27 hours after its midnight; Dina makes it."""
    evening = day(("anna",), citizens=1)
    night: Problem = replace(
        day(("dina",), citizens=1),
        visits=(replace(evening.visits[0], earliest=27 * HOUR, latest=27 * HOUR),),
    )
    shift = replace(night.helpers[0].periods[0], start=22 * HOUR, end=31 * HOUR)
    night = replace(night, helpers=(replace(night.helpers[0], periods=(shift,)),))
    parts = [Part(day=100, problem=evening), Part(day=100, problem=night)]

    found = plan_horizon(parts, stop=Stop(iterations=500), seed=1, params=Params(), few=FEW)

    plans = [None if each is None else each.result.plan for each in found.parts]
    faces = count_faces(parts, plans, met=(), days=1, after=101)["c0"]
    assert (faces.planned, faces.least) == (2, 2)
    assert all(
        plan is not None and result_of(part.problem, plan, Params()) for part, plan in zip(parts, plans, strict=True)
    )
