"""What visits do when something happens with plans and citizens. Wired in `tillit.config.wiring`."""

from datetime import date, datetime, timedelta

from tillit.care.careplans.events import PlansTakenIn, PlanStarted
from tillit.care.citizens.events import (
    CitizenAway,
    CitizenHome,
    CitizensMerged,
    CitizensTakenIn,
    EmployeeBarred,
    FollowingChanged,
    HelpEnded,
    HelpResumed,
    MergeUndone,
)
from tillit.care.visits import actions, queries
from tillit.care.visits.actions import barring, ending, merging, pausing
from tillit.care.visits.rules.generation import HORIZON_DAYS
from tillit.foundation.access.actor import system
from tillit.kernel import oslo

ACTOR = system("Besøk fra planer")


def on_plan_started(event: PlanStarted) -> None:
    """Make the coming visits what the new plan says; minutes the writer changed count over what was learned."""
    actions.forget_changed(actor=ACTOR, citizen_id=event.citizen_id, plan_id=event.plan_id, at=event.at)
    _make_again(event.citizen_id, at=event.at, days=HORIZON_DAYS)


def on_plans_taken_in(event: PlansTakenIn) -> None:
    """Make the coming visits what the new plans say; minutes that a file changed count over what was learned."""
    actions.forget_lines(actor=ACTOR, lines=event.new_minutes, at=event.at)
    _make_again(*event.citizen_ids, at=event.at, days=HORIZON_DAYS)


def on_citizen_away(event: CitizenAway) -> None:
    """Pause the visits from then on that she cannot be met at. The days ahead are rolled at night."""
    pausing.pause_added(actor=ACTOR, citizen_id=event.citizen_id, at=event.at or event.from_at)
    last = queries.last_day_of(event.citizen_id)
    today = oslo.day_of(event.from_at)
    if last is not None and last >= _night_before(today):
        _make_again(event.citizen_id, at=event.from_at, days=(last - today).days + 1)


def on_citizen_home(event: CitizenHome) -> None:
    """Let the visits begin again from the moment she is home, and pause those before it: the day may have been put off.

    Makes the fortnight from then, when it lies within one. What is past stays as it was.
    """
    pausing.let_added_go_on(actor=ACTOR, citizen_id=event.citizen_id, at=event.at)
    ahead = (oslo.day_of(event.to_at) - oslo.day_of(event.at)).days
    days = HORIZON_DAYS + (ahead if 0 < ahead <= HORIZON_DAYS else 0)
    _make_again(event.citizen_id, at=event.at, days=days)


def on_following_changed(event: FollowingChanged) -> None:
    """Let the coming visits be theirs who follow the citizen then. Without anybody her help ends: `on_help_ended`."""
    if event.unit_ids:
        _make_again(event.citizen_id, at=event.at, days=HORIZON_DAYS)


def on_citizens_taken_in(event: CitizensTakenIn) -> None:
    """Let the coming visits of those who were handed over be theirs who follow them then."""
    if event.handed_over_ids:
        _make_again(*event.handed_over_ids, at=event.at, days=HORIZON_DAYS)


def on_employee_barred(event: EmployeeBarred) -> None:
    """Let her go to the citizen no more, on the days that have no lists either."""
    barring.take_off(actor=ACTOR, citizen_id=event.citizen_id, employee_id=event.employee_id, at=event.at)


def on_help_ended(event: HelpEnded) -> None:
    """Take the coming visits away: the dead have none, others none from the first day without help."""
    last = queries.last_day_of(event.citizen_id)
    today = oslo.day_of(event.at)
    if last is not None and last >= _night_before(today):
        _make_again(event.citizen_id, at=event.at, days=(last - today).days + 1)
    ending.cancel_the_rest(
        actor=ACTOR, citizen_id=event.citizen_id, ends_on=event.ends_on, is_death=event.is_death, at=event.at
    )


def on_help_resumed(event: HelpResumed) -> None:
    """Bring back the coming visits, as far as there is a plan in use."""
    ending.bring_back_the_rest(actor=ACTOR, citizen_id=event.citizen_id, at=event.at)
    _make_again(event.citizen_id, at=event.at, days=HORIZON_DAYS)


def on_citizens_merged(event: CitizensMerged) -> None:
    """Let the visits hang on the right citizen, and make the coming ones what the plan in use says."""
    moved = merging.move_visits(actor=event.actor, wrong_id=event.wrong_id, right_id=event.right_id, at=event.at)
    _make_all_again(event.right_id, at=event.at)
    merging.remember_visits(event.merge_id, moved)


def on_merge_undone(event: MergeUndone) -> None:
    """Let the visits hang where they did, and make the coming ones of both what their plans say."""
    merging.put_back_visits(
        actor=event.actor, merge_id=event.merge_id, wrong_id=event.wrong_id, right_id=event.right_id, at=event.at
    )
    for citizen_id in (event.right_id, event.wrong_id):
        _make_all_again(citizen_id, at=event.at)


def _make_all_again(citizen_id: int, *, at: datetime) -> None:
    """Make visits for the fortnight ahead, or as far as there are any."""
    last = queries.last_day_of(citizen_id)
    days = (last - oslo.day_of(at)).days + 1 if last else 0
    _make_again(citizen_id, at=at, days=max(HORIZON_DAYS, days))


def _make_again(*citizen_ids: int, at: datetime, days: int) -> None:
    today = oslo.day_of(at)
    actions.make_visits(
        actor=ACTOR,
        citizen_ids=citizen_ids,
        unit_id=None,
        first=_night_before(today),
        after=today + timedelta(days=days),
        at=at,
    )


def _night_before(today: date) -> date:
    """The night that began yesterday may still have visits to come."""
    return today - timedelta(days=1)
