"""When somebody who works here only now and then (a temp, or on loan) has her roles: on the days she works."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tillit.kernel import oslo
from tillit.kernel.periods import Period

#: Before a shift to read up, after it to hand over and write: also past midnight.
MARGIN = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class WorkedShift:
    """Working time for a team. is_away: she has said that she does not come."""

    path: str
    works: Period
    is_away: bool = False


def reads_during(works: Period) -> Period:
    """Return when a shift opens and closes what she reads: the whole day it begins, and the margin around it.

    A day shift opens at midnight and closes at midnight. A night from 22.00 to 07.30 opens at midnight before and
    closes at 09.30; a shift from 00.30 opens at 22.30 the evening before.
    """
    day = oslo.whole_day(oslo.day_of(works.start))
    return Period(min(day.start, works.start - MARGIN), max(day.end, works.end + MARGIN))


def places_open(shifts: Iterable[WorkedShift], *, at: datetime) -> tuple[str, ...]:
    """Return the paths of the teams where a shift lets somebody read at `at` (aware UTC), each once, sorted."""
    return tuple(
        sorted({shift.path for shift in shifts if not shift.is_away and reads_during(shift.works).contains(at)})
    )
