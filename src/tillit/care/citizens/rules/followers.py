"""Which units follow one citizen, day by day, and which of them has everything the others do not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tillit.kernel.periods import Days


@dataclass(frozen=True, slots=True)
class FollowedBy:
    """A unit that follows a citizen. part: in words; empty for the one that follows everything."""

    unit_id: int
    unit_name: str
    part: str
    days: Days


@dataclass(frozen=True, slots=True)
class Followers:
    """The units that follow one citizen. Of those that do on a day, the first is her main unit (`ordered`)."""

    units: tuple[FollowedBy, ...] = ()

    def on(self, day: date) -> tuple[FollowedBy, ...]:
        """Return those that follow her on a day, the main unit first."""
        return tuple(one for one in self.units if one.days.contains(day))

    def main(self, day: date) -> FollowedBy | None:
        """Return the one that has everything no other unit is to do; None when nobody follows her."""
        return next(iter(self.on(day)), None)

    def beside(self, day: date) -> frozenset[int]:
        """Return the units that follow her on a day beside the main one."""
        following = self.on(day)
        return frozenset(one.unit_id for one in following[1:] if one.unit_id != following[0].unit_id)

    def known(self, unit_id: int) -> FollowedBy | None:
        """Return the newest following of a unit, whether it holds or not; None when it never followed her."""
        return max((one for one in self.units if one.unit_id == unit_id), key=lambda one: one.days.first, default=None)


def ordered(units: Iterable[tuple[str, FollowedBy]]) -> Followers:
    """Return the followers of one citizen. units: with the path of each; the empty part first, then by part and path.

    The same order as everywhere else a citizen's units are listed (`queries.unit_ids_of`).
    """
    return Followers(tuple(one for _, one in sorted(units, key=lambda pair: (pair[1].part, pair[0]))))
