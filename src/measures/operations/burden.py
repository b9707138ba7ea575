"""What it costs to report."""

from __future__ import annotations

import polars as pl

from measures.answer import Found, ratio
from measures.errors import InvalidInput
from measures.measure import measure
from measures.tables import flags, numbers, texts, unlike


@measure("reporting_burden", version=1, source="Own definition (R-1).")
def reporting_burden(tasks: pl.DataFrame, *, direct_care_hours: float | None = None, local: str = "lokal") -> Found:
    """Hours that reporting takes, how much of it is local or done twice, and what could be spared (R-1).

    tasks: task, minutes (measured), count, basis, duplicate. hours = Σ minutes × count / 60. Local: its basis is
    `local`, not law. Avoidable: local and a duplicate. Minutes that people tell are higher than measured ones.
    """
    once, again = unlike(texts(tasks, "tasks", ["task", "basis"]), tasks.columns)
    found = flags(numbers(once, "tasks", ["minutes", "count"]), "tasks", ["duplicate"])
    whole = found.drop_nulls(["minutes", "count"])
    if (whole["minutes"] < 0).any() or (whole["count"] < 0).any():
        raise InvalidInput("tasks.minutes", "minutes and counts cannot be below 0", "Mend the row")
    spent = whole.with_columns(hours=pl.col("minutes") * pl.col("count") / 60)
    is_local = (pl.col("basis") == local).fill_null(False)

    def hours(*which: pl.Expr) -> float:
        return float(spent.filter(*which)["hours"].sum())

    total = hours()
    return Found(
        {
            "hours_total": total,
            "per_100_direct": ratio(100 * total, direct_care_hours) if direct_care_hours else None,
            "share_local": ratio(hours(is_local), total),
            "share_duplicate": ratio(hours(pl.col("duplicate")), total),
            "avoidable_hours": hours(is_local, pl.col("duplicate")),
        },
        n=whole.height,
        excluded={"said_again": again, "incomplete": found.height - whole.height},
    )


@measure("pert", version=1, source="PERT: Malcolm et al. 1959 (R-1).")
def pert(*, least: float, likely: float, most: float) -> Found:
    """Expected minutes from least, most likely and most: (a + 4m + b) / 6, with spread (b − a) / 6."""
    if not least <= likely <= most:
        raise InvalidInput("likely", "must lie between least and most", "Give them in order")
    return Found({"mean": (least + 4 * likely + most) / 6, "sd": (most - least) / 6}, n=1)
