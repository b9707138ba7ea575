"""To tell a decision (underretning, fvl § 27), and to give reasons when they are asked for afterwards (fvl § 24).

What was sent never changes: each telling is a row that is only added to.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.decisions.actions.refusals import CaseRefused
from tillit.care.decisions.actions.steps import note_change, open_case, take_step
from tillit.care.decisions.models import Case, Decision, Notice, NoticeWay
from tillit.care.decisions.permissions import DECIDE_CASE, WORK_CASE
from tillit.care.decisions.queries.authority import Asking, LineAnswer, ask_authority
from tillit.care.decisions.queries.decision_letters import decision_letter
from tillit.care.decisions.queries.facts import facts_of, newest_decision, practice_on
from tillit.care.decisions.queries.notices import appeal_period, letter_owed, notices_of, reached_on
from tillit.care.decisions.rules.states import Step
from tillit.care.letters.actions import keep_letter
from tillit.care.letters.rules import Way
from tillit.foundation.access.actor import Actor
from tillit.foundation.workforce.models import Employee
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound


@transaction.atomic
def notify_decision(*, actor: Actor, case_id: int, edition: int, way: NoticeWay, sent_on: date, at: datetime) -> Notice:
    """Say that the newest decision was told, how and when. The appeal period begins when it reached her.

    By post it is taken to have reached her after the municipality's days (`CasePractice.post_days`); else at once. By
    mouth is for what is urgent: the letter is still to follow (`send_written`).
    Raises NotFound, NotAllowed, ChangedMeanwhile, CaseRefused, StepBlocked. Publishes CaseMoved.
    """
    case, scope = open_case(actor=actor, case_id=case_id, permission=WORK_CASE, at=at, edition=edition)
    today = oslo.day_of(at)
    decision = newest_decision(case)
    if decision is not None and not decision.decided_on <= sent_on <= today:
        raise CaseRefused(_("Vedtaket kan ikke være sendt før det ble fattet, og ikke fram i tid."))
    facts = facts_of(case, on=today)
    take_step(
        actor=actor,
        case=case,
        scope=scope,
        step=Step.NOTIFY,
        facts=facts,
        permission=WORK_CASE,
        on=today,
        at=at,
        data={"decision": decision.pk if decision else None, "way": way.value, "sent_on": sent_on.isoformat()},
    )
    assert decision is not None
    return _tell(actor, decision, way, sent_on, at)


@transaction.atomic
def send_written(*, actor: Actor, case_id: int, edition: int, way: NoticeWay, sent_on: date, at: datetime) -> Notice:
    """Send the letter of a decision that was told by mouth. The appeal period then runs from when the letter reached
    her.

    Raises NotFound, NotAllowed, ChangedMeanwhile, CaseRefused.
    """
    case, scope = open_case(actor=actor, case_id=case_id, permission=WORK_CASE, at=at, edition=edition)
    decision = newest_decision(case)
    notices = notices_of(decision) if decision else []
    if decision is None or not letter_owed(notices) or way is NoticeWay.ORALLY:
        raise CaseRefused(_("Det er ikke noe brev som skal etter."))
    if not notices[0].sent_on <= sent_on <= oslo.day_of(at):
        raise CaseRefused(_("Brevet kan ikke være sendt før vedtaket ble fortalt, og ikke fram i tid."))
    note_change(
        actor=actor,
        case=case,
        scope=scope,
        permission=WORK_CASE,
        at=at,
        change={"decision": decision.pk, "way": way.value, "sent_on": sent_on.isoformat()},
    )
    return _tell(actor, decision, way, sent_on, at)


@transaction.atomic
def ask_for_reasons(*, actor: Actor, case_id: int, edition: int, asked_on: date, at: datetime) -> Decision:
    """Note that she asks for reasons of a decision that came without, while she may appeal (fvl § 24).

    Raises NotFound, NotAllowed, ChangedMeanwhile, CaseRefused.
    """
    case, scope = open_case(actor=actor, case_id=case_id, permission=WORK_CASE, at=at, edition=edition)
    decision = _told(case)
    period = appeal_period(decision)
    assert period is not None
    if decision.reasons.strip():
        raise CaseRefused(_("Vedtaket har alt en begrunnelse. Den står i brevet."))
    if decision.reasons_asked_on is not None:
        raise CaseRefused(_("Det er alt notert at brukeren vil ha en begrunnelse."))
    if not decision.decided_on <= asked_on <= oslo.day_of(at):
        raise CaseRefused(_("Velg dagen brukeren spurte. Den kan ikke være før vedtaket eller fram i tid."))
    decision.reasons_asked_on = asked_on
    decision.save(update_fields=["reasons_asked_on"])
    late = asked_on > period.last_day
    change = {"decision": decision.pk, "reasons_asked_on": asked_on.isoformat(), "late": late}
    note_change(actor=actor, case=case, scope=scope, permission=WORK_CASE, at=at, change=change)
    return decision


@transaction.atomic
def send_reasons(
    *, actor: Actor, case_id: int, edition: int, reasons: str, way: NoticeWay, sent_on: date, at: datetime
) -> Decision:
    """Send the reasons that were asked for: the decision's letter again, with them. The appeal period starts anew (fvl
    § 29).

    Only who may decide the services today may say why they were decided. The decision itself stays as it was made.
    Raises NotFound, NotAllowed, ChangedMeanwhile, CaseRefused, LetterNotReady.
    """
    case, scope = open_case(actor=actor, case_id=case_id, permission=DECIDE_CASE, at=at, edition=edition)
    today = oslo.day_of(at)
    decision = _told(case)
    if decision.reasons_asked_on is None or decision.reasons_sent_on is not None:
        raise CaseRefused(_("Ingen har bedt om en begrunnelse som ikke er sendt."))
    if not reasons.strip():
        raise CaseRefused(_("Skriv begrunnelsen først."))
    if way is NoticeWay.ORALLY or not decision.reasons_asked_on <= sent_on <= today:
        raise CaseRefused(_("Begrunnelsen sendes skriftlig, tidligst den dagen brukeren ba om den."))
    lines = list(case.lines.filter(state="DECIDED").select_related("service", "was").order_by("rank", "pk"))
    decided = {line.service_id for line in decision.lines.all()}
    asking: Asking = ask_authority(
        actor=actor, case=case, on=today, lines=[line for line in lines if line.service_id in decided]
    )
    mine: tuple[LineAnswer, ...] = asking.mine
    employee = Employee.objects.filter(pk=actor.employee_id).first() if actor.employee_id else None
    if employee is None or not mine or asking.others:
        raise CaseRefused(_("Bare den som kan avgjøre alle tjenestene i vedtaket, kan begrunne det."))
    letter = decision_letter(case=case, answers=mine, employee=employee, on=today, reasons=reasons.strip())
    decision.reasons_letter = keep_letter(
        actor=actor,
        citizen_id=case.citizen_id,
        content=letter.content,
        template_id=letter.template_id,
        ways=(Way.PAPER,) if way is NoticeWay.POST else (Way.DIGITAL,),
        at=at,
        scope=scope,
    )
    decision.reasons_sent_on = sent_on
    decision.reasons_known_on = reached_on(way, sent_on, practice=practice_on(sent_on))
    decision.save(update_fields=["reasons_letter", "reasons_sent_on", "reasons_known_on"])
    change = {"decision": decision.pk, "reasons_letter": decision.reasons_letter_id, "sent_on": sent_on.isoformat()}
    note_change(actor=actor, case=case, scope=scope, permission=DECIDE_CASE, at=at, change=change)
    return decision


def _told(case: Case) -> Decision:
    decision = newest_decision(case)
    if decision is None:
        raise NotFound(_("Fant ikke vedtaket."))
    if decision.known_on is None:
        raise CaseRefused(_("Vedtaket er ikke sendt ennå."))
    return decision


def _tell(actor: Actor, decision: Decision, way: NoticeWay, sent_on: date, at: datetime) -> Notice:
    known_on = reached_on(way, sent_on, practice=practice_on(sent_on))
    notice = Notice.objects.create(
        decision=decision,
        way=way,
        sent_on=sent_on,
        reached_on=known_on,
        told_by_id=actor.employee_id,
        told_at=at,
    )
    decision.known_on = known_on
    decision.save(update_fields=["known_on"])
    return notice
