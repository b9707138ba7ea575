"""Whose an area in a file is: by what it says itself, by the area that stands, or by its name."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """A unit that may have the area. areas: what its areas are called."""

    unit_id: int
    code: str
    name: str
    areas: tuple[str, ...] = ()


def whose(name: str, told: str, units: Iterable[Known]) -> int | None:
    """Return the unit an area belongs to, or None when nothing says so for sure.

    told: the code or name of a unit in the file. It goes first; then the one unit that has an area of that name; then
    the unit with that name. «Bekkedal» is Team Bekkedal. Two answers are none.
    """
    found = list(units)
    if told:
        return _one(unit.unit_id for unit in found if _same(told, unit.code) or _names(told, unit.name))
    if not name:
        return None
    standing = _one(unit.unit_id for unit in found if any(_same(name, area) for area in unit.areas))
    return standing or _one(unit.unit_id for unit in found if _names(name, unit.name))


def _one(found: Iterable[int]) -> int | None:
    ids = set(found)
    return ids.pop() if len(ids) == 1 else None


def _names(text: str, name: str) -> bool:
    return _plain(text).removeprefix("team ") == _plain(name).removeprefix("team ")


def _same(one: str, other: str) -> bool:
    return bool(other) and _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
