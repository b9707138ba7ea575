"""Small parts used everywhere: tags, deadlines, acts, facts and rows that open something."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from tillit.ui.parts.part import Content, Part

Colour = Literal["neutral", "accent", "info", "success", "warning", "danger"]
Variant = Literal["primary", "secondary", "tertiary"]


@dataclass(frozen=True, slots=True)
class Tag(Part):
    """A short fact in a coloured box. The word carries the meaning, the colour only underlines it."""

    text: str
    colour: Colour = "neutral"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Deadline(Part):
    """A date that gets heavier as time runs out. `formats.deadline_of` makes one from a date."""

    text: str
    state: Literal["", "soon", "today", "over", "done"] = field(
        default="", metadata={"help": "soon: 14 days or less; over: the day has passed"}
    )
    iso: str = field(default="", metadata={"help": "For <time datetime>; empty when the text is no date"})

    @property
    def icon(self) -> str:
        """The sign that says the same as the colour."""
        return {
            "over": "ExclamationmarkTriangleFill",
            "today": "BellFill",
            "soon": "Hourglass",
            "done": "CheckmarkCircleFill",
        }.get(self.state, "Calendar")


@dataclass(frozen=True, slots=True)
class Action(Part):
    """Something to press: a link, or a small form with one button when it changes anything.

    Verb first. One primary action in each region.
    """

    label: str
    href: str
    post: bool = field(default=False, metadata={"help": "True: a form that posts to href"})
    fields: Mapping[str, str] = field(default_factory=dict, metadata={"help": "Hidden fields of the form"})
    variant: Variant = "secondary"
    icon: str = ""
    colour: Literal["", "accent", "danger", "neutral"] = ""
    tight: bool = False
    full: bool = False
    describe: str = field(default="", metadata={"help": "Added for screen readers: «Godta» – what?"})


@dataclass(frozen=True, slots=True)
class Delta(Part):
    """A difference in words with an arrow. Whether it is better is said by the caller, not by the sign."""

    text: str
    direction: Literal["better", "worse", "same"] = "same"
    arrow: Literal["up", "down", "equal"] = "equal"

    @property
    def icon(self) -> str:
        """ArrowUp, ArrowDown or Equals."""
        return {"up": "ArrowUp", "down": "ArrowDown", "equal": "Equals"}[self.arrow]


@dataclass(frozen=True, slots=True)
class Fact(Part):
    """One line of a fact list."""

    term: str
    value: Content


@dataclass(frozen=True, slots=True)
class Facts(Part):
    """Key facts, term and value."""

    items: tuple[Fact, ...]
    column: bool = field(default=False, metadata={"help": "True: the value stands under the term"})


@dataclass(frozen=True, slots=True)
class ListRow(Part):
    """One row of a list in a panel: a number, picture or sign, a title, a note and what stands last."""

    title: str
    note: str = ""
    more: str = field(default="", metadata={"help": "A line between title and note"})
    href: str = field(default="", metadata={"help": "Empty: the row opens nothing"})
    number: str = field(default="", metadata={"help": "The big number first in the row"})
    lead: Part | None = field(default=None, metadata={"help": "First in the row: a helper mark"})
    icon: str = ""
    badges: tuple[Part, ...] = field(default=(), metadata={"help": "Beside the title: duties"})
    end: Content = field(default="", metadata={"help": "Last in the row: a deadline, hours, an action"})


@dataclass(frozen=True, slots=True)
class RowList(Part):
    """Rows that open something, or just stand there."""

    rows: tuple[ListRow, ...]
    ordered: bool = False
    look: Literal["", "agenda", "timeline"] = ""
    label: str = field(default="", metadata={"help": "Name for screen readers when no heading is near"})


@dataclass(frozen=True, slots=True)
class KeyItem:
    """One line of a key."""

    text: str
    mark: Part | None = None
    count: str = ""


@dataclass(frozen=True, slots=True)
class Key(Part):
    """A key: marks and what they mean, with numbers if there are any."""

    label: str
    items: tuple[KeyItem, ...]
