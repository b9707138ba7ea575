"""The advance notice (forhåndsvarsel) before help becomes less, and what she answers (fvl § 16)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.decisions.actions.refusals import CaseRefused, StepBlocked
from tillit.care.decisions.actions.steps import note_change, open_case, take_step
from tillit.care.decisions.models import AdvanceNotice
from tillit.care.decisions.permissions import WORK_CASE
from tillit.care.decisions.queries.facts import facts_of, newest_notice
from tillit.care.decisions.queries.other_letters import advance_letter, reply_by
from tillit.care.decisions.rules.states import State, Step, missing_assessment
from tillit.care.letters.actions import keep_letter
from tillit.care.letters.rules import Way
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo


@transaction.atomic
def send_advance_notice(*, actor: Actor, case_id: int, edition: int, considered: str, at: datetime) -> AdvanceNotice:
    """Warn her before less help is decided. The time to answer is counted from today, in whole weeks to a working day.

    It comes after the individual assessment, with her own view: what we consider must rest on something.
    Raises NotFound, NotAllowed, ChangedMeanwhile, CaseRefused, StepBlocked, LetterNotReady. Publishes CaseMoved.
    """
    case, scope = open_case(actor=actor, case_id=case_id, permission=WORK_CASE, at=at, edition=edition)
    today = oslo.day_of(at)
    facts = facts_of(case, on=today)
    if State(case.state) is State.REASSESSMENT and (lacking := missing_assessment(facts)):
        raise StepBlocked(lacking)
    if not considered.strip():
        raise CaseRefused(_("Skriv hva dere vurderer å endre, slik brukeren skal lese det."))
    letter = advance_letter(case=case, considered=considered.strip(), on=today)
    by = reply_by(today)
    take_step(
        actor=actor,
        case=case,
        scope=scope,
        step=Step.SEND_ADVANCE_NOTICE,
        facts=facts,
        permission=WORK_CASE,
        on=today,
        at=at,
        data={"reply_by": by.isoformat()},
    )
    sent = keep_letter(
        actor=actor,
        citizen_id=case.citizen_id,
        content=letter.content,
        template_id=letter.template_id,
        ways=(Way.DIGITAL, Way.PAPER),
        at=at,
        scope=scope,
    )
    return AdvanceNotice.objects.create(
        case=case, letter=sent, sent_on=today, reply_by=by, sent_by_id=actor.employee_id, sent_at=at
    )


@transaction.atomic
def record_reply(
    *, actor: Actor, case_id: int, edition: int, reply: str, replied_on: date, at: datetime
) -> AdvanceNotice:
    """Write down what she answered to the newest advance notice, in her own words. Then the case need not wait longer.

    Raises NotFound, NotAllowed, ChangedMeanwhile, CaseRefused.
    """
    case, scope = open_case(actor=actor, case_id=case_id, permission=WORK_CASE, at=at, edition=edition)
    notice = newest_notice(case)
    if notice is None:
        raise CaseRefused(_("Det er ikke sendt noe forhåndsvarsel å svare på."))
    if notice.replied_on is not None:
        raise CaseRefused(_("Svaret er alt skrevet ned. Sier brukeren noe mer, skriv det som et notat i saken."))
    if not reply.strip():
        raise CaseRefused(_("Skriv hva brukeren svarte."))
    if not notice.sent_on <= replied_on <= oslo.day_of(at):
        raise CaseRefused(_("Svaret kan ikke være kommet før varselet ble sendt, og ikke fram i tid."))
    notice.reply, notice.replied_on = reply.strip(), replied_on
    notice.save(update_fields=["reply", "replied_on"])
    change = {"advance_notice": notice.pk, "replied_on": replied_on.isoformat()}
    note_change(actor=actor, case=case, scope=scope, permission=WORK_CASE, at=at, change=change)
    return notice
