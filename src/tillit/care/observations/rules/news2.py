"""NEWS2: seven measurements, one number. A value that was not measured is never counted as 0.

Source: Royal College of Physicians. National Early Warning Score (NEWS) 2: Standardising the assessment of
acute-illness severity in the NHS. Updated report of a working party. London: RCP, 2017. Charts 1 (scores) and 2
(thresholds).
docs/how-we-count/news2.md has both tables and an example by hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

#: Younger than this the scale is not for (the report, chapter 3); nor in pregnancy, which nobody tells us.
YOUNGEST = 16
SCALE_1, SCALE_2 = 1, 2


class Parameter(StrEnum):
    """What is measured, in the order of the chart."""

    RESPIRATION = "RESPIRATION"
    SATURATION = "SATURATION"
    OXYGEN = "OXYGEN"
    SYSTOLIC = "SYSTOLIC"
    PULSE = "PULSE"
    CONSCIOUSNESS = "CONSCIOUSNESS"
    TEMPERATURE = "TEMPERATURE"


class Consciousness(StrEnum):
    """ACVPU: alert, new confusion, responds to voice, to pain, unresponsive."""

    ALERT = "A"
    CONFUSION = "C"
    VOICE = "V"
    PAIN = "P"
    UNRESPONSIVE = "U"


class Level(StrEnum):
    """The threshold that was reached. INCOMPLETE: what was measured gives no point, but something is missing."""

    NONE = "NONE"
    INCOMPLETE = "INCOMPLETE"
    LOW = "LOW"
    SINGLE = "SINGLE"
    MEDIUM = "MEDIUM"
    HIGH = "HIGH"


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured; None is not measured. Rates per minute, saturation in %, mmHg, °C. scale: 1 or 2."""

    respiration: int | None = None
    saturation: int | None = None
    oxygen: bool | None = None
    systolic: int | None = None
    pulse: int | None = None
    consciousness: str = ""
    temperature: Decimal | None = None
    scale: int = SCALE_1

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was measured."""
        return not self.consciousness and all(
            value is None
            for value in (
                self.respiration, self.saturation, self.oxygen, self.systolic, self.pulse, self.temperature,
            )
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Score:
    """Points by parameter. total: of what could be counted; with something missing it is the least it can be."""

    points: Mapping[Parameter, int]
    missing: tuple[Parameter, ...]

    @property
    def total(self) -> int:
        """The sum of the points there are."""
        return sum(self.points.values())

    @property
    def is_complete(self) -> bool:
        """Whether all seven could be counted."""
        return not self.missing

    @property
    def reds(self) -> tuple[Parameter, ...]:
        """Those that alone give 3."""
        return tuple(one for one, points in self.points.items() if points == 3)

    @property
    def level(self) -> Level:
        """The highest threshold that is certainly reached: what is missing could only raise it."""
        if self.total >= 7:
            return Level.HIGH
        if self.total >= 5:
            return Level.MEDIUM
        if self.reds:
            return Level.SINGLE
        if self.total:
            return Level.LOW
        return Level.NONE if self.is_complete else Level.INCOMPLETE


def score(measured: Measured) -> Score:
    """Return the points of what was measured, and what is missing.

    On scale 2 a saturation of 93 or more depends on oxygen: without knowing whether she gets any, it is not counted.
    """
    found = {
        Parameter.RESPIRATION: _whole(measured.respiration, ((8, 3), (11, 1), (20, 0), (24, 2)), above=3),
        Parameter.SATURATION: _saturation(measured.saturation, measured.oxygen, measured.scale),
        Parameter.OXYGEN: None if measured.oxygen is None else 2 * measured.oxygen,
        Parameter.SYSTOLIC: _whole(measured.systolic, ((90, 3), (100, 2), (110, 1), (219, 0)), above=3),
        Parameter.PULSE: _whole(measured.pulse, ((40, 3), (50, 1), (90, 0), (110, 1), (130, 2)), above=3),
        Parameter.CONSCIOUSNESS: _consciousness(measured.consciousness),
        Parameter.TEMPERATURE: _temperature(measured.temperature),
    }
    return Score(
        {one: points for one, points in found.items() if points is not None},
        tuple(one for one, points in found.items() if points is None),
    )


def is_for(age: int | None) -> bool:
    """Whether the scale is made for somebody of this age; an age nobody knows is taken for a grown-up's."""
    return age is None or age >= YOUNGEST


def _whole(value: int | None, upto: tuple[tuple[int, int], ...], *, above: int) -> int | None:
    """Points of the first bound that the value does not exceed."""
    if value is None:
        return None
    return next((points for bound, points in upto if value <= bound), above)


def _saturation(value: int | None, oxygen: bool | None, scale: int) -> int | None:
    if scale == SCALE_1 or value is None:
        return _whole(value, ((91, 3), (93, 2), (95, 1)), above=0)
    if value <= 92:
        return _whole(value, ((83, 3), (85, 2), (87, 1)), above=0)
    if oxygen is None:
        return None
    return _whole(value, ((94, 1), (96, 2)), above=3) if oxygen else 0


def _consciousness(code: str) -> int | None:
    return None if not code else 0 if code == Consciousness.ALERT else 3


def _temperature(value: Decimal | None) -> int | None:
    if value is None:
        return None
    tenths = int((value * 10).to_integral_value())
    return _whole(tenths, ((350, 3), (360, 1), (380, 0), (390, 1)), above=2)
