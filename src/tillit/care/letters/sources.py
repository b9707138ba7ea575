"""A question that letters ask an upper floor: who else may read a letter, by what it belongs to."""

from datetime import datetime
from typing import Protocol

from tillit.foundation.access.actor import Actor


class LetterReach(Protocol):
    """Whether the actor reaches the case a letter belongs to, also when she does not reach the citizen (R06)."""

    def __call__(self, *, actor: Actor, letter_id: int, at: datetime) -> bool: ...


_reaches: list[LetterReach] = []


def register_letter_reach(reach: LetterReach) -> None:
    """Let cases say who reaches their letters. The last one registered answers."""
    _reaches[:] = [reach]


def reaches_letter(*, actor: Actor, letter_id: int, at: datetime) -> bool:
    """Whether somebody above says that the actor reaches the letter; no when nobody is registered."""
    return any(reach(actor=actor, letter_id=letter_id, at=at) for reach in _reaches)
