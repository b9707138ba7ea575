"""Teams as clusters: each model against matrices written out in full, and against fitting every draw anew."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

from measures import InvalidInput
from measures.models.did import did_cluster, did_means
from measures.models.mixed import lmm_ri
from measures.models.robust import cluster_robust

FEW = settings(max_examples=25, deadline=None)
seeds = st.integers(0, 10_000)


def teams(seed: int, count: int = 6, treated: int = 3, spread: float = 0.5) -> pl.DataFrame:
    rng = np.random.default_rng(seed)
    rows = []
    for team in range(count):
        level, change = rng.normal(3, spread), rng.normal(0, 0.3)
        for post in (0, 1):
            rows += [
                (f"T{team}", int(team < treated), post, level + post * change + rng.normal(0, 0.7))
                for _ in range(int(rng.integers(2, 6)))
            ]
    return pl.DataFrame(rows, schema=["team", "treated", "post", "y"], orient="row")


def design(data: pl.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    names = sorted(data["team"].unique())
    own = np.array([[team == name for name in names] for team in data["team"]], dtype=float)
    post, moved = data["post"].to_numpy(), (data["post"] * data["treated"]).to_numpy()
    place = np.array([names.index(team) for team in data["team"]])
    return np.column_stack([own, post, moved]), data["y"].to_numpy(), place


def root_of(matrix: np.ndarray) -> np.ndarray:
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    return np.asarray(vectors @ np.diag([each**-0.5 if each > 1e-8 else 0 for each in values]) @ vectors.T)


def cr2_in_full(x: np.ndarray, y: np.ndarray, place: np.ndarray, at: int) -> tuple[float, float]:
    bread = np.linalg.inv(x.T @ x)
    rest = np.eye(len(y)) - x @ bread @ x.T
    e = rest @ y
    lines = []
    for each in range(place.max() + 1):
        rows = np.flatnonzero(place == each)
        lines.append(rest[:, rows] @ root_of(rest[np.ix_(rows, rows)]) @ x[rows] @ bread[at])
    g = np.column_stack(lines)
    inner = g.T @ g
    return float(np.sqrt(((g.T @ y) ** 2).sum())), float(np.trace(inner) ** 2 / (inner**2).sum() + 0 * e.sum())


def t_of(x: np.ndarray, y: np.ndarray, place: np.ndarray, at: int) -> float:
    bread = np.linalg.inv(x.T @ x)
    b = bread @ x.T @ y
    e = y - x @ b
    count, (n, k) = place.max() + 1, x.shape
    meat = sum(np.outer(s, s) for s in (x[place == each].T @ e[place == each] for each in range(count)))
    v = count / (count - 1) * (n - 1) / (n - k) * bread @ meat @ bread
    return float(b[at] / np.sqrt(v[at, at]))


class TestClusterRobust:
    @FEW
    @given(seeds)
    def test_cr2_and_its_degrees_of_freedom_are_those_of_the_matrices_in_full(self, seed: int) -> None:
        data = teams(seed)
        names, post = sorted(data["team"].unique()), data["post"].to_numpy()
        place = np.array([names.index(team) for team in data["team"]])
        x = np.column_stack([np.ones(data.height), post, data["treated"].to_numpy()])
        found = cluster_robust(data, x=["post", "treated"])["coefficients"]
        for at, name in enumerate(["intercept", "post", "treated"]):
            se, df = cr2_in_full(x, data["y"].to_numpy(), place, at)
            assert (found[name]["se_cr2"], found[name]["df"]) == pytest.approx((se, df), rel=1e-7)

    def test_refuses_columns_that_say_the_same(self) -> None:
        data = teams(1).with_columns(again=pl.col("post") * 2)

        with pytest.raises(InvalidInput, match="say the same"):
            cluster_robust(data, x=["post", "again"])

    def test_few_teams_are_told_of(self) -> None:
        assert "few_clusters" in [each.code for each in cluster_robust(teams(2), x="post").warnings]


class TestMixed:
    @FEW
    @given(seeds)
    def test_is_the_most_likely_of_the_likelihood_written_out_in_full(self, seed: int) -> None:
        data = teams(seed)
        y, post = data["y"].to_numpy(), data["post"].to_numpy()
        x = np.column_stack([np.ones(y.size), post])
        same = np.equal.outer(data["team"].to_numpy(), data["team"].to_numpy()).astype(float)

        def cost(group: float, rest: float) -> float:
            v = group * same + rest * np.eye(y.size)
            inverse = np.linalg.inv(v)
            a = x.T @ inverse @ x
            off = y - x @ np.linalg.solve(a, x.T @ inverse @ y)
            return float(np.linalg.slogdet(v)[1] + np.linalg.slogdet(a)[1] + off @ inverse @ off)

        found = lmm_ri(data, x="post")
        here = cost(found["var_group"], found["var_resid"])
        other = optimize.minimize(
            lambda free: cost(free[0] ** 2, np.exp(free[1])), [0.3, np.log(0.5)], method="Nelder-Mead"
        )
        assert here <= other.fun + 1e-6

    def test_no_variance_between_teams_is_an_answer(self) -> None:
        y = [1.0, 3.0, 3.0, 1.0, 2.0, 2.5, 1.5, 2.0]
        data = pl.DataFrame({"team": list("AABBCCDD"), "x": [0, 1] * 4, "y": y})
        found = lmm_ri(data)

        assert (found["var_group"], found["icc"]) == (0, 0)
        assert "no_team_variance" in [each.code for each in found.warnings]
        assert found["slope"] == pytest.approx(np.polyfit([0, 1] * 4, y, 1)[0])

    def test_a_level_far_from_nought_plays_no_part(self) -> None:
        data = teams(5)
        far = data.with_columns(pl.col("y") + 1e6, post=pl.col("post") + 2026)
        near, away = lmm_ri(data, x="post"), lmm_ri(far, x="post")

        assert (near["slope"], near["icc"]) == pytest.approx((away["slope"], away["icc"]), rel=1e-5)

    def test_needs_three_teams(self) -> None:
        with pytest.raises(InvalidInput, match="three teams"):
            lmm_ri(teams(1, count=2, treated=1), x="post")


class TestDifferenceInDifferences:
    @FEW
    @given(seeds, st.integers(1, 5))
    def test_is_dealt_anew_way_by_way(self, seed: int, treated: int) -> None:
        data = teams(seed, treated=treated)
        mean = (
            data.group_by("team", "post").agg(pl.col("y").mean()).pivot("post", index="team", values="y").sort("team")
        )
        change = (mean["1"] - mean["0"]).to_list()

        def stat(chosen: tuple[int, ...]) -> float:
            inside = [change[each] for each in chosen]
            outside = [change[each] for each in range(6) if each not in chosen]
            return float(abs(sum(inside) / len(inside) - sum(outside) / len(outside)))

        ways = list(combinations(range(6), treated))
        observed = stat(tuple(range(treated)))
        found = did_cluster(data)

        assert found["ri_n"] == len(ways)
        assert found["ri_count"] == sum(stat(each) >= observed - 1e-9 for each in ways)
        assert abs(found["did_team"]) == pytest.approx(observed)

    @FEW
    @given(seeds)
    def test_errors_are_those_of_the_matrices_in_full(self, seed: int) -> None:
        data = teams(seed)
        found = did_cluster(data)
        x, y, place = design(data)
        se, df = cr2_in_full(x, y, place, 7)

        assert (found["se_cr2"], found["df_cr2"]) == pytest.approx((se, df), rel=1e-6)
        assert found["did_ols"] / found["se_cr1"] == pytest.approx(t_of(x, y, place, 7))

    @settings(max_examples=5, deadline=None)
    @given(seeds, st.booleans())
    def test_the_wild_bootstrap_is_every_draw_fitted_anew(self, seed: int, imposed: bool) -> None:
        data = teams(seed)
        x, y, place = design(data)
        base = x[:, :7] if imposed else x
        b = np.linalg.lstsq(base, y, rcond=None)[0]
        e = y - base @ b
        centre = 0.0 if imposed else b[7]
        observed = abs(t_of(x, y, place, 7))
        count = 0
        for signs in product([1, -1], repeat=6):
            drawn = base @ b + np.array(signs)[place] * e
            count += abs(t_of(x, drawn - centre * x[:, 7], place, 7)) >= observed - 1e-9 * max(1, observed)

        assert did_cluster(data, impose_null=imposed)["wild_count"] == count

    def test_shifting_every_answer_changes_nothing(self) -> None:
        data = teams(3)
        one, other = did_cluster(data).values, did_cluster(data.with_columns(pl.col("y") + 50)).values

        for name in ("did_team", "team_p", "ri_p", "se_cr2", "df_cr2", "wild_p"):
            assert one[name] == pytest.approx(other[name], abs=1e-7)

    def test_a_team_measured_once_is_left_out_and_counted(self) -> None:
        data = pl.concat([teams(4), pl.DataFrame({"team": ["X"], "treated": [1], "post": [0], "y": [3.0]})])

        assert did_cluster(data).excluded == {"one_wave_only": 1}

    def test_a_row_that_does_not_say_which_wave_is_left_out_not_taken_for_before(self) -> None:
        data = teams(4)
        unsaid = pl.DataFrame({"team": ["T0"], "treated": [1], "post": [None], "y": [99.0]}, schema=data.schema)
        found = did_cluster(pl.concat([data, unsaid]))

        assert found.excluded == {"incomplete": 1}
        assert found.values == did_cluster(data).values

    def test_two_against_two_says_that_no_p_is_possible(self) -> None:
        found = did_cluster(teams(6, count=4, treated=2))

        assert found["ri_p_min"] == pytest.approx(1 / 3)
        assert {"few_teams", "no_p_possible", "wild_unreliable"} <= {each.code for each in found.warnings}

    def test_many_teams_are_drawn_with_a_seed_that_is_told(self) -> None:
        data = teams(7, count=20, treated=10)
        one, again = did_cluster(data, seed=9), did_cluster(data, seed=9)

        assert (one.values["ri_p"], one.seed, one["ri_n"]) == (again.values["ri_p"], 9, 100_000)
        assert 0 < one["ri_p"] <= 1

    def test_refuses_a_team_on_both_sides(self) -> None:
        data = teams(8).with_columns(treated=pl.Series([each % 2 for each in range(teams(8).height)]))

        with pytest.raises(InvalidInput, match="both treated and not"):
            did_cluster(data)

    def test_of_means_needs_all_four(self) -> None:
        with pytest.raises(InvalidInput, match="four rows"):
            did_means(pl.DataFrame({"treated": [0, 0, 1], "post": [0, 1, 1], "mean": [1.0, 2.0, 3.0]}))

    def test_of_means_has_an_interval_when_their_errors_are_given(self) -> None:
        data = pl.DataFrame({"treated": [0, 0, 1, 1], "post": [0, 1, 0, 1], "mean": [1, 2, 1, 4], "se": [0.5] * 4})
        found = did_means(data)

        assert (found["did"], found["ci_high"]) == (2, pytest.approx(2 + 1.959964, abs=1e-5))
