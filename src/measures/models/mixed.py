"""A line for all, and a level for each team: the random-intercept model by REML.

Fitted over λ = σ²_team / σ²_rest alone, which never fails; λ = 0 is a legal answer. Patterson & Thompson 1971;
Laird & Ware 1982.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import optimize, stats

from measures.answer import Found, Warned
from measures.errors import InvalidInput
from measures.measure import measure
from measures.tables import numbers, texts

Floats = npt.NDArray[np.float64]
MOST_LAMBDA = 1e6


@dataclass(frozen=True, slots=True)
class Sums:
    """All that the likelihood asks of the data: sums within each group."""

    sizes: Floats
    x: Floats
    y: Floats
    xx: Floats
    xy: Floats
    yy: float

    @classmethod
    def of(cls, x: Floats, y: Floats, group: npt.NDArray[np.intp]) -> Sums:
        """Gather the sums. group: 0, 1, … for each row."""
        count = int(group.max()) + 1
        sizes = np.bincount(group, minlength=count).astype(np.float64)
        each = np.zeros((count, x.shape[1]))
        np.add.at(each, group, x)
        own = np.zeros(count)
        np.add.at(own, group, y)
        return cls(sizes, each, own, x.T @ x, x.T @ y, float(y @ y))

    def at(self, ratio: float) -> tuple[Floats, Floats, float, float]:
        """Return β, (X'V⁻¹X)⁻¹, the weighed squares left, and −2 log REML, for λ = ratio (constants left out)."""
        weight = ratio / (1 + ratio * self.sizes)
        a = self.xx - (self.x * weight[:, None]).T @ self.x
        b = self.xy - (self.x * weight[:, None]).T @ self.y
        inverse = np.asarray(np.linalg.inv(a), dtype=np.float64)
        beta = inverse @ b
        left = self.yy - float((weight * self.y**2).sum()) - float(beta @ b)
        n, q = float(self.sizes.sum()), self.xx.shape[0]
        spread = max(left, 1e-300)
        value = np.log1p(ratio * self.sizes).sum() + np.linalg.slogdet(a)[1] + (n - q) * math.log(spread / (n - q))
        return beta, inverse, left, float(value)

    def slope(self, ratio: float) -> float:
        """Return how fast −2 log REML rises with λ."""
        beta, inverse, left, _ = self.at(ratio)
        grows = 1 / (1 + ratio * self.sizes) ** 2
        off = self.y - self.x @ beta
        n, q = float(self.sizes.sum()), self.xx.shape[0]
        own = float((self.sizes / (1 + ratio * self.sizes)).sum())
        shared = float((grows * np.einsum("gi,ij,gj->g", self.x, inverse, self.x)).sum())
        fall: float = (n - q) * float((grows * off**2).sum()) / max(left, 1e-300)
        return own - shared - fall


def best_ratio(sums: Sums) -> float:
    """Return the λ with the highest likelihood, where its slope is 0; 0 when nothing above it is better."""
    grid = np.concatenate([[0.0], np.geomspace(1e-6, MOST_LAMBDA, 73)])
    values = [sums.at(float(each))[3] for each in grid]
    at = int(np.argmin(values))
    low, high = float(grid[max(at - 1, 0)]), float(grid[min(at + 1, grid.size - 1)])
    if sums.slope(low) >= 0:
        return low if at > 1 else 0.0
    if sums.slope(high) <= 0:
        return high
    return float(optimize.brentq(sums.slope, low, high, xtol=1e-14 * max(high, 1e-6), rtol=1e-14))


@measure(
    "lmm_ri", version=1, source="REML: Patterson & Thompson 1971; Laird & Ware 1982; small-sample t with G − 2 df."
)
def lmm_ri(data: pl.DataFrame, *, y: str = "y", x: str = "x", group: str = "team", conf: float = 0.95) -> Found:
    """The line y = a + b x with a level of its own for each team, by REML.

    icc: the teams' share of what x does not explain. No variance between teams (0) is an answer. The interval of the
    slope is by t with teams − 2 degrees of freedom, for x that goes by team; it is wide for x within teams.
    """
    found = numbers(texts(data, "data", [group]), "data", [y, x])
    whole = found.drop_nulls([y, x, group]).sort(group, x, y)
    n, count = whole.height, whole[group].n_unique()
    if count < 3 or n < 4 or whole[x].n_unique() < 2:
        raise InvalidInput("data", "needs three teams, four rows and two values of x", "Give more rows")
    values, level = whole[y].to_numpy().astype(np.float64), whole[x].to_numpy().astype(np.float64)
    middle_y, middle_x = float(values.mean()), float(level.mean())
    design = np.column_stack([np.ones(n), level - middle_x])
    place = np.unique(whole[group].to_numpy().astype(str), return_inverse=True)[1]
    sums = Sums.of(design, values - middle_y, place)
    ratio = best_ratio(sums)
    beta, inverse, left, _ = sums.at(ratio)
    rest = max(left, 0.0) / (n - 2)
    slope, se = float(beta[1]), math.sqrt(rest * float(inverse[1, 1]))
    df = count - 2
    half = float(stats.t.ppf(0.5 + conf / 2, df)) * se
    warnings = []
    if ratio == 0:
        warnings.append(
            Warned("no_team_variance", "No variance between teams was found: with few teams it may be missed.")
        )
    if count < 10:
        warnings.append(Warned("few_clusters", f"{count} teams: the variance between them is poorly known."))
    return Found(
        {
            "n_groups": count,
            "intercept": float(beta[0]) + middle_y - slope * middle_x,
            "slope": slope,
            "se_slope": se,
            "df": df,
            "p": 2 * float(stats.t.sf(abs(slope) / se, df)) if se > 0 else None,
            "ci_low": slope - half,
            "ci_high": slope + half,
            "var_group": ratio * rest,
            "var_resid": rest,
            "icc": ratio / (1 + ratio),
        },
        n=n,
        excluded={"incomplete": found.height - n},
        warnings=warnings,
    )
