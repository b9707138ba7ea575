"""Benefits of a pilot: how far each has come by itself, whether it is on track, and what they come to by kind (R42).

docs/how-we-count/benefits.md has the rules with an example by hand.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import polars as pl

from measures.operations.benefits import benefits_by_kind
from tillit.learning.insight.rules.verdict import Said


class Kind(StrEnum):
    """What sort of benefit it is. The three are never added together (G-2)."""

    BUDGET = "BUDGET"
    TIME = "TIME"
    QUALITY = "QUALITY"


class Status(StrEnum):
    """How far it has come. Nobody sets it: it follows from what is written and counted."""

    IDENTIFIED = "IDENTIFIED"
    PLANNED = "PLANNED"
    MEASURED = "MEASURED"
    CONFIRMED = "CONFIRMED"


class Progress(StrEnum):
    """Whether it goes the way that was planned."""

    TOO_EARLY = "TOO_EARLY"
    ON_TRACK = "ON_TRACK"
    NOT_ON_TRACK = "NOT_ON_TRACK"
    REACHED = "REACHED"


#: What measures call the kinds.
_KINDS: Final = {Kind.BUDGET: "budget", Kind.TIME: "time", Kind.QUALITY: "quality"}
#: Answers that mean that there are too few points to judge by.
_TOO_FEW: Final = frozenset({Said.EARLY, Said.SHORT_BASELINE, Said.HIDDEN, Said.NOTHING})


@dataclass(frozen=True, slots=True)
class Planned:
    """What is written of one benefit. amount: kroner or hours in a year; None for quality, or when nobody has said."""

    name: str
    kind: Kind
    amount: float | None
    used_for: str
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class Sums:
    """What benefits come to, kind by kind. hours_unplaced: how many of hours do not say what they were used for."""

    kroner: float
    kroner_confirmed: float
    hours: float
    hours_confirmed: float
    quality: int
    hours_unplaced: int


def lacks(
    *, measured_by: bool, baseline: float | None, target: float | None, owner: str, has_day: bool
) -> tuple[str, ...]:
    """Return which of the mandatory fields are not there: measure, baseline, target, owner, day (G-3)."""
    known = {
        "measure": measured_by, "baseline": baseline is not None, "target": target is not None, "owner": bool(owner),
        "day": has_day,
    }  # fmt: skip
    return tuple(name for name, is_there in known.items() if not is_there)


def status(*, lacking: Sequence[str], now: float | None, is_confirmed: bool) -> Status:
    """Return how far a benefit has come. now: what is measured in the pilot; None: nothing yet."""
    if lacking:
        return Status.IDENTIFIED
    if now is None:
        return Status.PLANNED
    return Status.CONFIRMED if is_confirmed else Status.MEASURED


def progress(
    *, baseline: float | None, target: float | None, now: float | None, answers: Iterable[Said] | None
) -> Progress | None:
    """Return whether it goes as planned; None before there is a baseline and a target.

    answers: what the series of each team that tries it say; those with too few points do not count. None: it is
    measured by asking people, who are not asked often enough for a series: then only the target is looked at.
    Reached is past the target, or on it, on the side the baseline is not. On track: some team's series has gone the
    better way, and none the worse.
    """
    if baseline is None or target is None:
        return None
    if now is None:
        return Progress.TOO_EARLY
    told = None if answers is None else [one for one in answers if one not in _TOO_FEW]
    if told is not None and not told:
        return Progress.TOO_EARLY
    if (now - target) * (target - baseline) >= 0 and target != baseline:
        return Progress.REACHED
    if told is None:
        return Progress.ON_TRACK if (now - baseline) * (target - baseline) > 0 else Progress.NOT_ON_TRACK
    return Progress.ON_TRACK if Said.BETTER in told and Said.WORSE not in told else Progress.NOT_ON_TRACK


def sums(benefits: Sequence[Planned]) -> Sums:
    """Return what the benefits come to by kind. Hours without a word on what they were used for are not counted."""
    rows = [
        (str(place), _KINDS[one.kind], one.amount, "confirmed" if one.is_confirmed else "planned", None,
         one.used_for or None, None, None)
        for place, one in enumerate(benefits)
    ]  # fmt: skip
    table = pl.DataFrame(
        rows, orient="row",
        schema={"benefit": pl.String, "kind": pl.String, "value": pl.Float64, "status": pl.String,
                "hours_of": pl.String, "used_for": pl.String, "low": pl.Float64, "high": pl.Float64},
    )  # fmt: skip
    found = benefits_by_kind(table)
    return Sums(
        kroner=found["budget"]["sum"],
        kroner_confirmed=found["budget"]["confirmed"],
        hours=found["time"]["sum"],
        hours_confirmed=found["time"]["confirmed"],
        quality=found["quality"]["count"],
        hours_unplaced=found.excluded.get("unplaced", 0),
    )
