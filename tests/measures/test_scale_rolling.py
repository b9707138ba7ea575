"""Windows that move a day at a time tell what the plain formula tells of each window."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures import InvalidInput
from measures.continuity.indices import continuity_user
from measures.scale.columns import write_columns
from measures.scale.recent import RecentVisits
from measures.scale.rolling import day_edges, rolling_continuity
from measures.tables import OSLO

Row = tuple[int, int, int]
SPRING = datetime(2026, 3, 20, 23, tzinfo=UTC)
"""Midnight in Oslo nine days before the clocks go forward."""
rows = st.lists(
    st.tuples(st.sampled_from([4, 7, 9]), st.sampled_from([3, 11, 12, 40]), st.integers(0, 20 * 1440 - 61)),
    min_size=1, max_size=60, unique_by=lambda each: (each[0], each[2]),
)  # fmt: skip


def of(visits: list[Row]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "user": [user for user, _, _ in visits],
            "carer": [carer for _, carer, _ in visits],
            "start": [SPRING + timedelta(minutes=minute) for _, _, minute in visits],
        },
        schema={"user": pl.Int64, "carer": pl.Int64, "start": pl.Datetime("us", "UTC")},
    )


def day_of(minute: int) -> date:
    return (SPRING + timedelta(minutes=minute)).astimezone(ZoneInfo(OSLO)).date()


def within(visits: list[Row], last: date, days: int) -> list[Row]:
    return [each for each in visits if last - timedelta(days=days) < day_of(each[2]) <= last]


def plainly(visits: list[Row]) -> dict[int, tuple[float | None, ...]]:
    if not visits:
        return {}
    table = of(visits).with_columns(pl.col("user", "carer").cast(pl.String))
    found = {int(user): told for user, told in continuity_user(table).values.items()}
    return {
        user: (told["n"], told["distinct"], *(told[x] if told["n"] >= 2 else None for x in ("upc", "coc", "secon")))
        for user, told in found.items()
    }


class TestRollingContinuity:
    @settings(max_examples=40, deadline=None)
    @given(rows, st.sampled_from([1, 3, 14]), st.sampled_from([1, 20, 1000]))
    def test_each_day_is_its_window_counted_anew(self, visits: list[Row], days: int, at_most: int) -> None:
        with TemporaryDirectory() as folder:
            columns = write_columns(Path(folder), of(visits))
            found = pl.concat(rolling_continuity(columns, days=days, threads=2, at_most=at_most))

        seen = set()
        for user, day, n, distinct, coc in found.rows():
            mine = [each for each in visits if each[0] == user]
            window = within(mine, day, days)
            expected = plainly(window).get(user, (0, 0, None, None, None))
            assert (n, distinct) == expected[:2]
            assert coc == pytest.approx(expected[3], abs=1e-12)
            seen.add((user, day))
        for user in {each[0] for each in visits}:
            told = [day_of(minute) for whose, _, minute in visits if whose == user]
            count = (max(told) - min(told)).days + 1
            assert {(user, min(told) + timedelta(days=at)) for at in range(count)} <= seen
            assert sum(whose == user for whose, _ in seen) == count

    def test_a_day_of_23_hours_is_one_day(self) -> None:
        days, edges = day_edges(int(SPRING.timestamp() // 60), int(SPRING.timestamp() // 60) + 10 * 1440)
        lengths = {str(day): int(after - before) for day, before, after in zip(days, edges, edges[1:], strict=False)}
        assert lengths["2026-03-29"] == 23 * 60
        assert lengths["2026-03-28"] == lengths["2026-03-30"] == 24 * 60

    def test_a_window_of_no_days_is_refused(self, tmp_path: Path) -> None:
        columns = write_columns(tmp_path, of([(1, 1, 1)]))
        with pytest.raises(InvalidInput, match="at least 1"):
            next(rolling_continuity(columns, days=0))


class TestRecentVisits:
    @settings(max_examples=40, deadline=None)
    @given(rows, st.integers(1, 3))
    def test_day_by_day_is_the_same_as_begun_anew(self, visits: list[Row], threads: int) -> None:
        first, last = SPRING.astimezone(ZoneInfo(OSLO)).date(), day_of(20 * 1440)
        kept = RecentVisits.of(of([]), until=first - timedelta(days=1), days=14)
        for count in range((last - first).days):
            day = first + timedelta(days=count)
            kept = kept.with_day(of(within(visits, day, 1)), day)
            anew = RecentVisits.of(of(within(visits, day, 14)), until=day, days=14)
            numbers = kept.numbers((3, 14), threads=threads)
            assert numbers.equals(anew.numbers((3, 14), threads=1))
            told = {each[0]: each[1:] for each in numbers.rows()}
            for window, at in ((3, 0), (14, 5)):
                expected = plainly(within(visits, day, window))
                for user, five in told.items():
                    meant = expected.get(user, (0, 0, None, None, None))
                    assert list(five[at : at + 5]) == pytest.approx(list(meant), abs=1e-12)

    def test_a_late_visit_comes_in_at_its_place(self) -> None:
        visits: list[Row] = [(4, 3, 600), (4, 11, 2100), (7, 3, 700), (4, 3, 3600)]
        late: list[Row] = [(4, 12, 1500), (5, 12, 650)]
        day = day_of(3600)
        kept = RecentVisits.of(of(visits), until=day, days=14).with_day(of(late), day)

        assert kept.numbers((14,)).equals(RecentVisits.of(of(visits + late), until=day, days=14).numbers((14,)))

    def test_it_can_begin_from_columns(self, tmp_path: Path) -> None:
        visits: list[Row] = [(4, 3, 600), (4, 11, 2100), (7, 3, 700), (4, 3, 3600), (9, 40, 9000)]
        columns = write_columns(tmp_path, of(visits))
        day = day_of(3600)

        from_columns = RecentVisits.of_columns(columns, until=day, days=2)

        assert from_columns.numbers((2,)).equals(
            RecentVisits.of(of(within(visits, day, 2)), until=day, days=2).numbers((2,))
        )

    def test_what_lies_outside_the_window_is_refused(self) -> None:
        kept = RecentVisits.of(of([(4, 3, 600)]), until=day_of(600), days=14)
        with pytest.raises(InvalidInput, match="outside the window"):
            kept.with_day(of([(4, 3, 600)]), day_of(600) + timedelta(days=20))
        with pytest.raises(InvalidInput, match="before the last one"):
            kept.with_day(of([]), day_of(600) - timedelta(days=1))
        with pytest.raises(InvalidInput, match="within the days that are kept"):
            kept.numbers((28,))

    def test_numbers_that_do_not_fit_are_refused(self, tmp_path: Path) -> None:
        with pytest.raises(InvalidInput, match="smaller pseudonymous numbers"):
            RecentVisits.of(of([(2**40, 3, 600)]), until=day_of(600), days=14)
        with pytest.raises(InvalidInput, match="smaller pseudonymous numbers"):
            RecentVisits.of_columns(write_columns(tmp_path, of([(2**40, 3, 600)])), until=day_of(600), days=14)
