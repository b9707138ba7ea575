"""Tables of facts: typed columns, made of rows."""

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

Columns = Mapping[str, pl.DataType | type[pl.DataType]]
"""Names of columns, in order, with their types."""


def table(rows: Iterable[Sequence[object]], columns: Columns) -> pl.DataFrame:
    """Return rows as a table with these columns; without rows it has the columns too."""
    return pl.DataFrame(list(rows), schema=dict(columns), orient="row")
