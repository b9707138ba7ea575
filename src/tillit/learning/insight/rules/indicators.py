"""An indicator is a definition: what is counted, why, and how it may be read."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Better(StrEnum):
    """Which way is better. NEITHER: the number describes (plan realism), it is not to go anywhere."""

    UP = "UP"
    DOWN = "DOWN"
    NEITHER = "NEITHER"


class Step(StrEnum):
    """How long each point of the series is. Weeks are ISO weeks in Oslo, months are calendar months in Oslo."""

    WEEK = "WEEK"
    MONTH = "MONTH"


class Unit(StrEnum):
    """What a value is."""

    PERSONS = "PERSONS"
    SHARE = "SHARE"
    DAYS = "DAYS"
    MINUTES = "MINUTES"
    HOURS = "HOURS"
    COUNT = "COUNT"
    RATE = "RATE"
    SCORE = "SCORE"
    PER_100 = "PER_100"


#: Which control chart is right for a series: a run chart of any values, or a P, U or XmR chart.
CHARTS: Final = ("run", "p", "u", "xmr")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One definition. Texts are Norwegian as people read them; a municipality's own have no translation.

    code: stable, upper case with a dash as in the cards («K-1-28»). version: raised when the definition changes.
    question: what the chart answers, as a heading («Møter brukerne færre ulike hjelpere?»).
    least: fewest units (citizens, visits, employees; see `counts`) a value is shown for.
    page: the page under docs/how-we-count without its ending. balanced_by: codes shown beside it, as it can be gamed.
    """

    code: str
    version: int
    name: str
    question: str
    why: str
    counted: str = field(metadata={"help": "«Slik teller vi»: what and who, one sentence each"})
    counts: str = field(metadata={"help": "What n is: «brukere», «besøk», «ansatte»"})
    source: str = field(metadata={"help": "Where it comes from: «Arbeidslistene. Ingen fyller ut noe.»"})
    unit: Unit
    better: Better
    step: Step
    chart: str
    least: int
    page: str
    owner: str
    balanced_by: tuple[str, ...] = ()
    decimals: int = 1
    looks_back: int = field(
        default=1, metadata={"help": "Steps a value is counted over: 4 for 28 days told each week. They share days"}
    )
    target: str = field(default="", metadata={"help": "What the municipality wants to reach, in its own words"})
    most: float = field(default=1.0, metadata={"help": "Largest share there can be: 1 is all of it"})
    parts: tuple[str, str] | None = field(
        default=None, metadata={"help": "What numerator and denominator are, with their unit, where they are shown"}
    )
    brought: bool = field(
        default=False, metadata={"help": "Its figures are always brought in: they lie in another system"}
    )
