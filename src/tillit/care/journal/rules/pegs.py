"""What in the plan a note hangs on: a goal or an intervention, by its line through versions of the plan."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

LONGEST_WORDS = 200


class PegKind(StrEnum):
    """What it is."""

    GOAL = "GOAL"
    INTERVENTION = "INTERVENTION"


#: What stands in forms and addresses: plain words for those who read them.
_BEGINNINGS = {PegKind.GOAL: "mal", PegKind.INTERVENTION: "tiltak"}


@dataclass(frozen=True, slots=True)
class Peg:
    """A goal or an intervention. words: what it is called; "" when nobody needs to say."""

    kind: PegKind
    line: int
    words: str = ""

    @property
    def code(self) -> str:
        """«mal-12»: as it stands in a form."""
        return f"{_BEGINNINGS[self.kind]}-{self.line}"


def pegs_in(codes: Iterable[str]) -> tuple[Peg, ...]:
    """Return the pegs that codes name, each once; what is no code is passed over."""
    found: dict[str, Peg] = {}
    for code in codes:
        beginning, _dash, number = code.partition("-")
        kind = next((kind for kind, text in _BEGINNINGS.items() if text == beginning), None)
        if kind is not None and number.isascii() and number.isdigit() and len(number) < 18:
            found.setdefault(code, Peg(kind, int(number)))
    return tuple(found.values())
