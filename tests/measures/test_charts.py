"""Charts: limits stay where the baseline put them, and equal to a limit is no signal."""

from __future__ import annotations

from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.charts.control import pchart, pprime, uchart, xmr
from measures.charts.rules import nelson
from measures.charts.runs import runchart

FEW = settings(max_examples=60, deadline=None)
numbers = st.integers(0, 60).map(float)
series = st.lists(numbers, min_size=12, max_size=12)


def of(y: list[float | None]) -> pl.DataFrame:
    return pl.DataFrame({"t": list(range(len(y))), "y": y}, schema={"t": pl.Int64, "y": pl.Float64})


class TestFrozenBaseline:
    @FEW
    @given(series, st.lists(numbers, max_size=20))
    def test_is_never_moved_by_what_comes_after(self, first: list[float], later: list[float]) -> None:
        before, after = xmr(of([*first]), baseline_n=12), xmr(of([*first, *later]), baseline_n=12)

        assert [before[each] for each in ("cl", "ucl", "lcl")] == [after[each] for each in ("cl", "ucl", "lcl")]
        run = runchart(of([*first, *later]), baseline_n=12)
        assert run["median"] == runchart(of([*first]))["median"]

    @FEW
    @given(st.lists(st.tuples(st.integers(0, 20), st.integers(20, 90)), min_size=13, max_size=25))
    def test_holds_for_shares_and_rates(self, points: list[tuple[int, int]]) -> None:
        whole = pl.DataFrame(points, schema={"x": pl.Float64, "n": pl.Float64}, orient="row")
        for chart in (pchart, uchart, pprime):
            before, after = chart(whole.head(12), baseline_n=12), chart(whole, baseline_n=12)
            assert after["cl"] == before["cl"]
            assert after["ucl"][:12] == pytest.approx(before["ucl"], nan_ok=True)


class TestRuns:
    def test_a_point_without_a_value_is_left_out_and_keeps_the_others_numbers(self) -> None:
        y: list[float | None] = [10.0, None, 11.0, 10.0, 11.0, 10.0, 11.0, 90.0]
        found = xmr(of(y), baseline_n=7)

        assert found["beyond"] == [8]
        assert found.excluded == {"missing": 1}

    def test_few_points_are_warned_of(self) -> None:
        assert [each.code for each in runchart(of([1, 2, 1, 2, 1])).warnings] == ["short_baseline", "too_few_points"]

    def test_no_points_are_no_signal(self) -> None:
        found = runchart(of([None, None]))

        assert (found["median"], found["signal"], found.n) == (None, False, 0)

    def test_a_series_that_climbs_is_warned_of_as_autocorrelated(self) -> None:
        assert "autocorrelated" in [each.code for each in xmr(of([float(each) for each in range(20)])).warnings]


class TestShares:
    def test_a_point_of_nobody_has_no_limits_and_is_not_beyond(self) -> None:
        found = pchart(pl.DataFrame({"x": [3, 0, 4], "n": [10, 0, 10]})).as_json()["values"]

        assert found["ucl"][1] is None
        assert found["beyond"] == []

    def test_of_thousands_asks_for_a_p_prime_chart(self) -> None:
        found = pchart(pl.DataFrame({"x": [900] * 12, "n": [3000] * 12}))

        assert [each.code for each in found.warnings] == ["large_n"]


class TestNelson:
    @FEW
    @given(st.lists(st.floats(-4, 4), max_size=40))
    def test_is_what_the_rules_say_point_by_point(self, z: list[float]) -> None:
        found = nelson(pl.DataFrame({"z": z}, schema={"z": pl.Float64})).values

        def last(end: int, count: int) -> list[float]:
            return z[end - count + 1 : end + 1] if end + 1 >= count else []

        def rule(name: str, end: int) -> bool:
            match name:
                case "r1":
                    return abs(z[end]) > 3
                case "r2":
                    return bool(last(end, 9)) and (all(v > 0 for v in last(end, 9)) or all(v < 0 for v in last(end, 9)))
                case "r3":
                    steps = [b - a for a, b in pairwise(last(end, 6))]
                    return bool(steps) and (all(s > 0 for s in steps) or all(s < 0 for s in steps))
                case "r4":
                    steps = [b - a for a, b in pairwise(last(end, 14))]
                    return bool(steps) and all(a * b < 0 for a, b in pairwise(steps))
                case "r5":
                    return any(s * z[end] > 2 and sum(s * v > 2 for v in last(end, 3)) >= 2 for s in (1, -1))
                case "r6":
                    return any(s * z[end] > 1 and sum(s * v > 1 for v in last(end, 5)) >= 4 for s in (1, -1))
                case "r7":
                    return bool(last(end, 15)) and all(abs(v) < 1 for v in last(end, 15))
                case "r8":
                    return bool(last(end, 8)) and all(abs(v) > 1 for v in last(end, 8))
            return bool(last(end, 8)) and (all(v > 0 for v in last(end, 8)) or all(v < 0 for v in last(end, 8)))

        for name, points in found.items():
            assert points == [end + 1 for end in range(len(z)) if rule(name, end)], name
