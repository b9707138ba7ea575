"""Take a notice: from then it is hers."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.notices.actions.answering import AlreadyAnswered
from tillit.care.notices.models import Notice
from tillit.care.notices.permissions import ANSWER_NOTICE
from tillit.care.notices.queries import get_notice, one_line, scope_of_notice
from tillit.care.notices.rules.whose import may_take
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import require
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused


class TakenAlready(ActionRefused):
    """A colleague who is here has it."""


@transaction.atomic
def take_notice(*, actor: Actor, notice_id: int, at: datetime) -> Notice:
    """Let the notice be the actor's. What a colleague has taken, and who is here today, stays hers.

    Pressing again changes nothing. Raises NotFound, NotAllowed, TakenAlready, AlreadyAnswered.
    """
    notice = get_notice(actor=actor, notice_id=notice_id, at=at, lock=True)
    scope = scope_of_notice(notice, on=oslo.day_of(at))
    require(actor, ANSWER_NOTICE, scope)
    if notice.answered_at is not None:
        raise AlreadyAnswered(_("Beskjeden er besvart allerede."))
    if actor.employee_id is None or notice.owner_id == actor.employee_id:
        return notice
    line = one_line(notice, at=at)
    if not may_take(line.whose):
        raise TakenAlready(_("%(name)s har tatt beskjeden.") % {"name": line.owner_name})
    before, notice.owner_id, notice.owned_at = notice.owner_id, actor.employee_id, at
    notice.save(update_fields=["owner", "owned_at"])
    change = {"owner": actor.employee_id, "was": before}
    audit.record(actor, ANSWER_NOTICE, str(notice), scope, at=at, change=change)
    return notice
