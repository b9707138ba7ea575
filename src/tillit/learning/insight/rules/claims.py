"""How far a result has come on the ladder of claims, and what must be said that one cannot know (measures.md §6).

0 description, 1 change over time, 2 change beyond the comparison, 3 effect. Below the last nothing may be said to be
because of anything: `too_strong` finds such words in a text.
"""

import re
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Final

from tillit.learning.insight.rules.marks import OTHER_EXPLANATIONS, Kind
from tillit.learning.insight.rules.series import Mark, Series
from tillit.learning.insight.rules.verdict import LASTING, LEAST_POINTS, Said, Verdict

#: Teams in each group from which a difference between groups can be told from the teams' own (statistics.md §5).
ENOUGH_TEAMS: Final = 8
#: Teams in each group from which a prespecified analysis may speak of an effect without a drawn order.
ENOUGH_FOR_EFFECT: Final = 12
#: Share of points without a value, and least share of data behind a point, from which it is said.
MUCH_MISSING: Final = 0.1
WHOLE: Final = 0.8


class Rung(IntEnum):
    """Steps of the ladder."""

    DESCRIPTION = 0
    CHANGE = 1
    BEYOND = 2
    EFFECT = 3


@dataclass(frozen=True, slots=True)
class Study:
    """What a comparison was made with. teams: in the smallest of its groups."""

    prespecified: bool = field(default=False, metadata={"help": "Indicator and analysis were written down before"})
    baseline_frozen: bool = False
    compared: bool = field(default=False, metadata={"help": "Against other teams: difference in differences"})
    interval: tuple[float, float] | None = None
    permutation_p: float | None = None
    all_teams_listed: bool = False
    order_drawn: bool = field(default=False, metadata={"help": "Which team began when was drawn by lot"})
    teams: int = 0


class Unsure(StrEnum):
    """What one cannot know, by kind."""

    CAUSE = "CAUSE"
    MARK = "MARK"
    FEW_TEAMS = "FEW_TEAMS"
    NO_BASELINE = "NO_BASELINE"
    MISSING = "MISSING"
    INCOMPLETE = "INCOMPLETE"
    IMPORTED = "IMPORTED"
    HIDDEN = "HIDDEN"
    FOLLOWS_THE_LAST = "FOLLOWS_THE_LAST"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing one cannot know. mark: what was noted; number: teams, points."""

    kind: Unsure
    mark: Mark | None = None
    number: int = 0


def reached(found: Verdict, study: Study | None = None) -> Rung:
    """Return how far the result has come. A study counts only when the series itself shows a change.

    CHANGE needs twelve points judged by, and a signal; BEYOND the whole of measures.md §6 step 2; EFFECT besides a
    drawn order of start, or twelve teams in each group.
    """
    signal = found.said in LASTING | {Said.CHANGED, Said.PASSED, Said.POINT}
    if not signal or found.judged_by < LEAST_POINTS:
        return Rung.DESCRIPTION
    if study is None or not _beyond(study):
        return Rung.CHANGE
    if study.order_drawn or study.teams >= ENOUGH_FOR_EFFECT:
        return Rung.EFFECT
    return Rung.BEYOND


def _beyond(study: Study) -> bool:
    """Whether the comparison is whole, and its interval does not hold zero."""
    return (
        study.prespecified
        and study.baseline_frozen
        and study.compared
        and study.all_teams_listed
        and study.permutation_p is not None
        and study.interval is not None
        and not study.interval[0] <= 0 <= study.interval[1]
    )


def doubts(series: Series, found: Verdict, *, teams: int = 1, study: Study | None = None) -> tuple[Doubt, ...]:
    """Return what cannot be known from this, the weightiest first. teams: how many are followed."""
    rung = reached(found, study)
    if found.said in (Said.HIDDEN, Said.NOTHING):
        return ()
    said = []
    if rung < Rung.EFFECT and found.said not in (Said.EARLY, Said.SHORT_BASELINE, Said.SAME):
        said.append(Doubt(Unsure.CAUSE))
    span = found.points
    for mark in sorted(series.marks, key=lambda each: (each.on, each.text)):
        known = mark.kind in set(Kind) and Kind(mark.kind) in OTHER_EXPLANATIONS
        if known and span[0].starts_on <= mark.on < span[-1].ends_on:
            said.append(Doubt(Unsure.MARK, mark))
    if rung < Rung.EFFECT and 0 < teams < ENOUGH_TEAMS:
        said.append(Doubt(Unsure.FEW_TEAMS, number=teams))
    if not found.baseline and found.said in LASTING | {Said.CHANGED}:
        said.append(Doubt(Unsure.NO_BASELINE))
    said.extend(_about_the_data(found, of_its_own=not series.indicator.brought))
    return tuple(said)


def _about_the_data(found: Verdict, *, of_its_own: bool) -> list[Doubt]:
    """Return what the data themselves leave open. of_its_own: Tillit counts it, so what was brought in is of others."""
    said = []
    points = found.points
    hidden = sum(point.hidden for point in points)
    empty = sum(point.value is None and not point.hidden for point in points)
    thin = sum(point.value is not None and point.complete < WHOLE for point in points)
    imported = sum(point.imported for point in points)
    if empty > MUCH_MISSING * len(points):
        said.append(Doubt(Unsure.MISSING, number=empty))
    if thin:
        said.append(Doubt(Unsure.INCOMPLETE, number=thin))
    if hidden:
        said.append(Doubt(Unsure.HIDDEN, number=hidden))
    if of_its_own and 0 < imported < len(points):
        said.append(Doubt(Unsure.IMPORTED, number=imported))
    if "autocorrelated" in found.cautions:
        said.append(Doubt(Unsure.FOLLOWS_THE_LAST))
    return said


#: Words that say that one thing made another, in bokmål, nynorsk and English.
_CAUSAL: Final = re.compile(
    r"\b(på grunn av|takket være|takka vere|skyldes|kjem av|kommer av|førte til|førde til|fører til|har gitt|"
    r"årsaken er|effekt(en|er|ene)? av|virket|verka|because of|thanks to|caused|led to|due to)\b",
    re.IGNORECASE,
)


def too_strong(text: str, rung: Rung) -> tuple[str, ...]:
    """Return the words in a text that claim more than the result can bear; none on the step of effect."""
    if rung >= Rung.EFFECT:
        return ()
    return tuple(dict.fromkeys(match.group(0).casefold() for match in _CAUSAL.finditer(text)))
