"""Rules of the map: paths, what may lie below what, and which unit answers for an address."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from shapely.geometry import Polygon

from tillit.kernel import geo
from tillit.kernel.geo import Place
from tillit.kernel.periods import Days

#: Which kinds of unit may lie directly below which. The municipality lies below nothing.
PARENT_KINDS: dict[str, frozenset[str]] = {
    "MUNICIPALITY": frozenset(),
    "DISTRICT": frozenset({"MUNICIPALITY"}),
    "TEAM": frozenset({"MUNICIPALITY", "DISTRICT"}),
    "WORK_GROUP": frozenset({"TEAM", "SPECIAL_TEAM"}),
    "OFFICE": frozenset({"MUNICIPALITY", "DISTRICT"}),
    "SPECIAL_TEAM": frozenset({"MUNICIPALITY", "DISTRICT"}),
}


def path_below(parent_path: str, unit_id: int) -> str:
    """Return the path of a unit below `parent_path`: "1.4." and 9 give "1.4.9."; "" is above everything."""
    return f"{parent_path}{unit_id}."


def ids_in(path: str) -> tuple[int, ...]:
    """Return the ids of the chain from the top down to the unit itself."""
    return tuple(int(part) for part in path.split(".") if part)


def may_lie_below(kind: str, parent_kind: str | None) -> bool:
    """Whether a unit of `kind` may lie directly below one of `parent_kind`; None is the top."""
    allowed = PARENT_KINDS[kind]
    return parent_kind in allowed if parent_kind is not None else not allowed


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One area as the rules see it: drawn as a ring of (longitude, latitude), or named by postal codes, or both."""

    area_id: int
    unit_id: int
    ring: tuple[tuple[float, float], ...]
    postal_codes: frozenset[str]
    days: Days


class AreaMap:
    """The areas in force on one day, prepared for many addresses."""

    def __init__(self, areas: Iterable[AreaLine], on: date) -> None:
        found = sorted((area for area in areas if area.days.contains(on)), key=lambda area: area.area_id)
        self._drawn: list[tuple[Polygon, int]] = [(geo.polygon(area.ring), area.unit_id) for area in found if area.ring]
        self._by_code: dict[str, int] = {}
        for area in found:
            for code in area.postal_codes:
                self._by_code.setdefault(code, area.unit_id)

    def unit_for(self, place: Place | None, postal_code: str) -> int | None:
        """Return the unit that answers for the address: by the drawn area first, then by postal code; else None.

        A place exactly on a border that two areas share belongs to the area that was stored first.
        """
        if place is not None:
            for drawn, unit_id in self._drawn:
                if geo.covers(drawn, place):
                    return unit_id
        return self._by_code.get(postal_code)


def unit_for_address(areas: Iterable[AreaLine], place: Place | None, postal_code: str, on: date) -> int | None:
    """Return the one unit that answers for an address on a day, or None when no area covers it.

    A drawn area goes before postal codes, so that a team may have a postal code "except the part drawn for others".
    place: None when the address has no coordinates. Source: R01, an address belongs to one area on a date.
    """
    return AreaMap(areas, on).unit_for(place, postal_code)


@dataclass(frozen=True, slots=True)
class Collision:
    """Two areas that would both answer for the same address on the same day."""

    area_id: int
    unit_id: int
    postal_codes: tuple[str, ...]
    shares_ground: bool


def collisions(new: AreaLine, others: Sequence[AreaLine]) -> tuple[Collision, ...]:
    """Return the areas that `new` would share addresses with, on any day both are in force.

    Two drawn areas collide when they share ground (a common border is no ground); two lists of postal codes when
    they share a code. A drawn area inside another team's postal code does not: the drawn one goes first.
    The area itself, when it is stored already, is left out. Raises UnusablePolygon for a ring that is no area.
    """
    drawn = geo.polygon(new.ring) if new.ring else None
    found = []
    for other in others:
        if other.area_id == new.area_id or not other.days.overlaps(new.days):
            continue
        codes = tuple(sorted(new.postal_codes & other.postal_codes))
        ground = drawn is not None and bool(other.ring) and geo.share_ground(drawn, geo.polygon(other.ring))
        if codes or ground:
            found.append(Collision(other.area_id, other.unit_id, codes, ground))
    return tuple(found)


def read_postal_codes(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Read postal codes as people write them: commas, blanks, lines, and spans such as 6770–6774.

    Returns (codes, what could not be read), codes sorted and each once.
    """
    codes: set[str] = set()
    unread: list[str] = []
    for word in text.replace("–", "-").replace(" - ", "-").replace(",", " ").replace(";", " ").split():
        first, dash, last = word.partition("-")
        if not dash:
            last = first
        if len(first) == len(last) == 4 and (first + last).isdecimal() and (first + last).isascii() and first <= last:
            codes.update(f"{number:04}" for number in range(int(first), int(last) + 1))
        else:
            unread.append(word)
    return tuple(sorted(codes)), tuple(unread)


def weekday_digits(days: Iterable[int]) -> str:
    """Return ISO weekdays (1 is Monday) as stored: {3, 1} is "13"."""
    return "".join(str(day) for day in sorted(set(days)))


def falls_on(weekdays: str, day: date) -> bool:
    """Whether `day` is one of the stored weekdays."""
    return str(day.isoweekday()) in weekdays
