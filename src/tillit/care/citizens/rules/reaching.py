"""Who reaches a citizen, and why. The whole answer on plain values; `queries.reach` says the same to the database.

In this order: whoever is barred reaches nobody. Else her team follows the citizen (FOLLOWS), she has a case with her
as a therapist (THERAPY), somebody asked her in (REQUEST), it is an emergency (EMERGENCY), or the help ended a short
while ago and her unit was the last (FORMER).
Sources: helsepersonelloven §§ 21 a, 25 and 45; pasientjournalloven §§ 16, 17 and 22. In words for those who use it:
docs/guide/innsyn-og-sperrer.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from tillit.foundation.access.grounds import Ground
from tillit.kernel.periods import Days, Period


class Bar(StrEnum):
    """Why an employee never reaches a citizen (sperre)."""

    OBJECTION = "OBJECTION"
    DECIDED = "DECIDED"
    SELF = "SELF"
    RELATIVE = "RELATIVE"


#: Her own record and her relatives': no reason opens them, an emergency neither.
NEVER_BROKEN = frozenset({Bar.SELF, Bar.RELATIVE})
#: The reason that alone goes before an objection or a decided bar: danger to life or of serious harm.
DANGER = "DANGER"


@dataclass(frozen=True, slots=True)
class Barrier:
    """One bar between an employee and a citizen."""

    kind: Bar
    days: Days


@dataclass(frozen=True, slots=True)
class Emergency:
    """One emergency access of an employee to a citizen. when: ends when it is ended, or by itself."""

    reason: str
    when: Period


def is_barred(barriers: Iterable[Barrier], emergencies: Iterable[Emergency], *, on: date, at: datetime) -> bool:
    """Whether an employee is barred from a citizen. Danger goes before what the citizen or a leader has decided."""
    holding = {one.kind for one in barriers if one.days.contains(on)}
    if not holding:
        return False
    return not any(one.when.contains(at) and may_open(holding, one.reason) for one in emergencies)


def may_open(bars: Iterable[Bar], reason: str) -> bool:
    """Whether an emergency may open a record that somebody is barred from in these ways."""
    held = frozenset(bars)
    return not held or (reason == DANGER and not held & NEVER_BROKEN)


@dataclass(frozen=True, slots=True)
class Terms:
    """How long doors stay open: days after all help has ended, by role, and hours of an emergency access.

    0 days: the door closes with the help. The municipality decides, from a day (`AccessTerms`).
    """

    clinical_days: int = 14
    case_worker_days: int = 90
    leader_days: int = 90
    emergency_hours: int = 4


DEFAULT_TERMS = Terms()


@dataclass(frozen=True, slots=True)
class Followed:
    """A unit, by its path, follows a citizen for some days."""

    path: str
    days: Days


@dataclass(frozen=True, slots=True)
class Reader:
    """What somebody holds: where she reads citizens, and, by path, for how many days after their help ended."""

    reads_in: frozenset[str] = frozenset()
    former_days: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Between:
    """What stands between one employee and one citizen."""

    followed: tuple[Followed, ...] = ()
    barriers: tuple[Barrier, ...] = ()
    emergencies: tuple[Emergency, ...] = ()
    asked: tuple[Days, ...] = ()
    cases: tuple[Days, ...] = ()


def ground_of(reader: Reader, between: Between, *, on: date, at: datetime) -> Ground | None:
    """Return why somebody reaches a citizen on a day and at a moment in it; None: she does not."""
    if is_barred(between.barriers, between.emergencies, on=on, at=at):
        return None
    following = [one.path for one in between.followed if one.days.contains(on)]
    if any(path.startswith(own) for path in following for own in reader.reads_in):
        return Ground.FOLLOWS
    if reader.reads_in:
        if any(days.contains(on) for days in between.cases):
            return Ground.THERAPY
        if any(days.contains(on) for days in between.asked):
            return Ground.REQUEST
        if any(one.when.contains(at) for one in between.emergencies):
            return Ground.EMERGENCY
    if not following and _ended_lately(reader, between.followed, on=on):
        return Ground.FORMER
    return None


def _ended_lately(reader: Reader, followed: Iterable[Followed], *, on: date) -> bool:
    """Whether one of the last units is hers, and the days she may still read have not run out."""
    ended = [
        (one.days.after, one.path) for one in followed if one.days.after is not None and one.days.first < one.days.after
    ]
    over = [(after, path) for after, path in ended if after <= on]
    newest = max((after for after, _path in over), default=None)
    return any(
        path.startswith(own) and after == newest and on < after + timedelta(days=days)
        for after, path in over
        for own, days in reader.former_days.items()
    )
