"""Who hears what, and who answers whom: the one file that tells what follows what."""

from collections.abc import Sequence

from tillit.foundation.access import belonging, grounds, sources
from tillit.foundation.login import demo_door
from tillit.foundation.organisation import sources as organisation_sources
from tillit.kernel import events


def connect() -> None:
    """Connect the floors. Called once at start-up; calling again changes nothing."""
    answers()
    news()


def answers() -> None:
    """Questions that a lower floor asks and an upper one answers."""
    from tillit.care.careplans import sources as careplan_sources
    from tillit.care.careplans.answers import DecisionAnswers
    from tillit.care.citizens import sources as citizen_sources
    from tillit.care.citizens.answers import HandoversInFlight
    from tillit.care.citizens.queries.addresses import addresses_in_reach
    from tillit.care.citizens.queries.counts import count_by_unit
    from tillit.care.citizens.queries.grounds import citizen_grounds
    from tillit.care.citizens.queries.standing import with_reach
    from tillit.care.decisions import sources as decision_sources
    from tillit.care.decisions.answers import CasesInFlight
    from tillit.care.decisions.queries.grounds import case_grounds
    from tillit.care.decisions.queries.letter_reach import reaches_letter
    from tillit.care.journal import sources as journal_sources
    from tillit.care.journal.keepers import NoteKeeper
    from tillit.care.letters import sources as letter_sources
    from tillit.care.needs.answers_journal import MattersKeeper, TalkKeeper
    from tillit.care.visits.answers import HandoverAnswers, PlanAnswers
    from tillit.care.visits.answers_decisions import DeliveryAnswers
    from tillit.care.visits.answers_journal import AnswerKeeper, ChangeKeeper, ReportKeeper
    from tillit.care.visits.queries.visited import visited_on
    from tillit.config.places import place_of
    from tillit.exchange.files.retention import UPLOADS
    from tillit.exchange.person.retention import EXPORTS, RECORDS
    from tillit.foundation.keeping import retention
    from tillit.foundation.keeping.kinds import JOBS, LOGS, WAYS_IN
    from tillit.foundation.responsibility import sources as responsibility_sources
    from tillit.foundation.workforce.actors import actor_of
    from tillit.teamwork.planning.queries import begun_lists
    from tillit.teamwork.planning.retention import PLANS

    sources.register_actor_source(actor_of)
    sources.register_reach_source(with_reach)
    belonging.register_belonging_source(place_of)
    grounds.register_ground_source(citizen_grounds)
    grounds.register_ground_source(case_grounds)
    organisation_sources.register_citizen_counter(count_by_unit)
    organisation_sources.register_list_source(begun_lists)
    organisation_sources.register_address_source(addresses_in_reach)
    careplan_sources.register_visit_source(PlanAnswers())
    decision_sources.register_plan_source(DecisionAnswers())
    decision_sources.register_delivery_source(DeliveryAnswers())
    letter_sources.register_letter_reach(reaches_letter)
    journal_sources.register_keeper("NOTE", NoteKeeper())
    journal_sources.register_keeper("REPORT", ReportKeeper())
    journal_sources.register_keeper("CHANGE", ChangeKeeper())
    journal_sources.register_keeper("ANSWER", AnswerKeeper())
    journal_sources.register_keeper("TALK", TalkKeeper())
    journal_sources.register_keeper("MATTERS", MattersKeeper())
    citizen_sources.register_known_source(HandoverAnswers())
    citizen_sources.register_visit_source(visited_on)
    responsibility_sources.register_in_flight_source(HandoversInFlight())
    responsibility_sources.register_in_flight_source(CasesInFlight())
    demo_door.register_demo_accounts(_demo_accounts)
    for kind in (RECORDS, LOGS, WAYS_IN, UPLOADS, EXPORTS, PLANS, JOBS):  # jobs after what still holds them
        retention.register(kind)


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
        CitizenMovesIn,
        CitizensMerged,
        CitizensTakenIn,
        EmployeeBarred,
        FollowingChanged,
        HandoverAnswered,
        HelpEnded,
        HelpResumed,
        MergeUndone,
    )
    from tillit.care.decisions import listeners as case_listeners
    from tillit.care.decisions import listeners_lifetime as cases
    from tillit.care.decisions import listeners_whereabouts as stops
    from tillit.care.decisions.events import CaseMoved, DecisionMade
    from tillit.care.journal import listeners as journal
    from tillit.care.needs import listeners as needs
    from tillit.care.visits import listeners as visits
    from tillit.care.visits.events import VisitsChanged
    from tillit.foundation.access.events import AccountClosed
    from tillit.foundation.login import listeners as login
    from tillit.foundation.workforce.events import EmployeeAbsent
    from tillit.teamwork.planning import actions as planning
    from tillit.teamwork.planning.events import ListsChanged, ListsPublished

    events.listen(AccountClosed, login.on_account_closed)
    events.listen(PlanStarted, visits.on_plan_started)
    events.listen(PlansTakenIn, visits.on_plans_taken_in)
    events.listen(CitizenAway, visits.on_citizen_away)
    events.listen(CitizenHome, visits.on_citizen_home)
    events.listen(CitizenAway, stops.on_citizen_away)
    events.listen(CitizenHome, stops.on_citizen_home)
    events.listen(FollowingChanged, visits.on_following_changed)
    events.listen(CaseMoved, case_listeners.on_case_moved)
    events.listen(CitizenMovesIn, case_listeners.on_citizen_moves_in)
    events.listen(HandoverAnswered, cases.on_handover_answered)
    events.listen(CitizensTakenIn, visits.on_citizens_taken_in)
    # Plans before visits: visits are made of what the plan says then.
    events.listen(HelpEnded, plans.on_help_ended)
    events.listen(HelpEnded, visits.on_help_ended)
    events.listen(HelpEnded, cases.on_help_ended)
    events.listen(HelpResumed, cases.on_help_resumed)
    events.listen(HelpResumed, plans.on_help_resumed)
    events.listen(HelpResumed, visits.on_help_resumed)
    events.listen(CitizensMerged, needs.on_citizens_merged)
    events.listen(CitizensMerged, cases.on_citizens_merged)
    events.listen(CitizensMerged, plans.on_citizens_merged)
    events.listen(CitizensMerged, visits.on_citizens_merged)
    events.listen(CitizensMerged, journal.on_citizens_merged)
    events.listen(MergeUndone, needs.on_merge_undone)
    events.listen(MergeUndone, cases.on_merge_undone)
    events.listen(MergeUndone, plans.on_merge_undone)
    events.listen(MergeUndone, visits.on_merge_undone)
    events.listen(MergeUndone, journal.on_merge_undone)  # after those who keep the words
    events.listen(DecisionMade, cases.on_decision_made)
    events.listen(EmployeeAbsent, planning.follow_absence)
    # Lists before the visits on no list.
    events.listen(EmployeeBarred, planning.follow_barring)
    events.listen(EmployeeBarred, visits.on_employee_barred)
    events.listen(VisitsChanged, planning.follow_visits)
    events.listen(ListsPublished, planning.follow_lists_in_use)
    events.listen(ListsChanged, planning.follow_lists_in_use)
