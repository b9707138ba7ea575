"""What a number could have been, had those who did not answer done so. The formula is that of `measures` (U-4)."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from measures.surveys.nonresponse import nonresponse
from tillit.learning.surveys.rules import scoring
from tillit.learning.surveys.rules.instruments import Asks, Instrument
from tillit.learning.surveys.rules.scoring import Shown


@dataclass(frozen=True, slots=True)
class CouldBe:
    """How low and how high a part's mean could be, had all the silent chosen one end of the scale."""

    code: str
    low: float
    high: float


def could_be(instrument: Instrument, shown: Sequence[Shown], *, answered: int, invited: int) -> tuple[CouldBe, ...]:
    """Return the bounds (Manski 1989) of each mean that is shown; empty when all answered, or under ten did.

    Reckoned from what is printed alone, the mean with one decimal and how many answered the survey, so that nobody
    learns more by it. Who answered and passed a question by is counted as having answered. Left out: what some were led
    past, what is asked twice, and shares. docs/how-we-count/surveys.md has an example by hand.
    """
    if not scoring.EXACT_FROM <= answered < invited:  # under it a band is printed, and the bounds would tell it
        return ()
    found = []
    for one in shown:
        scale = scoring.scale_of(instrument, one.code)
        if one.mean is None or one.of_some or scale.asks is Asks.TWICE or scoring.is_share(scale):
            continue
        group = {"stratum": ["all"], "invited": [invited], "responded": [answered], "mean": [round(one.mean, 1)]}
        bounds = nonresponse(pl.DataFrame(group), least=scale.least, most=scale.most)
        found.append(CouldBe(one.code, bounds["bound_low"], bounds["bound_high"]))
    return tuple(found)
