"""A series: one indicator for one unit, point by point, with what each value rests on."""

from dataclasses import dataclass, field
from datetime import date, datetime

from tillit.learning.insight.rules.indicators import Indicator


@dataclass(frozen=True, slots=True)
class Point:
    """One week or month. value is None when nothing could be counted or when it may not be shown (`hidden`).

    starts_on, ends_on: days in Oslo, half-open. Shares are 0–1. n: what `Indicator.counts` says; 0 when hidden.
    low, high: 95 % interval of the value where there is one. imported: brought in by somebody, not counted.
    revision: 1, raised each time the value was counted again and had become another.
    """

    starts_on: date
    ends_on: date
    value: float | None
    n: int
    numerator: float | None = None
    denominator: float | None = None
    low: float | None = None
    high: float | None = None
    excluded: int = 0
    complete: float = field(default=1.0, metadata={"help": "Share of what was planned that has data, 0–1"})
    hidden: bool = False
    imported: bool = False
    revision: int = 1


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened and may matter for the numbers: a model taken into use, a new leader, more people."""

    on: date
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Series:
    """One indicator for one unit, oldest point first, without gaps: a week without data is a point without value."""

    indicator: Indicator
    unit_id: int
    unit_name: str
    points: tuple[Point, ...]
    marks: tuple[Mark, ...] = ()
    baseline_ends_on: date | None = field(
        default=None, metadata={"help": "First day after the frozen baseline; None: the whole series is its own"}
    )
    baseline_starts_on: date | None = field(
        default=None, metadata={"help": "First day of the frozen baseline; None: from the first point"}
    )
    brought_from: tuple[str, ...] = field(
        default=(),
        metadata={"help": "Where the points that were brought in are from, as whoever brought them says, newest first"},
    )
    counted_at: datetime | None = field(default=None, metadata={"help": "When the newest of the values was counted"})
