"""What moves when a unit goes from one table to another: who really gets it, not only what the table calls them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tillit.foundation.responsibility.rules.routing import PLACES, Held, MapUnit, place_holder
from tillit.foundation.responsibility.rules.tables import Cell, Compared, compare

#: In the unit, but one person or another by its duties: not the same as the whole unit.
_BY_DUTY = frozenset({"COORDINATOR"})


@dataclass(frozen=True, slots=True)
class Moves:
    """The rows whose holder has another name in the new table."""

    moved: tuple[Compared, ...]
    renamed: tuple[Compared, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The responsibilities that move."""
        return tuple(row.code for row in self.moved)


def moves(
    before: Mapping[str, Cell],
    after: Mapping[str, Cell],
    *,
    asking: MapUnit,
    units: Iterable[MapUnit],
    roles: Mapping[tuple[int, str], tuple[Held, ...]],
) -> Moves:
    """Return what moves for a unit that goes from one table to another, in the catalogue's order.

    A row moves when other units or another role hold it. «Sykepleierteamet selv» and «Teamet» are the same unit: such
    a row is renamed, and nobody gets anything new. A row nobody held, or nobody will hold, moves.
    """
    known = tuple(units)

    def who(cell: Cell) -> tuple[object, ...]:
        place = PLACES.get(cell.holder)
        if place is None:
            return (cell.holder,)
        found = place_holder(cell, asking=asking, units=known, roles=roles)
        sort = cell.holder if cell.holder in _BY_DUTY or not found.unit_ids else ""
        return (found.unit_ids, place.role, sort)

    moved: list[Compared] = []
    renamed: list[Compared] = []
    for row in compare(before, after):
        if row.differs:
            (renamed if who(row.left) == who(row.right) else moved).append(row)
    return Moves(tuple(moved), tuple(renamed))
