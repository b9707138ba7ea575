"""Several days' lists at once: how many different helpers come to each citizen, before, as proposed, and at the least.

How it is counted: docs/how-we-count/weeks.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from statistics import fmean

from tillit.teamwork.planning.rules.day import Day
from tillit.teamwork.planning.rules.grouping import ChangeKind, Group
from tillit.teamwork.planning.rules.reasons import Grounds, Reason

LENGTHS = (7, 14, 28)
"""How many days may be planned at once."""
USUAL_LENGTH = 14
WINDOWS = (14, 28)
"""Different helpers are counted over so many whole days that end with the last day planned."""
PARTS = ("DAY", "EVENING", "NIGHT")
"""The parts of the day that are planned ahead, and whose helpers are counted. A night belongs to the day it begins."""
FULL_PART = 20
"""Visits from which a part of a day is searched in full."""
ENOUGH_VISITS = 4
"""A citizen with fewer visits in a window says nothing about how often the same one comes."""
ENOUGH_CITIZENS = 5
"""An average of fewer citizens is not shown for how often the same one comes."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A helper who was at a citizen's on a day, or will be on lists that stand, in this visit."""

    on: date
    citizen_id: int
    employee_id: int
    visit_id: int


@dataclass(frozen=True, slots=True)
class Faces:
    """Different helpers of one citizen in one window.

    before: the window that ended before the days planned. planned: the one that ends with them, as proposed. least:
    the fewest that the shifts allow for what the proposal covers, if only this citizen counted. The same of how often
    the one who comes most often comes, as (visits by her, all visits); greatest: the most that the shifts allow.
    """

    before: int
    planned: int
    least: int
    often_before: tuple[int, int] = (0, 0)
    often_planned: tuple[int, int] = (0, 0)
    often_greatest: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Means:
    """Averages over the citizens that are counted; zeros when there are none."""

    citizens: int
    before: float
    planned: float
    least: float

    @property
    def reached(self) -> float:
        """How much of what the shifts allow the proposal reaches, 0..1: the least possible over what is proposed."""
        return self.least / self.planned if self.planned else 0.0


@dataclass(frozen=True, slots=True)
class Often:
    """How large a part of the visits the one who comes most often has, as averages of shares 0..1 per citizen."""

    citizens: int
    before: float
    planned: float
    greatest: float

    @property
    def reached(self) -> float:
        """How much of what the shifts allow the proposal reaches, 0..1: what is proposed over the most possible."""
        return self.planned / self.greatest if self.greatest else 0.0


@dataclass(frozen=True, slots=True)
class ForTheWeek:
    """Why a helper comes who is not the cheapest that day: she comes on other days too.

    instead_id: who would have been cheaper. days: the others when she comes to the citizen, as proposed or on lists
    that stand. today: points the day alone would save with the other; weeks: points the days together would lose by it.
    """

    visit_id: int
    employee_id: int
    instead_id: int
    days: tuple[date, ...]
    today: float
    weeks: float


class ForWeek(StrEnum):
    """What the days together say for a change, beside the day's own reasons (rules.reasons)."""

    FOR_THE_WEEK = "FOR_THE_WEEK"
    """Somebody else would have been better that day, but she comes on other days too."""
    WEEK = "WEEK"
    """She comes on other days too."""
    WEEK_ROUND = "WEEK_ROUND"
    """The same of a whole list: at so many of its visits."""


MOST_GIVEN_UP = 2
"""Of a whole list, so many visits are named for which the day gives something up: those that give up most."""


def week_grounds(
    found: Grounds,
    day: Day,
    group: Group,
    *,
    comes: Mapping[tuple[int, int], frozenset[date]],
    given_up: Iterable[ForTheWeek],
) -> Grounds:
    """Return a change's grounds with what the days together say of those who would come anew.

    comes: (citizen, employee) → the days when she is there. given_up: the day's visits that give up something today.
    What a change gives up stands first; that she comes on other days too, after the day's own reasons for it.
    """
    old = {(row.visit_id, row.employee_id) for row in group.before}
    new = [row for row in group.after if (row.visit_id, row.employee_id) not in old]
    gives = {(each.visit_id, each.employee_id): each for each in given_up}
    own = [gives[row.visit_id, row.employee_id] for row in new if (row.visit_id, row.employee_id) in gives]
    own.sort(key=lambda each: (-each.today, each.visit_id, each.employee_id))
    first, then = [_gives_up(each) for each in own], []
    for row in new:
        days = _others(comes, day, day.call_by_id[row.visit_id].citizen_id, row.employee_id)
        if days and (row.visit_id, row.employee_id) not in gives:
            then.append(Reason("+", ForWeek.WEEK, row.visit_id, row.employee_id, count=len(days), days=_iso(days)))
    if group.kind is ChangeKind.ROUND:
        count = len(first) + len(then)
        then = [Reason("+", ForWeek.WEEK_ROUND, count=count, total=len(group.after))] if count else []
        first, then = [], [*then, *first[:MOST_GIVEN_UP]]
    plus = [reason for reason in found.reasons if reason.sign == "+"]
    minus = [reason for reason in found.reasons if reason.sign != "+"]
    prices = [
        {"visit": each.visit_id, "employee": each.employee_id, "instead": each.instead_id, "today": each.today,
         "weeks": each.weeks, "days": list(_iso(each.days))}
        for each in own
    ]  # fmt: skip
    extra = {**found.extra, "given_up": prices} if prices else found.extra
    return replace(found, reasons=(*first, *plus, *then, *minus), extra=extra)


def _gives_up(each: ForTheWeek) -> Reason:
    return Reason(
        "+", ForWeek.FOR_THE_WEEK, each.visit_id, each.employee_id,
        count=len(each.days), days=_iso(each.days), other_id=each.instead_id,
    )  # fmt: skip


def _others(
    comes: Mapping[tuple[int, int], frozenset[date]], day: Day, citizen_id: int, employee_id: int
) -> tuple[date, ...]:
    return tuple(sorted(comes.get((citizen_id, employee_id), frozenset()) - {day.on}))


def _iso(days: Iterable[date]) -> tuple[str, ...]:
    return tuple(day.isoformat() for day in days)


class PartState(StrEnum):
    """How one day's proposal stands."""

    OPEN = "OPEN"
    """There are changes to decide, and the lists are as they were."""
    DECIDED = "DECIDED"
    """Every change is decided, and some were accepted."""
    NOTHING = "NOTHING"
    """There was nothing to change, or every change was refused."""
    CHANGED = "CHANGED"
    """Somebody has worked on the lists since: that day is decided on its own page."""
    IN_USE = "IN_USE"
    """The lists have been taken into use since."""
    REPLACED = "REPLACED"
    """A newer proposal has been asked for on that day."""


def means(faces: Iterable[Faces]) -> Means:
    """Return the averages per citizen; each citizen counts once, whatever help she gets."""
    every = list(faces)
    if not every:
        return Means(0, 0.0, 0.0, 0.0)
    return Means(
        len(every),
        fmean(each.before for each in every),
        fmean(each.planned for each in every),
        fmean(each.least for each in every),
    )


def often(faces: Iterable[Faces]) -> Often | None:
    """Return how often the same one comes, each citizen once; None with fewer than five citizens that can be counted.

    Counted are those with at least four visits in both windows. Source: K-2 and K-7 of our catalogue of measures.
    """
    every = [
        each
        for each in faces
        if min(each.often_before[1], each.often_planned[1], each.often_greatest[1]) >= ENOUGH_VISITS
    ]
    if len(every) < ENOUGH_CITIZENS:
        return None
    return Often(
        len(every),
        fmean(_share(each.often_before) for each in every),
        fmean(_share(each.often_planned) for each in every),
        fmean(_share(each.often_greatest) for each in every),
    )


def _share(counted: tuple[int, int]) -> float:
    most, visits = counted
    return most / visits


def time_for(visits: int) -> float:
    """Return how much of a whole part's time a part of a day with so many visits is searched, 0..1.

    A night with five visits needs no two seconds; from twenty on, a part has all of its time.
    """
    return min(1.0, visits / FULL_PART)


def main_window(days: int) -> int:
    """Return the window that so many planned days are judged by first: the shortest that holds them."""
    return next((window for window in WINDOWS if window >= days), WINDOWS[-1])


def helpers_of(meetings: Iterable[Meeting]) -> dict[int, int]:
    """Return citizen → different helpers."""
    found: dict[int, set[int]] = {}
    for each in meetings:
        found.setdefault(each.citizen_id, set()).add(each.employee_id)
    return {citizen_id: len(helpers) for citizen_id, helpers in found.items()}


def spread(counts: Iterable[int]) -> Mapping[int, int]:
    """Return how many citizens have each number of helpers, in rising order of helpers."""
    values = sorted(counts)
    return {value: values.count(value) for value in dict.fromkeys(values)}


def state_of(*, proposal_state: str, in_use: bool, touched_since: bool, undecided: int, accepted: int = 0) -> PartState:
    """Return how one day's proposal stands. touched_since: by anything but accepting what is proposed.

    undecided, accepted: its changes.
    """
    if proposal_state == "OUTDATED":
        return PartState.REPLACED
    if not undecided:
        return PartState.DECIDED if accepted else PartState.NOTHING
    if in_use:
        return PartState.IN_USE
    return PartState.CHANGED if touched_since else PartState.OPEN
