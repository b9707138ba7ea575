"""A case as the rules see it: what its next step, its deadlines and its frame depend on."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q

from tillit.care.citizens.models import Responsible, ResponsibleKind
from tillit.care.decisions import sources
from tillit.care.decisions.models import (
    AdvanceNotice,
    Appeal,
    Assessment,
    Case,
    CaseEvent,
    CasePractice,
    Decision,
    DecisionLine,
    Disqualification,
    Holding,
    Line,
    OutsideFact,
)
from tillit.care.decisions.rules.appeals import OPEN, AppealState
from tillit.care.decisions.rules.due import AppealDates, CaseDates, Practice
from tillit.care.decisions.rules.states import GIVING, WITH_HELP, CaseFacts, LineFacts, Outcome, State, Step
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
    found = AdvanceNotice.objects.filter(case=case)
    if case.reassessed_from is not None:
        found = found.filter(sent_on__gte=case.reassessed_from)
    return found.order_by("-sent_at").first()


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
    assessment = newest_assessment(case)
    notice = newest_notice(case)
    decision = newest_decision(case)
    lines = [line_facts(line, evaluate_on=case.evaluate_on, reasons=case.reasons) for line in open_lines(case)]
    plan = sources.plan_facts([case.citizen_id], on=on).get(case.citizen_id)
    in_force_now = DecisionLine.objects.filter(decision__case=case, outcome__in=GIVING)
    lasting = in_force_now.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), stopped_on__isnull=True)
    return CaseFacts(
        state=State(case.state),
        has_words=bool(case.words.strip()) or case.lines.exists(),
        lines=tuple(line for line in lines if line is not None),
        own_view=bool(assessment and assessment.own_view.strip()),
        assessed_on=_assessed_on(case, assessment),
        reassessed_from=case.reassessed_from,
        facts_not_shown=OutsideFact.objects.filter(case=case, shown_on__isnull=True, not_shown="").count(),
        by_citizen=case.by_citizen,
        notice_sent_on=notice.sent_on if notice else None,
        reply_by=notice.reply_by if notice else None,
        replied_on=notice.replied_on if notice else None,
        may_decide=may_decide,
        disqualified=disqualified,
        four_eyes_broken=four_eyes_broken,
        letter_gaps=letter_gaps,
        letter_kept=bool(decision and decision.letter_id),
        responsible=Responsible.objects.filter(
            in_force(on), citizen_id=case.citizen_id, kind=ResponsibleKind.SERVICE_RESPONSIBLE
        ).exists(),
        is_frame=bool(decision and decision.is_frame),
        plan_in_use=bool(plan and plan.in_use),
        decided=Outcome(decision.outcome) if decision else None,
        notified=bool(decision and decision.known_on),
        withdrawn_by_party=True,
        closed_from=closed_from,
        ended_by_itself=in_force_now.exists() and not lasting.exists(),
    )


def _assessed_on(case: Case, assessment: Assessment | None) -> date | None:
    """Return the day of the newest assessment, as the rules ask for it: whether it is of this round.

    One that was done before the case was taken up again is of the round before, also when both fell on one day: then
    it is told as the day before.
    """
    if assessment is None or case.reassessed_from is None or assessment.done_at is None:
        return assessment.held_on if assessment else None
    taken_up = (
        CaseEvent.objects.filter(case=case, step__in=[Step.REASSESS.value, Step.REOPEN.value])
        .order_by("-at", "-pk")
        .values_list("at", flat=True)
        .first()
    )
    if taken_up is not None and assessment.done_at < taken_up:
        return min(assessment.held_on, case.reassessed_from - timedelta(days=1))
    return assessment.held_on


def dates_of(cases: Iterable[Case]) -> dict[int, CaseDates]:
    """Return what the deadlines of each case follow from, by case id. Six queries, however many cases."""
    rows = list(cases)
    ids = [case.pk for case in rows]
    decisions: dict[int, Decision] = {}
    for decision in Decision.objects.filter(case_id__in=ids).order_by("decided_at", "pk"):
        decisions[decision.case_id] = decision
    lines: dict[int, list[DecisionLine]] = defaultdict(list)
    holding = DecisionLine.objects.filter(
        decision__case_id__in=ids, stopped_on__isnull=True, outcome__in=GIVING
    ).select_related("decision")
    for line in holding:
        lines[line.decision.case_id].append(line)
    notices: dict[int, AdvanceNotice] = {}
    for notice in AdvanceNotice.objects.filter(case_id__in=ids).order_by("sent_at", "pk"):
        notices[notice.case_id] = notice
    waiting = Holding.objects.filter(case_id__in=ids, answer="").values_list("case_id", "offered_at")
    offers = {case_id: oslo.day_of(offered_at) for case_id, offered_at in waiting}
    appeals: dict[int, list[AppealDates]] = defaultdict(list)
    open_appeals = Appeal.objects.filter(
        decision__case_id__in=ids, state__in=[each.value for each in OPEN]
    ).select_related("decision")
    for appeal in open_appeals.order_by("received_on", "pk"):
        unanswered = appeal.stay_asked_on if appeal.stay_answered_on is None else None
        appeals[appeal.decision.case_id].append(
            AppealDates(
                appeal_id=appeal.pk,
                state=AppealState(appeal.state),
                received_on=appeal.received_on,
                complete_by=appeal.complete_by,
                stay_asked_on=unanswered,
            )
        )
    return {
        case.pk: _dates(
            case, decisions.get(case.pk), lines[case.pk], notices.get(case.pk), offers.get(case.pk), appeals[case.pk]
        )
        for case in rows
    }


def _dates(
    case: Case,
    decision: Decision | None,
    lines: list[DecisionLine],
    notice: AdvanceNotice | None,
    offered_on: date | None,
    appeals: list[AppealDates],
) -> CaseDates:
    state = State(case.state)
    fresh = decision is not None and (case.reassessed_from is None or decision.decided_on >= case.reassessed_from)
    this_round = decision if fresh and state not in (State.RECEIVED, State.ASSESSMENT, State.PROPOSED) else None
    if notice is not None and case.reassessed_from is not None and notice.sent_on < case.reassessed_from:
        notice = None
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
        reply_by=notice.reply_by if notice else None,
        replied=bool(notice and notice.replied_on),
        reasons_asked_on=asked,
        handover_offered_on=offered_on,
        appeals=tuple(appeals),
    )


def mondays_before(on: date, count: int) -> list[date]:
    """Return the Mondays of the last whole ISO weeks before a day, the newest last."""
    this_week = on - timedelta(days=on.isoweekday() - 1)
    return [this_week - timedelta(weeks=number) for number in range(count, 0, -1)]
