"""Answer a notice: it is closed with words."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.journal.actions import sign
from tillit.care.journal.models import EntryKind
from tillit.care.notices.models import Notice
from tillit.care.notices.permissions import ANSWER_NOTICE
from tillit.care.notices.queries import get_notice, scope_of_notice
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import require
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused


class AlreadyAnswered(ActionRefused):
    """Somebody has answered."""


class AnswerMissing(ActionRefused):
    """A notice is closed with words."""


@transaction.atomic
def answer_notice(*, actor: Actor, notice_id: int, answer: str, at: datetime) -> Notice:
    """Answer and close. Anybody in the team may: the one who answers has taken it by that.

    Raises NotFound, NotAllowed, AlreadyAnswered, AnswerMissing.
    """
    notice = get_notice(actor=actor, notice_id=notice_id, at=at, lock=True)
    scope = scope_of_notice(notice, on=oslo.day_of(at))
    require(actor, ANSWER_NOTICE, scope)
    if notice.answered_at is not None:
        raise AlreadyAnswered(_("En kollega har svart allerede."))
    if not answer.strip():
        raise AnswerMissing(_("Skriv et kort svar. Da ser den som spurte at det er tatt hånd om."))
    notice.answer, notice.answered_by_id, notice.answered_at = answer.strip(), actor.employee_id, at
    notice.save(update_fields=["answer", "answered_by", "answered_at"])
    if notice.citizen_id is not None:
        sign(
            actor=actor,
            kind=EntryKind.REPLY,
            row_id=notice.pk,
            citizen_id=notice.citizen_id,
            scope=scope,
            happened_at=at,
            at=at,
        )
    audit.record(actor, ANSWER_NOTICE, str(notice), scope, at=at, change={"answered": True})
    return notice
