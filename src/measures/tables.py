"""Tables as measures read them: text from a file or typed columns from a program, made into what a formula asks for.

Times are moments. Without an offset they are wall-clock time in Oslo; with one they are moved there, so the same visit
counts the same however its time is written. Days are days in Oslo.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import polars as pl

from measures.errors import InvalidInput

OSLO = "Europe/Oslo"
_NAIVE = ("%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M", "%Y-%m-%d")
_AWARE = ("%Y-%m-%dT%H:%M:%S%.f%#z", "%Y-%m-%dT%H:%M%#z", "%Y-%m-%d %H:%M:%S%.f%#z", "%Y-%m-%d %H:%M%#z")
_TRUE = ("1", "true", "ja", "yes")
_FALSE = ("0", "false", "nei", "no", "")


def read_csv(path: str | Path) -> pl.DataFrame:
    """Read a CSV file as text columns; empty fields are null. Comma or semicolon, UTF-8 with or without a mark.

    With semicolons a decimal comma is read as a point. Raises InvalidInput when the file cannot be read.
    """
    found = Path(path)
    try:
        text = found.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as why:
        told = f"the file cannot be read ({type(why).__name__})"
        raise InvalidInput(found.name, told, "Give a CSV file in UTF-8") from None
    head = text.split("\n", 1)[0]
    semicolons = head.count(";") > head.count(",")
    try:
        table = pl.read_csv(text.encode(), separator=";" if semicolons else ",", infer_schema=False)
    except pl.exceptions.PolarsError:
        raise InvalidInput(found.name, "the file is no table", "Give a CSV file with a line of column names") from None
    cells = pl.all().str.strip_chars()
    cells = pl.when(cells.str.len_chars() > 0).then(cells).otherwise(None)
    if semicolons:
        cells = pl.when(cells.str.contains(r"^-?\d+,\d+$")).then(cells.str.replace(",", ".")).otherwise(cells)
    return table.rename(str.strip).with_columns(cells.name.keep())


def need(table: pl.DataFrame, name: str, columns: Iterable[str]) -> None:
    """Raise InvalidInput when a column is missing. name: what the table is called in the refusal."""
    for column in columns:
        if column not in table.columns:
            raise InvalidInput(
                f"{name}.{column}", "the column is missing", f"The table has: {', '.join(table.columns)}"
            )


def _unread(table: pl.DataFrame, name: str, column: str, made: pl.DataFrame, what: str) -> None:
    """Raise InvalidInput naming the first row whose value could not be read."""
    bad = made[column].is_null() & table[column].is_not_null()
    if bad.any():
        row = bad.arg_true()[0]
        value = str(table[column][row])[:40]
        raise InvalidInput(f"{name}.{column}", f"row {row + 1} has «{value}»", f"Write {what}")


def numbers(table: pl.DataFrame, name: str, columns: Iterable[str]) -> pl.DataFrame:
    """Return the table with these columns as floats (null where empty). Raises InvalidInput."""
    for column in columns:
        need(table, name, [column])
        made = table.with_columns(pl.col(column).cast(pl.Float64, strict=False).fill_nan(None))
        given = table[column]
        if given.dtype.is_float():
            table = table.with_columns(pl.col(column).fill_nan(None))
        _unread(table, name, column, made, "a number")
        table = made
    return table


def texts(table: pl.DataFrame, name: str, columns: Iterable[str]) -> pl.DataFrame:
    """Return the table with these columns as text."""
    columns = list(columns)
    need(table, name, columns)
    return table.with_columns(pl.col(column).cast(pl.String) for column in columns)


def flags(table: pl.DataFrame, name: str, columns: Iterable[str]) -> pl.DataFrame:
    """Return the table with these columns as truth values: 1/0, true/false, ja/nei; empty is false."""
    for column in columns:
        need(table, name, [column])
        text = pl.col(column).cast(pl.String).str.to_lowercase().fill_null("")
        made = table.with_columns(
            pl.when(text.is_in(_TRUE)).then(True).when(text.is_in(_FALSE)).then(False).otherwise(None).alias(column)
        )
        _unread(table, name, column, made, "1 or 0, ja or nei")
        table = made
    return table


def days(table: pl.DataFrame, name: str, columns: Iterable[str]) -> pl.DataFrame:
    """Return the table with these columns as days in Oslo (null where empty). Raises InvalidInput."""
    for column in columns:
        need(table, name, [column])
        if table[column].dtype == pl.Date:
            continue
        made = moments(table, name, column, into="_moment").with_columns(
            pl.col("_moment").dt.convert_time_zone(OSLO).dt.date().alias(column)
        )
        table = made.drop("_moment")
    return table


def moments(table: pl.DataFrame, name: str, column: str, *, into: str) -> pl.DataFrame:
    """Return the table with a new column of moments in UTC read from `column` (null where empty).

    Wall-clock time that occurs twice in Oslo (the hour in October) is the first of them; time that does not exist (the
    hour in March) is read with the offset that held before. Raises InvalidInput naming the first row that is no time.
    """
    need(table, name, [column])
    given = table[column].dtype
    if given == pl.Null:
        return table.with_columns(pl.lit(None, dtype=pl.Datetime("us", "UTC")).alias(into))
    if given == pl.Date:
        return table.with_columns(_in_oslo(pl.col(column).cast(pl.Datetime("us"))).alias(into))
    if isinstance(given, pl.Datetime):
        if given.time_zone is None:
            return table.with_columns(_in_oslo(pl.col(column).cast(pl.Datetime("us"))).alias(into))
        return table.with_columns(pl.col(column).dt.convert_time_zone("UTC").dt.cast_time_unit("us").alias(into))
    text = pl.col(column).cast(pl.String)
    naive = pl.coalesce(text.str.to_datetime(form, time_unit="us", strict=False) for form in _NAIVE)
    aware = pl.coalesce(text.str.to_datetime(form, time_unit="us", strict=False, time_zone="UTC") for form in _AWARE)
    made = table.with_columns(pl.coalesce(aware, _in_oslo(naive)).alias(into))
    _unread(table, name, column, made.with_columns(pl.col(into).alias(column)), "a time as 2026-03-02T08:00")
    return made


def _in_oslo(naive: pl.Expr) -> pl.Expr:
    there = naive.dt.replace_time_zone(OSLO, ambiguous="earliest", non_existent="null")
    skipped = naive.dt.offset_by("-1h").dt.replace_time_zone("UTC")
    return pl.coalesce(there.dt.convert_time_zone("UTC"), skipped)


def day(value: str | date, name: str) -> date:
    """Return the parameter as a day. Raises InvalidInput."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        raise InvalidInput(name, f"«{value}» is no day", "Write it as 2026-03-02") from None


def ordered(table: pl.DataFrame, name: str, column: str = "t") -> pl.DataFrame:
    """Return a series in the order of its time column: numbers as numbers, days as days, else as text.

    A table without the column keeps its own order.
    """
    if column not in table.columns:
        return table
    text = table[column].cast(pl.String)
    as_number = text.cast(pl.Float64, strict=False)
    key = as_number if as_number.null_count() == text.null_count() else text
    return table.with_columns(key.alias("_order")).sort("_order", nulls_last=True, maintain_order=True).drop("_order")


def unlike(table: pl.DataFrame, columns: Iterable[str]) -> tuple[pl.DataFrame, int]:
    """Return the table without rows that say the same again in `columns`, and how many those were."""
    kept = table.unique(subset=list(columns), keep="first", maintain_order=True)
    return kept, table.height - kept.height
