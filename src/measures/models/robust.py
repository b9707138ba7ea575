"""Least squares with standard errors that hold when people in a team are alike, also for few teams.

CR1: Liang & Zeger 1986 with the usual correction. CR2 and its degrees of freedom: Bell & McCaffrey 2002; Pustejovsky &
Tipton 2018.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import stats

from measures.answer import Found, Value, Warned
from measures.errors import InvalidInput
from measures.measure import measure
from measures.tables import numbers, texts

Floats = npt.NDArray[np.float64]
FEW_CLUSTERS = 20
_SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class Fitted:
    """A least-squares fit with its rows gathered by cluster.

    bread: (X'X)⁻¹. rows: for each cluster where its rows lie.
    """

    x: Floats
    y: Floats
    bread: Floats
    coefficients: Floats
    residuals: Floats
    rows: tuple[npt.NDArray[np.intp], ...]


def fit(x: Floats, y: Floats, cluster: npt.NDArray[np.intp]) -> Fitted:
    """Return the least-squares fit. Raises InvalidInput when columns say the same."""
    if np.linalg.matrix_rank(x) < x.shape[1]:
        raise InvalidInput("data", "two columns say the same, or one never changes", "Leave one out")
    bread = np.linalg.inv(x.T @ x)
    bread = (bread + bread.T) / 2
    coefficients = bread @ (x.T @ y)
    rows = tuple(np.flatnonzero(cluster == each) for each in range(int(cluster.max()) + 1))
    return Fitted(x, y, bread, coefficients, y - x @ coefficients, rows)


def cr1(found: Fitted) -> Floats:
    """Return the covariance by clusters, times G/(G−1) · (N−1)/(N−k)."""
    n, k = found.x.shape
    count = len(found.rows)
    scores = np.stack([found.x[rows].T @ found.residuals[rows] for rows in found.rows])
    factor = count / (count - 1) * (n - 1) / (n - k)
    return np.asarray(factor * found.bread @ (scores.T @ scores) @ found.bread)


def cr2(found: Fitted, contrast: Floats) -> tuple[float, float]:
    """Return the standard error of contrast'β by CR2, and Satterthwaite's degrees of freedom.

    A_g = (I − H_gg)^(−½), by the pseudo-inverse where a cluster has an effect of its own. The working model is rows
    that are not alike within a team.
    """
    root = np.linalg.cholesky(found.bread)
    toward = found.bread @ contrast
    pulls = []
    seen = 0.0
    for rows in found.rows:
        mine = found.x[rows]
        left, sizes, _ = np.linalg.svd(mine @ root, full_matrices=False)
        rest = 1 - sizes**2
        grown = np.where(rest > _SLACK, 1 / np.sqrt(np.where(rest > _SLACK, rest, 1.0)), 0.0) - 1
        line = mine @ toward
        pull = line + left @ (grown * (left.T @ line))
        seen += float(pull @ found.residuals[rows]) ** 2
        pulls.append((pull, mine.T @ pull))
    through = np.stack([each for _, each in pulls])
    together = np.diag([float(pull @ pull) for pull, _ in pulls]) - through @ found.bread @ through.T
    freedom = float(np.trace(together)) ** 2 / float((together**2).sum())
    return math.sqrt(seen), freedom


@measure(
    "cluster_robust",
    version=1,
    source="CR2 with Satterthwaite's df: Bell & McCaffrey 2002; Pustejovsky & Tipton 2018. CR1: Liang & Zeger 1986.",
)
def cluster_robust(
    data: pl.DataFrame, *, y: str = "y", x: str | Sequence[str] = "x", group: str = "team", conf: float = 0.95
) -> Found:
    """Least squares with standard errors by team: CR2 to use, CR1 for comparison only.

    data: y, one or more columns x, and the team. Intercept added. t by CR2 with its own degrees of freedom for each
    coefficient: below 4 it cannot be trusted. Ordinary standard errors, that take people for independent, are not told.
    """
    names = [x] if isinstance(x, str) else list(x)
    found = numbers(texts(data, "data", [group]), "data", [y, *names])
    whole = found.drop_nulls([y, group, *names]).sort(group, y, *names)
    if whole[group].n_unique() < 2:
        raise InvalidInput(f"data.{group}", "needs two or more", "Give rows of more teams")
    if whole.height <= len(names) + 1:
        raise InvalidInput("data", "has no more rows than the model has numbers", "Give more rows")
    place = np.unique(whole[group].to_numpy().astype(str), return_inverse=True)[1]
    columns = [np.ones(whole.height), *(whole[each].to_numpy() for each in names)]
    fitted = fit(np.column_stack(columns).astype(np.float64), whole[y].to_numpy().astype(np.float64), place)
    first = np.sqrt(np.diag(cr1(fitted)))
    told: dict[str, Value] = {}
    unsure = []
    for at, name in enumerate(["intercept", *names]):
        se, df = cr2(fitted, np.eye(len(names) + 1)[at])
        value = float(fitted.coefficients[at])
        half = float(stats.t.ppf(0.5 + conf / 2, df)) * se
        told[name] = {
            "estimate": value,
            "se_cr1": float(first[at]),
            "se_cr2": se,
            "df": df,
            "p": 2 * float(stats.t.sf(abs(value) / se, df)) if se > 0 else None,
            "ci_low": value - half,
            "ci_high": value + half,
        }
        if df < 4:
            unsure.append(name)
    count = len(fitted.rows)
    warnings = []
    if count < FEW_CLUSTERS:
        warnings.append(Warned("few_clusters", f"{count} teams: show the interval and every team, not the p alone."))
    if unsure:
        warnings.append(Warned("few_df", f"Fewer than 4 degrees of freedom: {', '.join(unsure)}. Not to be trusted."))
    values = {"n_groups": count, "coefficients": told}
    return Found(values, n=whole.height, excluded={"incomplete": found.height - whole.height}, warnings=warnings)
