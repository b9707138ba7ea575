"""Small numbers hidden so that nobody can reckon them from the rest."""

from __future__ import annotations

import numpy as np
import polars as pl

from measures.answer import Found, Value, Warned
from measures.disclosure.attack import bounds, opened, sensitive
from measures.disclosure.choose import choose
from measures.disclosure.table import Published, read_table
from measures.errors import InvalidInput
from measures.measure import measure
from measures.tables import need

SOURCE = "Fischetti & Salazar-González 2001, Management Science 47:1008–1027 (A-1), audited by linear programming."


def _named(table: Published, places: list[int]) -> list[list[str | None]]:
    return [list(table.cells[place]) for place in places]


def _check(threshold: float) -> None:
    if threshold < 2:
        raise InvalidInput("threshold", "must be at least 2", "Use 5")


@measure("suppression", version=1, source=SOURCE)
def suppression(
    table: pl.DataFrame, *, threshold: float = 5, margins_published: bool = True, zero_is_safe: bool = True
) -> Found:
    """Which cells to hide: all with 1 to threshold − 1, and the fewest others that keep those from being reckoned.

    table: row, col, n (without col: a list with its total). A hidden small cell must be able to be at least the
    threshold, for one who sees all other cells and all margins. When a margin is small itself, margins are hidden too
    (`suppressed_margins`; None in row or col is the sum over it).
    zero_is_safe: false where «nobody» tells something, as when all answered no.
    """
    _check(threshold)
    published = read_table(table, margins=margins_published)
    small = sensitive(published, threshold, zero_is_safe=zero_is_safe)
    margins_too = bool(small[published.inner :].any())
    hidden, proved = choose(published, threshold, zero_is_safe=zero_is_safe, margins_too=margins_too)
    warnings = []
    open_ = opened(published, hidden, threshold, zero_is_safe=zero_is_safe) if published.sums.shape[0] else []
    if open_ and not margins_too:
        hidden, proved = choose(published, threshold, zero_is_safe=zero_is_safe, margins_too=True)
        open_ = opened(published, hidden, threshold, zero_is_safe=zero_is_safe)
    if open_:
        warnings.append(Warned("not_safe", "No choice of cells keeps the small ones: publish nothing of this table."))
        hidden = np.ones(hidden.size, dtype=bool)
    if hidden[published.inner :].any():
        warnings.append(Warned("margins_hidden", "Margins are hidden too: without that the small numbers show."))
    if not proved:
        warnings.append(Warned("not_proved_fewest", "The table is large: safe and audited, but fewer might do."))
    inside = [int(each) for each in np.flatnonzero(hidden[: published.inner])]
    outside = [int(each) + published.inner for each in np.flatnonzero(hidden[published.inner :])]
    primary = [int(each) for each in np.flatnonzero(small[: published.inner])]
    values: dict[str, Value] = {
        "primary": _named(published, primary),
        "suppressed": _named(published, inside),
        "suppressed_margins": _named(published, outside),
        "n_suppressed": len(inside),
        "fewest": proved,
        "publishable": not open_,
    }
    return Found(values, n=published.inner, warnings=warnings)


@measure("suppression_audit", version=1, source=SOURCE)
def suppression_audit(
    table: pl.DataFrame, hidden: pl.DataFrame, *, threshold: float = 5, zero_is_safe: bool = True
) -> Found:
    """What a reader can reckon when these cells are hidden: bounds for each small one, and whether it is safe.

    table: row, col, n, with margins published. hidden: row, col; empty in one is the margin over it.
    """
    _check(threshold)
    published = read_table(table, margins=True)
    need(hidden, "hidden", ["row", "col"])
    marked = np.zeros(published.counts.size, dtype=bool)
    for cell in hidden.select(pl.col("row", "col").cast(pl.String)).iter_rows():
        if cell not in published.index:
            raise InvalidInput("hidden.row", "names a cell that the table does not have", "Use the table's own names")
        marked[published.index[cell]] = True
    small = np.flatnonzero(sensitive(published, threshold, zero_is_safe=zero_is_safe))
    open_ = opened(published, marked, threshold, zero_is_safe=zero_is_safe)
    intervals = [[*published.cells[place], *bounds(published, marked, int(place))] for place in small if marked[place]]
    return Found({"safe": not open_, "open": _named(published, open_), "intervals": intervals}, n=published.inner)
