"""Appeals: our own review, what we change, what goes on to the county governor, and the answer (fvl §§ 33–34, R23)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.decisions import queries
from tillit.care.decisions.actions.appealing_letters import keep_forwarding
from tillit.care.decisions.actions.appealing_steps import (
    AppealBlocked,
    OpenedAppeal,
    facts_of_appeal,
    note_on_appeal,
    open_appeal,
    take_appeal_step,
)
from tillit.care.decisions.actions.reassessing import OpenedBy, take_up_again
from tillit.care.decisions.actions.refusals import CaseRefused
from tillit.care.decisions.events import DecisionMade
from tillit.care.decisions.models import Appeal
from tillit.care.decisions.permissions import HANDLE_APPEAL
from tillit.care.decisions.queries.appeals import waits_for_decision
from tillit.care.decisions.rules.appeal_steps import CHANGES, GOVERNOR_ANSWERS, Missing
from tillit.care.decisions.rules.appeals import AppealState, AppealStep
from tillit.care.decisions.rules.states import FROM, State, Step
from tillit.care.letters.rules import Way
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo


@transaction.atomic
def save_review(*, actor: Actor, appeal_id: int, edition: int, words: str, at: datetime) -> Appeal:
    """Write what was looked at again, and what we think. Not by somebody who is disqualified.

    Raises NotFound, NotAllowed, ChangedMeanwhile, AppealBlocked.
    """
    opened = open_appeal(actor=actor, appeal_id=appeal_id, permission=HANDLE_APPEAL, at=at, edition=edition)
    _refuse_unless_reviewed_by_the_right_one(actor, opened)
    opened.appeal.review = words.strip()
    opened.appeal.reviewed_by_id = actor.employee_id
    note_on_appeal(actor=actor, opened=opened, noted="REVIEW_WRITTEN", permission=HANDLE_APPEAL, at=at)
    return opened.appeal


@transaction.atomic
def change_decision(*, actor: Actor, appeal_id: int, edition: int, wholly: bool, at: datetime) -> Appeal:
    """She is right, wholly or in part: the case is taken up again, and ends in a new decision by whoever may decide.

    Nothing is decided here. What is not changed must go on to the county governor (`forward_appeal`).
    Raises NotFound, NotAllowed, ChangedMeanwhile, AppealBlocked, CaseRefused.
    """
    opened = open_appeal(actor=actor, appeal_id=appeal_id, permission=HANDLE_APPEAL, at=at, edition=edition)
    opened.appeal.reviewed_on = opened.today
    take_appeal_step(
        actor=actor,
        opened=opened,
        step=AppealStep.CHANGE if wholly else AppealStep.CHANGE_PARTLY,
        facts=facts_of_appeal(opened.appeal, actor=actor, on=opened.today),
        permission=HANDLE_APPEAL,
        at=at,
    )
    take_up_case(actor=actor, opened=opened, at=at)
    return opened.appeal


@transaction.atomic
def forward_appeal(
    *, actor: Actor, appeal_id: int, edition: int, ways: tuple[Way, ...], reply_by: date, at: datetime
) -> Appeal:
    """Send the appeal on to the county governor with our statement; the party gets a copy (fvl § 33).

    reply_by: how long she may answer what we have written. Raises NotFound, NotAllowed, ChangedMeanwhile,
    AppealBlocked, CaseRefused, LetterNotReady.
    """
    opened = open_appeal(actor=actor, appeal_id=appeal_id, permission=HANDLE_APPEAL, at=at, edition=edition)
    appeal = opened.appeal
    if reply_by <= opened.today:
        raise CaseRefused(_("Sett en frist for svar som ligger fram i tid."))
    facts = facts_of_appeal(appeal, actor=actor, on=opened.today)
    letter = None
    if facts.review and facts.state in (AppealState.REVIEW, AppealState.PARTLY_CHANGED) and not facts.disqualified:
        letter = keep_forwarding(actor=actor, opened=opened, ways=ways, reply_by=reply_by, at=at)
    appeal.letter = letter
    appeal.forwarded_on = opened.today
    appeal.reviewed_on = appeal.reviewed_on or opened.today
    take_appeal_step(
        actor=actor,
        opened=opened,
        step=AppealStep.FORWARD,
        facts=facts,
        permission=HANDLE_APPEAL,
        at=at,
        data={"letter": letter.pk if letter else None},
    )
    return appeal


@transaction.atomic
def record_answer(
    *, actor: Actor, appeal_id: int, edition: int, step: AppealStep, answered_on: date, words: str, at: datetime
) -> Appeal:
    """Write what the county governor came to. Changed, or annulled and sent back: the case is taken up again.

    step: GOVERNOR_UPHOLDS, GOVERNOR_CHANGES or GOVERNOR_RETURNS.
    Raises NotFound, NotAllowed, ChangedMeanwhile, AppealBlocked, CaseRefused.
    """
    opened = open_appeal(actor=actor, appeal_id=appeal_id, permission=HANDLE_APPEAL, at=at, edition=edition)
    if step not in GOVERNOR_ANSWERS:
        raise AppealBlocked((Missing.NOT_FROM_HERE,))
    appeal = opened.appeal
    appeal.outcome_on, appeal.outcome_words = answered_on, words.strip()
    if step in CHANGES:
        appeal.new_decision = None  # what is told now must be followed up by one that is not made yet
    take_appeal_step(
        actor=actor,
        opened=opened,
        step=step,
        facts=facts_of_appeal(appeal, actor=actor, on=opened.today),
        permission=HANDLE_APPEAL,
        at=at,
        data={"answered_on": answered_on.isoformat()},
    )
    if step in CHANGES:
        take_up_case(actor=actor, opened=opened, at=at)
    return appeal


def take_up_case(*, actor: Actor, opened: OpenedAppeal, at: datetime) -> None:
    """Let a case be assessed again because of an appeal: a running one is reassessed, a closed one is opened again.

    One that is being looked at already goes on. Raises CaseRefused when she has died.
    """
    case, state = opened.case, State(opened.case.state)
    if state is State.DIED:
        raise CaseRefused(
            _("Saken kan ikke tas opp igjen, fordi brukeren er død. Send klagen videre, eller si at den er trukket.")
        )
    step = next((one for one in (Step.REASSESS, Step.REOPEN) if state in FROM[one]), None)
    if step is None:
        return
    take_up_again(
        actor=actor,
        case=case,
        scope=opened.scope,
        permission=HANDLE_APPEAL,
        why=_("Klage mottatt %(day)s") % {"day": f"{opened.appeal.received_on:%d.%m.%Y}"},
        by_citizen=True,
        opened_by=OpenedBy.APPEAL,
        on=opened.today,
        at=at,
        step=step,
        refused_in=opened.appeal.decision,
    )


def follow_decision(*, actor: Actor, event: DecisionMade) -> None:
    """Let appeals that led to a new decision know it. Called when one is made in their case."""
    waiting = Appeal.objects.filter(
        decision__case_id=event.case_id, new_decision__isnull=True, reviewed_on__isnull=False
    ).exclude(decision_id=event.decision_id)
    for appeal in waiting.select_related("decision__case__unit").order_by("pk"):
        if not waits_for_decision(appeal):
            continue
        appeal.new_decision_id = event.decision_id
        appeal.edition += 1
        appeal.save(update_fields=["new_decision", "edition"])
        scope = queries.scope_of_case(appeal.decision.case, on=oslo.day_of(event.at))
        change = {"new_decision": event.decision_id}
        audit.record(actor, HANDLE_APPEAL, str(appeal), scope, at=event.at, change=change)


def _refuse_unless_reviewed_by_the_right_one(actor: Actor, opened: OpenedAppeal) -> None:
    facts = facts_of_appeal(opened.appeal, actor=actor, on=opened.today)
    if facts.disqualified:
        raise AppealBlocked((Missing.DISQUALIFIED,))
    if facts.state not in (AppealState.REVIEW, AppealState.PARTLY_CHANGED):
        raise AppealBlocked((Missing.NOT_FROM_HERE,))
