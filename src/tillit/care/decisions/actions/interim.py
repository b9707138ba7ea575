"""The interim reply (foreløpig svar): within a month, with the reason and the day she may expect an answer (fvl § 11
a).
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.decisions.actions.refusals import CaseRefused
from tillit.care.decisions.actions.steps import open_case, take_step
from tillit.care.decisions.models import Case
from tillit.care.decisions.permissions import WORK_CASE
from tillit.care.decisions.queries.facts import facts_of
from tillit.care.decisions.queries.other_letters import interim_letter
from tillit.care.decisions.rules.states import Step
from tillit.care.letters.actions import keep_letter
from tillit.care.letters.rules import Way
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo


@transaction.atomic
def send_interim_reply(
    *, actor: Actor, case_id: int, edition: int, reason: str, expected_on: date, at: datetime
) -> Case:
    """Send an interim reply. It may be sent again when the day it named cannot be kept.

    Raises NotFound, NotAllowed, ChangedMeanwhile, CaseRefused, StepBlocked, LetterNotReady. Publishes CaseMoved.
    """
    case, scope = open_case(actor=actor, case_id=case_id, permission=WORK_CASE, at=at, edition=edition)
    today = oslo.day_of(at)
    if not reason.strip():
        raise CaseRefused(_("Skriv hvorfor det tar lenger tid. Brukeren skal få vite det."))
    if expected_on <= today:
        raise CaseRefused(_("Velg en dag fram i tid for når svaret kommer."))
    facts = facts_of(case, on=today)
    letter = interim_letter(case=case, reason=reason.strip(), expected_on=expected_on, on=today)
    case.expected_on = expected_on
    take_step(
        actor=actor,
        case=case,
        scope=scope,
        step=Step.SEND_INTERIM_REPLY,
        facts=facts,
        permission=WORK_CASE,
        on=today,
        at=at,
        data={"expected_on": expected_on.isoformat()},
    )
    keep_letter(
        actor=actor,
        citizen_id=case.citizen_id,
        content=letter.content,
        template_id=letter.template_id,
        ways=(Way.DIGITAL, Way.PAPER),
        at=at,
        scope=scope,
    )
    return case
