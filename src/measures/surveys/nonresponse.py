"""Who answered, and what it could have been had all answered."""

from __future__ import annotations

import polars as pl

from measures.answer import Found, Warned, ratio
from measures.errors import InvalidInput
from measures.measure import measure
from measures.tables import numbers, texts, unlike

LEAST_RATE = 0.5
LEAST_ANSWERS = 5


@measure(
    "nonresponse",
    version=1,
    source="Weighting classes: Oh & Scheuren 1983; worst-case bounds: Manski 1989.",
    words={"least": "min", "most": "max"},
)
def nonresponse(strata: pl.DataFrame, *, least: float = 1, most: float = 5) -> Found:
    """The response rate, the mean weighted to those invited, and how low and high it could be had all answered (U-4).

    strata: stratum, invited, responded, mean. mean_weighted: Σ invited × mean / Σ invited over strata with answers;
    those without are named. Bounds: those who did not answer all chose the scale's end. Below half: do not use it.
    """
    if not least < most:
        raise InvalidInput("min", "must be below max", "Give the scale's ends, such as 1 and 5")
    once, again = unlike(texts(strata, "strata", ["stratum"]), strata.columns)
    found = numbers(once, "strata", ["invited", "responded", "mean"])
    whole = found.drop_nulls(["stratum", "invited", "responded"])
    if (whole["responded"] > whole["invited"]).any() or (whole["responded"] < 0).any():
        raise InvalidInput("strata.responded", "more answered than were invited, or fewer than none", "Mend the row")
    with_answers = whole.filter(pl.col("responded") > 0)
    if with_answers["mean"].null_count() or ((with_answers["mean"] < least) | (with_answers["mean"] > most)).any():
        raise InvalidInput("strata.mean", f"a stratum with answers has no mean in {least:g}–{most:g}", "Mend the row")
    invited, responded = float(whole["invited"].sum()), float(whole["responded"].sum())
    summed = float((with_answers["responded"] * with_answers["mean"]).sum())
    weighted = float((with_answers["invited"] * with_answers["mean"]).sum())
    silent = invited - responded
    without = sorted(whole.filter(pl.col("responded") == 0)["stratum"].to_list())
    rate = ratio(responded, invited)
    warnings = []
    if rate is not None and rate < LEAST_RATE:
        warnings.append(Warned("low_response", "Fewer than half answered: do not use the mean."))
    thin = sorted(with_answers.filter(pl.col("responded") < LEAST_ANSWERS)["stratum"].to_list())
    if thin:
        warnings.append(
            Warned("thin_strata", f"Weighted up from fewer than {LEAST_ANSWERS} answers: {', '.join(thin)}.")
        )
    if without:
        warnings.append(Warned("no_answers", f"Nobody answered, so not in the weighted mean: {', '.join(without)}."))
    return Found(
        {
            "response_rate": rate,
            "mean_respondents": ratio(summed, responded),
            "mean_weighted": ratio(weighted, float(with_answers["invited"].sum())),
            "bound_low": ratio(summed + silent * least, invited),
            "bound_high": ratio(summed + silent * most, invited),
            "strata_without": without,
            "per_stratum": {
                name: ratio(came, asked) for name, came, asked in
                whole.select("stratum", "responded", "invited").sort("stratum").iter_rows()
            },
        },
        n=int(responded),
        excluded={"said_again": again, "incomplete": found.height - whole.height},
        warnings=warnings,
    )  # fmt: skip
