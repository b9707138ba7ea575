"""Appeals: received, completed, taken up or dismissed, withdrawn (R23)."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens.models import NetworkMember
from tillit.care.decisions.actions.appealing_letters import keep_dismissal, keep_receipt
from tillit.care.decisions.actions.appealing_steps import (
    add_event,
    facts_of_appeal,
    note_on_appeal,
    open_appeal,
    take_appeal_step,
)
from tillit.care.decisions.actions.refusals import CaseRefused
from tillit.care.decisions.actions.steps import open_case
from tillit.care.decisions.events import AppealMoved
from tillit.care.decisions.models import Appeal, Channel, Ground, Origin
from tillit.care.decisions.permissions import HANDLE_APPEAL, REGISTER_CASE
from tillit.care.decisions.queries.appeal_letters import dismissal_authority
from tillit.care.decisions.queries.appeals import get_appeal, get_decision
from tillit.care.decisions.rules.appeals import AppealState, AppealStep
from tillit.care.letters.rules import Way
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.kernel import events, oslo
from tillit.kernel.errors import NotFound

#: Who can appeal on her behalf, or on their own (pbrl § 7-2).
APPELLANTS = (Origin.CITIZEN, Origin.REPRESENTATIVE, Origin.GUARDIAN, Origin.CARER)


@transaction.atomic
def register_appeal(
    *,
    actor: Actor,
    decision_id: int,
    origin: str,
    channel: str,
    words: str,
    posted_on: date,
    received_on: date,
    at: datetime,
    applicant_id: int | None = None,
    asks_for_stay: bool = False,
    on_dismissal_of_id: int | None = None,
    press_key: str = "",
) -> Appeal:
    """Take in an appeal on a decision, whenever it comes; whoever works in the team may.

    channel PHONE or IN_PERSON: told by mouth, and we have written it down for her. applicant_id: one of the citizen's
    own people, when somebody speaks for her or for himself. on_dismissal_of_id: it is about our dismissal of an earlier
    appeal. press_key: the same key again returns the first one. Raises NotFound, NotAllowed, CaseRefused.
    """
    decision = get_decision(actor=actor, decision_id=decision_id, at=at)
    case, scope = open_case(actor=actor, case_id=decision.case_id, permission=REGISTER_CASE, at=at)
    if press_key and (known := decision.appeals.filter(press_key=press_key).first()):
        return known
    today = oslo.day_of(at)
    if not words.strip():
        raise CaseRefused(_("Skriv hva det klages på, med egne ord."))
    if not decision.decided_on <= posted_on <= received_on <= today:
        raise CaseRefused(_("Se over dagene: Klagen må være sendt etter vedtaket, og være kommet senest i dag."))
    if origin not in [each.value for each in APPELLANTS] or channel not in Channel.values:
        raise CaseRefused(_("Si hvem som klager, og hvordan klagen kom."))
    if applicant_id is not None and not NetworkMember.objects.filter(pk=applicant_id, citizen=case.citizen_id).exists():
        raise NotFound(_("Fant ikke personen."))
    if origin != Origin.CITIZEN and applicant_id is None:
        raise CaseRefused(_("Velg hvem som klager. Er personen ikke der, legg den til på siden om brukeren først."))
    earlier = None
    if on_dismissal_of_id is not None:
        earlier = get_appeal(actor=actor, appeal_id=on_dismissal_of_id, at=at)
        if earlier.decision_id != decision.pk or earlier.state != AppealState.DISMISSED:
            raise NotFound(_("Fant ikke klagen som ble avvist."))
    appeal = Appeal.objects.create(
        decision=decision,
        state=AppealState.RECEIVED.value,
        origin=origin,
        applicant_id=applicant_id,
        channel=channel,
        posted_on=posted_on,
        received_on=received_on,
        words=words.strip(),
        helped_to_write=channel in (Channel.PHONE, Channel.IN_PERSON),
        stay_asked_on=received_on if asks_for_stay else None,
        on_dismissal_of=earlier,
        registered_by_id=actor.employee_id,
        registered_at=at,
        press_key=press_key,
    )
    add_event(appeal, "REGISTERED", "", appeal.state, actor=actor, on=today, at=at)
    audit.record(
        actor,
        REGISTER_CASE,
        str(appeal),
        scope,
        at=at,
        change={
            "decision": decision.pk,
            "origin": origin,
            "channel": channel,
            "posted_on": posted_on.isoformat(),
            "received_on": received_on.isoformat(),
            "asks_for_stay": asks_for_stay,
        },
    )
    events.publish(AppealMoved(appeal.pk, decision.pk, case.citizen_id, "", appeal.state, at))
    return appeal


@transaction.atomic
def send_receipt(
    *, actor: Actor, appeal_id: int, edition: int, ways: tuple[Way, ...], answer_by: date, at: datetime
) -> Appeal:
    """Send the letter that says that the appeal has come, what happens now and what is missing. Once.

    answer_by: by when she hears from us. Raises NotFound, NotAllowed, ChangedMeanwhile, CaseRefused, LetterNotReady.
    """
    opened = open_appeal(actor=actor, appeal_id=appeal_id, permission=HANDLE_APPEAL, at=at, edition=edition)
    if opened.appeal.receipt_letter_id is not None:
        raise CaseRefused(_("Brevet om at klagen er mottatt, er sendt før."))
    if answer_by <= opened.today:
        raise CaseRefused(_("Si når den som klager, får høre fra oss: en dag som ligger fram i tid."))
    letter = keep_receipt(actor=actor, opened=opened, ways=ways, answer_by=answer_by, at=at)
    opened.appeal.receipt_letter = letter
    note_on_appeal(
        actor=actor, opened=opened, noted="RECEIPT_SENT", permission=HANDLE_APPEAL, at=at, data={"letter": letter.pk}
    )
    return opened.appeal


@transaction.atomic
def ask_for_more(
    *, actor: Actor, appeal_id: int, edition: int, missing: str, complete_by: date, at: datetime
) -> Appeal:
    """Give her a short time to mend what the appeal lacks, such as a signature (fvl § 32).

    Raises NotFound, NotAllowed, ChangedMeanwhile, AppealBlocked.
    """
    opened = open_appeal(actor=actor, appeal_id=appeal_id, permission=HANDLE_APPEAL, at=at, edition=edition)
    appeal = opened.appeal
    appeal.missing, appeal.complete_by = missing.strip()[:300], complete_by
    take_appeal_step(
        actor=actor,
        opened=opened,
        step=AppealStep.ASK_FOR_MORE,
        facts=facts_of_appeal(appeal, actor=actor, on=opened.today),
        permission=HANDLE_APPEAL,
        at=at,
        data={"complete_by": complete_by.isoformat()},
    )
    return appeal


@transaction.atomic
def complete_appeal(*, actor: Actor, appeal_id: int, edition: int, at: datetime) -> Appeal:
    """What was missing has come. Whoever may receive an appeal may say so."""
    opened = open_appeal(actor=actor, appeal_id=appeal_id, permission=REGISTER_CASE, at=at, edition=edition)
    take_appeal_step(
        actor=actor,
        opened=opened,
        step=AppealStep.COMPLETE,
        facts=facts_of_appeal(opened.appeal, actor=actor, on=opened.today),
        permission=REGISTER_CASE,
        at=at,
    )
    return opened.appeal


@transaction.atomic
def take_up_appeal(*, actor: Actor, appeal_id: int, edition: int, at: datetime, late_reason: str = "") -> Appeal:
    """Begin to look at the case again. late_reason: why one that came after the period is taken up (fvl § 31).

    Raises NotFound, NotAllowed, ChangedMeanwhile, AppealBlocked.
    """
    opened = open_appeal(actor=actor, appeal_id=appeal_id, permission=HANDLE_APPEAL, at=at, edition=edition)
    opened.appeal.late_reason = late_reason.strip()
    facts = facts_of_appeal(opened.appeal, actor=actor, on=opened.today)
    take_appeal_step(
        actor=actor,
        opened=opened,
        step=AppealStep.TAKE_UP,
        facts=facts,
        permission=HANDLE_APPEAL,
        at=at,
        data={"in_time": facts.in_time.value},
    )
    return opened.appeal


@transaction.atomic
def dismiss_appeal(
    *, actor: Actor, appeal_id: int, edition: int, ground: str, reason: str, ways: tuple[Way, ...], at: datetime
) -> Appeal:
    """Dismiss an appeal (avvise): it is not looked into. Itself a decision, told by a letter and open to appeal.

    She must have authority over everything the decision was about, on the day; holding a role is not enough.
    Raises NotFound, NotAllowed, ChangedMeanwhile, AppealBlocked, LetterNotReady.
    """
    opened = open_appeal(actor=actor, appeal_id=appeal_id, permission=HANDLE_APPEAL, at=at, edition=edition)
    appeal = opened.appeal
    if ground not in Ground.values:
        ground = ""
    appeal.dismissed_for, appeal.late_reason = ground, reason.strip()
    found = dismissal_authority(appeal, actor=actor, on=opened.today)
    facts = facts_of_appeal(appeal, actor=actor, on=opened.today, ground=ground, may_decide=found.may)
    appeal.authority_id = found.authority_id
    appeal.reviewed_on, appeal.reviewed_by_id = opened.today, actor.employee_id
    take_appeal_step(
        actor=actor,
        opened=opened,
        step=AppealStep.DISMISS,
        facts=facts,
        permission=HANDLE_APPEAL,
        at=at,
        data={"ground": ground, "authority": found.authority_id},
    )
    appeal.letter = keep_dismissal(actor=actor, opened=opened, ways=ways, at=at)
    appeal.save(update_fields=["letter"])
    return appeal


@transaction.atomic
def withdraw_appeal(*, actor: Actor, appeal_id: int, edition: int, at: datetime) -> Appeal:
    """The one who appealed takes it back. Whoever may receive an appeal may write it down."""
    opened = open_appeal(actor=actor, appeal_id=appeal_id, permission=REGISTER_CASE, at=at, edition=edition)
    opened.appeal.outcome_on = opened.today
    take_appeal_step(
        actor=actor,
        opened=opened,
        step=AppealStep.WITHDRAW,
        facts=facts_of_appeal(opened.appeal, actor=actor, on=opened.today),
        permission=REGISTER_CASE,
        at=at,
    )
    return opened.appeal


def suggested_complete_by(on: date) -> date:
    """Return the deadline suggested for mending an appeal: a week."""
    return on + timedelta(weeks=1)
