"""The board with work lists, proposals and capacity."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal

from tillit.ui.parts.basics import Action
from tillit.ui.parts.part import Part
from tillit.ui.parts.people import HelperMark

SLOT = timedelta(minutes=5)
MOST_SLOTS = 288
"""A day of five-minute slots; css/slots.css has classes for so many."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time in slots: where it starts (1 is the first) and how long it is."""

    start: int
    width: int

    @classmethod
    def of(cls, starts_at: datetime, ends_at: datetime, *, board_starts_at: datetime) -> "Span":
        """The slots of a period on a board. Cut to what the board shows; at least one slot wide.

        All three are aware. Real time counts, so that the day the clocks change has 23 or 25 hours.
        """
        first = max(0, (starts_at - board_starts_at) // SLOT)
        last = min(MOST_SLOTS, -((board_starts_at - ends_at) // SLOT))
        return cls(start=min(first, MOST_SLOTS - 1) + 1, width=max(1, last - first))

    @property
    def classes(self) -> str:
        """The CSS classes that place it."""
        return f"s-{self.start} w-{self.width}"


BarKind = Literal["", "nurse", "new", "other", "uncovered", "proposed", "leaving"]


@dataclass(frozen=True, slots=True)
class LaneBar:
    """A visit, or something else that takes time, in a lane."""

    start_slot: int
    width_slots: int
    label: str = field(metadata={"help": "Short, as it fits in the bar: «Rønning»"})
    title: str = field(metadata={"help": "In full: «Rønning, 09.15–09.45, mangler utfører»"})
    kind: BarKind = field(default="", metadata={"help": "other: break, meeting; cannot be pressed or moved"})
    href: str = field(default="", metadata={"help": "Opens the visit with «Flytt til …»; hx-get when sheet is set"})
    visit: str = field(default="", metadata={"help": "The visit's id; with it, the bar can be dragged"})
    pair: str = field(default="", metadata={"help": "A letter on both bars of a visit with two helpers"})
    warns: bool = field(default=False, metadata={"help": "At the same time as another in the lane; said in title"})
    row: int = field(default=1, metadata={"help": "2 or 3: under what it stands at the same time as"})
    linked_below: bool = field(default=False, metadata={"help": "A line down to the same pair in the next lane"})
    icon: str = ""

    @property
    def classes(self) -> str:
        """The CSS classes that place it."""
        return f"s-{self.start_slot} w-{self.width_slots}"


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of the board: a helper's day, or the visits nobody has."""

    name: str
    note: str
    bars: tuple[LaneBar, ...] = ()
    mark: HelperMark | None = field(default=None, metadata={"help": "None for the row without helper"})
    kind: Literal["", "uncovered", "away"] = ""
    helper: str = field(default="", metadata={"help": "Posted as helper when a bar is dropped here"})
    shift: Span | None = None
    travel: tuple[Span, ...] = ()
    visits: int = 0
    locked: bool = field(default=False, metadata={"help": "True: nothing can be dropped here"})
    warning: str = field(default="", metadata={"help": "What is wrong with her list: «Ingen plass til pause»"})

    @property
    def droppable(self) -> bool:
        """True when a bar may be dropped on the lane."""
        return not self.locked and self.kind != "away"


@dataclass(frozen=True, slots=True)
class HourMark:
    """An hour line: where it is and what stands over it."""

    slot: int
    label: str


@dataclass(frozen=True, slots=True)
class Lanes(Part):
    """The board: rows are people, width is time in slots of five minutes.

    Every drag has a press alternative: the bar's href opens the visit, where «Flytt til …» does the same.
    """

    id: str
    label: str
    lanes: tuple[Lane, ...]
    slots: int = field(metadata={"help": "How many the board has, a multiple of 6: 102 is 07.00–15.30"})
    hours: tuple[HourMark, ...] = ()
    now_slot: int = field(default=0, metadata={"help": "0: now is not on the board"})
    move_href: str = field(default="", metadata={"help": "Receives POST visit, helper, start; empty: no dragging"})
    sheet: str = field(default="", metadata={"help": "Id of the place a press fills with htmx from the bar's href"})

    @staticmethod
    def hour_marks(first_hour: int, hours: int, separator: str = ".") -> tuple[HourMark, ...]:
        """Marks for whole hours, for a board that starts at first_hour; 24 is 00 the next day."""
        return tuple(
            HourMark(slot=hour * 12 + 1, label=f"{(first_hour + hour) % 24:02}{separator}00") for hour in range(hours)
        )

    @staticmethod
    def travel_between(bars: Iterable[LaneBar], longest: int = 4) -> tuple[Span, ...]:
        """Dotted lines for the gaps between visits that are at most `longest` slots."""
        ordered = sorted(bars, key=lambda bar: bar.start_slot)
        return tuple(
            Span(before.start_slot + before.width_slots, gap)
            for before, after in pairwise(ordered)
            if 1 <= (gap := after.start_slot - before.start_slot - before.width_slots) <= longest
            and "other" not in (before.kind, after.kind)
        )


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, or why not."""

    text: str
    sign: Literal["plus", "minus"]

    @property
    def icon(self) -> str:
        """A filled plus or an open minus."""
        return "PlusCircleFill" if self.sign == "plus" else "MinusCircle"


@dataclass(frozen=True, slots=True)
class Proposal(Part):
    """A change the planner suggests, with reasons for AND against and the second best. People decide."""

    move: tuple[str | Part, ...] = field(metadata={"help": "«Rønning kl. 09.15», Arrow(), mark, «Hanne Lie»"})
    why: str
    reasons: tuple[Reason, ...]
    accept: Action | None = None
    reject: Action | None = None
    second_best: str = ""
    second_action: Action | None = None
    open: bool = False
    moves: tuple[str, ...] = field(default=(), metadata={"help": "Each visit by itself, when `move` names but a few"})


@dataclass(frozen=True, slots=True)
class Arrow(Part):
    """The arrow from what is to what may be."""


@dataclass(frozen=True, slots=True)
class ProposalList(Part):
    """Proposals, each to accept or reject by itself."""

    proposals: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class Gauge(Part):
    """What we need against what we have. The line is what we have; beyond it is red and said in words."""

    name: str
    need: float
    have: float
    text: str = field(metadata={"help": "«46,5 av 44 timer»"})
    note: str = field(default="", metadata={"help": "In words when it does not fit: «2 t 30 min mangler»"})

    def _share(self, value: float) -> str:
        return f"{value / (max(self.need, self.have, 0.01) * 1.08) * 100:.1f}%"

    @property
    def have_width(self) -> str:
        """Width of what we have, for SVG."""
        return self._share(self.have)

    @property
    def need_width(self) -> str:
        """Width of what we need, up to what we have."""
        return self._share(min(self.need, self.have))

    @property
    def over_width(self) -> str:
        """Width of what is beyond; empty when it fits."""
        return self._share(self.need - self.have) if self.need > self.have else ""
