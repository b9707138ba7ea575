"""«Sett»: an employee has seen what changed on her list."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.kernel.errors import NotFound
from tillit.teamwork.planning.models import Notice
from tillit.teamwork.planning.permissions import SEE_NOTICE


@transaction.atomic
def see_notice(*, actor: Actor, notice_id: int, at: datetime) -> None:
    """Take one notice off the actor's page. Seeing twice is seeing once. Raises NotFound for anybody else's."""
    notice = Notice.objects.select_related("lists__unit").filter(pk=notice_id).first()
    if notice is None or actor.employee_id is None or notice.employee_id != actor.employee_id:
        raise NotFound
    if notice.seen_at is not None:
        return
    scope = Scope((notice.lists.unit.path,))
    require(actor, SEE_NOTICE, scope)
    Notice.objects.filter(pk=notice_id).update(seen_at=at)
    audit.record(actor, SEE_NOTICE, f"notice:{notice_id}", scope, at=at)


@transaction.atomic
def see_notices(*, actor: Actor, notice_ids: Iterable[int], at: datetime) -> int:
    """Take the actor's own notices off her page; anybody else's among them are left alone. Returns how many."""
    if actor.employee_id is None:
        raise NotFound
    wanted = list(notice_ids)
    own = Notice.objects.filter(employee_id=actor.employee_id, seen_at__isnull=True, pk__in=wanted)
    found = list(own.order_by("pk").values_list("pk", flat=True))
    for notice_id in found:
        see_notice(actor=actor, notice_id=notice_id, at=at)
    return len(found)
