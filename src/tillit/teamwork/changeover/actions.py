"""Every change at a change of shift, as named acts."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation.queries import get_unit, scope_of
from tillit.kernel.errors import ActionRefused
from tillit.teamwork.changeover.models import ShiftLine, ShiftRead
from tillit.teamwork.changeover.permissions import READ_BOARD, WRITE_LINE

LONGEST = 200


class LineMissing(ActionRefused):
    """A line without words, or too long."""


@transaction.atomic
def write_line(
    *, actor: Actor, unit_id: int, on: date, shift_kind: str, text: str, at: datetime, press_key: str
) -> ShiftLine:
    """Add a line to a shift's board. The same press twice is one. Raises NotFound, NotAllowed, LineMissing."""
    unit = get_unit(actor=actor, unit_id=unit_id, lock=True)
    scope = scope_of(unit)
    require(actor, WRITE_LINE, scope)
    if press_key and (known := ShiftLine.objects.filter(unit=unit, press_key=press_key).first()):
        return known
    words = " ".join(text.split())
    if not words or len(words) > LONGEST:
        raise LineMissing(_("Skriv én linje, høyst %(count)d tegn.") % {"count": LONGEST})
    line = ShiftLine.objects.create(
        unit=unit, on=on, shift_kind=shift_kind, text=words, written_by_id=actor.employee_id, written_at=at,
        press_key=press_key,
    )  # fmt: skip
    audit.record(actor, WRITE_LINE, str(line), scope, at=at, change={"on": on.isoformat(), "shift": shift_kind})
    return line


@transaction.atomic
def say_read(*, actor: Actor, unit_id: int, on: date, shift_kind: str, at: datetime) -> bool:
    """Say that one has read the board of a shift. Again changes nothing. Raises NotFound, NotAllowed."""
    unit = get_unit(actor=actor, unit_id=unit_id)
    scope = scope_of(unit)
    require(actor, READ_BOARD, scope)
    if actor.employee_id is None:
        return False
    row, is_new = ShiftRead.objects.get_or_create(
        unit=unit, on=on, shift_kind=shift_kind, employee_id=actor.employee_id, defaults={"at": at}
    )
    if is_new:
        audit.record(actor, READ_BOARD, str(row), scope, at=at, change={"on": on.isoformat(), "shift": shift_kind})
    return is_new
