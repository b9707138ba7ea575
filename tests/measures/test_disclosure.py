"""Nobody can reckon a hidden small number: a solver of the tests' own looks for a way."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from measures import InvalidInput
from measures.disclosure import choose
from measures.disclosure.differencing import differencing
from measures.disclosure.display import may_show
from measures.disclosure.suppression import suppression, suppression_audit
from tests.measures.reckoned import fewest_cells, open_cells, small_groups_in_reach

FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def table_of(rows: list[list[int]]) -> pl.DataFrame:
    cells = [(f"r{i}", f"c{j}", n) for i, row in enumerate(rows) for j, n in enumerate(row)]
    return pl.DataFrame(cells, schema=["row", "col", "n"], orient="row")


counts = st.integers(0, 14) | st.integers(0, 200)


@st.composite
def tables(draw: st.DrawFn, most: int = 5) -> pl.DataFrame:
    width = draw(st.integers(2, most))
    return table_of(draw(st.lists(st.lists(counts, min_size=width, max_size=width), min_size=2, max_size=most)))


def hidden_in(
    table: pl.DataFrame,
) -> tuple[set[tuple[str | None, str | None]], set[tuple[str | None, str | None]], bool]:
    found = suppression(table).values
    return (
        {tuple(each) for each in found["suppressed"]},
        {tuple(each) for each in found["suppressed_margins"]},
        found["publishable"],
    )


class TestSuppression:
    @FEW
    @given(tables())
    def test_can_never_be_undone_by_subtraction(self, table: pl.DataFrame) -> None:
        cells, margins, publishable = hidden_in(table)

        if publishable:
            assert open_cells(table, cells, 5, hidden_margins=margins) == []
        else:
            assert len(cells) == table.height

    @FEW
    @given(tables(most=3))
    def test_hides_the_fewest_cells_that_do(self, table: pl.DataFrame) -> None:
        cells, margins, _ = hidden_in(table)
        fewest = fewest_cells(table, 5)

        if fewest is not None and not margins:
            assert len(cells) == fewest

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(tables(most=6))
    def test_of_a_large_table_is_as_safe(self, table: pl.DataFrame) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(choose, "EXACT_UP_TO", 0)
            cells, margins, publishable = hidden_in(table)

        if publishable:
            assert open_cells(table, cells, 5, hidden_margins=margins) == []

    def test_hiding_the_small_alone_is_found_out(self) -> None:
        table = table_of([[3, 20], [30, 40]])

        assert open_cells(table, {("r0", "c0")}, 5) != []
        audit = suppression_audit(table, pl.DataFrame({"row": ["r0"], "col": ["c0"]}))
        assert not audit["safe"]
        assert audit["intervals"] == [["r0", "c0", 3.0, 3.0]]

    def test_nothing_is_hidden_where_nothing_is_small(self) -> None:
        assert suppression(table_of([[5, 20], [0, 40]]))["suppressed"] == []

    def test_nobody_is_hidden_too_where_nobody_tells_something(self) -> None:
        table = table_of([[6, 20, 9], [0, 40, 30], [11, 12, 13]])
        found = suppression(table, zero_is_safe=False)

        assert found["primary"] == [["r1", "c0"]]
        assert found["n_suppressed"] == 4

    def test_a_small_total_takes_its_margin_with_it(self) -> None:
        table = table_of([[1, 2, 0], [30, 40, 25], [20, 10, 35]])
        cells, margins, publishable = hidden_in(table)

        assert ("r0", None) in margins
        assert publishable
        assert open_cells(table, cells, 5, hidden_margins=margins) == []

    def test_a_list_with_its_total_needs_two_hidden(self) -> None:
        found = suppression(pl.DataFrame({"row": ["a", "b", "c", "d"], "n": [3, 9, 30, 12]}))

        assert found["suppressed"] == [["a", "n"], ["b", "n"]]

    def test_without_margins_the_small_ones_do(self) -> None:
        assert suppression(table_of([[3, 20], [30, 40]]), margins_published=False)["suppressed"] == [["r0", "c0"]]

    @pytest.mark.parametrize("n", [-1, 2.5, None])
    def test_refuses_what_is_no_count(self, n: float | None) -> None:
        with pytest.raises(InvalidInput, match=r"table\.n"):
            suppression(pl.DataFrame({"row": ["a", "b"], "col": ["x", "x"], "n": [n, 4]}))


people = st.frozensets(st.sampled_from("abcdefghijk"), min_size=0, max_size=11)


def queries_of(groups: list[frozenset[str]]) -> pl.DataFrame:
    return pl.DataFrame(
        {"query": [f"q{n}" for n in range(len(groups))], "members": [" ".join(sorted(each)) for each in groups]},
        schema={"query": pl.String, "members": pl.String},
    )


class TestDifferencing:
    @FEW
    @given(st.lists(people, max_size=6))
    def test_no_released_group_less_another_is_small(self, groups: list[frozenset[str]]) -> None:
        allowed = differencing(queries_of(groups))["allowed"]
        released = [groups[int(name[1:])] for name in allowed]

        assert all(not 0 < len(a - b) < 5 for a in released for b in [*released, frozenset()])

    @settings(max_examples=25, deadline=None)
    @given(st.lists(people, max_size=5))
    def test_nor_is_any_sum_of_several_when_those_are_refused_too(self, groups: list[frozenset[str]]) -> None:
        allowed = differencing(queries_of(groups), sums_too=True)["allowed"]
        released = [groups[int(name[1:])] for name in allowed]

        assert small_groups_in_reach(released, 5) == []

    def test_the_whole_less_two_teams_is_told_of(self) -> None:
        one, two = frozenset("abcdef"), frozenset("ghijkl")
        groups = [one | two | frozenset("mn"), one, two]

        assert differencing(queries_of(groups)).warnings[0].code == "reckoned_by_several"
        assert differencing(queries_of(groups), sums_too=True)["blocked"] == ["q2"]


class TestMayShow:
    @pytest.mark.parametrize(
        ("kind", "n", "invited", "counts", "why", "shown"),
        [
            ("users", 4, None, None, ["too_few"], "under 5"),
            ("users", 5, None, None, [], "5–9"),
            ("survey_mean", 6, 13, None, ["low_response"], "5–9"),
            ("survey_mean", 6, 12, [0, 0, 6], ["all_alike"], "5–9"),
            ("survey_mean", 10, 12, [0, 0, 10], [], "10"),
            ("survey_distribution", 9, 10, [4, 5], ["too_few"], "5–9"),
            ("employees", 9, None, None, ["too_few"], "5–9"),
        ],
    )
    def test_follows_the_least_groups(
        self, kind: str, n: int, invited: int | None, counts: list[int] | None, why: list[str], shown: str
    ) -> None:
        found = may_show(kind=kind, n=n, invited=invited, counts=counts)

        assert (found["why_not"], found["show"], found["n_shown"]) == (why, not why, shown)
