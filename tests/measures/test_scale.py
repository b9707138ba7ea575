"""A whole city in one pass gives what the plain formula gives, citizen by citizen and month by month."""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures import InvalidInput
from measures.continuity.indices import continuity_user
from measures.scale.columns import ColumnsWriter, VisitColumns, write_columns
from measures.scale.monthly import monthly_continuity, months
from measures.tables import OSLO

BEGAN = datetime(2026, 1, 20, tzinfo=UTC)
visits = st.lists(
    st.tuples(st.sampled_from([4, 7, 90_000_000_000]), st.sampled_from([3, 11, 12, 10**12]), st.integers(0, 150_000)),
    min_size=1, max_size=60, unique_by=lambda each: (each[0], each[2]),
)  # fmt: skip


def of(rows: list[tuple[int, int, int]]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "user": [user for user, _, _ in rows],
            "carer": [carer for _, carer, _ in rows],
            "start": [BEGAN + timedelta(minutes=minute) for _, _, minute in rows],
        },
        schema={"user": pl.Int64, "carer": pl.Int64, "start": pl.Datetime("us", "UTC")},
    )


def plainly(table: pl.DataFrame) -> list[tuple[object, ...]]:
    month = pl.col("start").dt.convert_time_zone(OSLO).dt.date().dt.month_start()
    rows: list[tuple[object, ...]] = []
    for (user, first), mine in table.with_columns(month=month).group_by("user", "month"):
        told = continuity_user(mine.with_columns(pl.col("user", "carer").cast(pl.String)))[str(user)]
        indices = [told[each] if told["n"] >= 2 else None for each in ("upc", "coc", "secon")]
        rows.append((user, first, told["n"], told["distinct"], *indices))
    return sorted(rows, key=lambda each: (str(each[0]).zfill(15), str(each[1])))


class TestMonthlyContinuity:
    @settings(max_examples=40, deadline=None)
    @given(visits, st.integers(1, 3), st.sampled_from([1, 7, 1000]))
    def test_is_the_plain_formula_month_by_month(
        self, rows: list[tuple[int, int, int]], threads: int, at_most: int
    ) -> None:
        with tempfile.TemporaryDirectory() as folder:
            columns = write_columns(Path(folder), of(rows))
            found = monthly_continuity(columns, threads=threads, at_most=at_most)

        expected = plainly(of(rows))
        assert [each[:4] for each in found.rows()] == [each[:4] for each in expected]
        for got, meant in zip(found.rows(), expected, strict=True):
            assert list(got[4:]) == pytest.approx(list(meant[4:]), abs=1e-12)

    def test_how_it_is_cut_and_shared_plays_no_part(self, tmp_path: Path) -> None:
        rng = np.random.default_rng(3)
        rows = sorted({(int(u), int(t)): int(c) for u, c, t in zip(
            rng.integers(0, 50, 4000), rng.integers(0, 20, 4000), rng.integers(0, 400_000, 4000), strict=True
        )}.items())  # fmt: skip
        columns = write_columns(tmp_path, of([(user, carer, minute) for (user, minute), carer in rows]))
        whole = monthly_continuity(columns, threads=1)

        for at_most in (1, 90, 1500):
            assert monthly_continuity(columns, threads=3, at_most=at_most).equals(whole)
        assert int(whole["n"].sum()) == len(rows)

    def test_a_month_begins_at_midnight_in_oslo(self, tmp_path: Path) -> None:
        starts = [datetime(2026, 3, 31, 21, 59, tzinfo=UTC), datetime(2026, 3, 31, 22, 0, tzinfo=UTC)]
        table = pl.DataFrame({"user": [1, 1], "carer": [1, 1], "start": starts})

        assert monthly_continuity(write_columns(tmp_path, table))["month"].to_list() == [
            date(2026, 3, 1), date(2026, 4, 1)
        ]  # fmt: skip

    def test_of_nobody_is_no_rows(self, tmp_path: Path) -> None:
        assert monthly_continuity(write_columns(tmp_path, of([]))).height == 0

    def test_months_are_whole_also_over_the_new_year(self) -> None:
        first = int(datetime(2025, 12, 31, 12, tzinfo=UTC).timestamp() // 60)
        begun, edges = months(first, first + 60 * 24 * 40)

        assert begun == [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]
        assert edges.size == 4


class TestColumns:
    def test_written_in_stretches_are_as_written_at_once(self, tmp_path: Path) -> None:
        citizen = np.array([1, 1, 2, 5, 5, 5], dtype=np.int64)
        carer = np.array([30, 10, 10, 20, 30, 40], dtype=np.int64)
        start = np.arange(6, dtype=np.int64) + 29_000_000
        for name, cuts in (("once", [0, 6]), ("twice", [0, 3, 6])):
            with ColumnsWriter(tmp_path / name) as writer:
                for a, b in pairwise(cuts):
                    writer.append(citizen[a:b], carer[a:b], start[a:b])
        once, twice = (VisitColumns.open(tmp_path / name) for name in ("once", "twice"))

        assert monthly_continuity(once).equals(monthly_continuity(twice))

    def test_refuses_citizens_that_fall_back(self, tmp_path: Path) -> None:
        one = np.array([1], dtype=np.int64)
        with ColumnsWriter(tmp_path) as writer:
            writer.append(one + 1, one, one)
            with pytest.raises(InvalidInput, match="order"):
                writer.append(one, one, one)

    def test_refuses_a_row_without_an_employee(self, tmp_path: Path) -> None:
        with pytest.raises(InvalidInput, match="lacks"):
            write_columns(tmp_path, of([(1, 2, 3)]).with_columns(carer=pl.lit(None, dtype=pl.Int64)))

    def test_refuses_columns_of_different_lengths(self, tmp_path: Path) -> None:
        write_columns(tmp_path, of([(1, 2, 3), (1, 3, 4)]))
        with (tmp_path / "carer").open("ab") as file:
            file.write(b"\0\0\0\0")

        with pytest.raises(InvalidInput, match="belong together"):
            VisitColumns.open(tmp_path)
