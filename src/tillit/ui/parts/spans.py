"""Weeks and spans beside each other: text in the page, so that it is as large on a phone; only bars are drawn.

Places are shares of the width, so one picture fits every window. The numbers stand in a table beside it.
"""

from dataclasses import dataclass, field

from tillit.ui.parts.part import Part


def _share(part: float, whole: float) -> str:
    return f"{100 * part / whole:.2f}%" if whole else "0%"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, as SVG wants it."""

    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One thing through the weeks. values: one for each week; None: the week does not count."""

    label: str
    value: str = field(metadata={"help": "What it is now, in words: «3,5 t»"})
    finding: str = field(metadata={"help": "What the row shows, for whoever does not see it"})
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class WeekBars(Part):
    """Several things through the same weeks, each a row of bars with the same scale."""

    label: str
    rows: tuple[WeekRow, ...]
    first: str = field(metadata={"help": "Under the first week"})
    last: str = field(metadata={"help": "Under the last week"})
    events: tuple[int, ...] = field(default=(), metadata={"help": "Weeks (from 0) that begin with a dashed line"})

    @property
    def weeks(self) -> int:
        """How many there are."""
        return len(self.rows[0].values) if self.rows else 0

    @property
    def drawn(self) -> tuple[tuple[WeekRow, tuple[Bar, ...], tuple[Bar, ...]], ...]:
        """Each row with its bars, and its weeks that do not count."""
        top = max((value or 0.0 for row in self.rows for value in row.values), default=0.0)
        return tuple(
            (
                row,
                tuple(self._bar(index, value, top) for index, value in enumerate(row.values) if value),
                tuple(self._bar(index, 1.0, 1.0) for index, value in enumerate(row.values) if value is None),
            )
            for row in self.rows
        )

    @property
    def lines(self) -> tuple[str, ...]:
        """Where the events stand."""
        return tuple(_share(week, self.weeks) for week in self.events)

    def _bar(self, week: int, value: float, top: float) -> Bar:
        height = 100 * value / top if top else 0.0
        return Bar(
            x=_share(week + 0.12, self.weeks),
            y=f"{100 - height:.2f}%",
            width=_share(0.76, self.weeks),
            height=f"{height:.2f}%",
        )


@dataclass(frozen=True, slots=True)
class Span:
    """One thing that lasted: from and to are shares of the time shown, 0 to 1. marks: when it was looked at."""

    label: str
    value: str = field(metadata={"help": "How it stands, in words"})
    start: float
    end: float
    state: str = field(default="", metadata={"help": "done, dropped or empty: it goes on"})
    marks: tuple[float, ...] = ()

    @property
    def x(self) -> str:
        """Where it begins."""
        return _share(self.start, 1)

    @property
    def width(self) -> str:
        """How long it is; never too short to be seen."""
        return _share(max(self.end - self.start, 0.012), 1)

    @property
    def dots(self) -> tuple[str, ...]:
        """Where the marks stand."""
        return tuple(_share(mark, 1) for mark in self.marks)


@dataclass(frozen=True, slots=True)
class SpanChart(Part):
    """Several things that lasted, over the same time."""

    label: str
    rows: tuple[Span, ...]
    first: str
    last: str
