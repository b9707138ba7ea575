"""The ready-made sheet for money and hours: a line for each team and figure of the newest month, to be filled in.

Its headings are those that `rules.brought` reads; «hva» says in words what numerator and denominator are, and is not
read.
"""

from collections.abc import Sequence
from datetime import date

from tillit.learning.insight.files.rows import Cell, Header
from tillit.learning.insight.rules.indicators import Indicator


def headers() -> tuple[Header, ...]:
    """Return the columns, in order. They are not translated: the sheet is read by them."""
    return tuple(Header(name) for name in ("indikator", "hva", "team", "periode", "teller", "nevner", "antall"))


def rows(indicators: Sequence[Indicator], teams: Sequence[str], *, month: date) -> tuple[tuple[Cell, ...], ...]:
    """Return the lines, team by team. month: its first day. What is to be written is empty."""
    return tuple(
        (one.code, " / ".join(one.parts or ()), team, f"{month:%Y-%m}", "", "", "")
        for team in teams
        for one in indicators
        if one.brought
    )
