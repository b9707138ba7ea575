"""Rules of the map: paths, what may lie below what, and which unit answers for an address."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from shapely.geometry import Polygon

from tillit.kernel import geo, red_days
from tillit.kernel.geo import Place
from tillit.kernel.periods import Days

SATURDAY = 6
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
                if geo.near(drawn, place) and geo.covers(drawn, place):
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
        if other.area_id == new.area_id or other.days.first == other.days.after or not other.days.overlaps(new.days):
            continue
        codes = tuple(sorted(new.postal_codes & other.postal_codes))
        near = drawn is not None and bool(other.ring) and not geo.far_apart(new.ring, other.ring)
        ground = drawn is not None and near and geo.share_ground(drawn, geo.polygon(other.ring))
        if codes or ground:
            found.append(Collision(other.area_id, other.unit_id, codes, ground))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody lives, as the map sees it: without name or number."""

    place: Place | None
    postal_code: str


@dataclass(frozen=True, slots=True)
class Move:
    """So many addresses that go from one unit to another. None is no unit at all."""

    from_unit_id: int | None
    to_unit_id: int | None
    addresses: int


def moves(before: AreaMap, after: AreaMap, addresses: Iterable[Address]) -> tuple[Move, ...]:
    """Return how many addresses change unit when one map replaces another, the largest numbers first."""
    found = Counter(
        change
        for address in addresses
        if (
            change := (
                before.unit_for(address.place, address.postal_code),
                after.unit_for(address.place, address.postal_code),
            )
        )
        and change[0] != change[1]
    )
    return tuple(
        Move(start, end, count)
        for (start, end), count in sorted(found.items(), key=lambda item: (-item[1], item[0][0] or 0, item[0][1] or 0))
    )


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


ALWAYS = Days(date.min)


@dataclass(frozen=True, slots=True)
class Joining:
    """When a work group shares its team's lists, from a day to a day; what nobody has decided is shared (R02)."""

    evening: bool = True
    night: bool = True
    weekend: bool = True
    days: Days = ALWAYS


def is_joined(joining: Joining, on: date, shift_kind: str) -> bool:
    """Whether a work group's visits and shifts lie on the team's lists in this part of this day.

    shift_kind: DAY, EVENING or NIGHT; a night belongs to the day it begins on. The weekend is the whole of Saturdays,
    Sundays and public holidays. One yes is enough: a Saturday evening is shared as evening or as weekend.
    A day outside the weekend never is. Source: R02, separate by day, joined in the evening, at night and at weekends.
    """
    if joining.weekend and (on.isoweekday() >= SATURDAY or red_days.is_red(on)):
        return True
    return (joining.evening and shift_kind == "EVENING") or (joining.night and shift_kind == "NIGHT")


@dataclass(frozen=True, slots=True)
class WorkGroup:
    """A work group of a team. days: when it is in force."""

    unit_id: int
    name: str
    days: Days
    joinings: tuple[Joining, ...] = ()

    def joining_on(self, on: date) -> Joining:
        """Return what holds on a day: what was decided, else that everything is shared."""
        return next((each for each in self.joinings if each.days.contains(on)), Joining())

    def shares(self, on: date, shift_kind: str) -> bool:
        """Whether it shares the team's lists then. Out of force it has no lists of its own: no visit is left out."""
        return not self.days.contains(on) or is_joined(self.joining_on(on), on, shift_kind)


@dataclass(frozen=True, slots=True)
class Family:
    """A unit with the work groups whose lists it may share: the one answer to whose visits lie on whose lists.

    Of a work group: itself alone, and the team it belongs to.
    """

    unit_id: int
    team_id: int
    team_name: str
    groups: tuple[WorkGroup, ...] = ()

    @property
    def is_group(self) -> bool:
        """Whether this is a work group's."""
        return self.unit_id != self.team_id

    @property
    def ids(self) -> tuple[int, ...]:
        """The unit itself, then its work groups."""
        return tuple(dict.fromkeys((self.unit_id, *(group.unit_id for group in self.groups))))

    def lists_unit(self, unit_id: int, on: date, shift_kind: str) -> int:
        """Return the unit on whose lists the visits and shifts of `unit_id`, one of the family, lie then."""
        group = next((group for group in self.groups if group.unit_id == unit_id), None)
        return self.team_id if group is not None and group.shares(on, shift_kind) else unit_id

    def units_on_lists(self, on: date, shift_kind: str) -> tuple[int, ...]:
        """Return the units whose visits and shifts lie on this unit's lists then; none for a joined work group."""
        return tuple(unit for unit in self.ids if self.lists_unit(unit, on, shift_kind) == self.unit_id)

    def joined_groups(self, on: date, shift_kind: str) -> tuple[WorkGroup, ...]:
        """Return the work groups that share this unit's lists then."""
        here = self.units_on_lists(on, shift_kind)
        return tuple(group for group in self.groups if group.unit_id in here and group.unit_id != self.unit_id)
