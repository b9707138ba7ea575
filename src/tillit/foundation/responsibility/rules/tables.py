"""Holding two responsibility tables against each other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tillit.foundation.responsibility.catalogue import RESPONSIBILITIES, Group


@dataclass(frozen=True, slots=True)
class Cell:
    """Who holds one responsibility in one model, and on which terms. weeks: at most so long, None is no end."""

    holder: str
    note: str = ""
    weeks: int | None = None


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


@dataclass(frozen=True, slots=True)
class Beside:
    """One responsibility in the original, and in several variants of it, in the order given."""

    code: str
    group: Group
    original: Cell
    cells: tuple[Cell, ...]

    @property
    def differs(self) -> bool:
        """Whether any variant gives it to others."""
        return any(cell.holder != self.original.holder for cell in self.cells)

    @property
    def spread(self) -> int:
        """In how many variants others hold it."""
        return sum(cell.holder != self.original.holder for cell in self.cells)


def beside(original: Mapping[str, Cell], variants: Iterable[Mapping[str, Cell]]) -> tuple[Beside, ...]:
    """Return the original beside its variants, in the catalogue's order. Every responsibility, also the like ones."""
    tables = tuple(variants)
    return tuple(
        Beside(
            entry.code,
            entry.group,
            original.get(entry.code, UNDECIDED),
            tuple(table.get(entry.code, UNDECIDED) for table in tables),
        )
        for entry in RESPONSIBILITIES
    )


def whole(table: Mapping[str, Cell]) -> dict[str, Cell]:
    """Return the table with a row for every responsibility of the catalogue: what it lacks is undecided."""
    return {entry.code: table.get(entry.code, UNDECIDED) for entry in RESPONSIBILITIES}
