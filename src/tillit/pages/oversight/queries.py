"""What the review rests on: the look-ups of those who work in the reviewer's units, and what is known around them.

A constant number of queries, whatever the number of people and look-ups.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from tillit.care.citizens.models import Citizen, Home, Responsible
from tillit.care.decisions.models import Case
from tillit.care.visits.models import VisitHelper
from tillit.foundation.access.doors import door_is_a_list, kind_of
from tillit.foundation.access.models import AccessEntry, RefusedEntry
from tillit.foundation.access.roles import Role
from tillit.foundation.access.whence import REFUSED
from tillit.foundation.organisation.queries import in_force
from tillit.foundation.workforce import models as workforce
from tillit.kernel import oslo
from tillit.kernel.geo import Place
from tillit.kernel.periods import Period
from tillit.pages.oversight import rules

_GO_OUT = frozenset({Role.CARE_WORKER, Role.NURSE, Role.THERAPIST})
_OFFICE = frozenset({Role.TEAM_LEADER, Role.DISTRICT_LEADER, Role.CASE_WORKER, Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Looker:
    """Somebody whose look-ups are gone through."""

    user_id: int
    name: str
    unit_path: str


@dataclass(frozen=True, slots=True)
class Basis:
    """All that the rules are asked with."""

    lookers: dict[int, Looker]
    looks: tuple[rules.Look, ...]
    refused: tuple[rules.Refused, ...]
    employees: dict[int, rules.Employee]
    citizens: dict[int, rules.Person]


def basis(*, where: Q, period: Period, without_user: int | None) -> Basis:
    """Return what the review of those who work in some units rests on. Eight queries.

    where: the units, as a condition on a row's own unit (`at_or_below`).

    without_user: the reviewer, whose own look-ups are for others.
    """
    on = oslo.day_of(period.end)
    shares = workforce.PositionShare.objects.filter(in_force(on, "position__") & where)
    roles = workforce.RoleHolding.objects.filter(in_force(on) & where)
    here = Q(pk__in=shares.values("position__employee")) | Q(pk__in=roles.values("employee"))
    staff = {
        row.user_id: row
        for row in workforce.Employee.objects.filter(here, user__isnull=False).exclude(user_id=without_user or 0)
    }
    users = [user_id for user_id in staff if user_id is not None]
    stored = (
        AccessEntry.objects.filter(user_id__in=users, at__gte=period.start, at__lt=period.end)
        .exclude(door_is_a_list())
        .exclude(outcome=REFUSED)  # told no: it stands among the refused tries
        .values_list("user_id", "citizen_id", "at", "ground", "device", "network", "door", "unit_path", "actor_name")
    )
    looks, lookers = [], dict[int, Looker]()
    for user_id, citizen_id, at, ground, device, network, door, path, name in stored:
        if kind_of(door).about_one:
            looks.append(rules.Look(user_id, citizen_id, at, ground, device, network))
            lookers[user_id] = Looker(user_id, name, path)
    refused = []
    rows = RefusedEntry.objects.filter(user_id__in=users, at__gte=period.start, at__lt=period.end, status=404)
    for user_id, at, asked_for, path, name in rows.values_list("user_id", "at", "asked_for", "unit_path", "actor_name"):
        refused.append(rules.Refused(user_id, at, asked_for))
        lookers.setdefault(user_id, Looker(user_id, name, path))
    seen = {look.citizen_id for look in looks}
    return Basis(
        lookers=lookers,
        looks=tuple(looks),
        refused=tuple(refused),
        employees=_employees({user_id: staff[user_id] for user_id in lookers}, period),
        citizens=_citizens(seen, period),
    )


def _employees(staff: dict[int, workforce.Employee], period: Period) -> dict[int, rules.Employee]:
    """Four queries."""
    ids = {row.pk: user_id for user_id, row in staff.items()}
    first, last = oslo.day_of(period.start), oslo.day_of(period.end)
    near = timedelta(days=rules.NEAR_DAYS)
    shifts: dict[int, list[Period]] = defaultdict(list)
    for employee_id, starts, ends in workforce.Shift.objects.filter(
        employee_id__in=ids, on__gte=first - timedelta(days=2), on__lte=last + timedelta(days=2)
    ).values_list("employee_id", "starts_at", "ends_at"):
        shifts[employee_id].append(Period(starts, ends))
    visits: dict[int, set[tuple[int, object]]] = defaultdict(set)
    for employee_id, citizen_id, on in VisitHelper.objects.filter(
        employee_id__in=ids, on__gte=first - near, on__lte=last + near
    ).values_list("employee_id", "visit__citizen_id", "on"):
        visits[employee_id].add((citizen_id, on))
    answers: dict[int, set[int]] = defaultdict(set)
    duties = Responsible.objects.filter(employee_id__in=ids, valid_from__lte=last)
    for employee_id, citizen_id in duties.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=first)).values_list(
        "employee_id", "citizen_id"
    ):
        answers[employee_id].add(citizen_id)
    for employee_id, citizen_id in Case.objects.filter(case_worker_id__in=ids).values_list(
        "case_worker_id", "citizen_id"
    ):
        answers[employee_id].add(citizen_id)
    roles: dict[int, set[str]] = defaultdict(set)
    for employee_id, role in workforce.RoleHolding.objects.filter(in_force(last), employee_id__in=ids).values_list(
        "employee_id", "role"
    ):
        roles[employee_id].add(role)
    return {
        user_id: rules.Employee(
            user_id=user_id,
            family_name=staff[user_id].family_name,
            goes_out=bool(roles[employee_id] & _GO_OUT) and not roles[employee_id] & _OFFICE,
            shifts=tuple(shifts[employee_id]),
            visits=frozenset(visits[employee_id]),  # type: ignore[arg-type]
            answers_for=frozenset(answers[employee_id]),
            home=_place(staff[user_id].home_latitude, staff[user_id].home_longitude),
        )
        for employee_id, user_id in ids.items()
    }


def _citizens(seen: Collection[int], period: Period) -> dict[int, rules.Person]:
    """Two queries. A hidden address is not compared with anybody's: what is found would tell it."""
    names = dict(Citizen.objects.filter(pk__in=seen).values_list("pk", "family_name"))
    open_homes = Home.objects.filter(citizen_id__in=seen, citizen__is_secret_address=False)
    homes = open_homes.filter(in_force(oslo.day_of(period.end)))
    places = {
        citizen_id: _place(latitude, longitude)
        for citizen_id, latitude, longitude in homes.values_list("citizen_id", "latitude", "longitude")
    }
    return {citizen_id: rules.Person(name, places.get(citizen_id)) for citizen_id, name in names.items()}


def _place(latitude: float | None, longitude: float | None) -> Place | None:
    return Place(latitude, longitude) if latitude is not None and longitude is not None else None
