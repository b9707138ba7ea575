"""Collect what is stored into the sheets of the import, so that what goes out can come in again."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Q

from tillit.care.careplans.models import InterventionTime
from tillit.care.citizens.models import (
    Citizen,
    Following,
    Home,
    Identifier,
    NetworkMember,
    Responsible,
    ResponsibleKind,
)
from tillit.care.citizens.queries import followers_of
from tillit.care.needs.models import WhatMatters
from tillit.exchange.files import vocabulary
from tillit.exchange.files.loading.identity import own_key
from tillit.exchange.files.permissions import EXPORT, EXPORT_CITIZENS
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.models import Area, Unit
from tillit.foundation.workforce.models import Employee, HeldCompetence, Position, RoleHolding, Shift
from tillit.kernel import oslo

Rows = Iterator[Sequence[object]]


def _name_of(choices: dict[str, str], code: str) -> str:
    return next((name for name, stored in choices.items() if stored == code), code)


def _units(actor: Actor) -> list[Unit]:
    """The units the actor may export, with those above them so that the file can be read in elsewhere."""
    reach = Q(pk__in=[])
    for path in actor.paths_for(EXPORT.roles):
        reach |= Q(path__startswith=path)
    below = list(Unit.objects.filter(reach).order_by("path"))
    above = {int(part) for unit in below for part in unit.path.split(".") if part}
    return list(Unit.objects.filter(pk__in=above).select_related("parent").order_by("path"))


def collect(*, actor: Actor, today: date, shifts_from: date, shifts_to: date) -> dict[str, Rows]:
    """Return the rows of every sheet the actor may have. Citizens only for those who work with them.

    shifts_from, shifts_to: days, half-open. Raises nothing; someone who reaches nothing gets empty sheets.
    """
    units = _units(actor)
    ids = [unit.pk for unit in units]
    rows: dict[str, Rows] = {
        "units": _unit_rows(units),
        "employees": _employee_rows(ids, today),
        "shifts": _shift_rows(ids, shifts_from, shifts_to),
    }
    paths = actor.paths_for(EXPORT_CITIZENS.roles)
    if paths:
        reach = Q(pk__in=[])
        for path in paths:
            reach |= Q(unit__path__startswith=path)
        theirs = Following.objects.filter(reach, valid_to__isnull=True).exclude(citizen_id__in=actor.barred)
        reached = theirs.values("citizen_id")
        followed = dict(
            Following.objects.filter(citizen_id__in=reached, valid_to__isnull=True)
            .order_by("citizen__sort_name", "citizen_id", "-part", "pk")  # the main unit, without a part, stays
            .values_list("citizen_id", "unit__code")
        )
        rows["citizens"] = _citizen_rows(followed)
        rows["services"] = _service_rows(list(followed), today)
    return rows


def _key(citizen: Citizen) -> str:
    return citizen.import_key or own_key(citizen.pk)


def _unit_rows(units: Sequence[Unit]) -> Rows:
    postal: dict[int, list[str]] = {}
    for unit_id, codes in Area.objects.filter(valid_to__isnull=True).values_list("unit_id", "postal_codes"):
        postal.setdefault(unit_id, []).extend(codes)
    for unit in units:
        yield [
            unit.code, unit.name, _name_of(vocabulary.UNIT_KINDS, unit.kind), unit.parent.code if unit.parent else "",
            unit.phone, unit.base_street, unit.base_latitude, unit.base_longitude, ", ".join(postal.get(unit.pk, [])),
        ]  # fmt: skip


def _employee_rows(unit_ids: Sequence[int], today: date) -> Rows:
    not_over = Q(valid_to__isnull=True) | Q(valid_to__gt=today)
    positions = (
        Position.objects.filter(not_over, shares__unit_id__in=unit_ids)
        .select_related("employee", "employee__user")
        .prefetch_related("shares__unit")
        .order_by("employee__sort_name", "employee_id", "pk")
        .distinct()
    )
    held: dict[int, list[str]] = {}
    for employee_id, code in HeldCompetence.objects.filter(not_over).values_list("employee_id", "competence__code"):
        held.setdefault(employee_id, []).append(code)
    roles = {
        (employee_id, unit_id): role
        for employee_id, unit_id, role in RoleHolding.objects.filter(not_over).values_list(
            "employee_id", "unit_id", "role"
        )
    }
    wanted = set(unit_ids)
    for position in positions:
        person: Employee = position.employee
        for share in position.shares.all():
            if share.unit_id not in wanted:
                continue
            yield [
                person.number, person.given_name, person.family_name,
                _name_of(vocabulary.PROFESSIONS, person.profession), float(position.percent),
                _name_of(vocabulary.EMPLOYMENT, position.employment), share.unit.code, float(share.share),
                _name_of(vocabulary.ROLES, roles.get((person.pk, share.unit_id), "")),
                ", ".join(sorted(held.get(person.pk, []))), person.phone, _name_of(vocabulary.TRAVEL, person.travel),
                person.user.username if person.user else "", person.employed_from, person.employed_to,
            ]  # fmt: skip


def _shift_rows(unit_ids: Sequence[int], first: date, after: date) -> Rows:
    found = (
        Shift.objects.filter(unit_id__in=unit_ids, on__gte=first, on__lt=after)
        .select_related("employee", "unit")
        .order_by("on", "starts_at", "employee__number")
    )
    for shift in found.iterator(chunk_size=2000):
        yield [
            shift.employee.number, shift.unit.code, shift.on, oslo.clock_of(shift.starts_at),
            oslo.clock_of(shift.ends_at), _name_of(vocabulary.SHIFT_KINDS, shift.kind), "ja" if shift.office else "nei",
        ]  # fmt: skip


def _citizen_rows(unit_of: dict[int, str]) -> Rows:
    citizens = list(Citizen.objects.filter(pk__in=unit_of).order_by("sort_name", "pk"))
    reading.note_all(unit_of)
    ids = list(unit_of)
    homes = {home.citizen_id: home for home in Home.objects.filter(citizen_id__in=ids, valid_to__isnull=True)}
    numbers = dict(
        Identifier.objects.filter(citizen_id__in=ids, valid_to__isnull=True).values_list("citizen_id", "value")
    )
    responsible = {
        (citizen_id, kind): number
        for citizen_id, kind, number in Responsible.objects.filter(
            citizen_id__in=ids, valid_to__isnull=True, is_deputy=False
        ).values_list("citizen_id", "kind", "employee__number")
    }
    kin = {
        member.citizen_id: member
        for member in NetworkMember.objects.filter(citizen_id__in=ids, is_next_of_kin=True, valid_to__isnull=True)
    }
    words = dict(
        WhatMatters.objects.filter(citizen_id__in=ids).order_by("recorded_at").values_list("citizen_id", "words")
    )
    for citizen in citizens:
        hidden = citizen.is_secret_address  # a file goes anywhere: empty cells, which change nothing when read in again
        home, relative = None if hidden else homes.get(citizen.pk), kin.get(citizen.pk)
        yield [
            _key(citizen), numbers.get(citizen.pk, ""), citizen.given_name, citizen.family_name, citizen.born_on,
            "" if hidden else citizen.phone,
            home.street if home else "", home.floor if home else "", home.postal_code if home else "",
            home.place if home else "", home.latitude if home else None, home.longitude if home else None,
            unit_of[citizen.pk], home.way_in if home else "", citizen.language,
            responsible.get((citizen.pk, ResponsibleKind.SERVICE_RESPONSIBLE), ""),
            responsible.get((citizen.pk, ResponsibleKind.PRIMARY_CONTACT), ""),
            relative.name if relative else "", relative.relation if relative else "",
            relative.phone if relative else "", words.get(citizen.pk, ""),
        ]  # fmt: skip


def _service_rows(citizen_ids: Sequence[int], today: date) -> Rows:
    followers = followers_of(citizen_ids)
    found = (
        InterventionTime.objects.filter(
            intervention__plan__citizen_id__in=citizen_ids,
            intervention__plan__valid_from__isnull=False,
            intervention__plan__valid_to__isnull=True,
        )
        .select_related(
            "intervention__plan__citizen",
            "intervention__goal",
            "intervention__competence",
            "intervention__plan",
            "intervention__unit",
        )
        .order_by("intervention__plan__citizen__sort_name", "intervention__rank", "intervention_id", "earliest")
    )
    for at in found.iterator(chunk_size=2000):
        what = at.intervention
        goal = what.goal
        yield [
            _key(what.plan.citizen), what.title, _name_of(vocabulary.INTERVENTION_KINDS, what.kind),
            _days(what.weekdays),
            what.every_weeks, _name_of(vocabulary.PARTS_OF_DAY, at.part_of_day), at.earliest, at.latest, what.minutes,
            what.helpers, what.competence.code if what.competence else "", goal.words if goal else "",
            goal.evaluate_on if goal else None, what.starts_on, what.ends_on,
            what.unit.code if what.unit and what.unit_id in followers[what.plan.citizen_id].beside(today) else "",
        ]  # fmt: skip


def _days(weekdays: str) -> str:
    names = ("man", "tir", "ons", "tor", "fre", "lør", "søn")
    whole = {"1234567": "alle", "12345": "hverdager", "67": "helg"}
    return whole.get(weekdays) or ", ".join(names[int(day) - 1] for day in weekdays)
