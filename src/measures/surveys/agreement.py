"""May the team's mean be called a property of the team? Only when its members agree more than they differ."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from measures.answer import Found, Value, Warned
from measures.errors import InvalidInput
from measures.measure import measure
from measures.surveys.answers import Floats, read_answers
from measures.tables import texts

LEAST_AGREEMENT = 0.7
_SLACK = 1e-12


def _between_and_within(scores: Floats, group: npt.NDArray[np.intp], count: int) -> tuple[float, float]:
    """Return the mean squares between and within groups of a one-way analysis of variance."""
    sizes = np.bincount(group, minlength=count)
    means = np.bincount(group, weights=scores, minlength=count) / sizes
    between = float((sizes * (means - scores.mean()) ** 2).sum()) / (count - 1)
    within = float(((scores - means[group]) ** 2).sum()) / (scores.size - count)
    return between, within


@measure(
    "icc_rwg",
    version=1,
    source="ICC: Bliese 2000; rwg(j): James, Demaree & Wolf 1984, J Appl Psychol 69:85.",
    words={"least": "min", "most": "max", "columns": "items_used"},
)
def icc_rwg(
    items: pl.DataFrame, *, least: float = 1, most: float = 5, columns: Sequence[str] | None = None, group: str = "team"
) -> Found:
    """How much answers go by team (ICC 1), how sure team means are (ICC 2), and agreement in each team, rwg(j) (U-3).

    items: team and items; complete answers only, teams of at least two. ICC1 = (MSB − MSW) / (MSB + (k₀ − 1) MSW), with
    k₀ = (N − Σn²/N) / (G − 1); negative is told as it is. icc1_multilevel uses the mean team size. rwg(j) sets the mean
    variance within the team against that of answers at random, (A² − 1)/12 with A steps; more than that is 0.
    """
    named = texts(items, "items", [group])
    usable = columns if columns is not None else [each for each in items.columns if each not in (group, "resp", "wave")]
    answers = read_answers(named, least=least, most=most, columns=usable)
    whole = ~np.isnan(answers.values).any(axis=1) & named[group].is_not_null().to_numpy()
    teams = np.asarray(named[group].to_list(), dtype=object)[whole]
    x = answers.values[whole]
    names, place = np.unique(teams.astype(str), return_inverse=True)
    big = np.bincount(place, minlength=names.size) >= 2
    alone = int((~big[place]).sum())
    x, names, place = x[big[place]], names[big], np.unique(place[big[place]], return_inverse=True)[1]
    count, n = names.size, x.shape[0]
    if count < 2:
        raise InvalidInput("items", "fewer than two teams have two complete answers", "Give answers from more teams")
    scores = x.mean(axis=1)
    between, within = _between_and_within(scores, place, count)
    sizes = np.bincount(place, minlength=count)

    def icc1(size: float) -> float | None:
        under = between + (size - 1) * within
        return (between - within) / under if abs(under) > _SLACK else None

    k0 = (n - float((sizes**2).sum()) / n) / (count - 1)
    by_chance = ((most - least + 1) ** 2 - 1) / 12
    j = len(answers.items)
    agreement: dict[str, Value] = {}
    beyond = []
    for each, name in enumerate(names):
        spread = float(x[place == each].var(axis=0, ddof=1).mean()) / by_chance
        if spread > 1:
            beyond.append(str(name))
        agreed = max(0.0, 1 - spread)
        agreement[str(name)] = j * agreed / (j * agreed + spread) if agreed or spread else 1.0
    mean_agreement = sum(agreement.values()) / count
    first = icc1(k0)
    warnings = []
    if first is not None and first < 0:
        warnings.append(Warned("negative", "Members differ more within teams than between: a team mean says nothing."))
    if mean_agreement < LEAST_AGREEMENT:
        warnings.append(Warned("little_agreement", f"Agreement below {LEAST_AGREEMENT}: no property of the team."))
    if beyond:
        warnings.append(
            Warned("split", f"Teams that differ more than by chance (rwg(j) set to 0): {', '.join(beyond)}.")
        )
    return Found(
        {
            "n_groups": count,
            "icc1": first,
            "icc2": (between - within) / between if between > _SLACK else None,
            "icc1_multilevel": icc1(n / count),
            "rwgj": agreement,
            "rwgj_mean": mean_agreement,
        },
        n=n,
        excluded={"incomplete": int((~whole).sum()), "alone_in_team": alone},
        warnings=warnings,
    )
