"""The visits of one citizen on one day, by the product's own rule (`care.visits.rules.generation`), remembered.

A plan asks for the same visits on every day on which the same interventions happen. The rule is asked once for each
such set and the answer kept in minutes; days on which the clock is changed are always asked anew.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tillit.care.careplans.rules.recurrence import PlannedHelp
from tillit.care.visits.rules.generation import DraftLink, DraftVisit, links_on, visits_on
from tillit.kernel import oslo


@dataclass(frozen=True, slots=True)
class DayVisit:
    """A visit in minutes after the day's first moment."""

    draft: DraftVisit
    earliest: int
    latest: int
    wished: int | None
    clock: int  # what the clock shows at the wished moment, in minutes; -1 without a wish


@dataclass(frozen=True, slots=True)
class DayPlan:
    """The visits of a day and what must lie between them."""

    visits: tuple[DayVisit, ...]
    links: tuple[DraftLink, ...]


class Asked:
    """Answers by plan and set of interventions."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, ...], DayPlan] = {}

    def visits(
        self,
        day: date,
        plan_id: int,
        helps: tuple[PlannedHelp, ...],
        learned: dict[int, int] | None = None,
        beside: frozenset[int] = frozenset(),
    ) -> DayPlan:
        """Return the visits of `day` by this plan. beside: the units that follow the citizen beside her own team."""
        happening = tuple(one for one in helps if one.recurrence.happens_on(day))
        if not happening:
            return _NOTHING
        if clock_changes(day):
            return _ask(day, happening, learned, beside)
        key = (plan_id, bool(learned), *(one.intervention_id for one in happening))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = _ask(day, happening, learned, beside)
        return found

    def forget(self) -> None:
        """Let go of what is remembered: the next team has other plans."""
        self._known.clear()


_NOTHING = DayPlan((), ())
_changes: dict[date, bool] = {}


def clock_changes(day: date) -> bool:
    """Whether the clock is changed during this day or the night that follows it."""
    known = _changes.get(day)
    if known is None:
        length = oslo.whole_day(day).length + oslo.whole_day(day + timedelta(days=1)).length
        known = _changes[day] = length != timedelta(days=2)
    return known


def _ask(day: date, helps: tuple[PlannedHelp, ...], learned: dict[int, int] | None, beside: frozenset[int]) -> DayPlan:
    base = oslo.whole_day(day).start
    drafts = visits_on(day, helps, learned=learned, beside=beside)
    return DayPlan(
        tuple(
            DayVisit(
                draft,
                _minutes(base, draft.earliest_at),
                _minutes(base, draft.latest_at),
                None if draft.wished_at is None else _minutes(base, draft.wished_at),
                -1 if draft.wished_at is None else _clock(draft.wished_at),
            )
            for draft in drafts
        ),
        tuple(links_on(drafts, helps)),
    )


def _minutes(base: datetime, at: datetime) -> int:
    return int((at - base).total_seconds()) // 60


def _clock(at: datetime) -> int:
    clock = oslo.clock_of(at)
    return clock.hour * 60 + clock.minute
