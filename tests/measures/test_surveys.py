"""Scales: reversed items, missing answers, no spread; and formulas held against another way to reckon them."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import optimize

from measures import InvalidInput
from measures.surveys.agreement import icc_rwg
from measures.surveys.nonresponse import nonresponse
from measures.surveys.onefactor import fit
from measures.surveys.reliability import alpha, omega1
from measures.surveys.scores import likert, say_gap, scale_score

FEW = settings(max_examples=60, deadline=None)
answers = st.lists(st.lists(st.integers(1, 5), min_size=4, max_size=4), min_size=6, max_size=30)


def of(rows: list[list[int]] | np.ndarray) -> pl.DataFrame:
    return pl.DataFrame({f"q{each + 1}": [row[each] for row in rows] for each in range(len(rows[0]))})


def one_trait(seed: int, n: int) -> list[list[int]]:
    rng = np.random.default_rng(seed)
    trait = rng.normal(size=(n, 1))
    raw = 3 + trait * [0.9, 0.7, 0.8, 0.5, 0.6] + rng.normal(size=(n, 5)) * 0.7
    return [[int(each) for each in row] for row in np.clip(np.rint(raw), 1, 5)]


class TestReversing:
    @FEW
    @given(answers)
    def test_twice_is_not_at_all(self, rows: list[list[int]]) -> None:
        turned = [[6 - row[0], row[1], 6 - row[2], row[3]] for row in rows]

        assert alpha(of(turned), reverse=[1, "q3"]).values == alpha(of(rows)).values
        assert scale_score(of(turned), reverse=[1, 3]).values == scale_score(of(rows)).values

    def test_refuses_an_item_that_is_not_there(self) -> None:
        with pytest.raises(InvalidInput, match="reverse"):
            alpha(of([[1, 2], [2, 3]]), reverse=[3])

    def test_refuses_an_answer_outside_the_scale(self) -> None:
        with pytest.raises(InvalidInput, match=r"items\.q2"):
            scale_score(of([[1, 6], [2, 3]]))


class TestAlpha:
    @FEW
    @given(answers)
    def test_is_what_covariances_say(self, rows: list[list[int]]) -> None:
        cov = np.cov(np.array(rows, dtype=float), rowvar=False)
        assume(cov.sum() > 1e-9)

        assert alpha(of(rows))["alpha"] == pytest.approx(4 / 3 * (1 - np.trace(cov) / cov.sum()))

    def test_lies_in_its_interval_that_narrows_with_more_answers(self) -> None:
        few, many = alpha(of(one_trait(1, 40))), alpha(of(one_trait(1, 400)))

        assert few["ci_low"] < few["alpha"] < few["ci_high"]
        assert many["ci_high"] - many["ci_low"] < (few["ci_high"] - few["ci_low"]) / 2

    def test_is_undefined_when_all_answer_alike(self) -> None:
        found = alpha(of([[3, 3, 3]] * 5))

        assert (found["alpha"], found["ci_low"], found["mean_r"]) == (None, None, None)

    def test_says_so_when_an_item_should_have_been_reversed(self) -> None:
        rows = [[row[0], row[1], 6 - row[2], row[3], row[4]] for row in one_trait(2, 100)]

        assert "turned" in [each.code for each in alpha(of(rows)).warnings]

    def test_leaves_out_who_did_not_answer_all_and_counts_them(self) -> None:
        table = pl.DataFrame({"q1": [1, 2, 3, None], "q2": [1, 3, 2, 5]})

        assert (alpha(table).n, alpha(table).excluded) == (3, {"incomplete": 1})


class TestOmega:
    def test_loadings_are_where_no_other_search_finds_better(self) -> None:
        s = np.cov(np.array(one_trait(3, 200), dtype=float), rowvar=False, ddof=0)
        found = fit(s, 200)

        def discrepancy(free: np.ndarray) -> float:
            sigma = np.outer(free[:5], free[:5]) + np.diag(np.exp(free[5:]))
            return float(np.linalg.slogdet(sigma)[1] + np.trace(np.linalg.solve(sigma, s)))

        here = np.concatenate([found.loadings, np.log(found.errors)])
        other = optimize.minimize(
            discrepancy, np.concatenate([np.full(5, 0.3), np.zeros(5)]), method="Nelder-Mead",
            options={"maxiter": 40000, "maxfev": 40000, "xatol": 1e-10, "fatol": 1e-13},
        )  # fmt: skip
        assert discrepancy(here) <= other.fun + 1e-9

    def test_interval_is_about_what_drawing_anew_gives(self) -> None:
        rows = one_trait(4, 300)
        found = omega1(of(rows))
        rng = np.random.default_rng(5)
        drawn = [omega1(of([rows[each] for each in rng.integers(0, 300, 300)]))["omega"] for _ in range(150)]
        low, high = np.quantile(drawn, [0.025, 0.975])

        assert found["ci_low"] < found["omega"] < found["ci_high"]
        assert found["ci_high"] - found["ci_low"] == pytest.approx(high - low, rel=0.3)

    def test_is_undefined_for_two_items_and_for_one_all_answer_alike(self) -> None:
        assert omega1(of([[1, 2], [2, 3], [3, 3], [4, 5]]))["omega"] is None
        assert omega1(of([[1, 2, 3], [2, 3, 3], [3, 3, 3], [4, 5, 3], [5, 5, 3]]))["omega"] is None

    def test_an_item_with_no_error_of_its_own_gives_no_interval(self) -> None:
        rows = [[row[0], row[0], row[1], row[2]] for row in one_trait(6, 80)]
        found = omega1(of(rows))

        assert "heywood" in [each.code for each in found.warnings]
        assert found["ci_low"] is None


class TestScores:
    def test_of_nobody_is_undefined_and_of_few_is_not_shown(self) -> None:
        nobody = scale_score(pl.DataFrame({"q1": [None, None]}, schema={"q1": pl.Int64}))

        assert (nobody["n_valid"], nobody["mean"], nobody["sd"]) == (0, None, None)
        assert [each.code for each in nobody.warnings] == ["too_few"]

    def test_half_of_the_items_is_enough_and_less_is_not(self) -> None:
        table = pl.DataFrame({"q1": [2, 2], "q2": [4, None], "q3": [None, None], "q4": [None, None]})

        assert scale_score(table)["n_valid"] == 1

    def test_all_alike_among_few_is_told(self) -> None:
        assert [each.code for each in likert(of([[5]] * 6), item="q1").warnings] == ["too_few", "unanimous"]

    @FEW
    @given(st.lists(st.integers(1, 5), min_size=1, max_size=40))
    def test_the_share_lies_in_its_interval_within_nought_and_one(self, given_: list[int]) -> None:
        found = likert(of([[each] for each in given_]), item="q1")

        assert 0 <= found["wilson_low"] <= found["top_share"] <= found["wilson_high"] <= 1
        assert sum(found["counts"].values()) == len(given_)

    def test_one_who_answers_for_more_decisions_weighs_no_more(self) -> None:
        table = pl.DataFrame(
            {"resp": [1, 1, 1, 2], "decision": ["a", "b", "c", "a"], "has": [0, 0, 0, 2], "should": [4, 4, 4, 2]}
        )

        assert say_gap(table)["gap"] == 2


class TestAgreement:
    def test_teams_that_differ_less_than_their_members_have_a_negative_icc_told_as_it_is(self) -> None:
        table = pl.DataFrame({"team": ["A", "A", "B", "B"], "q1": [1, 5, 1, 5]})
        found = icc_rwg(table)

        assert found["icc1"] == -1
        assert {"negative", "little_agreement", "split"} == {each.code for each in found.warnings}

    def test_one_alone_in_a_team_is_left_out(self) -> None:
        table = pl.DataFrame({"team": ["A", "A", "B", "B", "C"], "q1": [1, 2, 4, 5, 5]})
        found = icc_rwg(table)

        assert (found["n_groups"], found.n, found.excluded) == (2, 4, {"alone_in_team": 1})
        assert "C" not in found["rwgj"]


class TestNonresponse:
    @FEW
    @given(
        st.lists(st.tuples(st.integers(1, 30), st.integers(0, 30), st.integers(10, 50)), min_size=1, max_size=6),
        st.integers(0, 2**31),
    )
    def test_what_all_would_have_answered_lies_within_the_bounds(
        self, groups: list[tuple[int, int, int]], seed: int
    ) -> None:
        table = pl.DataFrame(
            {
                "stratum": [str(each) for each in range(len(groups))],
                "invited": [invited for invited, _, _ in groups],
                "responded": [min(invited, came) for invited, came, _ in groups],
                "mean": [mean / 10 for _, _, mean in groups],
            }
        )
        found = nonresponse(table)
        rng = np.random.default_rng(seed)
        silent = (table["invited"] - table["responded"]).to_numpy()
        summed = float((table["responded"] * table["mean"]).sum()) + float(
            (silent * rng.uniform(1, 5, silent.size)).sum()
        )

        assert found["bound_low"] - 1e-9 <= summed / float(table["invited"].sum()) <= found["bound_high"] + 1e-9

    def test_a_stratum_nobody_answered_in_is_named(self) -> None:
        table = pl.DataFrame(
            {"stratum": ["day", "night"], "invited": [10, 10], "responded": [8, 0], "mean": [4.0, None]}
        )
        found = nonresponse(table)

        assert (found["strata_without"], found["mean_weighted"], found["response_rate"]) == (["night"], 4, 0.4)
        assert {each.code for each in found.warnings} == {"low_response", "no_answers"}

    def test_refuses_more_answers_than_people(self) -> None:
        with pytest.raises(InvalidInput, match="responded"):
            nonresponse(pl.DataFrame({"stratum": ["day"], "invited": [3], "responded": [4], "mean": [3.0]}))
