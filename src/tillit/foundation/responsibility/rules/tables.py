"""Holding two responsibility tables against each other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tillit.foundation.responsibility.catalogue import RESPONSIBILITIES, Group


@dataclass(frozen=True, slots=True)
class Cell:
    """Who holds one responsibility in one model, and on which terms."""

    holder: str
    note: str = ""


#: What a table without a row says: nobody has decided.
UNDECIDED = Cell("NOBODY")


@dataclass(frozen=True, slots=True)
class Compared:
    """One responsibility in two models."""

    code: str
    group: Group
    left: Cell
    right: Cell

    @property
    def differs(self) -> bool:
        """Different when other people hold it. The same people on other terms are no difference: the page tells."""
        return self.left.holder != self.right.holder


def compare(left: Mapping[str, Cell], right: Mapping[str, Cell]) -> tuple[Compared, ...]:
    """Return every responsibility of the catalogue in both models, in the catalogue's order.

    A responsibility that a table lacks is undecided there: it is shown, never left out.
    """
    return tuple(
        Compared(entry.code, entry.group, left.get(entry.code, UNDECIDED), right.get(entry.code, UNDECIDED))
        for entry in RESPONSIBILITIES
    )


def undecided(table: Mapping[str, Cell]) -> tuple[str, ...]:
    """Return the codes of responsibilities that nobody holds in the table, in the catalogue's order (R08)."""
    return tuple(
        entry.code for entry in RESPONSIBILITIES if table.get(entry.code, UNDECIDED).holder == UNDECIDED.holder
    )


def different(rows: Iterable[Compared]) -> int:
    """Count the rows that differ."""
    return sum(row.differs for row in rows)
