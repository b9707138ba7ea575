"""The answer to access' question: which employee is this user, and which roles does she hold now?"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from tillit.foundation.access.actor import Actor, Grant
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.models import JoinedLists, UnitKind
from tillit.foundation.organisation.queries import in_force
from tillit.foundation.workforce import rules
from tillit.foundation.workforce.models import (
    Absence,
    Employment,
    Position,
    PositionShare,
    RoleHolding,
    Shift,
)
from tillit.kernel import oslo
from tillit.kernel.periods import Period

#: Roles of those who go on visits. Held in a work group that shares lists with its team, they are held in the team.
ON_THE_LISTS = frozenset({Role.CARE_WORKER, Role.NURSE, Role.THERAPIST})


@dataclass(frozen=True, slots=True)
class _Place:
    """A unit where a role is held, or a shift is worked. team_path: of the team above, for a work group."""

    path: str
    unit_id: int
    kind: str
    team_path: str | None

    @property
    def is_group(self) -> bool:
        return self.kind == UnitKind.WORK_GROUP


def actor_of(*, user_id: int, name: str, at: datetime) -> Actor:
    """Return the actor with the roles in force on the day of `at` (aware UTC), in at most three queries.

    Who works in a work group is on the team's lists in the evening, at night and at weekends (R02), with visits to
    the team's citizens: her role reaches the whole team as long as the group shares any of its lists with it.
    A leader's or a case worker's role stays in the group. See docs/adr/0003-a-work-group-is-part-of-its-team.md.
    A temp who goes on visits has her role on the days she works (`rules.places_open`), and else rests. Whoever goes on
    visits and has a shift in another team has her role there too, for as long as that shift lets her read.
    Someone without employee or roles is an actor who reaches nothing.
    """
    today = oslo.day_of(at)
    found = list(_held(user_id, on=today))
    if not found:
        return Actor(user_id=user_id, name=name)
    employee_id = found[0][0]
    held = [(Role(role), _Place(*place), is_temp) for _employee, role, *place, is_temp in found]
    visiting = sorted({role for role, _place, _temp in held if role in ON_THE_LISTS})
    works = _shifts(employee_id, on=today) if visiting else {}
    opened = frozenset(
        rules.places_open((shift for shifts in works.values() for shift in shifts), at=at)
    )  # fmt: skip
    lent = [place for place in works if place.path in opened and not any(_kin(place, own) for _r, own, _t in held)]
    places = {place for _role, place, _temp in held} | set(lent)
    apart = _apart({place.unit_id for place in places if place.is_group}, on=today)
    grants: dict[Grant, None] = {}
    resting: dict[Grant, None] = {}
    for role, place, is_temp in held:
        works_here = any(_kin(one, place) for one in works if one.path in opened)
        rests = is_temp and role in ON_THE_LISTS and not works_here
        (resting if rests else grants).update(dict.fromkeys(_reached(role, place, apart)))
    for place in sorted(lent, key=lambda one: one.path):
        for role in visiting:
            grants.update(dict.fromkeys(_reached(role, place, apart)))
    return Actor(
        user_id=user_id,
        name=name,
        employee_id=employee_id,
        grants=tuple(grants),
        home_path=found[0][2],
        resting=tuple(resting),
    )


def _held(user_id: int, *, on: date) -> QuerySet[RoleHolding, tuple[Any, ...]]:
    """Return each role in force: employee, role, the unit's path, id, kind and team; whether she is a temp there."""
    permanent = PositionShare.objects.filter(
        in_force(on, "position__"),
        unit_id=OuterRef("unit_id"),
        position__employee_id=OuterRef("employee_id"),
        position__employment=Employment.PERMANENT,
    )
    temporary = Position.objects.filter(
        in_force(on), employee_id=OuterRef("employee_id"), employment=Employment.TEMPORARY
    )
    return (
        RoleHolding.objects.filter(in_force(on), employee__user_id=user_id)
        .filter(Q(employee__employed_to__isnull=True) | Q(employee__employed_to__gt=on))
        .annotate(is_temp=Exists(temporary) & ~Exists(permanent))
        .order_by("unit__path", "role")
        .values_list("employee_id", "role", "unit__path", "unit_id", "unit__kind", "unit__parent__path", "is_temp")
    )


def _shifts(employee_id: int, *, on: date) -> dict[_Place, list[rules.WorkedShift]]:
    """Return the shifts of yesterday, today and tomorrow, by unit, in one query."""
    away = Absence.objects.filter(_away_on("on"), employee_id=OuterRef("employee_id"))
    rows = (
        Shift.objects.filter(employee_id=employee_id, on__gte=on - timedelta(days=1), on__lte=on + timedelta(days=1))
        .annotate(away=Exists(away))
        .values_list("unit__path", "unit_id", "unit__kind", "unit__parent__path", "starts_at", "ends_at", "away")
    )
    found: dict[_Place, list[rules.WorkedShift]] = {}
    for path, unit_id, kind, team_path, starts_at, ends_at, is_away in rows:
        place = _Place(path, unit_id, kind, team_path)
        found.setdefault(place, []).append(rules.WorkedShift(path, Period(starts_at, ends_at), is_away))
    return found


def _away_on(column: str) -> Q:
    """Rows whose half-open days contain the outer row's day."""
    return Q(valid_from__lte=OuterRef(column)) & (Q(valid_to__isnull=True) | Q(valid_to__gt=OuterRef(column)))


def _kin(one: _Place, other: _Place) -> bool:
    """Whether two units lie on one line: a team and its work group, a district and its team."""
    return one.path.startswith(other.path) or other.path.startswith(one.path)


def _reached(role: Role, place: _Place, apart: frozenset[int]) -> tuple[Grant, ...]:
    """Return where a role held in a unit is held: there and, from a group that shares lists, in its team."""
    own = Grant(role, place.path)
    if place.is_group and role in ON_THE_LISTS and place.team_path and place.unit_id not in apart:
        return own, Grant(role, place.team_path)
    return (own,)


def _apart(group_ids: Collection[int], *, on: date) -> frozenset[int]:
    """Return those of the work groups that share no lists with their team on the day."""
    if not group_ids:
        return frozenset()
    rows = JoinedLists.objects.filter(in_force(on), unit_id__in=group_ids, evening=False, night=False, weekend=False)
    return frozenset(rows.values_list("unit_id", flat=True))
