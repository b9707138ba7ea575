"""How much people agree: where the middle half of the answers lies, and the middle. Never single answers."""

from dataclasses import dataclass, field

from tillit.ui.parts.part import Part

WIDTH = 320
#: Characters of a name that stand beside its bar; when one is longer, all stand above theirs.
MOST_BESIDE = 24
_LEFT, _RIGHT = 10, 310


@dataclass(frozen=True, slots=True)
class RangeRow:
    """One thing that was answered. low, high: the quarters; middle: the median. None in all three: not shown.

    word: what it means («Samstemt»), or why nothing is shown. finding: the same in words, for whoever does not see it.
    """

    label: str
    word: str
    finding: str = ""
    low: float | None = None
    middle: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class RangeSpot:
    """One row in the picture's own units; the places are empty when it is not shown."""

    row: RangeRow
    x1: str = ""
    x2: str = ""
    x: str = ""


@dataclass(frozen=True, slots=True)
class RangeBars(Part):
    """Several rows on one scale of whole steps, from least to most."""

    label: str
    rows: tuple[RangeRow, ...]
    least: int
    most: int
    low_word: str = field(default="", metadata={"help": "What the lowest step is called, under the scale"})
    high_word: str = field(default="", metadata={"help": "What the highest step is called"})

    @property
    def long(self) -> bool:
        """Whether the names are too long to stand beside their bars, as questions are."""
        return any(len(row.label) > MOST_BESIDE for row in self.rows)

    @property
    def steps(self) -> tuple[tuple[str, int], ...]:
        """Where each step of the scale stands; at most eleven are named."""
        every = 1 if self.most - self.least <= 10 else 10
        return tuple((self._x(step), step) for step in range(self.least, self.most + 1, every))

    @property
    def drawn(self) -> tuple[RangeSpot, ...]:
        """The rows where they stand."""
        return tuple(
            RangeSpot(row)
            if row.low is None or row.middle is None or row.high is None
            else RangeSpot(row, self._x(row.low), self._x(row.high), self._x(row.middle))
            for row in self.rows
        )

    def _x(self, value: float) -> str:
        share = min(1.0, max(0.0, (value - self.least) / (self.most - self.least)))
        return f"{_LEFT + (_RIGHT - _LEFT) * share:.1f}"
