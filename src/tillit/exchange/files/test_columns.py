from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillit.exchange.files.columns import Cell, CellKind, Column, Unreadable, read
from tillit.exchange.files.sheets import SHEETS
from tillit.exchange.files.vocabulary import PARTS_OF_DAY


def column(kind: CellKind, **more: object) -> Column:
    return Column("x", "X", "", kind, **more)  # type: ignore[arg-type]


class TestRead:
    @pytest.mark.parametrize(
        ("kind", "cell", "value"),
        [
            (CellKind.DATE, "24.11.2026", date(2026, 11, 24)),
            (CellKind.DATE, "2026-11-24", date(2026, 11, 24)),
            (CellKind.DATE, datetime(2026, 11, 24, 0, 0), date(2026, 11, 24)),  # noqa: DTZ001
            (CellKind.TIME, "08.15", time(8, 15)),
            (CellKind.TIME, "8:15", time(8, 15)),
            (CellKind.TIME, "0815", time(8, 15)),
            (CellKind.TIME, 0.34375, time(8, 15)),
            (CellKind.TIME, time(8, 15), time(8, 15)),
            (CellKind.WHOLE, "20", 20),
            (CellKind.WHOLE, 20.0, 20),
            (CellKind.DECIMAL, "61,9012", Decimal("61.9012")),
            (CellKind.DECIMAL, "80 %", Decimal(80)),
            (CellKind.YES_NO, "x", True),
            (CellKind.YES_NO, "Nei", False),
            (CellKind.LIST, "LEGEMIDLER; FORDELER, LEGEMIDLER", ("LEGEMIDLER", "FORDELER")),
            (CellKind.WEEKDAYS, "alle", "1234567"),
            (CellKind.WEEKDAYS, "Hverdager", "12345"),
            (CellKind.WEEKDAYS, "man, ons og fre", "135"),
            (CellKind.WEEKDAYS, "lørdag søndag", "67"),
            (CellKind.WEEKDAYS, "mandager", "1"),
            (CellKind.TEXT, 6770.0, "6770"),
        ],
    )
    def test_understands_what_people_write(self, kind: CellKind, cell: Cell, value: object) -> None:
        assert read(cell, column(kind)) == value

    @pytest.mark.parametrize(
        ("kind", "cell", "says"),
        [
            (CellKind.DATE, "31.02.2026", "ikke en dato"),
            (CellKind.TIME, "25.00", "ikke et klokkeslett"),
            (CellKind.WHOLE, "tjue", "ikke et tall"),
            (CellKind.WHOLE, "2,5", "ikke et helt tall"),
            (CellKind.DECIMAL, "nan", "ikke et tall"),
            (CellKind.WEEKDAYS, "fest", "ikke dager"),
            (CellKind.YES_NO, "kanskje", "ja eller nei"),
            (CellKind.NATIONAL_ID, "13097248023", "Kontrollsifrene"),
            (CellKind.NATIONAL_ID, "1309724", "11 sifre"),
        ],
    )
    def test_says_what_is_wrong_in_plain_words(self, kind: CellKind, cell: Cell, says: str) -> None:
        with pytest.raises(Unreadable, match=says):
            read(cell, column(kind))

    def test_gives_back_the_zero_a_spreadsheet_dropped(self) -> None:
        found = read(2013299997, column(CellKind.NATIONAL_ID))

        assert getattr(found, "value", None) == "02013299997"

    def test_names_the_choices_when_none_fits(self) -> None:
        with pytest.raises(Unreadable, match="morgen"):
            read("tidlig", column(CellKind.CHOICE, choices=PARTS_OF_DAY))

    def test_asks_for_what_is_required_and_lets_the_rest_be_empty(self) -> None:
        with pytest.raises(Unreadable, match="Mangler"):
            read("  ", column(CellKind.TEXT, required=True))
        assert read("  ", column(CellKind.TEXT)) is None

    @given(
        st.sampled_from([column for sheet in SHEETS for column in sheet.columns]),
        st.one_of(
            st.none(), st.text(max_size=40), st.integers(), st.floats(), st.booleans(), st.dates(),
            st.datetimes(), st.times(),
        ),
    )  # fmt: skip
    def test_never_breaks_whatever_the_cell_holds(self, column: Column, cell: Cell) -> None:
        try:
            read(cell, column)
        except Unreadable as refusal:
            assert refusal.text
