"""Answers to a scale as formulas read them: items in columns, reversed where they ask the other way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from measures.errors import InvalidInput
from measures.tables import need, numbers

Floats = npt.NDArray[np.float64]
NOT_ITEMS = ("resp", "team", "stratum", "wave")
"""Columns that are no items when nobody names the items."""


@dataclass(frozen=True, slots=True)
class Answers:
    """A row for each who answered, a column for each item; not answered is NaN. Reversed items are turned."""

    items: tuple[str, ...]
    values: Floats

    @property
    def whole(self) -> Floats:
        """Only those who answered every item."""
        return self.values[~np.isnan(self.values).any(axis=1)]


def read_answers(
    items: pl.DataFrame,
    *,
    least: float,
    most: float,
    reverse: Sequence[int | str] = (),
    columns: Sequence[str] | None = None,
) -> Answers:
    """Return the answers, reversed items as least + most − x.

    columns: the items; by default all but respondent, team, stratum and wave. reverse: items by name, or by their
    1-based place among the items. Raises InvalidInput for an item that is not there and an answer outside the scale.
    """
    if not least < most:
        raise InvalidInput("min", "must be below max", "Give the scale's ends, such as 1 and 5")
    names = list(columns) if columns is not None else [each for each in items.columns if each not in NOT_ITEMS]
    if not names:
        raise InvalidInput("items", "the table has no items", "Give a column for each item")
    need(items, "items", names)
    values = (
        numbers(items, "items", names).select(names).to_numpy().astype(np.float64).reshape(items.height, len(names))
    )
    for place, name in enumerate(names):
        column = values[:, place]
        if np.any((column < least) | (column > most)):
            raise InvalidInput(
                f"items.{name}", f"an answer is outside {least:g}–{most:g}", "Leave «not relevant» empty"
            )
    for turned in reverse:
        place = names.index(turned) if turned in names else int(turned) - 1 if str(turned).isdigit() else -1
        if not 0 <= place < len(names):
            raise InvalidInput("reverse", f"there is no item «{turned}»", f"The items are: {', '.join(names)}")
        values[:, place] = least + most - values[:, place]
    return Answers(tuple(names), values)


def confidence(conf: float) -> float:
    """Return the share outside an interval. Raises InvalidInput."""
    if not 0 < conf < 1:
        raise InvalidInput("conf", "must lie between 0 and 1", "Use 0.95")
    return 1 - conf
