"""Two groups, two waves, few teams: against scipy, against listing every way, and against drawing."""

from __future__ import annotations

from itertools import product

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from measures import InvalidInput
from measures.answer import Answer
from measures.comparison.effect import hedges, noncentral, standardised_change
from measures.comparison.groups import hedges_g, superiority, welch
from measures.comparison.pairs import paired, sign_flip
from measures.comparison.power import detectable, mean_variance, power_of, share_precision
from measures.comparison.several import holm
from measures.disclosure.waves import paired_by_code

FEW = settings(max_examples=60, deadline=None)
whole_numbers = st.integers(-20, 20)
group = st.lists(whole_numbers, min_size=2, max_size=15)


def two(a: list[int], b: list[int]) -> pl.DataFrame:
    return pl.DataFrame({"group": ["a"] * len(a) + ["b"] * len(b), "value": [*a, *b]})


class TestWelch:
    @FEW
    @given(group, group)
    def test_is_scipys(self, a: list[int], b: list[int]) -> None:
        assume(len(set(a)) > 1 or len(set(b)) > 1)
        found, peer = welch(two(a, b)), stats.ttest_ind(a, b, equal_var=False)

        assert (found["t"], found["df"], found["p"]) == pytest.approx((peer.statistic, peer.df, peer.pvalue))
        assert (found["ci_low"], found["ci_high"]) == pytest.approx(tuple(peer.confidence_interval()))

    @FEW
    @given(group, group)
    def test_turned_round_is_the_same_with_the_sign_turned(self, a: list[int], b: list[int]) -> None:
        one, other = welch(two(a, b)), welch(two(b, a))
        for name, mirror in (
            ("diff", "diff"),
            ("hedges_g", "hedges_g"),
            ("ci_low", "ci_high"),
            ("g_ci_low", "g_ci_high"),
        ):
            if one[name] is None:
                assert other[mirror] is None
            else:
                assert one[name] == pytest.approx(-other[mirror], abs=1e-7)

    def test_without_spread_has_a_difference_and_nothing_more(self) -> None:
        found = welch(two([3, 3, 3], [2, 2, 2]))

        assert (found["diff"], found["t"], found["hedges_g"]) == (1, None, None)

    def test_one_alone_in_a_group_gives_no_interval(self) -> None:
        assert welch(two([3], [2, 4]))["ci_low"] is None

    def test_rows_of_other_groups_are_counted(self) -> None:
        table = pl.concat([two([1, 2, 3], [2, 3, 4]), pl.DataFrame({"group": ["c"], "value": [9]})])

        assert welch(table).excluded == {"other_groups": 1}


class TestEffectSizes:
    @FEW
    @given(st.floats(-4, 4), st.integers(3, 60), st.integers(3, 60))
    def test_ends_of_the_interval_put_the_observed_t_at_its_two_ends(self, d: float, n_a: int, n_b: int) -> None:
        g, (low, high) = hedges(d, 1.0, n_a, n_b, 0.05)
        root, freedom = (1 / n_a + 1 / n_b) ** 0.5, n_a + n_b - 2
        assert g is not None and low is not None and high is not None
        j = g / d if abs(d) > 1e-9 else 1.0
        if abs(d) > 1e-9:
            assert stats.nct.cdf(d / root, freedom, low / j / root) == pytest.approx(0.975, abs=1e-6)
            assert stats.nct.cdf(d / root, freedom, high / j / root) == pytest.approx(0.025, abs=1e-6)
        assert low < high

    def test_interval_of_g_holds_the_truth_as_often_as_it_says(self) -> None:
        rng, hit = np.random.default_rng(1), 0
        for _ in range(400):
            a, b = rng.normal(0.5, 1, 12), rng.normal(0, 1, 9)
            sd = float(np.sqrt((11 * a.var(ddof=1) + 8 * b.var(ddof=1)) / 19))
            _, (low, high) = hedges(float(a.mean() - b.mean()), sd, 12, 9, 0.05)
            assert low is not None and high is not None
            hit += low <= 0.5 <= high

        assert 0.92 <= hit / 400 <= 0.975  # 95 %, four standard errors of 400 draws each way, g a little below d

    def test_very_large_effects_still_have_an_interval(self) -> None:
        low, high = noncentral(60.0, 200, 0.05)

        assert low is not None and high is not None and low < 60 < high

    def test_dz_is_the_noncentral_t_of_pairs(self) -> None:
        dz, (low, high) = standardised_change(1.0, 2.0, 16, 0.05)

        assert dz == 0.5
        assert low is not None and high is not None
        assert stats.nct.cdf(2.0, 15, low * 4) == pytest.approx(0.975, abs=1e-6)
        assert stats.nct.cdf(2.0, 15, high * 4) == pytest.approx(0.025, abs=1e-6)

    def test_refuses_groups_of_one(self) -> None:
        with pytest.raises(InvalidInput, match="n_a"):
            hedges_g(mean_a=1, mean_b=2, sd_a=1, sd_b=1, n_a=1, n_b=5)


class TestSuperiority:
    @FEW
    @given(group, group)
    def test_is_counted_pair_by_pair(self, a: list[int], b: list[int]) -> None:
        wins = sum((x > y) + (x == y) / 2 for x, y in product(a, b)) / (len(a) * len(b))
        found = superiority(two(a, b))

        assert found["probability"] == pytest.approx(wins)
        if found["ci_low"] is not None:
            assert 0 <= found["ci_low"] <= wins <= found["ci_high"] <= 1

    def test_interval_is_brunner_and_munzels(self) -> None:
        a, b = [1, 2, 2, 4, 5, 5, 3], [2, 3, 5, 5, 4, 5]
        peer = stats.brunnermunzel(a, b)
        found = superiority(two(a, b))
        edge = superiority(two(a, b), conf=1 - float(peer.pvalue))

        assert found["ci_low"] < 0.5 < found["ci_high"]
        assert min(abs(edge["ci_low"] - 0.5), abs(edge["ci_high"] - 0.5)) < 1e-9


class TestPaired:
    def test_an_id_that_stands_twice_is_nobody(self) -> None:
        table = pl.DataFrame({"id": ["p", "p", "q", "p", "q"], "group": list("aaabb"), "value": [1, 2, 3, 4, 5]})
        found = paired(table)

        assert (found["n_pairs"], found["n_only_b"], found.excluded) == (1, 1, {"id_twice": 2})

    @FEW
    @given(st.lists(st.tuples(whole_numbers, whole_numbers), min_size=2, max_size=20))
    def test_is_scipys(self, pairs: list[tuple[int, int]]) -> None:
        assume(len({x - y for x, y in pairs}) > 1)
        table = pl.DataFrame(
            {"id": [*range(len(pairs))] * 2, "group": ["a"] * len(pairs) + ["b"] * len(pairs),
             "value": [x for x, _ in pairs] + [y for _, y in pairs]}
        )  # fmt: skip
        found, peer = paired(table), stats.ttest_rel([x for x, _ in pairs], [y for _, y in pairs])

        assert (found["t"], found["p"]) == pytest.approx((peer.statistic, peer.pvalue), abs=1e-9)

    def test_by_code_gives_neither_codes_nor_pairs(self) -> None:
        first = pl.DataFrame({"e1": ["P", "Q", "R"], "e2": ["05", "07", "11"], "value": [3, 4, 2]})
        second = pl.DataFrame({"e1": ["P", "Q"], "e2": ["05", "08"], "value": [4, 6]})
        told = str(paired_by_code(first, second, code=["e1", "e2"]).as_json())

        assert not any(each in told for each in ("'P'", "'Q'", "'05'", "'pairs'"))

    def test_by_code_says_when_few_could_be_joined(self) -> None:
        first = pl.DataFrame({"e1": list("PQRS"), "value": [1, 2, 3, 4]})
        second = pl.DataFrame({"e1": list("PXYZ"), "value": [1, 2, 3, 4]})

        assert "few_joined" in [each.code for each in paired_by_code(first, second, code=["e1"], max_diff=0).warnings]


class TestSignFlip:
    @FEW
    @given(st.lists(whole_numbers, min_size=1, max_size=9))
    def test_is_counted_way_by_way(self, diffs: list[int]) -> None:
        ways = list(product([1, -1], repeat=len(diffs)))
        count = sum(abs(sum(s * d for s, d in zip(way, diffs, strict=True))) >= abs(sum(diffs)) for way in ways)
        found = sign_flip(pl.DataFrame({"diff": diffs}))

        assert (found["count"], found["total"]) == (count, len(ways))

    def test_of_many_is_drawn_with_its_seed_and_said(self) -> None:
        diffs = pl.DataFrame({"diff": [float(each % 7) - 2 for each in range(25)]})
        one, again = sign_flip(diffs, seed=3), sign_flip(diffs, seed=3)

        assert (one.values, one.seed, one["total"]) == (again.values, 3, 100_000)
        assert "drawn" in [each.code for each in one.warnings]
        assert 0 < one["p"] < 1


class TestHolm:
    @FEW
    @given(st.lists(st.floats(0, 1), min_size=1, max_size=8, unique=True))
    def test_rejects_as_the_step_down_says(self, p: list[float]) -> None:
        found = holm(pl.DataFrame({"name": [f"i{each}" for each in range(len(p))], "p": p}))["adjusted"]
        still = True
        for rank, at in enumerate(sorted(range(len(p)), key=lambda each: p[each])):
            still = still and p[at] <= 0.05 / (len(p) - rank)
            assume(abs(p[at] - 0.05 / (len(p) - rank)) > 1e-12)
            assert (found[f"i{at}"] <= 0.05) == still


class TestPower:
    def test_says_what_eight_teams_can_see_as_computed_by_simulation_before(self) -> None:
        def of(teams: int) -> Answer:
            return detectable(
                teams=teams, comparison_teams=teams, sd=0.8, before=12, after=12, sd_true_change=0.25, effect=0.6
            )

        assert of(4)["detectable"] == pytest.approx(0.98, abs=0.005)
        assert of(8)["detectable"] == pytest.approx(0.62, abs=0.005)
        assert of(12)["detectable"] == pytest.approx(0.49, abs=0.005)
        assert of(4)["power_at_effect"] == pytest.approx(0.41, abs=0.005)

    def test_of_a_t_test_is_what_drawing_gives(self) -> None:
        rng = np.random.default_rng(2)
        a, b = rng.normal(2.0, 1, (20_000, 3)), rng.normal(0, 1, (20_000, 3))
        seen = (stats.ttest_ind(a, b, axis=1).pvalue < 0.05).mean()

        assert power_of(2.0, (2 / 3) ** 0.5, 4, 0.05) == pytest.approx(seen, abs=0.015)

    @FEW
    @given(st.integers(2, 12), st.integers(2, 12), st.integers(1, 24), st.floats(0, 0.8))
    def test_the_change_is_seen_with_the_power_asked_and_falls_with_more_teams_and_months(
        self, teams: int, others: int, months: int, rho: float
    ) -> None:
        def at(teams: int, months: int) -> float:
            found = detectable(teams=teams, comparison_teams=others, sd=3.0, before=12, after=months, correlation=rho)
            return float(found["detectable"])

        found = detectable(
            teams=teams, comparison_teams=others, sd=3.0, before=12, after=months, correlation=rho,
            effect=at(teams, months),
        )  # fmt: skip
        assert found["power_at_effect"] == pytest.approx(0.8, abs=1e-6)
        assert at(teams + 1, months) < found["detectable"]
        assert at(teams, months + 1) <= found["detectable"] + 1e-9

    def test_two_against_two_can_never_be_told_from_chance(self) -> None:
        found = detectable(teams=2, comparison_teams=2, sd=1, before=12, after=12)

        assert found["p_min"] == pytest.approx(1 / 3)
        assert "too_few_teams" in [each.code for each in found.warnings]

    def test_one_team_alone_has_nothing_to_reckon_from(self) -> None:
        assert detectable(teams=1, sd=1, before=12, after=12)["detectable"] is None

    def test_months_that_follow_each_other_say_less(self) -> None:
        m, rho = 6, 0.5
        covariance = rho ** np.abs(np.subtract.outer(np.arange(m), np.arange(m)))

        assert mean_variance(m, rho) == pytest.approx(covariance.sum() / m**2)

    def test_five_months_of_sick_leave_in_one_team(self) -> None:
        found = share_precision(level=0.1, n=20.75 * 5 * 12, design_effect=10)

        assert found["half_width"] == pytest.approx(0.053, abs=0.0005)
