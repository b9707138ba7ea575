"""When people eat: half an hour in a window of the shift, wherever they then are.

A shift of at least five and a half hours has a break (arbeidsmiljøloven § 10-9 asks for one when the day is longer
than that). Windows in Oslo's clock time: day 10.30–13.00, evening 18.00–20.30, night 01.30–04.30. The break floats:
it is placed where the visits leave room, as near the middle as possible, so that nobody has to move it by hand.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from tillit.kernel import oslo
from tillit.teamwork.planning.rules.day import GRID, Day, Row, Worker

LENGTH = timedelta(minutes=30)
SHORTEST_SHIFT = timedelta(hours=5, minutes=30)

_WINDOWS: dict[str, tuple[time, time, time]] = {
    "DAY": (time(10, 30), time(13), time(11, 15)),
    "EVENING": (time(18), time(20, 30), time(19)),
    "NIGHT": (time(1, 30), time(4, 30), time(3)),
}


@dataclass(frozen=True, slots=True)
class BreakWindow:
    """The whole break lies in [earliest_at, latest_end_at); `best_at` is where it stands when all is free."""

    earliest_at: datetime
    latest_end_at: datetime
    best_at: datetime


def window(*, on: date, shift_kind: str, starts_at: datetime, ends_at: datetime) -> BreakWindow | None:
    """Return where the break must lie, or None when the shift is short or does not reach the window."""
    if ends_at - starts_at < SHORTEST_SHIFT or shift_kind not in _WINDOWS:
        return None
    first, last, best = _WINDOWS[shift_kind]
    day = on + timedelta(days=1) if shift_kind == "NIGHT" else on
    earliest = max(oslo.moment(day, first), starts_at)
    latest = min(oslo.moment(day, last), ends_at)
    if earliest + LENGTH > latest:
        return None
    return BreakWindow(earliest, latest, min(max(oslo.moment(day, best), earliest), latest - LENGTH))


def window_of(day: Day, worker: Worker) -> BreakWindow | None:
    """Return the worker's window."""
    return window(on=day.on, shift_kind=day.shift_kind, starts_at=worker.starts_at, ends_at=worker.ends_at)


def place(allowed: BreakWindow, taken: Iterable[tuple[datetime, datetime]]) -> datetime | None:
    """Return the free start nearest to the best one, in steps of five minutes, or None when there is no room.

    taken: what the helper does, [start, end), travel included where it must be kept free.
    """
    busy = tuple(taken)
    for start in _best_first(allowed):
        end = start + LENGTH
        if not any(start < ends and begins < end for begins, ends in busy):
            return start
    return None


@lru_cache(maxsize=256)
def _best_first(allowed: BreakWindow) -> tuple[datetime, ...]:
    """Return every start in the window, the nearest to the best first."""
    steps = (allowed.latest_end_at - LENGTH - allowed.earliest_at) // GRID
    starts = (allowed.earliest_at + step * GRID for step in range(steps + 1))
    return tuple(sorted(starts, key=lambda start: (abs(start - allowed.best_at), start)))


def of_worker(day: Day, worker: Worker, rows: Sequence[Row] | None = None) -> datetime | None:
    """Return when the worker's break starts; None when she has none or there is no room.

    rows: her rows in order of start; without them, those of the lists as they are. The way from one visit to the
    next is kept free; when that leaves no room, only the visits themselves count.
    """
    allowed = window_of(day, worker)
    if allowed is None:
        return None
    own = day.rows_of_worker.get(worker.employee_id, ()) if rows is None else rows
    return place(allowed, _taken(day, worker, own, travel=True)) or place(
        allowed, _taken(day, worker, own, travel=False)
    )


def lacks_room(day: Day, worker: Worker, rows: Sequence[Row] | None = None) -> bool:
    """Whether she ought to have a break and the lists leave none."""
    return window_of(day, worker) is not None and of_worker(day, worker, rows) is None


def _taken(day: Day, worker: Worker, rows: Sequence[Row], *, travel: bool) -> list[tuple[datetime, datetime]]:
    taken = [(meeting.starts_at, meeting.ends_at) for meeting in worker.meetings]
    before = None
    for row in rows:
        call = day.call_by_id[row.visit_id]
        begin = row.starts_at
        if travel and before is not None:
            begin -= timedelta(minutes=day.ways.minutes(worker.travel, before.place, call.place))
        taken.append((begin, row.starts_at + call.length))
        before = call
    return taken
