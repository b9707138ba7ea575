"""Several sides of one thing as a radar, now and before. It is for recognition; the table beside it is the result."""

import math
from dataclasses import dataclass, field

from tillit.ui.parts.part import Part

_RADIUS = 99
_NAME = 10.0
"""How wide one letter of a name is, in the picture's units."""
_LINE = 19
_TOP = 52
_WRAP = 12
_LEAST_WIDTH = 390


@dataclass(frozen=True, slots=True)
class RadarAxis:
    """One side: its name, its value now and before. None: it is not shown; then no surface is drawn either."""

    name: str
    now: float | None
    before: float | None = None


@dataclass(frozen=True, slots=True)
class RadarSpot:
    """One axis in the picture's own units: where it ends, its dots, and where its words stand."""

    axis: RadarAxis
    end: tuple[str, str]
    now: tuple[str, str] | None
    before: tuple[str, str] | None
    text_x: str
    lines: tuple[tuple[str, str], ...] = field(metadata={"help": "Height and words of each line of the name"})
    values_y: str
    anchor: str


@dataclass(frozen=True, slots=True)
class RadarChart(Part):
    """At least three sides, clockwise from the top. Lengthy names are broken in two lines at a space."""

    id: str
    title: str = field(metadata={"help": "The question: «Teamets myndiggjøring, mars og november»"})
    finding: str = field(metadata={"help": "What it shows, in words, for whoever does not see it"})
    axes: tuple[RadarAxis, ...]
    least: float = field(metadata={"help": "What the middle is"})
    most: float = field(metadata={"help": "What the outer ring is"})
    rings: tuple[float, ...] = field(default=(), metadata={"help": "Where rings are drawn and named; most is always"})
    decimals: int = 1

    @property
    def width(self) -> int:
        """Of the picture: as wide as the names at the sides need."""
        out = max(abs(math.sin(self._turn(at))) * (_RADIUS + 8) + self._wide(at) for at in range(len(self.axes)))
        return max(_LEAST_WIDTH, 2 * math.ceil(out))

    @property
    def height(self) -> int:
        """Of the picture."""
        return 2 * (_RADIUS + _TOP + _LINE)

    @property
    def middle(self) -> tuple[str, str]:
        """Where the axes meet."""
        return self._at(0, 0.0)

    @property
    def drawn_rings(self) -> tuple[tuple[str, str, str, float], ...]:
        """Each ring: its corners, where its number stands, and the number."""
        rings = sorted({*self.rings, self.most})
        return tuple((self._corners([ring] * len(self.axes)), *self._number_at(ring), ring) for ring in rings)

    @property
    def spots(self) -> tuple[RadarSpot, ...]:
        """The axes, each with its dots and words."""
        return tuple(self._spot(at) for at in range(len(self.axes)))

    @property
    def surface(self) -> str:
        """The corners of what is now; empty when a value is missing."""
        return self._corners([axis.now for axis in self.axes])

    @property
    def surface_before(self) -> str:
        """The corners of what was before; empty when a value is missing."""
        return self._corners([axis.before for axis in self.axes])

    def _number_at(self, ring: float) -> tuple[str, str]:
        """Where a ring's number stands: midway between the first two axes, where no dot can be."""
        half = math.pi / len(self.axes)
        out = self._share(ring) * _RADIUS * math.cos(half)
        return f"{self.width / 2 + math.sin(half) * out:.1f}", f"{self.height / 2 - math.cos(half) * out + 4:.1f}"

    def _spot(self, at: int) -> RadarSpot:
        axis, turn = self.axes[at], self._turn(at)
        across, up = math.sin(turn), math.cos(turn)
        x, y = (float(each) for each in self._at(at, 1.0))
        lines = self._lines(axis.name)
        side = abs(across) > 0.3
        # Words at the sides stand beside the end of their axis, words at the top above it, at the bottom below it.
        tall = _LINE * len(lines)
        first = y - tall / 2 + 8 - 6 * up if side else y - tall - 8 if up > 0 else y + 22
        return RadarSpot(
            axis=axis,
            end=self._at(at, 1.0),
            now=None if axis.now is None else self._at(at, self._share(axis.now)),
            before=None if axis.before is None else self._at(at, self._share(axis.before)),
            text_x=f"{x + (8 if across > 0 else -8) if side else x:.1f}",
            lines=tuple((f"{first + _LINE * index:.1f}", line) for index, line in enumerate(lines)),
            values_y=f"{first + tall:.1f}",
            anchor="middle" if not side else "start" if across > 0 else "end",
        )

    def _turn(self, at: int) -> float:
        """Clockwise from the top, radians."""
        return 2 * math.pi * at / len(self.axes)

    def _share(self, value: float) -> float:
        return min(1.0, max(0.0, (value - self.least) / (self.most - self.least)))

    def _at(self, at: int, share: float) -> tuple[str, str]:
        turn = self._turn(at)
        x = self.width / 2 + math.sin(turn) * _RADIUS * share
        y = self.height / 2 - math.cos(turn) * _RADIUS * share
        return f"{x:.1f}", f"{y:.1f}"

    def _corners(self, values: list[float | None]) -> str:
        if any(value is None for value in values):
            return ""
        return " ".join(
            ",".join(self._at(at, self._share(value))) for at, value in enumerate(values) if value is not None
        )

    def _lines(self, name: str) -> tuple[str, ...]:
        if len(name) <= _WRAP or " " not in name:
            return (name,)
        spaces = [at for at, sign in enumerate(name) if sign == " "]
        best = min(spaces, key=lambda at: abs(at - len(name) / 2))
        return name[:best], name[best + 1 :]

    def _wide(self, at: int) -> float:
        """How far out the words of an axis reach from where they begin."""
        longest = _NAME * max(len(line) for line in self._lines(self.axes[at].name))
        return longest if abs(math.sin(self._turn(at))) > 0.3 else longest / 2
