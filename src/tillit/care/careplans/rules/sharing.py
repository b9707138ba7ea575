"""What falls between two units that follow the same citizen (R08)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Between(StrEnum):
    """How a responsibility stands between the units."""

    HELD = "HELD"
    NOBODY = "NOBODY"
    DIFFERENT = "DIFFERENT"


@dataclass(frozen=True, slots=True)
class Said:
    """What one unit's table says of a responsibility. units: who holds it, empty when it leads to nobody."""

    units: frozenset[int]


def between(tables: Iterable[Said]) -> Between:
    """Say how a responsibility stands, by the tables of all the units that follow the citizen and have one.

    Held: every table names the same. Nobody: none names anybody, or there is no table. Different: one table gives it to
    others than another does, or to nobody, so that each may believe that the other has it.
    """
    said = {one.units for one in tables}
    if not any(said):
        return Between.NOBODY
    return Between.HELD if len(said) == 1 else Between.DIFFERENT
