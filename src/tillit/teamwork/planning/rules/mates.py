"""Where a colleague is in her list: done of how many, the next one's time, when she is free. Nothing is clocked (R29).

From the lists and from what she has said herself. Worked example in docs/how-we-count/mates.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tillit.teamwork.planning.rules import breaks
from tillit.teamwork.planning.rules.day import GRID, Day, Worker

SHORTEST_FREE = timedelta(minutes=20)
"""A free time shorter than this is the way between two doors."""


@dataclass(frozen=True, slots=True)
class Free:
    """Time on a list where nothing is put: [starts_at, ends_at)."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """How far somebody has come in her list. next_at: when the first visit not said to be done begins, late or not."""

    done: int
    visits: int
    next_at: datetime | None
    free: tuple[Free, ...]


def standing(day: Day, worker: Worker, *, done: frozenset[int], now: datetime) -> Standing:
    """Return how far a helper has come at `now` (aware UTC). done: visits somebody has said are done.

    Free is what is left of her shift from now without visits, meetings and break, the pieces of at least twenty
    minutes. A visit that is late counts as if it began now. The way between doors is not taken out.
    """
    rows = day.rows_of_worker.get(worker.employee_id, ())
    left = [row for row in rows if row.visit_id not in done]
    begins = {row.visit_id: max(row.starts_at, now) for row in left}
    taken = [(at, _up(at + day.call_by_id[visit_id].length)) for visit_id, at in begins.items()]
    taken += [(meeting.starts_at, meeting.ends_at) for meeting in worker.meetings]
    pause = breaks.of_worker(day, worker)
    if pause is not None:
        taken.append((pause, pause + breaks.LENGTH))
    return Standing(
        done=len(rows) - len(left),
        visits=len(rows),
        next_at=left[0].starts_at if left else None,
        free=between(taken, first=_up(max(now, worker.starts_at)), last=worker.ends_at),
    )


def between(taken: Iterable[tuple[datetime, datetime]], *, first: datetime, last: datetime) -> tuple[Free, ...]:
    """Return what is free in [first, last) beside what is taken, in order, without the short pieces."""
    found: list[Free] = []
    at = first
    for begins, ends in sorted([*taken, (last, last)]):
        if min(begins, last) - at >= SHORTEST_FREE:
            found.append(Free(at, min(begins, last)))
        at = max(at, ends)
    return tuple(found)


def _up(moment: datetime) -> datetime:
    """The moment, up to whole five minutes."""
    step = GRID.total_seconds()
    seconds = -(-moment.timestamp() // step) * step
    return datetime.fromtimestamp(seconds, tz=moment.tzinfo)
