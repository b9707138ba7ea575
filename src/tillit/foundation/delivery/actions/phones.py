"""Phones: known by a key of their own for one log in, met again, emptied from afar."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import SIGNED_IN, require
from tillit.foundation.delivery.models import Phone
from tillit.foundation.delivery.permissions import WIPE_PHONE
from tillit.foundation.delivery.rules.envelopes import Point
from tillit.foundation.delivery.rules.moments import AFTER_SHIFT, until
from tillit.foundation.login.models import LoginSession
from tillit.foundation.workforce.models import Shift
from tillit.foundation.workforce.queries import login_of
from tillit.kernel.errors import NotFound

#: Somebody who logs in this long before her shift is logging in for it.
_BEFORE_SHIFT = timedelta(hours=3)


@transaction.atomic
def enrol(*, actor: Actor, session: LoginSession | None, sign_key: Point, seal_key_id: str, at: datetime) -> Phone:
    """Make a phone known for this log in. sign_key: its own, already seen to lie on the curve. seal_key_id: ours."""
    assert actor.user_id is not None
    logged_in_at = session.began_at if session else at
    phone = Phone.objects.create(
        user_id=actor.user_id,
        session=session,
        browser=session.browser if session else "",
        unit_path=actor.home_path,
        seal_key_id=seal_key_id,
        sign_x=sign_key.x,
        sign_y=sign_key.y,
        logged_in_at=logged_in_at,
        until=until(logged_in_at=logged_in_at, shift_ends_at=_shift_end(actor.employee_id, logged_in_at, at=at)),
        contact_at=at,
    )
    audit.record(actor, SIGNED_IN, str(phone), Scope(()), at=at, change={"act": "ENROL_PHONE"})
    return phone


def _shift_end(employee_id: int | None, logged_in_at: datetime, *, at: datetime) -> datetime | None:
    """Return when the last shift ends that she can have logged in for."""
    near = Shift.objects.filter(
        employee_id=employee_id or 0,
        starts_at__lte=max(logged_in_at, at) + _BEFORE_SHIFT,
        ends_at__gt=at - AFTER_SHIFT,
    )
    return near.order_by("-ends_at").values_list("ends_at", flat=True).first()


def meet(phone: Phone, *, at: datetime) -> None:
    """Note that the phone has been in contact; one that was to be emptied has heard it now."""
    Phone.objects.filter(pk=phone.pk, contact_at__lt=at).update(contact_at=at)
    if phone.wiped_at is not None:
        Phone.objects.filter(pk=phone.pk, emptied_at__isnull=True).update(emptied_at=at)


@transaction.atomic
def wipe(*, actor: Actor, phone_id: int, at: datetime) -> Phone:
    """Ask that one of the actor's own phones be emptied the next time it meets us. Raises NotFound."""
    phone = Phone.objects.select_for_update().filter(pk=phone_id, user_id=actor.user_id or 0).first()
    if phone is None:
        raise NotFound(_("Fant ikke telefonen."))
    empty_phones([phone], actor=actor, at=at)
    return phone


@transaction.atomic
def wipe_of_employee(*, actor: Actor, employee_id: int, at: datetime) -> int:
    """Ask that all phones of an employee be emptied; return how many. Raises NotFound, NotAllowed."""
    line = login_of(actor=actor, employee_id=employee_id, at=at)
    require(actor, WIPE_PHONE, Scope(line.paths))
    open_ones = Phone.objects.select_for_update().filter(user__employee__pk=employee_id, wiped_at__isnull=True)
    found = list(open_ones.filter(until__gt=at - timedelta(days=30)))
    empty_phones(found, actor=actor, at=at)
    return len(found)


def empty_phones(phones: Iterable[Phone], *, actor: Actor, at: datetime) -> None:
    """Ask that phones be emptied. Twice is once. What they have written until now is still received."""
    for phone in phones:
        if Phone.objects.filter(pk=phone.pk, wiped_at__isnull=True).update(wiped_at=at, wiped_by_id=actor.user_id):
            audit.record(actor, SIGNED_IN, str(phone), Scope(()), at=at, change={"act": "WIPE_PHONE"})


def end_phones_of(user_id: int, *, at: datetime) -> None:
    """Let every phone of a closed account be emptied; whoever calls writes why in the audit trail."""
    Phone.objects.filter(Q(user_id=user_id), wiped_at__isnull=True).update(wiped_at=at)
