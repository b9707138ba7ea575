"""What the system says: saved or not, no coverage, waiting, hidden numbers."""

from dataclasses import dataclass, field
from typing import Literal

from tillit.ui.parts.basics import Action
from tillit.ui.parts.part import Part


@dataclass(frozen=True, slots=True)
class Sync(Part):
    """Is it saved, and where? In words, always visible on the phone."""

    text: str
    state: Literal["", "ok", "away"] = field(default="ok", metadata={"help": "ok: saved; away: kept on the phone"})

    @property
    def icon(self) -> str:
        """A tick, or a cloud with a line through it."""
        return "CheckmarkCircleFill" if self.state == "ok" else "CloudSlash"


@dataclass(frozen=True, slots=True)
class Offline(Part):
    """No coverage: since when, and where the text is."""

    heading: str
    text: str
    action: Action | None = None


@dataclass(frozen=True, slots=True)
class Unsent(Part):
    """Something important has not been sent: what, and whom to ring."""

    strong: str
    text: str
    href: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Progress(Part):
    """Long work: how far, what it has found so far, and how to stop and use that."""

    heading: str
    value: int
    maximum: int
    shown: str = field(metadata={"help": "«62 %»"})
    text: str = ""
    stop: Action | None = None
    poll_href: str = field(default="", metadata={"help": "htmx fetches the next picture of it from here"})
    id: str = "ti-progress"
    every: Literal["150ms", "2s"] = field(default="2s", metadata={"help": "How often htmx asks"})


@dataclass(frozen=True, slots=True)
class ClashLine:
    """One field in which two people's answers differ."""

    label: str
    theirs: str
    mine: str


@dataclass(frozen=True, slots=True)
class Clash(Part):
    """Somebody was first. Stands inside the form: both answers, and one press for either."""

    text: str = field(metadata={"help": "Who changed it, and when"})
    lines: tuple[ClashLine, ...] = ()
    both: str = field(default="", metadata={"help": "Names of text fields that can hold both, by one press"})
    theirs_href: str = field(default="", metadata={"help": "Where theirs is shown; empty: the same address"})


@dataclass(frozen=True, slots=True)
class HiddenNumber(Part):
    """A number we do not show, and why: fewer than five."""

    text: str


@dataclass(frozen=True, slots=True)
class Skeleton(Part):
    """Lines in the place of what is on its way. Seen only after 300 ms."""

    lines: int = 3

    @property
    def widths(self) -> tuple[int, ...]:
        """1, 2, 3, 2, 3 …: a heading, then lines."""
        return tuple(1 if index == 0 else 2 + (index - 1) % 2 for index in range(self.lines))
