"""UPC, Bice–Boxerman COC and SECON for each citizen, and with two employees at one visit."""

from __future__ import annotations

import numpy as np
import polars as pl

from measures.answer import Found, Value
from measures.continuity.visits import of_left_out, read_visits
from measures.errors import InvalidInput
from measures.measure import measure
from measures.tables import need

SOURCE = (
    "UPC: Breslau & Reeb 1975. COC: Bice & Boxerman 1977. SECON: Steinwachs 1979. "
    "Formulas as tabulated in BMC Health Serv Res 2022;22:658."
)


def indices(visits: pl.DataFrame, by: list[str], min_visits: int) -> pl.DataFrame:
    """Return n, distinct, upc, coc and secon for each group, vectorised.

    visits: sorted by group and time, with `carer`. With n visits and n_j by employee j:
    UPC = max n_j / n; COC = (Σ n_j² − n) / (n (n − 1)); SECON = share of visits by the one who came the time before.
    All three are null below `min_visits`, and COC and SECON below two visits, where they are not defined.
    """
    again = visits.select(*by, "carer", same=(pl.col("carer") == pl.col("carer").shift(1).over(by)))
    each = again.group_by([*by, "carer"]).agg(k=pl.len().cast(pl.Int64), same=pl.col("same").sum().cast(pl.Int64))
    n, two = pl.col("n"), pl.col("n") >= max(2, min_visits)
    return (
        each.group_by(by)
        .agg(
            n=pl.col("k").sum(),
            distinct=pl.len().cast(pl.Int64),
            most=pl.col("k").max(),
            squares=(pl.col("k") ** 2).sum(),
            same=pl.col("same").sum(),
        )
        .with_columns(
            upc=pl.when(n >= min_visits).then(pl.col("most") / n),
            coc=pl.when(two).then((pl.col("squares") - n) / (n * (n - 1))),
            secon=pl.when(two).then(pl.col("same") / (n - 1)),
        )
        .sort(by)
    )


@measure("continuity_user", version=1, source=SOURCE)
def continuity_user(visits: pl.DataFrame, *, min_visits: int = 2) -> Found:
    """Different employees, UPC, COC and SECON for each citizen (K-1–K-4).

    visits: user, carer, start; one row per visit; the caller chooses window and universe.
    min_visits: below it the three indices are None: by chance alone they are high when visits are few.
    `secon_next_day` is SECON on the first visit of each day: SECON rises when one does both morning and evening.
    """
    if min_visits < 1:
        raise InvalidInput("min_visits", "must be at least 1", "Use 2, or 4 for display")
    kept, excluded = read_visits(visits, ids=("visit",))
    first = kept.group_by("user", "on", maintain_order=True).first()
    next_day = dict(indices(first, ["user"], min_visits).select("user", "secon").iter_rows())
    found = indices(kept, ["user"], min_visits).select("user", "n", "distinct", "upc", "coc", "secon")
    values: dict[str, Value] = {
        row["user"]: {
            **{key: value for key, value in row.items() if key != "user"},
            "secon_next_day": next_day[row["user"]],
        }
        for row in found.iter_rows(named=True)
    }
    return Found(values, n=len(values), excluded=excluded, warnings=of_left_out(excluded))


@measure("continuity_double", version=1, source=f"{SOURCE} Shared visits: own rule (K-6).")
def continuity_double(visits: pl.DataFrame, *, min_visits: int = 2) -> Found:
    """Continuity where two may come together (K-6): rows with the same visit are one visit.

    visits: visit, user, carer, start. Each employee who comes is a contact. UPC = the most seen employee's share of
    visits; COC = share of pairs of visits with an employee in common; SECON = share of following visits with one in
    common. With one employee at each visit these are the ordinary UPC, COC and SECON.
    """
    need(visits, "visits", ["visit"])
    kept, excluded = read_visits(visits, ids=("visit",))
    kept = kept.with_columns(begun=pl.col("begun").min().over("user", "visit")).sort("user", "begun", "visit", "carer")
    values: dict[str, Value] = {}
    for (user,), mine in kept.unique(["user", "visit", "carer"], maintain_order=True).group_by(
        "user", maintain_order=True
    ):
        visit = mine["visit"].rle_id().to_numpy()
        carer = mine["carer"].cast(pl.Categorical).to_physical().rank("dense").to_numpy() - 1
        met = np.zeros((int(visit.max()) + 1, int(carer.max()) + 1), dtype=np.int64)
        met[visit, carer] = 1
        count = met.shape[0]
        shared = (met @ met.T) > 0
        pairs = (int(shared.sum()) - count) // 2
        two = count >= max(2, min_visits)
        values[str(user)] = {
            "visits": count,
            "contacts": mine.height,
            "distinct": met.shape[1],
            "upc_visit": float(met.sum(axis=0).max() / count) if count >= min_visits else None,
            "coc_pairs": pairs / (count * (count - 1) / 2) if two else None,
            "secon_any": float(np.diagonal(shared, 1).mean()) if two else None,
        }
    return Found(values, n=len(values), excluded=excluded, warnings=of_left_out(excluded))
