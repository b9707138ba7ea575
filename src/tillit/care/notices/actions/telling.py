"""Tell somebody what came of what she asked for: a notice that asks nothing, closed by one press."""

from datetime import datetime

from django.db import transaction

from tillit.care.citizens.queries import followers_of
from tillit.care.journal.actions import sign
from tillit.care.journal.models import EntryKind
from tillit.care.notices.models import Notice
from tillit.care.notices.queries import place, receivers
from tillit.care.notices.rules.due import Answer, due_at
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import Permission
from tillit.foundation.organisation.models import Unit
from tillit.kernel import oslo


@transaction.atomic
def tell_who_asked(
    *,
    actor: Actor,
    citizen_id: int,
    unit_id: int,
    employee_id: int | None,
    text: str,
    about: str,
    scope: Scope,
    permission: Permission,
    at: datetime,
) -> Notice | None:
    """Write to whoever asked for something what came of it. Returns None when no unit follows the citizen any more.

    unit_id, employee_id: where and by whom it was asked. To her while that unit follows the citizen and she works
    there; else where the responsibility table says notices about the citizen go. scope, permission: of the act it is
    part of, which has checked both. about: what it tells of, such as "therapy-event:7"; the same again is the first.
    """
    on = oslo.day_of(at)
    followers = followers_of((citizen_id,))[citizen_id]
    if followers.main(on) is None:
        return None
    owner_id, placed_in, duty_id = None, unit_id, None
    team = {one.employee_id for one in receivers(unit_id=unit_id, on=on).people}
    if employee_id in team and unit_id in {one.unit_id for one in followers.on(on)}:
        owner_id = employee_id
    else:
        placed = place(unit=Unit.objects.get(pk=unit_id), citizen_id=citizen_id, on=on)
        placed_in, duty_id = placed.unit_id, placed.duty_id
    notice, is_new = Notice.objects.get_or_create(
        written_by_id=actor.employee_id,
        asks_nothing=True,
        press_key=about[:64],
        defaults={
            "unit_id": placed_in,
            "citizen_id": citizen_id,
            "duty_id": duty_id,
            "owner_id": owner_id,
            "text": text,
            "written_at": at,
            "due_at": due_at(Answer.WEEK, at=at),
        },
    )
    if is_new:
        sign(
            actor=actor, kind=EntryKind.NOTICE, row_id=notice.pk, citizen_id=citizen_id, scope=scope, happened_at=at,
            at=at,
        )  # fmt: skip
        change = {"unit": placed_in, "duty": duty_id, "owner": owner_id, "about": about}
        audit.record(actor, permission, str(notice), scope, at=at, change=change)
    return notice
