"""May she decide this, and who else may? Pure: everything is resolved on the day of the decision, never today's.

Source: casework.md §7 (authority as data), R06. Being an administrator, or the system itself, is never authority.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from tillit.foundation.access.roles import Role
from tillit.kernel.periods import Days


class Why(StrEnum):
    """Why the answer is yes or no. The order of the refusals is the order in which they are told."""

    MAY = "MAY"
    NOT_A_PERSON = "NOT_A_PERSON"
    DISQUALIFIED = "DISQUALIFIED"
    LEADER_DISQUALIFIED = "LEADER_DISQUALIFIED"
    NOT_IN_USE = "NOT_IN_USE"
    FOUR_EYES = "FOUR_EYES"
    TOO_LONG = "TOO_LONG"
    TOO_MUCH = "TOO_MUCH"
    OTHERS_DECIDE = "OTHERS_DECIDE"
    ABOVE_ALL_LIMITS = "ABOVE_ALL_LIMITS"
    NOBODY_DECIDES = "NOBODY_DECIDES"


@dataclass(frozen=True, slots=True)
class Authority:
    """One line of a delegation document, as the rules see it. Either `service` or `group` is set, not both.

    role with unit_path: the role is held in that unit, such as the application office; with unit_path=None it is held
    in the unit that has the case. employee_id: a named person instead of a role.
    """

    authority_id: int
    days: Days
    document_days: Days
    service: str = ""
    group: str = ""
    role: Role | None = None
    employee_id: int | None = None
    unit_path: str | None = field(default=None, metadata={"help": "None: the unit that has the case"})
    within_path: str = field(default="", metadata={"help": "For cases of this unit and those below; '' is all"})
    max_extent: Decimal | None = None
    max_days: int | None = None
    four_eyes: bool = False

    def in_force(self, on: date) -> bool:
        """Whether both the line and its document hold on the day."""
        return self.days.contains(on) and self.document_days.contains(on)


@dataclass(frozen=True, slots=True)
class Matter:
    """What is to be decided, by whom it was prepared, on which day.

    extent: in what the service counts (hours a week, days …); None is not known yet, and passes no limit.
    days: for how long; None is until further notice, and passes no limit either.
    prepared_by_id: None when nobody else is known to have prepared it: then it does not pass four eyes.
    """

    service: str
    group: str
    unit_path: str
    on: date
    extent: Decimal | None = None
    days: int | None = None
    prepared_by_id: int | None = None
    in_use: bool = True


@dataclass(frozen=True, slots=True)
class Held:
    """A role somebody holds in a unit on the day of the decision, herself or as acting leader."""

    role: Role
    path: str
    acting_id: int | None = None

    def reaches(self, path: str) -> bool:
        """Whether the role, held here, is held in the unit at `path` too."""
        return path.startswith(self.path)


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks. employee_id None is the system itself. below_disqualified: her leader is disqualified (`barring`)."""

    employee_id: int | None
    held: tuple[Held, ...] = ()
    disqualified: bool = False
    below_disqualified: bool = False

    @property
    def barred(self) -> Why | None:
        """Why the law keeps her from deciding in this case; None when it does not."""
        if self.disqualified:
            return Why.DISQUALIFIED
        return Why.LEADER_DISQUALIFIED if self.below_disqualified else None


@dataclass(frozen=True, slots=True)
class May:
    """The answer, which authority it rests on (or fell short of), and in which role."""

    may: bool
    why: Why
    authority_id: int | None = None
    held: Held | None = None


def concerns(authority: Authority, matter: Matter) -> bool:
    """Whether the authority is about this service, for this unit's cases, in force on the day of the decision.

    A line that names the administrator's role concerns nothing; the database refuses to store one.
    """
    if authority.role is Role.ADMINISTRATOR or (authority.role is None and authority.employee_id is None):
        return False
    about = authority.service == matter.service if authority.service else authority.group == matter.group
    return about and matter.unit_path.startswith(authority.within_path) and authority.in_force(matter.on)


def shortfall(authority: Authority, matter: Matter) -> Why | None:
    """Return the limit that the matter exceeds, or None. What is not known exceeds every limit."""
    if authority.max_days is not None and (matter.days is None or matter.days > authority.max_days):
        return Why.TOO_LONG
    if authority.max_extent is not None and (matter.extent is None or matter.extent > authority.max_extent):
        return Why.TOO_MUCH
    return None


def place_of(authority: Authority, matter: Matter) -> str:
    """Return the path of the unit where the role must be held."""
    return matter.unit_path if authority.unit_path is None else authority.unit_path


def held_for(authority: Authority, matter: Matter, person: Person) -> tuple[bool, Held | None]:
    """Return whether the authority is hers, and in which role. Her own role goes before standing in."""
    if authority.employee_id is not None:
        return authority.employee_id == person.employee_id, None
    place = place_of(authority, matter)
    mine = [held for held in person.held if held.role is authority.role and held.reaches(place)]
    mine.sort(key=lambda held: (held.acting_id is not None, -len(held.path), held.acting_id or 0))
    return bool(mine), mine[0] if mine else None


def resolve(authorities: Iterable[Authority], matter: Matter, person: Person) -> May:
    """Return whether she may decide the matter, and why.

    Every authority stands alone: one yes is enough, and two that each fall short do not add up. Of several that
    give a yes, her own role goes before standing in, a line for the service before one for the group, the oldest
    first. Of several that fall short, the one nearest to a yes is told. Examples: docs/guide/hvem-kan-avgjore.md.
    """
    if person.employee_id is None:
        return May(False, Why.NOT_A_PERSON)
    if not matter.in_use:
        return May(False, Why.NOT_IN_USE)
    relevant = [authority for authority in authorities if concerns(authority, matter)]
    allowed: list[tuple[Authority, Held | None]] = []
    short: list[tuple[Why, Authority, Held | None]] = []
    for authority in relevant:
        hers, held = held_for(authority, matter, person)
        if not hers:
            continue
        limit = shortfall(authority, matter)
        if limit is None and authority.four_eyes and matter.prepared_by_id in (None, person.employee_id):
            limit = Why.FOUR_EYES
        if limit is None:
            allowed.append((authority, held))
        else:
            short.append((limit, authority, held))
    if allowed and person.barred is None:
        authority, held = min(allowed, key=lambda one: _preference(*one))
        return May(True, Why.MAY, authority.authority_id, held)
    if person.barred is not None and (allowed or short):
        return May(False, person.barred)
    if short:
        order = list(Why)
        limit, authority, held = min(short, key=lambda one: (order.index(one[0]), _preference(one[1], one[2])))
        return May(False, limit, authority.authority_id, held)
    if not relevant:
        return May(False, Why.NOBODY_DECIDES)
    if all(shortfall(authority, matter) is not None for authority in relevant):
        return May(False, Why.ABOVE_ALL_LIMITS)
    return May(False, Why.OTHERS_DECIDE)


def who_may(authorities: Iterable[Authority], matter: Matter) -> tuple[Authority, ...]:
    """Return the authorities that cover the matter, whoever holds them; one for each place, the widest of them."""
    found: dict[tuple[Role | None, int | None, str], Authority] = {}
    if not matter.in_use:
        return ()
    covering = [one for one in authorities if concerns(one, matter) and shortfall(one, matter) is None]
    for authority in sorted(covering, key=lambda one: (one.four_eyes, _preference(one, None))):
        found.setdefault((authority.role, authority.employee_id, place_of(authority, matter)), authority)
    return tuple(sorted(found.values(), key=lambda one: (one.unit_path is not None, _preference(one, None))))


def may_also(authority: Authority, matter: Matter, person: Person) -> bool:
    """Whether this person is one of those who can decide by the authority: hers, not barred, not the preparer."""
    hers, _held = held_for(authority, matter, person)
    prepared_it = authority.four_eyes and matter.prepared_by_id == person.employee_id
    return hers and person.barred is None and not prepared_it


def _preference(authority: Authority, held: Held | None) -> tuple[bool, bool, date, int]:
    acting = held is not None and held.acting_id is not None
    return acting, not authority.service, authority.days.first, authority.authority_id
