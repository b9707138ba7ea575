"""What stands in a cell of the tables about authority."""

from dataclasses import dataclass, field
from typing import ClassVar

from tillit.ui.parts import Tag
from tillit.ui.parts.part import Part


@dataclass(frozen=True, slots=True)
class Cell(Part):
    """Words with a note under them; or a tag with a note, when something is lacking."""

    folder: ClassVar[str] = "authority"
    text: str = ""
    note: str = ""
    icon: str = ""
    tag: Tag | None = None
    href: str = field(default="", metadata={"help": "Where the words lead; empty for plain words"})


def lacking(text: str, note: str = "") -> Cell:
    """A cell that says what nobody has decided."""
    return Cell(note=note, tag=Tag(text, "warning", "ExclamationmarkTriangle"))
