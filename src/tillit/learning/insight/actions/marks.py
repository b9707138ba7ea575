"""Mark on the time line what happened: it says that something did, never that it was why."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation.queries import get_unit, scope_of
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused, NotFound
from tillit.learning.insight.models import MarkKind, TimeMark
from tillit.learning.insight.permissions import ADD_MARK

LONGEST = 120
BACK = timedelta(days=3660)


@transaction.atomic
def add_mark(
    *, actor: Actor, unit_id: int, on: date, kind: str, text: str, at: datetime, press_key: str = ""
) -> TimeMark:
    """Mark what happened in a unit on a day; it stands on the series of that unit and of those below it.

    kind: a MarkKind. text: a few words, without names of persons. press_key: the same key again is the same mark.
    Raises NotFound, NotAllowed, ActionRefused.
    """
    unit = get_unit(actor=actor, unit_id=unit_id, lock=True)
    scope = scope_of(unit)
    require(actor, ADD_MARK, scope)
    if press_key and (known := TimeMark.objects.filter(unit=unit, press_key=press_key).first()):
        return known
    words = text.strip()
    if not words:
        raise ActionRefused(_("Skriv hva som skjedde."))
    if len(words) > LONGEST:
        raise ActionRefused(_("Skriv det kortere: høyst %(count)s tegn.") % {"count": LONGEST})
    if kind not in MarkKind.values:
        raise ActionRefused(_("Velg hva slags hendelse det var."))
    today = oslo.day_of(at)
    if on > today or on < today - BACK:
        raise ActionRefused(_("Velg en dag som har vært."))
    mark = TimeMark.objects.create(
        unit=unit, on=on, kind=kind, text=words, added_by_id=actor.employee_id, added_at=at, press_key=press_key
    )
    audit.record(actor, ADD_MARK, str(mark), scope, at=at, change={"on": on.isoformat(), "kind": kind})
    return mark


@transaction.atomic
def withdraw_mark(*, actor: Actor, mark_id: int, at: datetime) -> TimeMark:
    """Take a mark back: it stands no more on any series, and both are kept. Doing it twice is doing it once.

    Raises NotFound, NotAllowed.
    """
    mark = TimeMark.objects.filter(pk=mark_id, withdraws__isnull=True).first()
    if mark is None:
        raise NotFound(_("Fant ikke merket."))
    unit = get_unit(actor=actor, unit_id=mark.unit_id, lock=True)
    scope = scope_of(unit)
    require(actor, ADD_MARK, scope)
    known = TimeMark.objects.filter(withdraws=mark).first()
    if known is not None:
        return known
    back = TimeMark.objects.create(
        unit=unit, on=mark.on, kind=mark.kind, withdraws=mark, added_by_id=actor.employee_id, added_at=at
    )
    audit.record(actor, ADD_MARK, str(back), scope, at=at, change={"withdraws": mark.pk})
    return back
