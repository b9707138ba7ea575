"""Who hears what, and who answers whom: the one file that tells what follows what."""

from collections.abc import Sequence

from tillit.foundation.access import demo_door, sources
from tillit.foundation.organisation import sources as organisation_sources
from tillit.kernel import events


def connect() -> None:
    """Connect the floors. Called once at start-up; calling again changes nothing."""
    answers()
    news()


def answers() -> None:
    """Questions that a lower floor asks and an upper one answers."""
    from tillit.care.careplans import sources as careplan_sources
    from tillit.care.citizens.queries.addresses import addresses_in_reach
    from tillit.care.citizens.queries.counts import count_by_unit
    from tillit.care.visits.answers import PlanAnswers
    from tillit.foundation.workforce.actors import actor_of
    from tillit.teamwork.planning.queries import begun_lists

    sources.register_actor_source(actor_of)
    organisation_sources.register_citizen_counter(count_by_unit)
    organisation_sources.register_list_source(begun_lists)
    organisation_sources.register_address_source(addresses_in_reach)
    careplan_sources.register_visit_source(PlanAnswers())
    demo_door.register_demo_accounts(_demo_accounts)


def _demo_accounts() -> Sequence[demo_door.DemoAccount]:
    """Ask the demo, which is loaded only when it is asked."""
    from tillit.demo.accounts import demo_accounts

    return demo_accounts()


def news() -> None:
    """What has happened → who hears it, in the same transaction."""
    from tillit.care.careplans import listeners as plans
    from tillit.care.careplans.events import PlansTakenIn, PlanStarted
    from tillit.care.citizens.events import (
        CitizenAway,
        CitizenHome,
        CitizensMerged,
        CitizensTakenIn,
        FollowingChanged,
        HelpEnded,
        HelpResumed,
        MergeUndone,
    )
    from tillit.care.needs import listeners as needs
    from tillit.care.visits import listeners as visits
    from tillit.care.visits.events import VisitsChanged
    from tillit.foundation.workforce.events import EmployeeAbsent
    from tillit.teamwork.planning import actions as planning
    from tillit.teamwork.planning.events import ListsChanged, ListsPublished

    events.listen(PlanStarted, visits.on_plan_started)
    events.listen(PlansTakenIn, visits.on_plans_taken_in)
    events.listen(CitizenAway, visits.on_citizen_away)
    events.listen(CitizenHome, visits.on_citizen_home)
    events.listen(FollowingChanged, visits.on_following_changed)
    events.listen(CitizensTakenIn, visits.on_citizens_taken_in)
    # Plans before visits: visits are made of what the plan says then.
    events.listen(HelpEnded, plans.on_help_ended)
    events.listen(HelpEnded, visits.on_help_ended)
    events.listen(HelpResumed, plans.on_help_resumed)
    events.listen(HelpResumed, visits.on_help_resumed)
    events.listen(CitizensMerged, needs.on_citizens_merged)
    events.listen(CitizensMerged, plans.on_citizens_merged)
    events.listen(CitizensMerged, visits.on_citizens_merged)
    events.listen(MergeUndone, needs.on_merge_undone)
    events.listen(MergeUndone, plans.on_merge_undone)
    events.listen(MergeUndone, visits.on_merge_undone)
    events.listen(EmployeeAbsent, planning.follow_absence)
    events.listen(VisitsChanged, planning.follow_visits)
    events.listen(ListsPublished, planning.follow_lists_in_use)
    events.listen(ListsChanged, planning.follow_lists_in_use)
