"""A case as the rules see it: what its next step, its deadlines and its frame depend on."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from tillit.care.citizens.models import Responsible, ResponsibleKind
from tillit.care.decisions import sources
from tillit.care.decisions.models import (
    AdvanceNotice,
    Appeal,
    Assessment,
    Case,
    CasePractice,
    Decision,
    DecisionLine,
    Disqualification,
    Holding,
    Line,
)
from tillit.care.decisions.queries.rows import CaseRows, rows_of, warning_of_round
from tillit.care.decisions.rules.appeals import OPEN, AppealState
from tillit.care.decisions.rules.due import AppealDates, CaseDates, Practice
from tillit.care.decisions.rules.frame import PlanFacts
from tillit.care.decisions.rules.states import GIVING, WITH_HELP, CaseFacts, LineFacts, Outcome, State
from tillit.foundation.organisation.queries import in_force
from tillit.kernel import oslo


def practice_on(on: date) -> CasePractice:
    """Return the municipality's own targets on a day; the product's own when none are stored (not saved)."""
    found = CasePractice.objects.filter(valid_from__lte=on).order_by("-valid_from").first()
    return found or CasePractice(valid_from=on)


def targets(practice: CasePractice) -> Practice:
    """Return stored targets as the rules see them."""
    return Practice(
        notify=practice.notify_days,
        review=practice.review_days,
        stay=practice.stay_days,
        reasons=practice.reasons_days,
        handover=practice.handover_days,
        renew=practice.renew_days,
    )


def is_disqualified(*, employee_id: int | None, citizen_id: int, on: date) -> bool:
    """Whether an employee may not take part in a citizen's cases on a day."""
    return (
        employee_id is not None
        and Disqualification.objects.filter(in_force(on), employee_id=employee_id, citizen_id=citizen_id).exists()
    )


def disqualified_in(citizen_id: int, *, on: date) -> frozenset[int]:
    """Return everybody who may not take part in a citizen's cases on a day. One query."""
    rows = Disqualification.objects.filter(in_force(on), citizen_id=citizen_id)
    return frozenset(rows.values_list("employee_id", flat=True))


def newest_assessment(case: Case) -> Assessment | None:
    """Return the newest assessment that is done; a case that was split off leans on the one it came from."""
    wanted = [case.pk] + ([case.split_from_id] if case.split_from_id else [])
    done = Assessment.objects.filter(case_id__in=wanted, done_at__isnull=False)
    return done.order_by("-held_on", "-done_at").first()


def open_lines(case: Case) -> list[Line]:
    """Return the lines still to be decided, in order, with their services."""
    return list(case.lines.filter(state=Line.State.OPEN).select_related("service", "was").order_by("rank", "pk"))


def newest_notice(case: Case) -> AdvanceNotice | None:
    """Return the newest advance notice of this round: since the reassessment began, when there is one."""
    return warning_of_round(case, case.advance_notices.order_by("-sent_at", "-pk")[:1])


def newest_decision(case: Case) -> Decision | None:
    """Return the case's newest decision."""
    return case.decisions.order_by("-decided_at", "-pk").first()


def line_facts(line: Line, *, evaluate_on: date | None, reasons: str) -> LineFacts | None:
    """Return a line as the rules see it; None while no outcome is proposed. reasons: the case's, for all lines."""
    if not line.outcome:
        return None
    return LineFacts(
        outcome=Outcome(line.outcome),
        has_content=bool(line.content.strip()),
        has_extent=line.extent is not None or line.service.extent_in == "NONE",
        has_start=line.starts_on is not None,
        has_end_or_evaluation=line.ends_on is not None or evaluate_on is not None,
        has_reasons=bool(line.reasons.strip() or reasons.strip()),
    )


def facts_of(
    case: Case,
    *,
    on: date,
    may_decide: bool = False,
    disqualified: bool = False,
    four_eyes_broken: bool = False,
    letter_gaps: int = 0,
    closed_from: State | None = None,
) -> CaseFacts:
    """Return the case as the rules see it on a day. What concerns the one who decides is told by the caller."""
    return replace(
        facts_from(rows_of(case), plan=plan_of(case, on=on), responsible=is_answered_for(case, on=on), on=on),
        may_decide=may_decide,
        disqualified=disqualified,
        four_eyes_broken=four_eyes_broken,
        letter_gaps=letter_gaps,
        closed_from=closed_from,
    )


def is_answered_for(case: Case, *, on: date) -> bool:
    """Whether somebody answers for the citizen's services on a day, or stands in for who does. One query."""
    rows = Responsible.objects.filter(in_force(on), citizen_id=case.citizen_id)
    return rows.filter(kind=ResponsibleKind.SERVICE_RESPONSIBLE).exists()


def plan_of(case: Case, *, on: date) -> PlanFacts | None:
    """Return what the citizen's plan says on a day. Four queries."""
    return sources.plan_facts([case.citizen_id], on=on).get(case.citizen_id)


def facts_from(rows: CaseRows, *, plan: PlanFacts | None, responsible: bool, on: date) -> CaseFacts:
    """Return the case as the rules see it on a day, from what is read already. Of who decides nothing is said.

    responsible: somebody answers for the citizen's services.
    """
    case, decision, assessment, notice = rows.case, rows.newest_decision, rows.newest_assessment, rows.warning
    lines = [line_facts(line, evaluate_on=case.evaluate_on, reasons=case.reasons) for line in rows.open_lines]
    lasting = [line for line in rows.given if line.stopped_on is None and (line.ends_on is None or line.ends_on >= on)]
    return CaseFacts(
        state=State(case.state),
        has_words=bool(case.words.strip() or rows.lines),
        lines=tuple(line for line in lines if line is not None),
        own_view=bool(assessment and assessment.own_view.strip()),
        assessed_on=rows.assessed_on,
        reassessed_from=case.reassessed_from,
        facts_not_shown=sum(1 for fact in rows.outside_facts if fact.shown_on is None and not fact.not_shown),
        by_citizen=case.by_citizen,
        notice_sent_on=notice.sent_on if notice else None,
        reply_by=notice.reply_by if notice else None,
        replied_on=notice.replied_on if notice else None,
        letter_kept=bool(decision and decision.letter_id),
        responsible=responsible,
        is_frame=bool(decision and decision.is_frame),
        plan_in_use=bool(plan and plan.in_use),
        decided=Outcome(decision.outcome) if decision else None,
        notified=bool(decision and decision.known_on),
        withdrawn_by_party=True,
        ended_by_itself=bool(rows.given) and not lasting,
    )


def dates_of(cases: Iterable[Case]) -> dict[int, CaseDates]:
    """Return what the deadlines of each case follow from, by case id. Five queries, however many cases."""
    rows = list(cases)
    ids = [case.pk for case in rows]
    decisions: dict[int, Decision] = {}
    for decision in Decision.objects.filter(case_id__in=ids).order_by("decided_at", "pk"):
        decisions[decision.case_id] = decision
    given: dict[int, list[DecisionLine]] = defaultdict(list)
    for line in DecisionLine.objects.filter(decision__case_id__in=ids, outcome__in=GIVING).select_related("decision"):
        given[line.decision.case_id].append(line)
    warnings: dict[int, list[AdvanceNotice]] = defaultdict(list)
    for notice in AdvanceNotice.objects.filter(case_id__in=ids).order_by("-sent_at", "-pk"):
        warnings[notice.case_id].append(notice)
    offers = {holding.case_id: holding for holding in Holding.objects.filter(case_id__in=ids, answer="")}
    appeals: dict[int, list[Appeal]] = defaultdict(list)
    for appeal in Appeal.objects.filter(decision__case_id__in=ids).select_related("decision"):
        appeals[appeal.decision.case_id].append(appeal)
    return {
        case.pk: _dates(
            case,
            decisions.get(case.pk),
            given[case.pk],
            warning_of_round(case, warnings[case.pk]),
            offers.get(case.pk),
            appeals[case.pk],
        )
        for case in rows
    }


def dates_from(rows: CaseRows) -> CaseDates:
    """Return what the deadlines of one case follow from, from what is read already."""
    return _dates(rows.case, rows.newest_decision, rows.given, rows.warning, rows.offer, rows.appeals)


def _dates(
    case: Case,
    decision: Decision | None,
    given: Iterable[DecisionLine],
    warning: AdvanceNotice | None,
    offer: Holding | None,
    appeals: Iterable[Appeal],
) -> CaseDates:
    state = State(case.state)
    fresh = decision is not None and (case.reassessed_from is None or decision.decided_on >= case.reassessed_from)
    this_round = decision if fresh and state not in (State.RECEIVED, State.ASSESSMENT, State.PROPOSED) else None
    lines = [line for line in given if line.stopped_on is None]
    ends = [line.ends_on for line in lines if line.ends_on is not None]
    starts = [line.starts_on for line in lines if line.starts_on is not None]
    asked = decision.reasons_asked_on if decision and decision.reasons_sent_on is None else None
    return CaseDates(
        state=state,
        received_on=None if case.reassessed_from else case.received_on,
        expected_on=case.expected_on,
        urgent_from=case.urgent_from if decision is None else None,
        assessment_until=case.assessment_until,
        decided_on=this_round.decided_on if this_round else None,
        notified=bool(this_round and this_round.known_on),
        starts_on=min(starts, default=None),
        # A reassessment that changed nothing sets a new day on the case; the decision stands as it was made.
        evaluate_on=(case.evaluate_on or decision.evaluate_on)
        if decision and (state in WITH_HELP or state is State.NOTIFIED)
        else None,
        ends_on=min(ends, default=None),
        reply_by=warning.reply_by if warning else None,
        replied=bool(warning and warning.replied_on),
        reasons_asked_on=asked,
        handover_offered_on=oslo.day_of(offer.offered_at) if offer else None,
        appeals=tuple(
            appeal_dates(one)
            for one in sorted(appeals, key=lambda one: (one.received_on, one.pk))
            if AppealState(one.state) in OPEN
        ),
    )


def appeal_dates(appeal: Appeal) -> AppealDates:
    """Return what the deadlines of an appeal follow from."""
    return AppealDates(
        appeal_id=appeal.pk,
        state=AppealState(appeal.state),
        received_on=appeal.received_on,
        complete_by=appeal.complete_by,
        stay_asked_on=appeal.stay_asked_on if appeal.stay_answered_on is None else None,
    )


def mondays_before(on: date, count: int) -> list[date]:
    """Return the Mondays of the last whole ISO weeks before a day, the newest last."""
    this_week = on - timedelta(days=on.isoweekday() - 1)
    return [this_week - timedelta(weeks=number) for number in range(count, 0, -1)]
