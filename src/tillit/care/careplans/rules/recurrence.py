"""On which days an intervention happens, and when in the day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from tillit.kernel import oslo, red_days
from tillit.kernel.periods import Period, each_day

EVERY_DAY = frozenset({1, 2, 3, 4, 5, 6, 7})
NIGHT = "NIGHT"
PARTS_OF_DAY = ("MORNING", "MIDDAY", "AFTERNOON", "EVENING", NIGHT)
NOON = time(12)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The days of an intervention.

    weekdays: ISO numbers, 1 is Monday. every_weeks: 1 is each week, 3 every third, counted from the ISO week
    (Monday to Sunday) of `starts_on`. ends_on: the last day, included. skip_holidays: leaves out days with a
    holiday's name (kernel.red_days.name_of); an ordinary Sunday is not one, for a writer who wants no Sundays
    says so with `weekdays`.
    """

    weekdays: frozenset[int]
    starts_on: date
    every_weeks: int = 1
    ends_on: date | None = None
    skip_holidays: bool = False

    def __post_init__(self) -> None:
        if self.every_weeks < 1:
            raise ValueError("At least every week.")

    def happens_on(self, day: date) -> bool:
        """Whether the intervention happens on `day`."""
        if day < self.starts_on or (self.ends_on is not None and day > self.ends_on):
            return False
        if day.isoweekday() not in self.weekdays:
            return False
        if (_monday(day) - _monday(self.starts_on)).days // 7 % self.every_weeks:
            return False
        return not (self.skip_holidays and red_days.name_of(day))

    def days(self, first: date, after: date) -> Iterator[date]:
        """Yield the days it happens from `first` up to, not including, `after`."""
        return (day for day in each_day(first, after) if self.happens_on(day))


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """When in the day it may start, in clock time in Oslo. A `latest` before `earliest` is past midnight."""

    part: str
    earliest: time
    latest: time
    wished: time | None = None

    def window_on(self, day: date) -> Period:
        """Return the earliest and the latest start that belong to `day`, as moments (aware UTC).

        A night belongs to the day it begins: a NIGHT time before noon is on the calendar day after. The clock
        may jump in between: 02.30 on the last Sunday of March is read as 03.30, in October it is the first 02.30.
        """
        if self.part == NIGHT and self.earliest < NOON:
            return oslo.span(day + timedelta(days=1), self.earliest, self.latest)
        return oslo.span(day, self.earliest, self.latest)


@dataclass(frozen=True, slots=True)
class PlannedHelp:
    """One intervention of a plan in use, as visits are made from it.

    line: the same through versions of the plan. minutes: what the writer thinks it takes. competence: code, or "".
    kind: an InterventionKind. priority: 1 gives way last. least_minutes/most_minutes: between the starts of two
    times on one day. needs_own_visit: not together with other help at that time. unit_id: whom the plan names to carry
    it out (rules.carrying); None is the citizen's main unit.
    """

    intervention_id: int
    line: int
    title: str
    kind: str
    minutes: int
    recurrence: Recurrence
    times: tuple[TimeOfDay, ...]
    how: str = ""
    goal_words: str = ""
    helpers: int = 1
    competence: str = ""
    priority: int = 2
    needs_own_visit: bool = False
    least_minutes: int | None = None
    most_minutes: int | None = None
    rank: int = 0
    unit_id: int | None = None


def weekdays_of(text: str) -> frozenset[int]:
    """Read the stored form: "135" is Monday, Wednesday and Friday. Signs that are no weekday are left out."""
    return frozenset(int(sign) for sign in text if sign in "1234567")


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
