"""Write a notice: to a person, a duty, or the team, where the table says whose it is."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens.queries import get_citizen, scope_of
from tillit.care.journal.actions import sign
from tillit.care.journal.models import EntryKind
from tillit.care.notices.models import Notice
from tillit.care.notices.permissions import WRITE_NOTICE
from tillit.care.notices.queries import duty_of, place, receivers
from tillit.care.notices.rules.due import Answer, due_at
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation.queries import get_unit
from tillit.foundation.organisation.queries import scope_of as scope_of_unit
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused


class NothingWritten(ActionRefused):
    """A notice without words."""


class NotInTeam(ActionRefused):
    """It is written to somebody who does not work in the team."""


@transaction.atomic
def write_notice(
    *,
    actor: Actor,
    unit_id: int,
    text: str,
    by: str,
    at: datetime,
    press_key: str,
    citizen_id: int | None = None,
    duty_id: int | None = None,
    owner_id: int | None = None,
) -> Notice:
    """Write a notice in a team. About a citizen it is an entry of her journal, signed by the press.

    duty_id or owner_id: to whoever holds that duty, or to that person; without both it goes to the unit that the
    responsibility table names, to whoever answers messages there. by: a rules.due.Answer. press_key: the same key
    again returns the first one. Raises NotFound, NotAllowed, NothingWritten, NotInTeam.
    """
    on = oslo.day_of(at)
    unit = get_unit(actor=actor, unit_id=unit_id)
    scope = scope_of_unit(unit)
    if citizen_id is not None:
        citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=at, lock=True)
        scope = Scope(tuple(dict.fromkeys((*scope_of(citizen.pk, on=on).paths, *scope.paths))), citizen.pk)
    require(actor, WRITE_NOTICE, scope)
    asked = Notice.objects.filter(written_by_id=actor.employee_id, asks_nothing=False)
    if press_key and (known := asked.filter(press_key=press_key).first()):
        return known
    if not text.strip():
        raise NothingWritten(_("Skriv hva det gjelder."))
    if by not in {one.value for one in Answer}:
        raise NothingWritten(_("Si når du trenger svar."))
    placed_in, duty = unit.pk, None
    if owner_id is not None:
        if owner_id not in {one.employee_id for one in receivers(unit_id=unit.pk, on=on).people}:
            raise NotInTeam(_("Den du skrev til, er ikke i teamet lenger. Velg en annen, eller skriv til teamet."))
    elif duty_id is not None:
        duty = duty_of(duty_id, unit_id=unit.pk, on=on).pk
    else:
        placed = place(unit=unit, citizen_id=citizen_id, on=on)
        placed_in, duty = placed.unit_id, placed.duty_id
    notice = Notice.objects.create(
        unit_id=placed_in,
        citizen_id=citizen_id,
        duty_id=duty,
        owner_id=owner_id,
        text=text.strip(),
        written_by_id=actor.employee_id,
        written_at=at,
        due_at=due_at(Answer(by), at=at),
        press_key=press_key,
    )
    if citizen_id is not None:
        sign(
            actor=actor,
            kind=EntryKind.NOTICE,
            row_id=notice.pk,
            citizen_id=citizen_id,
            scope=scope,
            happened_at=at,
            at=at,
        )
    change = {"unit": placed_in, "duty": duty, "owner": owner_id, "by": by}
    audit.record(actor, WRITE_NOTICE, str(notice), scope, at=at, change=change)
    return notice
