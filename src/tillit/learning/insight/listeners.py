"""What changes under figures: every change that one may rest on leaves a mark, in the change's own transaction.

Wired in `tillit.config.wiring`. A mark is about a unit and days; which weeks and months rest on them, `rules.due` says.
A mark too many costs a moment at night; one too few would leave a figure that is not right.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from tillit.care.citizens.events import (
    CitizenAway,
    CitizenHome,
    CitizenRegistered,
    CitizensMerged,
    CitizensTakenIn,
    FollowingChanged,
    HelpEnded,
    HelpResumed,
    MergeUndone,
    ResponsibleNamed,
)
from tillit.care.citizens.facts import followers
from tillit.care.visits.events import VisitReported, VisitsChanged
from tillit.care.visits.facts import days_of
from tillit.foundation.workforce.events import EmployeeAbsent, EmployeeBack, EmployeesTakenIn
from tillit.kernel import oslo
from tillit.learning.insight.actions.stale import mark_every_unit, mark_stale

BEGINNING = date(2000, 1, 1)
LONG_BEFORE = timedelta(days=366)
"""So long before it was said an end of help may have lain."""


def on_visits_changed(event: VisitsChanged) -> None:
    """The weeks of these visits are counted again, for their units and all that follow those citizens."""
    _visits(event.visit_ids, at=event.at)


def on_visit_reported(event: VisitReported) -> None:
    """A report may come, be corrected or be taken back long after its week was counted."""
    _visits((event.visit_id,), at=event.at)


def on_citizen_registered(event: CitizenRegistered) -> None:
    """Somebody is followed from a day, which may be past."""
    mark_stale(unit_ids=[event.unit_id], first=event.valid_from, after=None, at=event.at)


def on_following_changed(event: FollowingChanged) -> None:
    """Others follow her from a day: those who did, and those who do."""
    _citizens([event.citizen_id], event.unit_ids, first=event.valid_from, at=event.at)


def on_citizens_taken_in(event: CitizensTakenIn) -> None:
    """A file told who is followed by whom from a day, and corrected when some were born."""
    _citizens(
        [*event.registered_ids, *event.handed_over_ids, *event.moved_ids], (), first=event.valid_from, at=event.at
    )
    if event.corrected_ids:
        _citizens(event.corrected_ids, (), first=BEGINNING, at=event.at)


def on_help_ended(event: HelpEnded) -> None:
    """Nobody follows her from a day, which may be past."""
    _citizens([event.citizen_id], (), first=event.ends_on, at=event.at)


def on_help_resumed(event: HelpResumed) -> None:
    """The end was a mistake: she was followed after all, from before it was said."""
    said = oslo.day_of(event.ended_at or event.at)
    _citizens([event.citizen_id], (), first=said - LONG_BEFORE, at=event.at)


def on_responsible_named(event: ResponsibleNamed) -> None:
    """The primary contact is another from a day."""
    _citizens([event.citizen_id], (), first=event.valid_from, at=event.at)


def on_citizen_away(event: CitizenAway) -> None:
    """She was not at home from a moment."""
    _citizens([event.citizen_id], (), first=oslo.day_of(event.from_at), at=event.at or event.from_at)


def on_citizen_home(event: CitizenHome) -> None:
    """She was at home from a moment."""
    _citizens([event.citizen_id], (), first=oslo.day_of(event.to_at), at=event.at)


def on_citizens_merged(event: CitizensMerged) -> None:
    """Two were one all the time: all that was counted with either."""
    _citizens([event.wrong_id, event.right_id], (), first=BEGINNING, at=event.at)


def on_merge_undone(event: MergeUndone) -> None:
    """One was two all the time."""
    _citizens([event.wrong_id, event.right_id], (), first=BEGINNING, at=event.at)


def on_employees_taken_in(event: EmployeesTakenIn) -> None:
    """A file told who has a permanent position, from a day: temps go to every team."""
    mark_every_unit(first=event.valid_from, at=event.at)


def on_absence(event: EmployeeAbsent | EmployeeBack) -> None:
    """Somebody was away in days that may be past, or was not after all."""
    mark_stale(unit_ids=event.unit_ids, first=event.valid_from, after=event.valid_to, at=event.at)


def _visits(visit_ids: Iterable[int], *, at: datetime) -> None:
    units, citizens, days = days_of(visit_ids)
    weeks = {day - timedelta(days=day.weekday()) for day in days}
    everybody = units | followers(citizens) if citizens else units
    for monday in sorted(weeks):
        mark_stale(unit_ids=everybody, first=monday, after=monday + timedelta(days=8), at=at)


def _citizens(citizen_ids: Iterable[int], unit_ids: Iterable[int], *, first: date, at: datetime) -> None:
    mark_stale(unit_ids=followers(citizen_ids) | set(unit_ids), first=first, after=None, at=at)
