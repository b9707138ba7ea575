"""Before and after, and between variants: the differences with their intervals, and how much may be said of them (R41).

The formulas are those of `measures` (docs/how-we-count/measures-comparison.md); what is asked of them, and what may be
said, stands in docs/how-we-count/comparison.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

import polars as pl

from measures.comparison.several import holm
from measures.models.did import did_cluster
from tillit.learning.insight.rules.claims import ENOUGH_FOR_EFFECT, ENOUGH_TEAMS, Rung
from tillit.learning.insight.rules.months import Month

#: How strict a p must be, after Holm, before a difference between variants is called more than chance.
ALPHA: Final = 0.05
LEAST_IN_ALL: Final = 3


class Design(StrEnum):
    """What sort of comparison it is: the page says it in words."""

    OWN_BASELINE = "OWN_BASELINE"
    AGAINST_ORDINARY = "AGAINST_ORDINARY"
    BETWEEN_VARIANTS = "BETWEEN_VARIANTS"


@dataclass(frozen=True, slots=True)
class Member:
    """A team in a comparison, with its months. Months after are those both sides have."""

    team_id: int
    variant: str
    before: tuple[Month, ...]
    after: tuple[Month, ...]

    @property
    def is_whole(self) -> bool:
        """Whether it was measured both before and after."""
        return bool(self.before and self.after)


@dataclass(frozen=True, slots=True)
class Contrast:
    """One variant against another. difference: of the teams' mean changes, t on the teams; None: it cannot be reckoned.

    p: of all ways to deal the teams anew; least_p: the smallest that can give. adjusted_p: after Holm over the primary
    indicators, set by `adjusted`. cr2: 95 % interval over the months, errors by team; shown beside, never alone.
    """

    variant: str
    other: str
    teams: int
    other_teams: int
    left_out: int
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    least_p: float | None = None
    ways: int = 0
    cr2: tuple[float, float] | None = None
    adjusted_p: float | None = None

    @property
    def smallest(self) -> int:
        """Teams in the smaller of the groups."""
        return min(self.teams, self.other_teams)


@dataclass(frozen=True, slots=True)
class Setup:
    """How the pilot was laid out, as far as it decides what may be said."""

    prespecified: bool = field(metadata={"help": "A primary indicator of its goal, chosen before it was frozen"})
    frozen_ahead: bool = field(metadata={"help": "Every team's baseline was frozen before it began"})
    all_listed: bool = field(metadata={"help": "Every team of both variants is in it and shown"})
    order_drawn: bool
    counted_alike: bool = field(default=True, metadata={"help": "No baseline rests on figures that were brought in"})


def contrast(members: Iterable[Member], variant: str, other: str) -> Contrast:
    """Return how much more the teams of one variant changed than those of the other, and how sure that is.

    Teams that lack months on a side are left out and counted. Fewer than three in all, or none on a side: no number.
    """
    mine = [one for one in members if one.variant in (variant, other)]
    whole = [one for one in mine if one.is_whole]
    count = sum(one.variant == variant for one in whole)
    against = len(whole) - count
    plain = Contrast(variant, other, count, against, len(mine) - len(whole))
    if not count or not against or len(whole) < LEAST_IN_ALL:
        return plain
    rows = [
        (str(one.team_id), one.variant == variant, post, month.value)
        for one in whole
        for post, months in ((False, one.before), (True, one.after))
        for month in months
    ]
    found = did_cluster(
        pl.DataFrame(rows, schema={"team": pl.String, "treated": pl.Boolean, "post": pl.Boolean, "y": pl.Float64},
                     orient="row"),
        signs=None,
    )  # fmt: skip
    return Contrast(
        variant, other, count, against, len(mine) - len(whole),
        difference=found["did_team"], low=found["team_ci_low"], high=found["team_ci_high"],
        p=found["ri_p"], least_p=found["ri_p_min"], ways=found["ri_n"],
        cr2=(found["cr2_ci_low"], found["cr2_ci_high"]),
    )  # fmt: skip


def adjusted(p_values: Mapping[str, float]) -> Mapping[str, float]:
    """Return p by code after Holm. p_values: of the primary indicators of one comparison of variants, all of them."""
    if not p_values:
        return {}
    found = holm(pl.DataFrame({"name": list(p_values), "p": list(p_values.values())}))
    return dict(found["adjusted"])


def rung(found: Contrast, setup: Setup) -> Rung:
    """Return how much may be said of a difference between variants. measures.md §6, and stricter where teams are few.

    BEYOND needs all of: prespecified, frozen ahead, all teams listed, eight teams in each group, an interval without
    zero, and a permutation p of at most 5 % after Holm. EFFECT besides a drawn order, or twelve teams in each group.
    """
    p = found.adjusted_p if found.adjusted_p is not None else found.p
    if found.low is None or found.high is None or p is None:
        return Rung.DESCRIPTION
    beyond = (
        setup.prespecified
        and setup.frozen_ahead
        and setup.all_listed
        and setup.counted_alike
        and found.left_out == 0
        and found.smallest >= ENOUGH_TEAMS
        and not found.low <= 0 <= found.high
        and p <= ALPHA
    )
    if not beyond:
        return Rung.DESCRIPTION
    return Rung.EFFECT if setup.order_drawn or found.smallest >= ENOUGH_FOR_EFFECT else Rung.BEYOND


def design(variants: Iterable[str], *, ordinary: str) -> Design:
    """Return what sort of comparison the variants of the teams make possible."""
    found = set(variants)
    if ordinary in found and len(found) > 1:
        return Design.AGAINST_ORDINARY
    return Design.BETWEEN_VARIANTS if len(found) > 1 else Design.OWN_BASELINE


def pairs(variants: Iterable[str], *, ordinary: str) -> tuple[tuple[str, str], ...]:
    """Return which variants are set against each other: each against ordinary teams first, then two and two.

    variants: in the order they stand on the page, each once.
    """
    given = list(dict.fromkeys(variants))
    tried = [one for one in given if one != ordinary]
    against = [(one, ordinary) for one in tried] if ordinary in given else []
    between = [(one, other) for place, one in enumerate(tried) for other in tried[place + 1 :]]
    return tuple(against + between)
