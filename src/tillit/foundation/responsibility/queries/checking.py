"""Is anything undefined? The check for many teams at once, in as many queries as for one."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q

from tillit.foundation.authority.models import ServiceType
from tillit.foundation.authority.queries.registered import Lack, authorities_in_force, services_without_authority_in
from tillit.foundation.organisation.models import Unit, UnitKind
from tillit.foundation.responsibility.models import Duty
from tillit.foundation.responsibility.queries.duties import holdings_between, members_of, terms_of
from tillit.foundation.responsibility.queries.routing import unit_map
from tillit.foundation.responsibility.rules.checking import (
    DutyGap,
    Finding,
    LackingService,
    check_duties,
    check_services,
    check_table,
)
from tillit.foundation.responsibility.rules.duties import holder_of
from tillit.foundation.responsibility.rules.routing import PLACES
from tillit.foundation.responsibility.rules.tables import Cell
from tillit.foundation.workforce.models import HeldCompetence, Shift
from tillit.foundation.workforce.queries.at_work import absences_between
from tillit.foundation.workforce.queries.competences import brought
from tillit.foundation.workforce.rules import Holding, competences_in_force
from tillit.kernel.periods import Days, each_day

#: How far ahead duties are looked at.
DAYS = 14


def check_teams(tables: Mapping[int, Mapping[str, Cell]], *, on: date, first: date) -> dict[int, tuple[Finding, ...]]:
    """Return unit id → what is undefined for it on the day: in its table, its duties and its authority.

    tables: unit id → the table it follows, or would follow. on: the day the map, the people and authority are read.
    first: the day duties are counted from, fourteen days on. Callers have checked reach; nobody is named.
    """
    units, roles = unit_map(on=on)
    gaps = duty_gaps(unit_ids=tables, first=first)
    lacking = _lacking_services(tables, on=on)
    return {
        unit_id: (
            *check_table(table, asking=units[unit_id], units=units.values(), roles=roles),
            *check_duties(gaps.get(unit_id, ())),
            *check_services(lacking.get(unit_id, ())),
        )
        for unit_id, table in tables.items()
        if unit_id in units
    }


def duty_gaps(*, unit_ids: Iterable[int], first: date, days: int = DAYS) -> dict[int, tuple[DutyGap, ...]]:
    """Return unit id → duties with the days that nobody on their lists, at work and able, can hold them.

    Days without any shift in the team are left out: its shifts are not planned so far ahead. Eight queries at most.
    """
    after = first + timedelta(days=days)
    duties = list(
        Duty.objects.filter(unit_id__in=set(unit_ids), valid_from__lt=after)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=first))
        .select_related("needs")
        .order_by("name", "pk")
    )
    if not duties:
        return {}
    members = members_of(duties)
    taken = holdings_between(duties, first=first, after=after)
    at_work, planned = _at_work({duty.unit_id for duty in duties}, first=first, after=after)
    found: dict[int, list[DutyGap]] = defaultdict(list)
    for duty in duties:
        lasts = Days(duty.valid_from, duty.valid_to)
        bare = tuple(
            day
            for day in each_day(first, after)
            if lasts.contains(day)
            and (duty.unit_id, day) in planned
            and holder_of(
                terms_of(duty),
                members[duty.pk],
                at_work.get((duty.unit_id, day, duty.shift_kind), {}),
                taken.get((duty.pk, day)),
                day,
            ).is_gap
        )
        if bare:
            found[duty.unit_id].append(DutyGap(duty.pk, duty.name, bare))
    return {unit_id: tuple(gaps) for unit_id, gaps in found.items()}


_Shift = tuple[int, date, str]
"""Team, day and kind of shift."""


def _at_work(
    unit_ids: Collection[int], *, first: date, after: date
) -> tuple[dict[_Shift, dict[int, frozenset[str]]], set[tuple[int, date]]]:
    """(team, day, kind of shift) → those at work and not away → competences; and the days a team has shifts at all.

    Work groups are part of their team, as in `workforce.queries.at_work`.
    """
    groups = dict(Unit.objects.filter(parent_id__in=unit_ids, kind=UnitKind.WORK_GROUP).values_list("pk", "parent_id"))
    rows = list(
        Shift.objects.filter(unit_id__in={*unit_ids, *groups}, on__gte=first, on__lt=after).values_list(
            "unit_id", "on", "kind", "employee_id", "employee__profession"
        )
    )
    professions = {employee: profession for *_shift, employee, profession in rows}
    away = absences_between(professions, first=first, after=after)
    able = _abilities(professions, sorted({on for _unit, on, *_rest in rows}))
    found: dict[_Shift, dict[int, frozenset[str]]] = defaultdict(dict)
    planned: set[tuple[int, date]] = set()
    for unit_id, on, kind, employee, _profession in rows:
        team = groups.get(unit_id) or unit_id
        planned.add((team, on))
        if not any(days.contains(on) for days in away.get(employee, ())):
            found[team, on, kind][employee] = able[on].get(employee, frozenset())
    return found, planned


def _abilities(professions: Mapping[int, str], days: Sequence[date]) -> dict[date, dict[int, frozenset[str]]]:
    brings = brought()
    held = [
        Holding(employee, code, Days(start, end))
        for employee, code, start, end in HeldCompetence.objects.filter(employee_id__in=list(professions)).values_list(
            "employee_id", "competence__code", "valid_from", "valid_to"
        )
    ]
    return {day: competences_in_force(professions, brings, held, day) for day in days}


def _lacking_services(unit_ids: Iterable[int], *, on: date) -> dict[int, tuple[LackingService, ...]]:
    """Services nobody may decide for each unit, or nobody above a limit."""
    units = Unit.objects.filter(pk__in=set(unit_ids))
    return {
        unit_id: tuple(
            LackingService(one.service.code, one.service.name, only_above=one.lack is Lack.ABOVE_LIMITS)
            for one in standings
        )
        for unit_id, standings in services_without_authority_in(units, on).items()
    }


@dataclass(frozen=True, slots=True)
class PointlessAuthority:
    """A line of a delegation that the table no longer uses for some teams: others hold the decision there."""

    reference: str
    role: str
    service_name: str = field(metadata={"help": "Empty when the line is for a whole group of services"})
    group: str
    unit_ids: tuple[int, ...]


def pointless_authority(
    *, before: Mapping[int, Mapping[str, Cell]], after: Mapping[str, Cell], on: date
) -> tuple[PointlessAuthority, ...]:
    """Return the lines of delegations that lose their point when units go from their tables to another.

    before: unit id → the table it follows. A line loses its point when the row of its service goes from a kind of
    holder whose role the line names, in the unit that has the case, to a holder of another role or elsewhere.
    """
    rows = dict(ServiceType.objects.exclude(responsibility_code="").values_list("pk", "responsibility_code"))
    groups: dict[str, set[str]] = defaultdict(set)
    for group, code in ServiceType.objects.exclude(responsibility_code="").values_list("group", "responsibility_code"):
        groups[group].add(code)
    paths = dict(Unit.objects.filter(pk__in=set(before)).values_list("pk", "path"))
    found: dict[tuple[str, str, str, str], set[int]] = defaultdict(set)
    for line in authorities_in_force(on):
        codes = {rows[line.service_id]} if line.service_id in rows else groups.get(line.group, set())
        if not line.role or (line.service_id and line.service_id not in rows):
            continue
        for unit_id, table in before.items():
            if line.within_path and not paths.get(unit_id, "").startswith(line.within_path):
                continue
            if codes and all(_lost(line.role, line.unit_id, table.get(code), after.get(code)) for code in codes):
                key = (line.basis.reference, line.role, line.service_name, line.group)
                found[key].add(unit_id)
    return tuple(
        PointlessAuthority(reference, role, service, group, tuple(sorted(units)))
        for (reference, role, service, group), units in sorted(found.items())
    )


def _lost(role: str, unit_id: int | None, before: Cell | None, after: Cell | None) -> bool:
    """Whether the role held the row in the unit that has the case, and no longer does."""
    if before is None or unit_id is not None:
        return False
    was = PLACES.get(before.holder)
    becomes = PLACES.get(after.holder) if after is not None else None
    return was is not None and not was.purposes and was.role == role and becomes != was
