"""Whom a check goes to: the units by the table, the people by the duties and shifts of the moment."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from tillit.care.citizens.queries import CitizenBrief
from tillit.care.observations.rules.placing import OnDuty, Placed, Why, place
from tillit.care.observations.rules.reaction import Act
from tillit.foundation.responsibility.models import DutyKind
from tillit.foundation.responsibility.queries import duties_today, holder_for
from tillit.foundation.workforce.models import Employee
from tillit.foundation.workforce.queries import AtWork, at_work_between
from tillit.kernel import oslo

#: The row of the table that says who follows up what is told of citizens with decisions.
FOLLOWS_UP = "NOTICES"
_NURSE = 2


def placed_now(act: Act, brief: CitizenBrief, *, at: datetime, first: int | None = None) -> Placed:
    """Return who has what a check asks for. Where the table says nothing, the units that follow the citizen have it.

    first: who has it already, and keeps it while she is at work.
    """
    on_duty = _on_duty(tuple(brief.unit_ids), at=at)
    if first in on_duty.at_work:
        return Placed(first, Why.RESPONSIBLE)
    return place(act, _with(on_duty, brief))


def placed_each(briefs: Iterable[CitizenBrief], *, at: datetime) -> dict[int, dict[Act, Placed]]:
    """Return, by citizen, who has what each kind of check asks for. As many queries for any citizens of one team."""
    found: dict[tuple[int, ...], OnDuty] = {}
    placed = {}
    for brief in briefs:
        units = tuple(brief.unit_ids)
        if units not in found:
            found[units] = _on_duty(units, at=at)
        placed[brief.citizen_id] = {act: place(act, _with(found[units], brief)) for act in Act}
    return placed


def _with(on_duty: OnDuty, brief: CitizenBrief) -> OnDuty:
    """Who is on duty, and who answers for this citizen."""
    if not brief.unit_ids:
        return on_duty
    answers = (
        brief.service_responsible_id,
        brief.service_deputy_id,
        brief.primary_contact_id,
        brief.primary_deputy_id,
    )
    return replace(on_duty, responsible=[one for one in answers if one is not None])


def _on_duty(units: tuple[int, ...], *, at: datetime) -> OnDuty:
    """Who is at work in the units the table gives it to, for citizens whom these units follow."""
    today = oslo.day_of(at)
    if not units:
        return OnDuty(frozenset(), None, (), None, ())
    routed = holder_for(code=FOLLOWS_UP, unit_id=units[0], on=today, beside=units[1:])
    unit_ids = list(dict.fromkeys((*routed.unit_ids, *units)))
    working: list[AtWork] = []
    held: dict[str, list[int]] = {DutyKind.ACUTE: [], DutyKind.MESSAGES: []}
    for unit_id in unit_ids:
        shifts = at_work_between(unit_id=unit_id, first=today - timedelta(days=1), after=today + timedelta(days=1))
        working += [row for row in shifts if not row.is_absent and row.starts_at <= at < row.ends_at]
        for kind, holder in _held(unit_id, on=today, shifts=shifts, at=at):
            held.setdefault(kind, []).append(holder)
    at_work = frozenset(row.employee_id for row in working)
    return OnDuty(
        at_work=at_work,
        acute=_first(held[DutyKind.ACUTE], at_work),
        nurses=tuple(dict.fromkeys(row.employee_id for row in working if row.level >= _NURSE)),
        messages=_first(held[DutyKind.MESSAGES], at_work),
        responsible=(),
    )


def _held(unit_id: int, *, on: date, shifts: list[AtWork], at: datetime) -> list[tuple[str, int]]:
    """The duties of the shift that is going on, with their holders."""
    kinds = {row.shift_kind for row in shifts if row.starts_at <= at < row.ends_at}
    duties = duties_today(unit_id=unit_id, on=on, at_work=[row for row in shifts if row.on == on])
    return [(duty.kind, duty.holder_id) for duty in duties if duty.holder_id is not None and duty.shift_kind in kinds]


def _first(holders: list[int], at_work: frozenset[int]) -> int | None:
    return next((one for one in holders if one in at_work), None)


def phone_of(employee_id: int | None) -> str:
    """Return somebody's phone; empty when there is nobody, or no number."""
    if employee_id is None:
        return ""
    return Employee.objects.filter(pk=employee_id).values_list("phone", flat=True).first() or ""
