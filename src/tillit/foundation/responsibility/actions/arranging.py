"""Which duties a team has, on which terms, and who goes on their lists."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.clashing import refuse_if_changed
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation.queries import get_unit, in_force
from tillit.foundation.responsibility import queries
from tillit.foundation.responsibility.models import Duty, DutyKind, DutyMember
from tillit.foundation.responsibility.permissions import ARRANGE_DUTIES
from tillit.foundation.workforce import competence_catalogue
from tillit.foundation.workforce.models import Competence, ShiftKind
from tillit.foundation.workforce.queries import competences_of, team_members
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused


class DutyRefused(ActionRefused):
    """The duty cannot be arranged like this. `field` is the form field concerned."""

    def __init__(self, text: str, *, field: str = "") -> None:
        super().__init__(text)
        self.field = field


@transaction.atomic
def make_duty(
    *,
    actor: Actor,
    unit_id: int,
    kind: str,
    name: str,
    valid_from: date,
    what: str = "",
    shift_kind: str = ShiftKind.DAY,
    weekdays: str = "1234567",
    needs_id: int | None = None,
    is_fixed: bool = False,
    member_ids: Sequence[int] = (),
    at: datetime,
) -> Duty:
    """Give a team a duty that somebody at work holds from a day. Raises NotFound, NotAllowed, DutyRefused."""
    unit = get_unit(actor=actor, unit_id=unit_id)
    scope = Scope((unit.path,))
    require(actor, ARRANGE_DUTIES, scope)
    _check(kind=kind, name=name, shift_kind=shift_kind, weekdays=weekdays)
    duty = Duty.objects.create(
        unit=unit,
        kind=kind,
        name=name.strip(),
        what=what.strip(),
        shift_kind=shift_kind,
        weekdays=weekdays,
        needs_id=needs_id,
        is_fixed=is_fixed,
        valid_from=valid_from,
    )
    _set_members(duty, member_ids, on=valid_from)
    audit.record(actor, ARRANGE_DUTIES, f"duty:{duty.pk}", scope, at=at, change=_change(duty, member_ids))
    return duty


@transaction.atomic
def arrange_duty(
    *,
    actor: Actor,
    duty_id: int,
    name: str,
    what: str,
    shift_kind: str,
    weekdays: str,
    needs_id: int | None,
    is_fixed: bool,
    member_ids: Sequence[int],
    at: datetime,
    edition: int | None = None,
) -> Duty:
    """Change a duty's terms and its list, in the order given. Takes effect at once, for today and later.

    edition: the one the actor saw. Raises NotFound, NotAllowed, DutyRefused, ChangedMeanwhile.
    """
    duty = queries.get_duty(actor=actor, duty_id=duty_id, lock=True)
    scope = Scope((duty.unit.path,))
    require(actor, ARRANGE_DUTIES, scope)
    now = queries.edition_of_duty(duty, queries.members_of([duty])[duty.pk])
    refuse_if_changed(f"duty:{duty.pk}", seen=edition, now=now, at=at)
    _check(kind=duty.kind, name=name, shift_kind=shift_kind, weekdays=weekdays)
    duty.name, duty.what = name.strip(), what.strip()
    duty.shift_kind, duty.weekdays = shift_kind, weekdays
    duty.needs_id, duty.is_fixed = needs_id, is_fixed
    duty.save(update_fields=["name", "what", "shift_kind", "weekdays", "needs", "is_fixed"])
    _set_members(duty, member_ids, on=oslo.day_of(at))
    audit.record(actor, ARRANGE_DUTIES, f"duty:{duty.pk}", scope, at=at, change=_change(duty, member_ids))
    return duty


@transaction.atomic
def end_duty(*, actor: Actor, duty_id: int, valid_to: date, at: datetime) -> Duty:
    """Let a duty end: `valid_to` is the first day nobody needs to hold it. Raises NotFound, NotAllowed, DutyRefused."""
    duty = queries.get_duty(actor=actor, duty_id=duty_id, lock=True)
    scope = Scope((duty.unit.path,))
    require(actor, ARRANGE_DUTIES, scope)
    if valid_to < oslo.day_of(at):
        raise DutyRefused(_("Vakta kan tidligst slutte i dag."))
    duty.valid_to = max(valid_to, duty.valid_from)
    duty.save(update_fields=["valid_to"])
    audit.record(actor, ARRANGE_DUTIES, f"duty:{duty.pk}", scope, at=at, change={"to": duty.valid_to.isoformat()})
    return duty


@transaction.atomic
def make_usual_duties(*, actor: Actor, unit_id: int, valid_from: date, at: datetime) -> list[Duty]:
    """Give a team the three usual duties it does not have: allocator, messages and acute, on day shifts (R05).

    On the lists go the members who are able: holders of the allocator's competence, those with health training, and
    nurses; in the order of their names. Returns what was made.
    """
    unit = get_unit(actor=actor, unit_id=unit_id, lock=True)
    require(actor, ARRANGE_DUTIES, Scope((unit.path,)))
    there = set(Duty.objects.filter(in_force(valid_from), unit=unit).values_list("kind", flat=True))
    members = [mark.employee_id for mark in team_members(unit_id=unit.pk, on=valid_from)]
    can = competences_of(employee_ids=members, on=valid_from)
    needs = dict(Competence.objects.values_list("code", "pk"))
    usual = (
        (DutyKind.ALLOCATOR, "" if unit.everyone_may_allocate else competence_catalogue.ALLOCATOR, "1234567"),
        (DutyKind.MESSAGES, competence_catalogue.HEALTH_CARE, "1234567"),
        (DutyKind.ACUTE, competence_catalogue.NURSING, "1234567"),
    )
    return [
        make_duty(
            actor=actor,
            unit_id=unit.pk,
            kind=kind,
            name=str(DutyKind(kind).label),
            weekdays=weekdays,
            needs_id=needs.get(code) if code else None,
            member_ids=[one for one in members if not code or code in can.get(one, frozenset())],
            valid_from=valid_from,
            at=at,
        )
        for kind, code, weekdays in usual
        if kind not in there
    ]


def _check(*, kind: str, name: str, shift_kind: str, weekdays: str) -> None:
    if kind not in DutyKind.values:
        raise DutyRefused(_("Velg hva slags vakt det er."), field="kind")
    if not name.strip():
        raise DutyRefused(_("Gi vakta et navn."), field="name")
    if shift_kind not in ShiftKind.values:
        raise DutyRefused(_("Velg dag, kveld eller natt."), field="shift_kind")
    if not weekdays or not set(weekdays) <= set("1234567"):
        raise DutyRefused(_("Velg minst én ukedag."), field="weekdays")


def _set_members(duty: Duty, member_ids: Sequence[int], *, on: date) -> None:
    wanted = list(dict.fromkeys(member_ids))
    known = {mark.employee_id for mark in team_members(unit_id=duty.unit_id, on=on)}
    kept = set(duty.members.values_list("employee_id", flat=True))
    if not set(wanted) <= known | kept:
        raise DutyRefused(_("Bare de som hører til teamet, kan stå på lista."), field="members")
    duty.members.all().delete()
    DutyMember.objects.bulk_create(
        DutyMember(duty=duty, employee_id=employee, rank=rank) for rank, employee in enumerate(wanted, start=1)
    )


def _change(duty: Duty, member_ids: Sequence[int]) -> dict[str, object]:
    return {
        "kind": duty.kind,
        "shift_kind": duty.shift_kind,
        "weekdays": duty.weekdays,
        "needs": duty.needs_id,
        "fixed": duty.is_fixed,
        "members": list(dict.fromkeys(member_ids)),
    }
