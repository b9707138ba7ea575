"""A table that is to be published, with its margins, as the sums that tie its numbers together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from measures.errors import InvalidInput
from measures.tables import numbers, texts, unlike

Floats = npt.NDArray[np.float64]
Cell = tuple[str | None, str | None]
"""(row, col); None in one place is the margin over it, None in both the grand total."""


@dataclass(frozen=True)
class Published:
    """Numbers with names, and the sums among them.

    cells: the inner cells first, then the margins where those are published. counts: of each. inner: the first so many.
    sums: one line per margin, ±1 for the numbers in it: sums @ counts = 0.
    """

    cells: tuple[Cell, ...]
    counts: Floats
    inner: int
    sums: Floats

    @cached_property
    def index(self) -> dict[Cell, int]:
        """Cell → its place."""
        return {cell: place for place, cell in enumerate(self.cells)}


def read_table(table: pl.DataFrame, *, margins: bool) -> Published:
    """Return the table of row, col, n. Without `col` it is a list with a total. Raises InvalidInput.

    A cell that is not in the table does not exist: it is no hidden zero.
    """
    if "col" not in table.columns:
        table = table.with_columns(pl.lit("n").alias("col"))
    found = numbers(texts(table, "table", ["row", "col"]), "table", ["n"])
    found, _again = unlike(found, ["row", "col", "n"])
    if found.select(pl.any_horizontal(pl.col("row", "col", "n").is_null()).any()).item():
        raise InvalidInput("table.n", "a cell lacks its row, its column or its number", "Fill it in; 0 is a number")
    if found.select("row", "col").is_duplicated().any():
        raise InvalidInput("table.row", "a cell has two numbers", "Give each cell once")
    if (found["n"] < 0).any() or (found["n"] != found["n"].round()).any():
        raise InvalidInput("table.n", "must be counts", "Give whole numbers from 0")
    found = found.sort("row", "col")  # so that the order of the file plays no part in what is hidden
    inner: list[Cell] = list(found.select("row", "col").iter_rows())
    counts = found["n"].to_list()
    rows, cols = list(dict.fromkeys(row for row, _ in inner)), list(dict.fromkeys(col for _, col in inner))
    if not margins:
        return Published(tuple(inner), np.array(counts), len(inner), np.zeros((0, len(inner))))
    # One row or one column only: its other margins are the cells themselves.
    over_rows: list[Cell] = [(row, None) for row in rows] if len(cols) > 1 else []
    over_cols: list[Cell] = [(None, col) for col in cols] if len(rows) > 1 else []
    cells = [*inner, *over_rows, *over_cols]
    lines: list[dict[Cell, float]] = [
        {**{cell: 1.0 for cell in inner if margin[0] in (None, cell[0]) and margin[1] in (None, cell[1])}, margin: -1.0}
        for margin in (*over_rows, *over_cols)
    ]
    if len(rows) > 1 and len(cols) > 1:
        total: Cell = (None, None)
        cells.append(total)
        lines += [{**dict.fromkeys(margins_, 1.0), total: -1.0} for margins_ in (over_rows, over_cols)]
    place = {cell: number for number, cell in enumerate(cells)}
    sums = np.zeros((len(lines), len(cells)))
    for number, line in enumerate(lines):
        for cell, sign in line.items():
            sums[number, place[cell]] = sign
    whole = np.zeros(len(cells))
    whole[: len(inner)] = counts
    for margin in cells[len(inner) :]:
        whole[place[margin]] = sum(
            count
            for cell, count in zip(inner, counts, strict=True)
            if margin[0] in (None, cell[0]) and margin[1] in (None, cell[1])
        )
    return Published(tuple(cells), whole, len(inner), sums)
