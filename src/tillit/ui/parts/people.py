"""Colleagues: the mark with two letters, the person, the duty."""

from dataclasses import dataclass, field, replace
from typing import Literal

from tillit.ui.parts.part import Part


@dataclass(frozen=True, slots=True)
class HelperMark(Part):
    """One colour and two letters for each colleague, the same everywhere."""

    initials: str
    name: str
    colour: int = field(default=0, metadata={"help": "1–12, given per team and kept; 0 for people who do not visit"})
    kind: Literal["", "temp", "away"] = field(default="", metadata={"help": "temp: ring; away: hollow"})
    size: Literal["", "sm", "lg"] = ""
    spoken: bool = field(default=False, metadata={"help": "True when the name does not stand beside the mark"})

    def small(self, *, spoken: bool | None = None) -> "HelperMark":
        """The same mark in the small size."""
        return replace(self, size="sm", spoken=self.spoken if spoken is None else spoken)


@dataclass(frozen=True, slots=True)
class Person(Part):
    """A mark with the name and one line about who this is to the reader."""

    mark: HelperMark
    note: str = ""


@dataclass(frozen=True, slots=True)
class Duty(Part):
    """A task someone always holds. Nobody holding it must be seen: state empty."""

    text: str
    icon: str
    state: Literal["", "next", "empty"] = ""
