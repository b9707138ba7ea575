"""Stay of execution (utsatt iverksetting, fvl § 42): asked for, and answered with reasons within days."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.decisions.actions.appealing_steps import (
    AppealBlocked,
    facts_of_appeal,
    note_on_appeal,
    open_appeal,
)
from tillit.care.decisions.actions.refusals import CaseRefused
from tillit.care.decisions.models import Appeal
from tillit.care.decisions.permissions import HANDLE_APPEAL, REGISTER_CASE
from tillit.care.decisions.rules.appeal_steps import Missing
from tillit.care.decisions.rules.appeals import OPEN, AppealState
from tillit.foundation.access.actor import Actor


@transaction.atomic
def ask_for_stay(*, actor: Actor, appeal_id: int, edition: int, at: datetime) -> Appeal:
    """She asks us to wait until the appeal is decided. Can be asked again after an answer.

    Raises NotFound, NotAllowed, ChangedMeanwhile, AppealBlocked, CaseRefused.
    """
    opened = open_appeal(actor=actor, appeal_id=appeal_id, permission=REGISTER_CASE, at=at, edition=edition)
    appeal = opened.appeal
    if AppealState(appeal.state) not in OPEN:
        raise AppealBlocked((Missing.NOT_FROM_HERE,))
    if appeal.stay_asked_on is not None and appeal.stay_answered_on is None:
        raise CaseRefused(_("Det er bedt om dette før, og ikke svart ennå."))
    if appeal.stay_granted:
        raise CaseRefused(_("Vi venter alt med å gjennomføre vedtaket."))
    appeal.stay_asked_on, appeal.stay_granted, appeal.stay_answered_on = opened.today, None, None
    appeal.stay_reasons = ""
    note_on_appeal(actor=actor, opened=opened, noted="STAY_ASKED", permission=REGISTER_CASE, at=at)
    return appeal


@transaction.atomic
def answer_stay(*, actor: Actor, appeal_id: int, edition: int, granted: bool, reasons: str, at: datetime) -> Appeal:
    """Grant or refuse a stay, always with reasons. May also be granted without being asked for.

    Not by somebody disqualified. Raises NotFound, NotAllowed, ChangedMeanwhile, AppealBlocked, CaseRefused.
    """
    opened = open_appeal(actor=actor, appeal_id=appeal_id, permission=HANDLE_APPEAL, at=at, edition=edition)
    appeal = opened.appeal
    facts = facts_of_appeal(appeal, actor=actor, on=opened.today)
    if facts.disqualified:
        raise AppealBlocked((Missing.DISQUALIFIED,))
    if facts.state not in OPEN:
        raise AppealBlocked((Missing.NOT_FROM_HERE,))
    if appeal.stay_answered_on is not None:
        raise CaseRefused(_("Det er svart på dette før."))
    if appeal.stay_asked_on is None and not granted:
        raise CaseRefused(_("Ingen har bedt oss vente."))
    if not reasons.strip():
        raise CaseRefused(_("Skriv begrunnelsen. Den står i brevet til den som klager."))
    appeal.stay_asked_on = appeal.stay_asked_on or opened.today
    appeal.stay_granted, appeal.stay_answered_on, appeal.stay_reasons = granted, opened.today, reasons.strip()
    noted = "STAY_GRANTED" if granted else "STAY_REFUSED"
    note_on_appeal(actor=actor, opened=opened, noted=noted, permission=HANDLE_APPEAL, at=at, data={"granted": granted})
    return appeal
