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
    from tillit.care.citizens.queries.lookups import names_in_reach
    from tillit.care.consents.queries import consent_grounds, with_doors
    from tillit.care.courses.answers_journal import CourseKeeper
    from tillit.care.decisions import sources as decision_sources
    from tillit.care.decisions.answers import CasesInFlight
    from tillit.care.decisions.queries.grounds import case_grounds
    from tillit.care.decisions.queries.letter_reach import reaches_letter
    from tillit.care.evaluations.answers_journal import EvaluationKeeper, MeasureKeeper
    from tillit.care.journal import sources as journal_sources
    from tillit.care.journal.keepers import NoteKeeper
    from tillit.care.letters import sources as letter_sources
    from tillit.care.needs.answers_journal import MattersKeeper, TalkKeeper
    from tillit.care.notices.answers_journal import NoticeKeeper, ReplyKeeper
    from tillit.care.notices.retention import NOTICES
    from tillit.care.observations.answers_journal import ObservationKeeper, UsualKeeper, WatchKeeper
    from tillit.care.observations.delivered import CheckAct, ObservationAct
    from tillit.care.photos.answers_journal import PhotoKeeper
    from tillit.care.photos.delivered import PhotoAct
    from tillit.care.therapy.answers_journal import TherapyKeeper
    from tillit.care.therapy.queries.grounds import therapy_grounds
    from tillit.care.visits.answers import HandoverAnswers, PlanAnswers
    from tillit.care.visits.answers_decisions import DeliveryAnswers
    from tillit.care.visits.answers_journal import AnswerKeeper, ChangeKeeper, ReportKeeper
    from tillit.care.visits.delivered import ChangeAct, ReportAct, UndoAct
    from tillit.care.visits.delivered_planning import CancelAct, MoveAct
    from tillit.care.visits.queries.visited import visited_on
    from tillit.config.places import place_of
    from tillit.exchange.files.retention import UPLOADS
    from tillit.exchange.person.retention import EXPORTS, RECORDS
    from tillit.foundation.delivery import acts
    from tillit.foundation.delivery.queries import needs_key
    from tillit.foundation.delivery.retention import DELIVERIES
    from tillit.foundation.keeping import retention, rotating
    from tillit.foundation.keeping.kinds import JOBS, LOGS, WAYS_IN
    from tillit.foundation.responsibility import sources as responsibility_sources
    from tillit.foundation.workforce.actors import actor_of
    from tillit.learning.improvement.answers import frozen_baseline, frozen_baselines
    from tillit.learning.improvement.retention import PILOTS
    from tillit.learning.insight import sources as insight_sources
    from tillit.learning.surveys.retention import SURVEYS
    from tillit.teamwork.changeover.retention import CHANGEOVERS
    from tillit.teamwork.deviations.retention import DEVIATIONS
    from tillit.teamwork.planning.delivered import GiveBackAct, HandOverAct, TakeAct
    from tillit.teamwork.planning.queries import begun_lists
    from tillit.teamwork.planning.retention import PLANS

    sources.register_actor_source(actor_of)
    sources.register_reach_source(with_doors)
    belonging.register_belonging_source(place_of)
    grounds.register_ground_source(citizen_grounds)
    grounds.register_ground_source(case_grounds)
    grounds.register_ground_source(consent_grounds)
    grounds.register_ground_source(therapy_grounds)
    organisation_sources.register_citizen_counter(count_by_unit)
    organisation_sources.register_list_source(begun_lists)
    organisation_sources.register_address_source(addresses_in_reach)
    careplan_sources.register_visit_source(PlanAnswers())
    insight_sources.register_baseline_source(frozen_baselines)
    insight_sources.register_frozen_source(frozen_baseline)
    decision_sources.register_plan_source(DecisionAnswers())
    decision_sources.register_delivery_source(DeliveryAnswers())
    letter_sources.register_letter_reach(reaches_letter)
    journal_sources.register_keeper("NOTE", NoteKeeper())
    journal_sources.register_keeper("REPORT", ReportKeeper())
    journal_sources.register_keeper("CHANGE", ChangeKeeper())
    journal_sources.register_keeper("ANSWER", AnswerKeeper())
    journal_sources.register_keeper("TALK", TalkKeeper())
    journal_sources.register_keeper("MATTERS", MattersKeeper())
    journal_sources.register_keeper("NOTICE", NoticeKeeper())
    journal_sources.register_keeper("REPLY", ReplyKeeper())
    journal_sources.register_keeper("EVALUATION", EvaluationKeeper())
    journal_sources.register_keeper("MEASURE", MeasureKeeper())
    journal_sources.register_keeper("COURSE", CourseKeeper())
    journal_sources.register_keeper("THERAPY", TherapyKeeper())
    rotating.register_need(needs_key)
    acts.register_names(names_in_reach)
    acts.register("visit.report", ReportAct())
    acts.register("visit.undo", UndoAct())
    acts.register("visit.change", ChangeAct())
    acts.register("visit.move", MoveAct())
    acts.register("visit.cancel", CancelAct())
    acts.register("observation.add", ObservationAct())
    acts.register("observation.check", CheckAct())
    acts.register("photo.add", PhotoAct())
    acts.register("visit.hand_over", HandOverAct())
    acts.register("visit.take", TakeAct())
    acts.register("visit.give_back", GiveBackAct())
    journal_sources.register_keeper("OBSERVED", ObservationKeeper())
    journal_sources.register_keeper("WATCH_END", WatchKeeper())
    journal_sources.register_keeper("USUAL", UsualKeeper())
    journal_sources.register_keeper("PHOTO", PhotoKeeper())
    citizen_sources.register_known_source(HandoverAnswers())
    citizen_sources.register_visit_source(visited_on)
    responsibility_sources.register_in_flight_source(HandoversInFlight())
    responsibility_sources.register_in_flight_source(CasesInFlight())
    demo_door.register_demo_accounts(_demo_accounts)
    kinds = (
        RECORDS,
        LOGS,
        DELIVERIES,
        WAYS_IN,
        UPLOADS,
        EXPORTS,
        PLANS,
        NOTICES,
        CHANGEOVERS,
        DEVIATIONS,
        PILOTS,
        SURVEYS,
        JOBS,
    )  # jobs after what still holds them
    for kind in kinds:
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
        CitizenRegistered,
        CitizensMerged,
        CitizensTakenIn,
        EmployeeBarred,
        FollowingChanged,
        HandoverAnswered,
        HelpEnded,
        HelpResumed,
        MergeUndone,
        ResponsibleNamed,
    )
    from tillit.care.courses import listeners as courses
    from tillit.care.decisions import listeners as case_listeners
    from tillit.care.decisions import listeners_lifetime as cases
    from tillit.care.decisions import listeners_whereabouts as stops
    from tillit.care.decisions.events import CaseMoved, DecisionMade
    from tillit.care.evaluations import listeners as evaluations
    from tillit.care.journal import listeners as journal
    from tillit.care.needs import listeners as needs
    from tillit.care.notices import listeners as notices
    from tillit.care.observations import listeners as observations
    from tillit.care.photos import listeners as photos
    from tillit.care.therapy import listeners as therapy
    from tillit.care.visits import listeners as visits
    from tillit.care.visits.events import VisitPlannedAgain, VisitReported, VisitsChanged
    from tillit.foundation.access.events import AccountClosed
    from tillit.foundation.delivery import listeners as delivery
    from tillit.foundation.login import listeners as login
    from tillit.foundation.workforce.events import EmployeeAbsent, EmployeeBack, EmployeesTakenIn
    from tillit.learning.insight import listeners as insight
    from tillit.teamwork.deviations import listeners as deviations
    from tillit.teamwork.planning import actions as planning
    from tillit.teamwork.planning.events import ListsChanged, ListsPublished

    events.listen(AccountClosed, login.on_account_closed)
    events.listen(AccountClosed, delivery.on_account_closed)
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
    events.listen(CitizensMerged, evaluations.on_citizens_merged)
    events.listen(CitizensMerged, courses.on_citizens_merged)
    events.listen(CitizensMerged, therapy.on_citizens_merged)
    events.listen(CitizensMerged, notices.on_citizens_merged)
    events.listen(CitizensMerged, observations.on_citizens_merged)
    events.listen(CitizensMerged, photos.on_citizens_merged)
    events.listen(CitizensMerged, deviations.on_citizens_merged)
    events.listen(CitizensMerged, journal.on_citizens_merged)
    events.listen(MergeUndone, needs.on_merge_undone)
    events.listen(MergeUndone, cases.on_merge_undone)
    events.listen(MergeUndone, plans.on_merge_undone)
    events.listen(MergeUndone, visits.on_merge_undone)
    events.listen(MergeUndone, evaluations.on_merge_undone)
    events.listen(MergeUndone, courses.on_merge_undone)
    events.listen(MergeUndone, therapy.on_merge_undone)
    events.listen(MergeUndone, notices.on_merge_undone)
    events.listen(MergeUndone, observations.on_merge_undone)
    events.listen(MergeUndone, photos.on_merge_undone)
    events.listen(MergeUndone, deviations.on_merge_undone)
    events.listen(MergeUndone, journal.on_merge_undone)  # after those who keep the words
    events.listen(DecisionMade, cases.on_decision_made)
    events.listen(EmployeeAbsent, planning.follow_absence)
    # Lists before the visits on no list.
    events.listen(EmployeeBarred, planning.follow_barring)
    events.listen(EmployeeBarred, visits.on_employee_barred)
    events.listen(EmployeeBarred, therapy.on_employee_barred)
    events.listen(VisitsChanged, planning.follow_visits)
    events.listen(VisitPlannedAgain, planning.follow_planned_again)
    events.listen(ListsPublished, planning.follow_lists_in_use)
    events.listen(ListsChanged, planning.follow_lists_in_use)
    # What figures rest on; after all others, so that what followed of the change is marked too.
    events.listen(VisitsChanged, insight.on_visits_changed)
    events.listen(VisitReported, insight.on_visit_reported)
    events.listen(CitizenRegistered, insight.on_citizen_registered)
    events.listen(FollowingChanged, insight.on_following_changed)
    events.listen(CitizensTakenIn, insight.on_citizens_taken_in)
    events.listen(HelpEnded, insight.on_help_ended)
    events.listen(HelpResumed, insight.on_help_resumed)
    events.listen(ResponsibleNamed, insight.on_responsible_named)
    events.listen(CitizenAway, insight.on_citizen_away)
    events.listen(CitizenHome, insight.on_citizen_home)
    events.listen(CitizensMerged, insight.on_citizens_merged)
    events.listen(MergeUndone, insight.on_merge_undone)
    events.listen(EmployeesTakenIn, insight.on_employees_taken_in)
    events.listen(EmployeeAbsent, insight.on_absence)
    events.listen(EmployeeBack, insight.on_absence)
