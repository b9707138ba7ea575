"""What the team has against what it needs, in minutes (R26). Worked example in docs/how-we-count/capacity.md."""

from dataclasses import dataclass
from datetime import timedelta

from tillit.teamwork.planning.rules import breaks
from tillit.teamwork.planning.rules.day import Day

TRAVEL_FOR_EACH_VISIT = 6
"""Minutes on the way for each helper's visit, until lists are made: the team's own lists replace it where there are."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """Minutes needed for visits and the way, minutes at hand, and visits nobody has."""

    need_minutes: int
    have_minutes: int
    at_work: int
    visits: int
    uncovered: int
    is_listed: bool
    """Whether the day's lists have been started: until then every visit is uncovered, and that is no alarm."""

    @property
    def lacking_minutes(self) -> int:
        """What is missing; 0 when there is enough."""
        return max(0, self.need_minutes - self.have_minutes)


def of_day(day: Day, *, is_listed: bool, travel_minutes: int | None = None) -> Capacity:
    """Return the day's capacity.

    Need: minutes of each visit times its helpers, and the way. Have: shifts of those who visit, less break and
    meetings. travel_minutes: what the lists give, when all visits are covered; else so much for each visit.
    """
    parts = sum(call.helpers for call in day.calls)
    care = sum(call.minutes * call.helpers for call in day.calls)
    way = travel_minutes if travel_minutes is not None else parts * TRAVEL_FOR_EACH_VISIT
    have = timedelta()
    at_work = 0
    for worker in day.workers:
        if not worker.visits:
            continue
        at_work += 1
        have += worker.ends_at - worker.starts_at
        have -= sum((meeting.ends_at - meeting.starts_at for meeting in worker.meetings), timedelta())
        if breaks.window_of(day, worker):
            have -= breaks.LENGTH
    return Capacity(
        need_minutes=care + way,
        have_minutes=max(0, int(have.total_seconds() // 60)),
        at_work=at_work,
        visits=len(day.calls),
        uncovered=len(day.uncovered),
        is_listed=is_listed,
    )
