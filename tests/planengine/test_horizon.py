"""Several days at once: the floor by hand and by brute force, plans kept by the independent checker, few faces."""

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planengine import (
    Citizen,
    Ended,
    Few,
    Horizon,
    InvalidProblem,
    Met,
    Need,
    Params,
    Part,
    Plan,
    Problem,
    ReferenceAssignment,
    Stop,
    Weights,
    at_once,
    check_plan,
    count_faces,
    fewest_helpers,
    floors,
    pairs_of,
    plan_horizon,
    shifts_suffice,
    solve_day,
    spread,
)
from planengine.horizon_circle import find_circles
from planengine.horizon_floor import may_make, needs_of
from tests.planengine.builders import HOUR, LINE, helper, problem, visit

NAMES = ("anna", "berit", "carl", "dina")


def day(at_work: Sequence[str], *, citizens: int = 3, known: Sequence[tuple[str, str]] = ()) -> Problem:
    """A day on the line: one visit to each citizen, c0 at 09, c1 at 10, c2 at 11; the named are at work."""
    helpers = [replace(helper(number), ref=name) for number, name in enumerate(at_work)]
    return problem(
        LINE,
        helpers,
        [visit(n, n + 1, earliest=(9 + n) * HOUR, latest=(9 + n) * HOUR) for n in range(citizens)],
        citizens=tuple(
            Citizen(
                id=n,
                ref=f"c{n}",
                known=tuple((at_work.index(name), 1.0) for citizen, name in known if citizen == f"c{n}"),
            )
            for n in range(3)
        ),
    )


def weeks(*rosters: Sequence[str]) -> list[Part]:
    return [Part(day=number, problem=day(roster)) for number, roster in enumerate(rosters, start=100)]


def planned(parts: Sequence[Part], *, iterations: int = 4_000, **more: object) -> tuple[Horizon, list[Plan | None]]:
    """Plan, and let the independent checker judge every day against the day's own problem."""
    found = plan_horizon(parts, stop=Stop(iterations=iterations), seed=1, **more)  # type: ignore[arg-type]
    plans = [None if each is None else each.result.plan for each in found.parts]
    for part, plan in zip(parts, plans, strict=True):
        assert plan is None or check_plan(part.problem, plan) == ()
    return found, plans


class TestFewestHelpers:
    """docs/how-we-count/weeks.md has the same example in words."""

    def test_of_the_example_reckoned_by_hand(self) -> None:
        # Anna works Monday and Tuesday, Berit Tuesday to Thursday, Carl Friday; Dina Monday.
        week = [{"anna", "dina"}, {"anna", "berit"}, {"berit"}, {"berit"}, {"carl"}]
        needs = [Need(able=frozenset(able)) for able in week]
        assert fewest_helpers(needs) == 3
        assert fewest_helpers(needs, met=["dina"]) == 3
        assert fewest_helpers(needs, met=["erik"]) == 4

    def test_counts_those_already_met_and_uses_them_for_nothing(self) -> None:
        needs = [Need(able=frozenset({"anna", "berit"})), Need(able=frozenset({"carl"}))]

        assert fewest_helpers(needs, met=["berit", "dina"]) == 3  # Berit, Dina, and Carl
        assert fewest_helpers([], met=["berit"]) == 1
        assert fewest_helpers([]) == 0

    def test_two_at_once_are_two(self) -> None:
        both = frozenset({"anna", "berit"})
        assert fewest_helpers([Need(able=both), Need(able=both), Need(able=both, count=2)]) == 2

    @pytest.mark.parametrize(
        ("slots", "each", "least"), [(28, 10, 3), (28, 9.4, 3), (14, 10, 2), (10, 10, 1), (0, 5, 0)]
    )
    def test_the_rule_of_thumb(self, slots: int, each: float, least: int) -> None:
        assert shifts_suffice(slots=slots, shifts_each=each) == least

    def test_equals_the_rule_of_thumb_when_everybody_has_as_many_shifts_that_do_not_overlap(self) -> None:
        needs = [Need(able=frozenset({f"e{slot // 4}"})) for slot in range(14)]
        assert fewest_helpers(needs) == shifts_suffice(slots=14, shifts_each=4) == 4

    @given(st.integers(0, 10_000))
    @settings(max_examples=150)
    def test_is_what_trying_everything_finds(self, seed: int) -> None:
        dice = random.Random(seed)
        people = [f"e{number}" for number in range(dice.randint(1, 6))]
        needs = [
            Need(able=frozenset(dice.sample(people, dice.randint(1, len(people)))), count=dice.randint(1, 2))
            for _ in range(dice.randint(0, 8))
        ]
        met = dice.sample(people, dice.randint(0, len(people)))

        def enough(chosen: set[str]) -> bool:
            return all(len(need.able & chosen) >= min(need.count, len(need.able)) for need in needs)

        sizes = (
            size
            for size in range(len(people) + 1)
            for more in combinations(people, size)
            if set(met) <= set(more) and enough(set(more))
        )
        assert fewest_helpers(needs, met=met) == next(sizes)


class TestNeeds:
    def test_asks_for_those_who_are_able_allowed_and_at_work(self) -> None:
        one = day(("anna", "berit", "carl"))
        late = replace(one.helpers[2], periods=(replace(one.helpers[2].periods[0], start=12 * HOUR),))
        changed = replace(
            one,
            helpers=(replace(one.helpers[0], competences=frozenset({7})), one.helpers[1], late),
            citizens=(replace(one.citizens[0], must_not=frozenset({1})), *one.citizens[1:]),
            visits=(*one.visits[:2], replace(one.visits[2], competences=frozenset({7}))),
        )

        able = [[may_make(changed, each, who) for who in changed.helpers] for each in changed.visits]

        assert able == [[True, False, False], [True, True, False], [True, False, False]]
        assert floors([changed, day(("berit",))]) == {"c0": 2, "c1": 1, "c2": 2}

    def test_a_visit_for_two_needs_two(self) -> None:
        one = day(("anna", "berit", "carl"), citizens=1)
        pair = replace(one, visits=(one.visits[0], replace(one.visits[0], id=1)), links=(at_once(0, 1),))

        assert [need.count for need in needs_of(pair)["c0"]] == [1, 1, 2]
        assert floors([pair, pair]) == {"c0": 2}

    @given(st.integers(0, 500))
    @settings(max_examples=25, deadline=None)
    def test_no_plan_goes_under_the_floor(self, seed: int) -> None:
        dice = random.Random(seed)
        parts = weeks(*(dice.sample(NAMES, dice.randint(1, 3)) for _ in range(4)))
        plans = [solve_day(part.problem, stop=Stop(iterations=50), seed=seed).plan for part in parts]

        for faces in count_faces(parts, plans, met=(), days=4, after=104).values():
            assert faces.least <= faces.planned


class TestPlan:
    ROSTERS = (("anna", "berit"), ("anna", "berit"), ("berit", "carl"), ("berit", "dina"))

    def test_finds_the_one_who_is_there_every_day(self) -> None:
        """Berit is at work all four days; each day alone, anybody is as good."""
        parts = weeks(*self.ROSTERS)

        _found, plans = planned(parts)

        counted = count_faces(parts, plans, met=(), days=4, after=104)
        assert {citizen: (faces.planned, faces.least) for citizen, faces in counted.items()} == {
            "c0": (1, 1), "c1": (1, 1), "c2": (1, 1),
        }  # fmt: skip

    def test_keeps_to_those_met_before(self) -> None:
        parts = weeks(("anna", "berit"), ("anna", "berit"))
        met = [Met(day=90, citizen=f"c{number}", helper="anna") for number in range(3)]

        _found, plans = planned(parts, met=met)

        met_now = [pairs_of(part.problem, plan) for part, plan in zip(parts, plans, strict=True) if plan is not None]
        assert [{who for _citizen, who in pairs} for pairs in met_now] == [{"anna"}, {"anna"}]

    def test_lists_that_stand_among_the_days_count(self) -> None:
        parts = weeks(("anna", "berit"), ("anna", "berit"))
        met = [Met(day=101, citizen=f"c{number}", helper="berit") for number in range(3)]

        _found, plans = planned(parts, met=met)

        counted = count_faces(parts, plans, met=met, days=2, after=102)
        assert {faces.planned for faces in counted.values()} == {1}

    def test_same_seed_same_answer(self) -> None:
        parts = weeks(*self.ROSTERS)

        (one, plans), (other, again) = planned(parts), planned(parts)

        assert plans == again
        assert (one.cost, one.history) == (other.cost, other.history)

    def test_no_sweep_makes_it_worse(self) -> None:
        parts = weeks(*self.ROSTERS, *self.ROSTERS)

        found, _plans = planned(parts, few=Few(sweeps=4, hint=0.0), iterations=800)

        assert list(found.history) == sorted(found.history, reverse=True)
        assert len(found.history) == 4

    def test_cost_is_the_days_costs_and_a_face_once(self) -> None:
        """One helper, two days: each day the same ways, and the three faces paid once, at 90 points each."""
        parts = weeks(("anna",), ("anna",))

        found, _plans = planned(parts)

        alone = [each.result.evaluation for each in found.parts if each is not None]
        without_faces = sum(
            one.cost - next(c.cost for c in one.components if c.name == "unknown_face") for one in alone
        )
        assert found.cost == pytest.approx(without_faces + 3 * 90.0)

    def test_the_answer_is_weighed_against_the_days_own_problem(self) -> None:
        parts = [Part(day=1, problem=day(("anna",), known=(("c0", "anna"),)))]

        found, _plans = planned(parts)

        assert found.parts[0] is not None
        assert found.parts[0].result.evaluation.amount("unknown_face") == 2  # c1 and c2: as known that day, not here

    def test_lists_that_are_made_are_never_made_worse(self) -> None:
        """With a single step of search a sweep; the lists that stand already have Berit on both days."""
        made = tuple(ReferenceAssignment(visit=n, helper=1, start=(9 + n) * HOUR) for n in range(3))
        parts = [
            Part(day=part.day, problem=replace(part.problem, reference=made))
            for part in weeks(("anna", "berit"), ("anna", "berit"))
        ]

        unbound = Params(weights=Weights(changed_helper=0.0, moved_start=0.0))  # nothing else holds them there
        found, plans = planned(parts, iterations=6, few=Few(hint=0.0), params=unbound)

        assert [pairs_of(part.problem, plan) for part, plan in zip(parts, plans, strict=True) if plan is not None] == [
            {("c0", "berit"), ("c1", "berit"), ("c2", "berit")}
        ] * 2
        assert found.uncovered_importance == 0

    def test_covers_as_much_as_the_days_alone(self) -> None:
        """Carl alone may visit c2; he is new, and he comes."""
        one = day(("anna", "carl"))
        fixed = replace(one, visits=(*one.visits[:2], replace(one.visits[2], helper=1)))

        found, _plans = planned([Part(day=1, problem=fixed), Part(day=2, problem=day(("anna",)))])

        assert found.uncovered_importance == 0


class TestBounds:
    def test_tells_how_far_it_is_and_stops_when_asked(self) -> None:
        parts = weeks(*TestPlan.ROSTERS)
        told: list[float] = []

        found = plan_horizon(
            parts, stop=Stop(iterations=4_000), seed=1,
            progress=lambda step: told.append(step.share), cancelled=lambda: len(told) > 2,
        )  # fmt: skip

        assert told == sorted(told)
        assert found.ended is Ended.CANCELLED
        assert found.parts[0] is not None and found.parts[-1] is None

    def test_called_off_at_once_it_answers_with_nothing(self) -> None:
        found = plan_horizon(weeks(("anna",)), stop=Stop(seconds=30), cancelled=lambda: True)

        assert (found.parts, found.ended) == ((None,), Ended.CANCELLED)

    def test_refuses_days_out_of_order_and_refs_that_are_not_one_each(self) -> None:
        one, other = weeks(("anna",), ("anna",))
        nameless = replace(one.problem, helpers=(replace(one.problem.helpers[0], ref=""),))

        with pytest.raises(InvalidProblem, match="before the part ahead"):
            plan_horizon([other, one], stop=Stop(iterations=10))
        with pytest.raises(InvalidProblem, match="refs are missing"):
            plan_horizon([Part(day=1, problem=nameless)], stop=Stop(iterations=10))
        with pytest.raises(InvalidProblem, match=r"few\.again"):
            Few(again=2.0)

    def test_of_no_days_is_nothing(self) -> None:
        found = plan_horizon([], stop=Stop(iterations=10))
        assert (found.parts, found.cost, count_faces([], [], met=(), days=14, after=1)) == ((), 0.0, {})


class TestCircles:
    def test_are_small_and_hold_no_more_than_a_shift(self) -> None:
        """Twelve hours of visits a day and two at work all week: neither can be everybody's only helper."""
        problems = [day(("anna", "berit")) for _ in range(3)]
        long = [
            replace(one, visits=tuple(replace(each, duration=3 * HOUR, earliest=8 * HOUR, latest=13 * HOUR)
                                      for each in one.visits))
            for one in problems
        ]  # fmt: skip

        found = find_circles(long, new_face=lambda *_pair: 90.0, wishes=lambda *_visit: 0.0, seed=1)

        assert len(found.pairs()) == 3
        assert {who for _citizen, who in found.pairs()} == {"anna", "berit"}


class TestCounting:
    def test_windows_are_whole_days_that_end_with_the_horizon(self) -> None:
        """Days 100 and 101 are planned. Four days: 98-101. Before: 96-99."""
        parts = weeks(("anna",), ("anna",))
        plans = [solve_day(part.problem, stop=Stop(iterations=50)).plan for part in parts]
        met = [Met(day=on, citizen="c0", helper=who) for on, who in ((95, "dina"), (97, "carl"), (98, "berit"))]

        faces = count_faces(parts, plans, met=met, days=4, after=102)["c0"]

        assert faces.before == 2  # Carl on 97 and Berit on 98
        assert faces.planned == 2  # Berit on 98 and Anna
        assert faces.least == 2

    def test_spread_counts_citizens_by_number_of_helpers(self) -> None:
        assert spread([3, 1, 3, 2]) == {1: 1, 2: 1, 3: 2}
