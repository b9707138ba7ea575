"""Taking a duty for a day, giving it to a colleague, giving it back to the rotation."""

from datetime import date, datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.foundation.responsibility import queries
from tillit.foundation.responsibility.events import DutyTaken
from tillit.foundation.responsibility.models import DutyHolding
from tillit.foundation.responsibility.permissions import HOLD_DUTIES
from tillit.foundation.responsibility.rules.duties import CannotHold, why_not
from tillit.kernel import events, oslo
from tillit.kernel.errors import ActionRefused
from tillit.kernel.periods import Days

REASONS: dict[CannotHold, str | Promise] = {
    CannotHold.NOT_TODAY: gettext_lazy("Teamet har ikke denne vakta på den dagen."),
    CannotHold.NOT_AT_WORK: gettext_lazy("Den du valgte, er ikke på jobb på riktig vakt den dagen. Velg en annen."),
    CannotHold.LACKS_COMPETENCE: gettext_lazy("Den du valgte, mangler kompetansen vakta krever. Velg en annen."),
}


class DutyCannotBeHeld(ActionRefused):
    """She cannot have the duty that day. `why` is None when the day itself is the reason."""

    def __init__(self, text: str, *, why: CannotHold | None = None) -> None:
        super().__init__(text)
        self.why = why


@transaction.atomic
def take_duty(*, actor: Actor, duty_id: int, employee_id: int, on: date, at: datetime) -> DutyHolding:
    """Let an employee hold a duty on a day, whatever the rotation says: her own wish, or agreed with a colleague.

    She must be at work on the duty's kind of shift, not away, and have the competence it needs; she need not be on
    the duty's list. Days that have passed are left as they were. Raises NotFound, NotAllowed, DutyCannotBeHeld.
    """
    duty = queries.get_duty(actor=actor, duty_id=duty_id, lock=True)
    scope = Scope((duty.unit.path,))
    require(actor, HOLD_DUTIES, scope)
    _refuse_the_past(on, at)
    if not Days(duty.valid_from, duty.valid_to).contains(on):
        raise DutyCannotBeHeld(str(REASONS[CannotHold.NOT_TODAY]), why=CannotHold.NOT_TODAY)
    stopped = why_not(queries.terms_of(duty), queries.who_can_hold(duty, on=on), employee_id, on)
    if stopped is not None:
        raise DutyCannotBeHeld(str(REASONS[stopped]), why=stopped)
    holding = DutyHolding.objects.create(duty=duty, employee_id=employee_id, on=on, at=at)
    audit.record(
        actor,
        HOLD_DUTIES,
        f"duty:{duty.pk}",
        scope,
        at=at,
        change={"employee": employee_id, "on": on.isoformat()},
    )
    events.publish(DutyTaken(duty.pk, duty.unit_id, employee_id, on, at))
    return holding


@transaction.atomic
def give_back_duty(*, actor: Actor, duty_id: int, on: date, at: datetime) -> None:
    """Let the rotation, or the fixed order, decide again who holds the duty that day. Undoes `take_duty`.

    Nothing happens when nobody had taken it. Raises NotFound, NotAllowed, DutyCannotBeHeld.
    """
    duty = queries.get_duty(actor=actor, duty_id=duty_id, lock=True)
    scope = Scope((duty.unit.path,))
    require(actor, HOLD_DUTIES, scope)
    _refuse_the_past(on, at)
    removed, _by_model = DutyHolding.objects.filter(duty=duty, on=on).delete()
    if removed:
        audit.record(
            actor, HOLD_DUTIES, f"duty:{duty.pk}", scope, at=at, change={"employee": None, "on": on.isoformat()}
        )
        events.publish(DutyTaken(duty.pk, duty.unit_id, None, on, at))


def _refuse_the_past(on: date, at: datetime) -> None:
    if on < oslo.day_of(at):
        raise DutyCannotBeHeld(_("Dagen har vært. Vakta kan ikke flyttes nå."))
