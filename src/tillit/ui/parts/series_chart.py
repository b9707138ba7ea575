"""One number week by week or month by month: midline, limits, baseline, what happened, and points that signal.

A picture without script. It never stands alone: `Figure` puts the rule under it and its table beside.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from tillit.ui.parts.part import Content, Part

_MOST_LABELS = {"wide": 10, "small": 6}
_LETTER = 6.6
"""How wide a letter is, in the picture's units."""
_ROW = 15


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """One week or month. value: as it is drawn (per cent, not shares); None: nothing to show, or it may not be shown.

    low, high: the limits at this point, where the chart has limits.
    """

    when: str = field(metadata={"help": "Under the axis: «uke 21», «mai»"})
    value: float | None
    year: str = field(default="", metadata={"help": "Under the first point of a year"})
    signal: bool = False
    hidden: bool = False
    brought: bool = field(default=False, metadata={"help": "Not counted here, brought in: drawn as a ring"})
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class SeriesMark:
    """What happened: at counts points from 0; 2.5 is between the third and the fourth."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class DrawnDot:
    """A point in the picture's own units."""

    x: str
    y: str
    signal: bool
    brought: bool = False
    corner: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class DrawnText:
    """Words in the picture."""

    x: str
    y: str
    text: str
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Tick:
    """One line of the scale."""

    y: str
    text_y: str
    value: float


def nice_steps(least: float, most: float, *, about: int) -> tuple[tuple[float, ...], int]:
    """Return round numbers from at or below `least` to at or above `most`, about so many, and their decimals."""
    if most - least <= 1e-6 * max(1.0, abs(least), abs(most)):
        room = abs(least) * 0.1 if abs(least) > 1e-6 else 1.0
        least, most = least - room, most + room
    raw = (most - least) / max(1, about - 1)
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(size * each for each in (1, 2, 2.5, 5, 10) if size * each >= raw * (1 - 1e-9))
    first, last = math.floor(least / step + 1e-9), math.ceil(most / step - 1e-9)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    if abs(step * 10**decimals - round(step * 10**decimals)) > 1e-9:
        decimals += 1
    return tuple(round(at * step, 10) for at in range(first, last + 1)), decimals


@dataclass(frozen=True)
class SeriesChart(Part):
    """A run chart or a control chart. At least one point; points without a value break the line.

    Without slots: the scale is reckoned once for the picture, not once for each of its points.

    small: one of several beside each other: no words for midline and marks, they stand under the heading.
    """

    id: str
    title: str = field(metadata={"help": "What is counted, for whom, from when to when"})
    finding: str = field(metadata={"help": "What it shows, in words, for whoever does not see it"})
    unit: str = field(metadata={"help": "Above the axis: «prosent»"})
    points: tuple[SeriesPoint, ...]
    centre: float | None = None
    centre_word: str = field(default="", metadata={"help": "«Midtlinje 10»"})
    baseline: int = field(default=0, metadata={"help": "How many of the first points are the baseline"})
    baseline_word: str = ""
    marks: tuple[SeriesMark, ...] = ()
    target: float | None = None
    target_word: str = ""
    small: bool = False
    least: float | None = field(default=None, metadata={"help": "Where the scale may not go below: 0 for counts"})
    most: float | None = field(default=None, metadata={"help": "Where the scale may not go above: 100 for shares"})

    @property
    def kind(self) -> str:
        """How the style knows it."""
        return "series-small" if self.small else "series"

    @property
    def width(self) -> int:
        """Of the picture."""
        return 332 if self.small else 860

    @property
    def height(self) -> int:
        """Of the picture."""
        return 158 if self.small else 350 + self._mark_rows * _ROW

    @property
    def left(self) -> int:
        """Where the axis begins."""
        return 38 if self.small else 48

    @cached_property
    def right(self) -> int:
        """Where the axis ends; the words of the lines stand outside it."""
        if self.small:
            return self.width - 8
        longest = max(len(self.centre_word), len(self.target_word))
        return self.width - max(16, math.ceil(longest * _LETTER) + 18)

    @cached_property
    def top(self) -> int:
        """Where the scale ends."""
        return 24 if self.small else 46 + self._mark_rows * _ROW

    @cached_property
    def bottom(self) -> int:
        """Where the scale begins."""
        return self.height - (28 if self.small else 42)

    @property
    def tall(self) -> int:
        """How high the scale is."""
        return self.bottom - self.top

    @property
    def ticks(self) -> tuple[Tick, ...]:
        """The scale: round numbers that hold all that is drawn."""
        return tuple(Tick(self._y(each), _s(float(self._y(each)) + 4), each) for each in self._scale[0])

    @property
    def decimals(self) -> int:
        """Of the numbers of the scale."""
        return self._scale[1]

    @property
    def times(self) -> tuple[DrawnText, ...]:
        """The names under the axis: not more than there is room for, and the years under them."""
        most = _MOST_LABELS["small" if self.small else "wide"]
        every = max(1, math.ceil(len(self.points) / most))
        found = []
        for at, point in enumerate(self.points):
            if at % every == 0 and float(self._x(at)) + len(point.when) * _LETTER / 2 <= self.width:
                found.append(DrawnText(self._x(at), str(self.bottom + 18), point.when, "middle"))
        if self.small:
            return tuple(found)
        years = [(at, point.year) for at, point in enumerate(self.points) if point.year]
        kept = [years[0]] if years else []
        kept += [here for before, here in pairwise(years) if here[1] != before[1]]
        if len(kept) > 1 and float(self._x(kept[1][0])) - float(self._x(kept[0][0])) < 6 * _LETTER:
            del kept[0]
        return (*found, *(DrawnText(self._x(at), str(self.bottom + 35), year, "middle") for at, year in kept))

    @property
    def lines(self) -> tuple[str, ...]:
        """The stretches of points with values, each as SVG wants it."""
        return tuple(" ".join(f"{dot.x},{dot.y}" for dot in run) for run in self._runs if len(run) > 1)

    @property
    def dots(self) -> tuple[DrawnDot, ...]:
        """Every point with a value; in a crowded chart those that signal, were brought in or stand alone."""
        return tuple(
            dot for run in self._runs for dot in run if not self.crowded or dot.signal or dot.brought or len(run) == 1
        )

    @property
    def radius(self) -> str:
        """Of a dot: smaller when there are many."""
        return _s(min(4.0, max(2.4, self._room / 3)))

    @property
    def crowded(self) -> bool:
        """Whether dots would hide the line: then only those that signal, or stand alone, are drawn."""
        return self._room < 7.5

    @property
    def square(self) -> str:
        """The side of a rhomb."""
        return _s(float(self.radius) * 2)

    @property
    def empty(self) -> tuple[tuple[str, str, bool], ...]:
        """Where a point has nothing to show: x, width, and whether it is hidden."""
        room = (self.right - self.left) / max(1, len(self.points) - 1)
        wide = min(room * 0.7, 10.0)
        return tuple(
            (_s(float(self._x(at)) - wide / 2), _s(wide), point.hidden)
            for at, point in enumerate(self.points)
            if point.value is None
        )

    @property
    def limits(self) -> tuple[str, ...]:
        """The limits as stepped lines, upper and lower; none in a run chart."""
        return tuple(way for which in ("high", "low") for way in self._steps(which))

    @property
    def centre_y(self) -> str:
        """Height of the midline; empty without one."""
        return "" if self.centre is None else self._y(self.centre)

    @property
    def target_y(self) -> str:
        """Height of the target; empty without one."""
        return "" if self.target is None else self._y(self.target)

    @property
    def words_beside(self) -> tuple[DrawnText, ...]:
        """What the lines are called, to the right of them; pushed apart where they would lie on each other."""
        if self.small:
            return ()
        known = [
            (float(y), word)
            for y, word in ((self.centre_y, self.centre_word), (self.target_y, self.target_word))
            if y and word
        ]
        known.sort()
        if len(known) == 2 and known[1][0] - known[0][0] < _ROW:
            middle = (known[0][0] + known[1][0]) / 2
            known = [(middle - _ROW / 2, known[0][1]), (middle + _ROW / 2, known[1][1])]
        return tuple(DrawnText(str(self.right + 10), _s(y + 4), word) for y, word in known)

    @property
    def band(self) -> tuple[str, str] | None:
        """Where the baseline is shaded: x and width."""
        if not self.baseline:
            return None
        room = (self.right - self.left) / max(1, len(self.points) - 1)
        end = float(self._x(self.baseline - 1)) + room / 2
        return _s(self.left - 8), _s(min(end, self.right) - self.left + 8)

    @property
    def events(self) -> tuple[tuple[str, str, DrawnText], ...]:
        """What happened: x, where the line begins, and the words, in as many rows as they need."""
        found = []
        for mark, row in zip(self.marks, self._rows, strict=True):
            x = float(self._x(mark.at))
            turned = x + len(mark.text) * _LETTER > self.width
            text = DrawnText(
                _s(x - 5 if turned else x + 5), str(38 + row * _ROW), mark.text, "end" if turned else "start"
            )
            found.append((_s(x), str(self.top if self.small else 28 + row * _ROW), text))
        return tuple(found)

    @property
    def _room(self) -> float:
        """How much width each point has."""
        return (self.right - self.left) / max(1, len(self.points))

    @cached_property
    def _rows(self) -> tuple[int, ...]:
        """Which row the words of each mark stand in."""
        ends: list[float] = []
        rows = []
        for mark in self.marks:
            x = float(self._x(mark.at))
            wide = len(mark.text) * _LETTER + 12
            start, end = (x - wide, x) if x + wide > self.width else (x, x + wide)
            row = next((at for at, taken in enumerate(ends) if taken <= start), len(ends))
            if row == len(ends):
                ends.append(end)
            ends[row] = end
            rows.append(row)
        return tuple(rows)

    @property
    def _mark_rows(self) -> int:
        return 0 if self.small or not self.marks else max(self._rows)

    @cached_property
    def _scale(self) -> tuple[tuple[float, ...], int]:
        drawn: list[float] = [
            each
            for point in self.points
            for each in (point.value, point.low, point.high)
            if each is not None and math.isfinite(each)
        ]
        drawn += [each for each in (self.centre, self.target) if each is not None]
        if not drawn:
            drawn = [0.0, 1.0]
        air = 0.06 * (max(drawn) - min(drawn))
        steps, decimals = nice_steps(min(drawn) - air, max(drawn) + air, about=4 if self.small else 6)
        if self.least is not None and steps[0] < self.least <= min(drawn):
            steps = tuple(each for each in steps if each >= self.least)
        if self.most is not None and steps[-1] > self.most >= max(drawn):
            steps = tuple(each for each in steps if each <= self.most)
        return (steps, decimals) if len(steps) > 1 else nice_steps(steps[0], steps[0], about=3)

    @cached_property
    def _runs(self) -> tuple[tuple[DrawnDot, ...], ...]:
        found: list[list[DrawnDot]] = [[]]
        half = float(self.radius)
        for at, point in enumerate(self.points):
            if point.value is None:
                found.append([])
                continue
            x, y = self._x(at), self._y(point.value)
            corner = (_s(float(x) - half), _s(float(y) - half))
            found[-1].append(DrawnDot(x, y, point.signal, point.brought, corner))
        return tuple(tuple(run) for run in found if run)

    def _steps(self, which: str) -> Sequence[str]:
        room = (self.right - self.left) / max(1, len(self.points) - 1) / 2
        ways: list[list[str]] = [[]]
        for at, point in enumerate(self.points):
            limit = point.high if which == "high" else point.low
            if limit is None or not math.isfinite(limit):
                ways.append([])
                continue
            x, y = float(self._x(at)), self._y(limit)
            ways[-1] += [f"{_s(max(self.left, x - room))},{y}", f"{_s(min(self.right, x + room))},{y}"]
        return [" ".join(way) for way in ways if way]

    def _x(self, at: float) -> str:
        last = len(self.points) - 1
        share = 0.5 if last < 1 else min(1.0, max(0.0, at / last))
        return _s(self.left + (self.right - self.left) * share)

    def _y(self, value: float) -> str:
        steps = self._scale[0]
        share = (value - steps[0]) / (steps[-1] - steps[0])
        return _s(self.bottom - (self.bottom - self.top) * min(1.0, max(0.0, share)))


@dataclass(frozen=True, slots=True)
class Figure(Part):
    """A picture with what it says under it, and its numbers in a table one can open."""

    picture: Part
    table: Part | None = field(metadata={"help": "None: it stands openly further down on the same page"})
    label: str = field(metadata={"help": "Name of the region that can be rolled sideways on a phone"})
    caption: Content = ""
    from_end: bool = field(default=False, metadata={"help": "True: on a phone the newest is seen first"})


def _s(value: float) -> str:
    """Return a place as SVG wants it, whatever the language of the page."""
    return f"{value:.1f}"
