"""A municipality's own indicators: counts, shares, medians, means and counts per hundred of the facts' rows.

By the unit where the row happened. docs/how-we-count/own-indicators.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import polars as pl

from tillit.kernel.tables import Columns, table
from tillit.learning.insight.rules import hiding, periods
from tillit.learning.insight.rules.facts import POINTS, Places, followed, points
from tillit.learning.insight.rules.indicators import Step
from tillit.learning.insight.rules.own import Recipe, Way

ROW: Columns = {"row": pl.Int64, "unit": pl.Int64, "on": pl.Date, "known": pl.Boolean}
"""Columns of every fact's table; its flags (Boolean), numbers (Float64) and choices (String) stand beside them.

row: tells rows apart, and nothing else. known: whether what became of it has been said.
"""
OWN_POINTS: Columns = dict(POINTS) | {"held": pl.Boolean}
"""Points with whether they would give away a small number beside them."""
_BY = ("at", "starts_on")
Counts = tuple[str, Recipe, int]
"""Code, recipe and least group."""


def count(
    own: Iterable[Counts],
    tables: Mapping[str, pl.DataFrame],
    *,
    spells: pl.DataFrame,
    places: Places,
    step: Step,
    starts: Sequence[date],
) -> pl.DataFrame:
    """Return the points (OWN_POINTS) of these indicators for these weeks or months.

    tables: by fact, with the columns of ROW and the fact's own.
    """
    placed = {code: _placed(rows, places.belongs, step, starts) for code, rows in tables.items()}
    there = _there(followed(spells, places.belongs), step, starts)
    found = [_points(one, placed, there) for one in own]
    return pl.concat(found) if found else table((), OWN_POINTS)


def _placed(rows: pl.DataFrame, belongs: pl.DataFrame, step: Step, starts: Sequence[date]) -> pl.DataFrame:
    """Return the rows of these weeks or months once for each counted unit, as `at`."""
    begins = pl.col("on").dt.truncate("1w" if step is Step.WEEK else "1mo")
    return (
        rows.with_columns(starts_on=begins)
        .filter(pl.col("starts_on").is_in(list(starts)))
        .join(belongs, on="unit")
        .unique(["row", "at"], maintain_order=True)
    )


def _there(spells: pl.DataFrame, step: Step, starts: Sequence[date]) -> pl.DataFrame:
    """Return which units followed somebody in which weeks or months: where nothing happened they have nought."""
    found = [
        (at, start)
        for start in starts
        for at in spells.filter((pl.col("first") < periods.end(step, start)) & (pl.col("after") > start))["at"]
        .unique()
        .to_list()
    ]
    return table(found, {"at": pl.Int64, "starts_on": pl.Date})


def _points(one: Counts, placed: Mapping[str, pl.DataFrame], there: pl.DataFrame) -> pl.DataFrame:
    code, recipe, least = one
    every = placed[recipe.fact]
    rows = every.filter(pl.col(recipe.only_column) == recipe.only_value) if recipe.only_column else every
    found = _reckoned(recipe, rows, placed, there)
    held = _held(recipe, every, least)
    marked = points(code, found).join(held, left_on=("unit", "starts_on"), right_on=_BY, how="left")
    return marked.with_columns(pl.col("held").fill_null(False)).select(list(OWN_POINTS))


def _reckoned(
    recipe: Recipe, rows: pl.DataFrame, placed: Mapping[str, pl.DataFrame], there: pl.DataFrame
) -> pl.DataFrame:
    counted = rows.group_by(_BY).agg(n=pl.len(), complete=pl.col("known").mean())
    match recipe.way:
        case Way.COUNT:
            units = pl.concat([there, counted.select(_BY)]).unique()
            every = units.join(counted, on=_BY, how="left").with_columns(
                pl.col("n").fill_null(0), pl.col("complete").fill_null(1.0)
            )
            return every.with_columns(value=pl.col("n"), numerator=pl.col("n"))
        case Way.SHARE:
            return rows.group_by(_BY).agg(
                numerator=pl.col(recipe.column).sum(),
                denominator=pl.len(),
                n=pl.len(),
                value=pl.col(recipe.column).mean(),
                complete=pl.col("known").mean(),
            )
        case Way.PER_100:
            below = placed[recipe.other].group_by(_BY).agg(denominator=pl.len())
            both = below.join(counted, on=_BY, how="left").with_columns(
                numerator=pl.col("n").fill_null(0), complete=pl.col("complete").fill_null(1.0)
            )
            return both.with_columns(
                value=100 * pl.col("numerator") / pl.col("denominator"),
                n=pl.min_horizontal("numerator", "denominator"),
            )
        case _middle:
            number = pl.col(recipe.column)
            middle = number.median() if recipe.way is Way.MEDIAN else number.mean()
            told = rows.group_by(_BY).agg(
                n=number.is_not_null().sum(), excluded=number.is_null().sum(), value=middle,
                complete=pl.col("known").mean(),
            )  # fmt: skip
            return told.filter(pl.col("n") > 0)


def _held(recipe: Recipe, every: pl.DataFrame, least: int) -> pl.DataFrame:
    """Return where the value that is counted alone would give away another value of the same column."""
    shape: Columns = {"at": pl.Int64, "starts_on": pl.Date, "held": pl.Boolean}
    if not recipe.only_column:
        return table((), shape)
    parts: dict[tuple[int, date], dict[str, int]] = {}
    counted = every.group_by(*_BY, recipe.only_column).agg(n=pl.len())
    for at, starts_on, value, n in counted.select(*_BY, recipe.only_column, "n").iter_rows():
        parts.setdefault((at, starts_on), {})[value or ""] = n
    found = [(*key, hiding.gives_away(mine, recipe.only_value, least=least)) for key, mine in sorted(parts.items())]
    return table(found, shape)
