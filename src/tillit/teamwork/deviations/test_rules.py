"""Counting without showing anybody."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillit.teamwork.deviations.rules.counting import FEWEST_SHOWN, Row, Told, quarters

KINDS = ("FALL", "MEDICINE", "OTHER")
NOVEMBER = date(2026, 11, 23)


def told(**counts: int) -> list[Told]:
    return [Told(kind, NOVEMBER) for kind, count in counts.items() for _each in range(count)]


def now(**counts: int) -> Row:
    return quarters(told(**counts), KINDS, last=NOVEMBER, number=1)[0]


class TestQuarters:
    def test_count_by_the_day_it_was_told_newest_first_R22(self) -> None:
        days = [Told("FALL", date(2026, 9, 30)), Told("FALL", date(2026, 10, 1)), Told("FALL", date(2025, 12, 31))]
        rows = quarters(days * 5, KINDS, last=NOVEMBER, number=5)

        assert [(row.year, row.quarter, row.counts[0]) for row in rows] == [
            (2026, 4, 5), (2026, 3, 5), (2026, 2, 0), (2026, 1, 0), (2025, 4, 5),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("counts", "shown", "total"),
        [
            ({}, (0, 0, 0), 0),
            ({"FALL": 5}, (5, 0, 0), 5),
            ({"FALL": 4}, (None, 0, 0), None),
            ({"FALL": 4, "MEDICINE": 9}, (None, 9, 0), None),  # 13 − 9 would tell
            ({"FALL": 1, "MEDICINE": 1, "OTHER": 5}, (None, None, 5), None),  # 7 − 5 would tell: one each
            ({"FALL": 6, "MEDICINE": 9, "OTHER": 7}, (6, 9, 7), 22),
        ],
    )
    def test_small_numbers_are_held_back_R22(
        self, counts: dict[str, int], shown: tuple[int | None, ...], total: int | None
    ) -> None:
        row = now(**counts)
        assert (row.counts, row.total) == (shown, total)

    @given(st.tuples(*(st.integers(0, 12) for _kind in KINDS)))
    def test_no_small_number_comes_out_of_the_total_R22(self, exact: tuple[int, ...]) -> None:
        row = now(**dict(zip(KINDS, exact, strict=True)))

        assert all(value is None or value == 0 or value >= FEWEST_SHOWN for value in row.counts)
        assert (row.total is None) == (None in row.counts)
