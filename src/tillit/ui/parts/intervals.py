"""Before and after with their uncertainty, or several beside each other: a dot and its 95 % line on one scale."""

from dataclasses import dataclass, field

from tillit.ui.parts.part import Part
from tillit.ui.parts.series_chart import nice_steps

_WIDTH, _LEFT, _RIGHT = 720, 232, 628
_TOP, _ROW = 24, 62


@dataclass(frozen=True, slots=True)
class Measured:
    """A value with its interval, as it is drawn."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """One line. now: None with `why`: it is not shown. before: the hollow one above; None where nothing is compared."""

    label: str
    note: str = ""
    now: Measured | None = None
    before: Measured | None = None
    change: str = field(default="", metadata={"help": "To the right: «+10»"})
    change_note: str = field(default="", metadata={"help": "Under it: «7 til 13»"})
    why: str = field(default="", metadata={"help": "Why it is not shown"})


@dataclass(frozen=True, slots=True)
class DrawnInterval:
    """An interval in the picture's own units."""

    x: str
    x1: str
    x2: str
    y: int


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """One line in the picture's own units."""

    row: IntervalRow
    now: DrawnInterval | None
    before: DrawnInterval | None
    middle: int
    under: int
    last: bool


@dataclass(frozen=True, slots=True)
class IntervalChart(Part):
    """At least one row, all on the same scale."""

    id: str
    title: str
    finding: str = field(metadata={"help": "What it shows, in words, for whoever does not see it"})
    unit: str
    rows: tuple[IntervalRow, ...]
    least: float | None = field(default=None, metadata={"help": "Where the scale may not go below"})
    most: float | None = field(default=None, metadata={"help": "Where the scale may not go above"})

    @property
    def width(self) -> int:
        """Of the picture."""
        return _WIDTH

    @property
    def height(self) -> int:
        """Of the picture."""
        return self.bottom + 22

    @property
    def bottom(self) -> int:
        """Where the scale stands."""
        return _TOP + _ROW * len(self.rows)

    @property
    def top(self) -> int:
        """Where the first row begins."""
        return _TOP

    @property
    def start(self) -> int:
        """Where the scale begins."""
        return _LEFT

    @property
    def ticks(self) -> tuple[tuple[str, float], ...]:
        """Where each number of the scale stands."""
        return tuple((self._x(each), each) for each in self._scale[0])

    @property
    def decimals(self) -> int:
        """Of the numbers of the scale."""
        return self._scale[1]

    @property
    def drawn(self) -> tuple[DrawnRow, ...]:
        """The rows where they stand."""
        found = []
        for at, row in enumerate(self.rows):
            top = _TOP + _ROW * at
            both = row.before is not None and row.now is not None
            found.append(
                DrawnRow(
                    row,
                    self._interval(row.now, top + (43 if both else 34)),
                    self._interval(row.before, top + (25 if both else 34)),
                    top + 30,
                    top + _ROW,
                    at == len(self.rows) - 1,
                )
            )
        return tuple(found)

    def _interval(self, measured: Measured | None, y: int) -> DrawnInterval | None:
        if measured is None:
            return None
        return DrawnInterval(self._x(measured.value), self._x(measured.low), self._x(measured.high), y)

    @property
    def _scale(self) -> tuple[tuple[float, ...], int]:
        known = [each for row in self.rows for each in (row.now, row.before) if each is not None]
        ends = [end for each in known for end in (each.low, each.high, each.value)] or [0.0, 1.0]
        steps, decimals = nice_steps(min(ends), max(ends), about=5)
        if self.least is not None and self.least <= min(ends):
            steps = tuple(each for each in steps if each >= self.least)
        if self.most is not None and self.most >= max(ends):
            steps = tuple(each for each in steps if each <= self.most)
        return (steps, decimals) if len(steps) > 1 else nice_steps(steps[0], steps[0], about=3)

    def _x(self, value: float) -> str:
        steps = self._scale[0]
        share = min(1.0, max(0.0, (value - steps[0]) / (steps[-1] - steps[0])))
        return f"{_LEFT + (_RIGHT - _LEFT) * share:.1f}"
