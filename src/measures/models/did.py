"""Difference in differences with few teams: by team changes, by errors for clusters, and by dealing the teams anew."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import stats

from measures.answer import Found, Value, Warned
from measures.comparison.enumerating import at_least_as_far, every_choice, every_sign
from measures.errors import InvalidInput
from measures.measure import measure
from measures.models.robust import Fitted, cr1, cr2, fit
from measures.tables import flags, need, numbers, texts

Floats = npt.NDArray[np.float64]
FEW_TEAMS = 8


@dataclass(frozen=True, slots=True)
class Teams:
    """Rows of teams that were measured both before and after; `treated` for each team, in the order of `names`."""

    names: list[str]
    treated: npt.NDArray[np.bool_]
    place: npt.NDArray[np.intp]
    post: Floats
    y: Floats
    one_wave: int
    incomplete: int

    def changes(self) -> Floats:
        """Return each team's mean after less its mean before."""
        count = len(self.names)
        after, before = self.post, 1 - self.post

        def mean(weight: Floats) -> Floats:
            sums = np.bincount(self.place, weights=weight * self.y, minlength=count)
            return np.asarray(sums / np.bincount(self.place, weights=weight, minlength=count))

        return mean(after) - mean(before)


def read_teams(data: pl.DataFrame) -> Teams:
    """Return the teams measured both before and after. Raises InvalidInput for a team that is both treated and not."""
    need(data, "data", ["team", "treated", "post", "y"])
    told = data.drop_nulls(["team", "treated", "post", "y"])
    found = numbers(flags(texts(told, "data", ["team"]), "data", ["treated", "post"]), "data", ["y"])
    given = found.drop_nulls("y")
    if given.group_by("team").agg(pl.col("treated").n_unique().alias("kinds")).filter(pl.col("kinds") > 1).height:
        raise InvalidInput("data.treated", "a team is both treated and not", "A team belongs to one side")
    both = given.group_by("team").agg(pl.col("post").n_unique().alias("waves")).filter(pl.col("waves") == 2)
    rows = given.join(both.select("team"), on="team", how="semi").sort("team", "post", "y")
    if rows.height == 0:
        raise InvalidInput("data", "no team is measured both before and after", "Give both waves")
    names, first, place = np.unique(rows["team"].to_numpy().astype(str), return_index=True, return_inverse=True)
    treated = rows["treated"].to_numpy()[first]
    if treated.all() or not treated.any() or names.size < 3:
        raise InvalidInput("data.treated", "needs teams on both sides, and three in all", "Give comparison teams")
    post = rows["post"].to_numpy().astype(np.float64)
    y = rows["y"].to_numpy().astype(np.float64)
    one_wave = given["team"].n_unique() - names.size
    return Teams(names.tolist(), treated, place, post, y, one_wave, data.height - given.height)


def by_teams(changes: Floats, treated: npt.NDArray[np.bool_], conf: float) -> dict[str, Value]:
    """Return the difference of the teams' mean changes with Student's t on teams (Donald & Lang 2007)."""
    one, other = changes[treated], changes[~treated]
    df = changes.size - 2
    difference = float(one.mean() - other.mean())
    squares = float(((one - one.mean()) ** 2).sum() + ((other - other.mean()) ** 2).sum())
    told: dict[str, Value] = {"did_team": difference, "team_df": df}
    told |= dict.fromkeys(("team_se", "team_t", "team_p", "team_ci_low", "team_ci_high"))
    if squares <= 0:
        return told
    se = math.sqrt(squares / df * (1 / one.size + 1 / other.size))
    half = float(stats.t.ppf(0.5 + conf / 2, df)) * se
    t = difference / se
    told |= {"team_se": se, "team_t": t, "team_p": 2 * float(stats.t.sf(abs(t), df))}
    return told | {"team_ci_low": difference - half, "team_ci_high": difference + half}


def dealt_anew(changes: Floats, treated: npt.NDArray[np.bool_], seed: int) -> tuple[dict[str, Value], bool]:
    """Return p over all ways to choose which teams were treated (Fisher 1935), the observed one counted."""
    many = int(treated.sum())
    ways, drawn = every_choice(changes.size, many, seed)
    if drawn:
        ways = np.concatenate([treated[None, :], ways])
    rest = changes.size - many
    found = (ways @ changes) / many - ((~ways) @ changes) / rest
    observed = float(changes[treated].mean() - changes[~treated].mean())
    count = at_least_as_far(found, observed)
    least = (2 if 2 * many == changes.size else 1) / ways.shape[0]
    return {"ri_n": ways.shape[0], "ri_count": count, "ri_p": count / ways.shape[0], "ri_p_min": least}, drawn


def wild(full: Fitted, null: Fitted | None, at: int, seed: int) -> tuple[dict[str, Value], bool]:
    """Return the wild cluster bootstrap's p over all 2^G signs (Cameron, Gelbach & Miller 2008).

    null: the fit without the coefficient (imposed), None to draw about the full fit. With y* = Xβ + w_g e_g, β* − β =
    B Σ w_g s_g, where s_g = X_g'e_g; the cluster sums give every t* at once.
    """
    e = (null or full).residuals
    n, k = full.x.shape
    count = len(full.rows)
    line = full.bread[at]
    scores = np.stack([full.x[rows].T @ e[rows] for rows in full.rows], axis=1)
    toward = np.stack([(full.x[rows].T @ full.x[rows]) @ line for rows in full.rows])
    meat = np.diag(line @ scores) - toward @ full.bread @ scores
    signs, drawn = every_sign(count, seed)
    factor = count / (count - 1) * (n - 1) / (n - k)
    with np.errstate(divide="ignore", invalid="ignore"):
        t = (signs @ (line @ scores)) / np.sqrt(factor * ((signs @ meat.T) ** 2).sum(axis=1))
    observed = float(full.coefficients[at]) / math.sqrt(float(cr1(full)[at, at]))
    found = int(
        (np.abs(np.nan_to_num(t, nan=0.0, posinf=np.inf)) >= abs(observed) - 1e-9 * max(1.0, abs(observed))).sum()
    )
    return {"wild_n": signs.shape[0], "wild_count": found, "wild_p": found / signs.shape[0]}, drawn


@measure(
    "did_cluster",
    version=1,
    source="Team changes: Donald & Lang 2007; CR2: Bell & McCaffrey 2002; permutation: Fisher 1935; "
    "wild bootstrap: Cameron, Gelbach & Miller 2008.",
    words={"signs": "wild"},
)
def did_cluster(
    data: pl.DataFrame,
    *,
    signs: str | None = "rademacher",
    impose_null: bool = True,
    conf: float = 0.95,
    seed: int = 1,
) -> Found:
    """Did the teams change more than the comparison teams? Four answers that fit few teams, the first to be used.

    data: team, treated, post, y; one row for each answer or month. did_team: difference of the teams' mean changes, t
    on teams. ri_p: over all ways to choose which teams were treated, with the smallest p that can give. did_ols: over
    rows, team and time taken out, CR2 with Satterthwaite's df; CR1 for comparison only. wild_p: all 2^G signs. Every
    team's own change stands beside.
    """
    if signs not in ("rademacher", None):
        raise InvalidInput("wild", f"there are no such signs as «{signs}»", "Use rademacher")
    found = read_teams(data)
    changes = found.changes()
    count, many = changes.size, int(found.treated.sum())
    values: dict[str, Value] = by_teams(changes, found.treated, conf)
    dealt, drawn = dealt_anew(changes, found.treated, seed)
    values |= dealt
    own = (found.place[:, None] == np.arange(count)).astype(np.float64)
    moved = found.treated[found.place] * found.post
    full = fit(np.column_stack([own, found.post, moved]), found.y, found.place)
    at = count + 1
    se, df = cr2(full, np.eye(count + 2)[at])
    estimate = float(full.coefficients[at])
    values |= {"did_ols": estimate, "se_cr1": math.sqrt(float(cr1(full)[at, at])), "se_cr2": se, "df_cr2": df}
    values["p_cr2"] = 2 * float(stats.t.sf(abs(estimate) / se, df)) if se > 0 else None
    reach = float(stats.t.ppf(0.5 + conf / 2, df)) * se
    values |= {"cr2_ci_low": estimate - reach, "cr2_ci_high": estimate + reach}
    if signs:
        null = fit(np.column_stack([own, found.post]), found.y, found.place) if impose_null else None
        told, drawn_too = wild(full, null, at, seed)
        values |= told
        drawn = drawn or drawn_too
    values["n_treated"], values["n_comparison"] = many, count - many
    values["per_team"] = {
        name: {"treated": bool(is_treated), "change": float(change)}
        for name, is_treated, change in zip(found.names, found.treated, changes, strict=True)
    }
    return Found(
        values,
        n=found.y.size,
        excluded={"one_wave_only": found.one_wave, "incomplete": found.incomplete},
        warnings=_warned(many, count - many, float(values["ri_p_min"]), df),
        seed=seed if drawn else None,
    )


def _warned(treated: int, others: int, p_min: float, df: float) -> list[Warned]:
    warnings = []
    if min(treated, others) < FEW_TEAMS:
        warnings.append(
            Warned("few_teams", f"{treated} teams against {others}: show every team and the interval first; too few to "
                   "tell models apart.")
        )  # fmt: skip
    if p_min > 0.05:
        warnings.append(Warned("no_p_possible", f"With so few teams p is never below {p_min:.2g}."))
    if min(treated, others) <= 4:
        warnings.append(Warned("wild_unreliable", "Four teams or fewer on a side: the wild bootstrap is not reliable."))
    if df < 4:
        warnings.append(
            Warned("few_df", f"{df:.1f} degrees of freedom: CR2 is not to be trusted; see the permutation.")
        )
    return warnings


@measure("did_means", version=1, source="Card & Krueger 1994, AER 84:772, table 3.")
def did_means(data: pl.DataFrame) -> Found:
    """The difference in differences of four means: (treated after − before) − (comparison after − before).

    data: treated, post, mean; se (optional): of each mean, taken as independent, gives a normal interval.
    """
    need(data, "data", ["treated", "post", "mean"])
    columns = ["mean", "se"] if "se" in data.columns else ["mean"]
    found = numbers(flags(data, "data", ["treated", "post"]), "data", columns)
    cells: dict[tuple[bool, bool], dict[str, float | None]] = {}
    for row in found.iter_rows(named=True):
        key = (row["treated"], row["post"])
        if key in cells or row["mean"] is None:
            raise InvalidInput("data", "needs one mean for each side and wave", "Give four rows")
        cells[key] = row
    if len(cells) != 4:
        raise InvalidInput("data", "needs one mean for each side and wave", "Give four rows")

    def change(side: bool) -> float:
        return float(cells[side, True]["mean"] or 0.0) - float(cells[side, False]["mean"] or 0.0)

    did = change(True) - change(False)
    spreads = [row.get("se") for row in cells.values()]
    se = math.sqrt(sum(each**2 for each in spreads if each is not None)) if None not in spreads else None
    half = float(stats.norm.ppf(0.975)) * se if se is not None else None
    warnings = [] if se is not None else [Warned("no_interval", "Four means alone give no interval.")]
    return Found(
        {
            "did": did,
            "change_treated": change(True),
            "change_comparison": change(False),
            "ci_low": did - half if half is not None else None,
            "ci_high": did + half if half is not None else None,
        },
        n=4,
        warnings=warnings,
    )
