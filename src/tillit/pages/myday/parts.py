"""Parts that only Min dag draws."""

from dataclasses import dataclass, field
from typing import ClassVar

from tillit.ui.parts import Door


@dataclass(frozen=True, slots=True)
class CodeDoor(Door):
    """The way in, with a press that shows the code. The press is logged; the code is never in a page unasked."""

    folder: ClassVar[str] = "myday"

    show_href: str = field(default="", metadata={"help": "Receives POST; empty: there is no code"})
    code: str = field(default="", metadata={"help": "Set only in the answer to the press"})
    whose: str = ""
