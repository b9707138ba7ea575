"""A team's people as the days need to know them, and who is at work when."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from tillit.demo.people.rosters import Away
from tillit.foundation.workforce.rules import level_of


@dataclass(slots=True)
class Member:
    """Somebody who works in a team, as the days that follow need to know her."""

    id: int
    initials: str
    given: str
    family: str
    profession: str
    gender: str
    percent: int
    colour: int
    flavour: str
    starts: int
    is_temp: bool
    pace: float  # minutes by kilometre
    competences: frozenset[str]
    employed_from: date
    away: list[Away] = field(default_factory=list)
    travel: str = "CAR"
    home: tuple[float, float] | None = None  # latitude and longitude, for those who start from home
    group_id: int = 0  # the work group she works in; 0 is the team itself

    @property
    def level(self) -> int:
        """0 home helper, 1 health worker, 2 nurse."""
        return level_of(self.profession)

    @property
    def visits(self) -> bool:
        """Whether she goes to people."""
        return self.flavour in {"MIXED", "EVENING", "WEEKDAY", "NIGHT", "TEMP"}

    def is_away(self, day: date) -> bool:
        """Whether she is absent on the day."""
        return any(one.holds_on(day) for one in self.away)


@dataclass(frozen=True, slots=True)
class OnShift:
    """Somebody at work and going to people: start and end in minutes after the day's first moment."""

    member: Member
    kind: str
    start: int
    end: int
    group_id: int = 0  # the work group the shift is for; 0 is the team itself


@dataclass(slots=True)
class Staff:
    """A team's people and, day by day, who was at work and not away."""

    members: list[Member]
    present: dict[date, list[OnShift]] = field(default_factory=lambda: defaultdict(list))
