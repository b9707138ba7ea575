"""A few values over time, drawn as a line. The numbers stand in a table beside it: the line is never alone."""

from dataclasses import dataclass, field

from tillit.ui.parts.part import Part

WIDTH, HEIGHT = 640, 200
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 20, 26, 34


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One value. when: under the axis; text: what is written at the dot, empty for none; at: minutes or days."""

    at: float = field(metadata={"help": "Where on the time axis: any unit, the same for all points"})
    value: float
    when: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class ChartDot:
    """A point in the picture's own units."""

    x: int
    y: int
    text: str
    when: str
    anchor: str


@dataclass(frozen=True, slots=True)
class ChartLine:
    """A horizontal line that means something: a threshold, what is usual."""

    value: float
    label: str


@dataclass(frozen=True, slots=True)
class LineChart(Part):
    """Values over time: dots and a line, direct labels, no legend. At least two points."""

    id: str
    title: str = field(metadata={"help": "The question: «Poeng på NEWS2 siste døgn»"})
    finding: str = field(metadata={"help": "What it shows, in words, for whoever does not see it"})
    points: tuple[ChartPoint, ...]
    least: float
    most: float
    lines: tuple[ChartLine, ...] = ()

    @property
    def width(self) -> int:
        """Of the picture."""
        return WIDTH

    @property
    def height(self) -> int:
        """Of the picture."""
        return HEIGHT

    @property
    def left(self) -> int:
        """Where the axis begins."""
        return _LEFT

    @property
    def right(self) -> int:
        """Where the axis ends."""
        return WIDTH - _RIGHT

    @property
    def bottom(self) -> int:
        """Where the axis lies."""
        return HEIGHT - _BOTTOM

    @property
    def dots(self) -> tuple[ChartDot, ...]:
        """The points in the picture; the time is named at the first and the last alone."""
        first, last = self.points[0].at, self.points[-1].at
        final = len(self.points) - 1
        return tuple(
            ChartDot(
                x=round(_LEFT + (self.right - _LEFT) * (0.5 if last == first else (one.at - first) / (last - first))),
                y=self._y(one.value),
                text=one.text,
                when=one.when if index in (0, final) else "",
                anchor="start" if index == 0 else "end" if index == final else "middle",
            )
            for index, one in enumerate(self.points)
        )

    @property
    def way(self) -> str:
        """The line's corners as SVG wants them."""
        return " ".join(f"{dot.x},{dot.y}" for dot in self.dots)

    @property
    def drawn_lines(self) -> tuple[tuple[int, str], ...]:
        """Thresholds within the picture: height and label."""
        return tuple((self._y(one.value), one.label) for one in self.lines if self.least <= one.value <= self.most)

    def _y(self, value: float) -> int:
        share = 0.5 if self.most == self.least else (value - self.least) / (self.most - self.least)
        return round(self.bottom - (self.bottom - _TOP) * min(1.0, max(0.0, share)))
