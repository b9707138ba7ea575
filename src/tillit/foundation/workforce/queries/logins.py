"""Who can log in, and which roles they hold: for those who give logins and roles."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from django.db.models import F, Q
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.models import Invitation, User
from tillit.foundation.access.permissions import holds
from tillit.foundation.access.roles import ROLE_NAMES, Role
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import in_force, team_and_groups, within_reach
from tillit.foundation.workforce.models import Employee, PositionShare, RoleHolding
from tillit.foundation.workforce.permissions import GIVE_LOGIN, TO_GIVE
from tillit.foundation.workforce.queries.employment import employed
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound


class LoginState(StrEnum):
    """What stands between somebody and the product."""

    NONE = "NONE"
    INVITED = "INVITED"
    EXPIRED = "EXPIRED"
    OPEN = "OPEN"
    CLOSED = "CLOSED"


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role in a unit, in force or to come."""

    holding_id: int
    role: Role
    role_name: str
    unit_id: int
    unit_name: str
    path: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class LoginLine:
    """One employee as those see her who give logins."""

    employee_id: int
    name: str
    profession: str
    username: str = field(metadata={"help": "Empty: she has no account yet"})
    state: LoginState
    expires_at: datetime | None = field(metadata={"help": "When the newest code runs out, while it is the way in"})
    roles: tuple[HeldRole, ...]
    paths: tuple[str, ...] = field(metadata={"help": "Where she has a position or a role today"})


def logins_in_unit(*, unit: Unit, at: datetime) -> list[LoginLine]:
    """Return those with a position or a role in the unit, or in a work group in it, by name; constant queries."""
    on = oslo.day_of(at)
    here = team_and_groups(unit.pk)
    shares = PositionShare.objects.filter(here).filter(in_force(on, "position__")).values("position__employee_id")
    roles = RoleHolding.objects.filter(here).filter(_not_over(on)).values("employee_id")
    return _lines(Q(pk__in=shares) | Q(pk__in=roles), at)


def login_of(*, actor: Actor, employee_id: int, at: datetime) -> LoginLine:
    """Return one employee, to somebody who gives logins in a unit where she has a position or a role.

    Raises NotFound out of reach too.
    """
    found = _lines(Q(pk=employee_id), at)
    if not found or not reaches(actor, found[0]):
        raise NotFound(_("Fant ikke medarbeideren."))
    return found[0]


def reaches(actor: Actor, line: LoginLine) -> bool:
    """Whether the actor gives logins in a unit where the employee has a position or a role."""
    return bool(line.paths) and holds(actor, GIVE_LOGIN, Scope(line.paths))


def may_give(actor: Actor, role: Role, path: str) -> bool:
    """Whether the actor may give a role in the unit at `path`."""
    return holds(actor, TO_GIVE[role], Scope((path,)))


def may_open(actor: Actor, line: LoginLine) -> bool:
    """Whether the actor may make, or close, the way in for somebody: only for what she could have given herself.

    Nobody does it for herself: a forgotten password is given back by another.
    """
    if line.employee_id == actor.employee_id or not reaches(actor, line):
        return False
    return all(may_give(actor, held.role, held.path) for held in line.roles)


@dataclass(frozen=True, slots=True)
class UnitLogins:
    """How many in a unit can log in."""

    unit: Unit
    people: int
    without: frozenset[int] = field(metadata={"help": "Ids of those who cannot: somebody may be in two units"})


def logins_by_unit(*, actor: Actor, on: date) -> list[UnitLogins]:
    """Return the units where the actor gives logins and where people have positions or roles; three queries."""
    units = [unit for unit in within_reach(actor).filter(in_force(on)).order_by("path") if _gives_in(actor, unit)]
    ids = [unit.pk for unit in units]
    people: dict[int, set[int]] = defaultdict(set)
    open_ones: set[int] = set()
    shares = PositionShare.objects.filter(
        in_force(on, "position__"), employed(on, "position__employee__"), unit__in=ids
    )
    roles = RoleHolding.objects.filter(in_force(on), employed(on, "employee__"), unit__in=ids)
    for unit_id, employee_id, password, active in (
        *shares.values_list("unit_id", "position__employee_id", *_login_fields("position__employee__")),
        *roles.values_list("unit_id", "employee_id", *_login_fields("employee__")),
    ):
        people[unit_id].add(employee_id)
        if active and _has_password(password):
            open_ones.add(employee_id)
    return [
        UnitLogins(unit, len(people[unit.pk]), frozenset(people[unit.pk] - open_ones))
        for unit in units
        if people[unit.pk]
    ]


def get_holding(*, holding_id: int) -> RoleHolding:
    """Return a role holding with its unit. Raises NotFound. Callers check the reach of its employee."""
    found = RoleHolding.objects.select_related("unit").filter(pk=holding_id).first()
    if found is None:
        raise NotFound(_("Fant ikke rollen."))
    return found


def _gives_in(actor: Actor, unit: Unit) -> bool:
    return holds(actor, GIVE_LOGIN, Scope((unit.path,)))


def _login_fields(way: str) -> tuple[str, str]:
    return f"{way}user__password", f"{way}user__is_active"


def _not_over(on: date) -> Q:
    return Q(valid_to__isnull=True) | Q(valid_to__gt=on)


def _has_password(stored: str | None) -> bool:
    return bool(stored) and not str(stored).startswith("!")


def _lines(chosen: Q, at: datetime) -> list[LoginLine]:
    on = oslo.day_of(at)
    employees = list(
        Employee.objects.filter(chosen).filter(employed(on)).select_related("user").order_by("sort_name", "pk")
    )
    ids = [employee.pk for employee in employees]
    roles: dict[int, list[HeldRole]] = defaultdict(list)
    paths: dict[int, set[str]] = defaultdict(set)
    rows = RoleHolding.objects.filter(_not_over(on), employee__in=ids).exclude(valid_to=F("valid_from"))
    for row in rows.select_related("unit").order_by("unit__path", "role", "valid_from"):
        roles[row.employee_id].append(
            HeldRole(
                row.pk, Role(row.role), str(ROLE_NAMES[Role(row.role)]), row.unit_id, row.unit.name, row.unit.path,
                row.valid_from, row.valid_to,
            )
        )  # fmt: skip
        paths[row.employee_id].add(row.unit.path)
    shares = PositionShare.objects.filter(in_force(on, "position__"), position__employee__in=ids)
    for employee_id, path in shares.values_list("position__employee_id", "unit__path"):
        paths[employee_id].add(path)
    codes = _newest_codes(employee.user_id for employee in employees if employee.user_id)
    return [
        LoginLine(
            employee_id=employee.pk,
            name=employee.name,
            profession=employee.get_profession_display(),
            username=employee.user.username if employee.user else "",
            state=_state(employee.user, codes.get(employee.user_id or 0), at),
            expires_at=codes.get(employee.user_id or 0),
            roles=tuple(roles[employee.pk]),
            paths=tuple(sorted(paths[employee.pk])),
        )
        for employee in employees
    ]


def _newest_codes(user_ids: Iterable[int]) -> dict[int, datetime]:
    rows = Invitation.objects.filter(user__in=list(user_ids), used_at__isnull=True, withdrawn_at__isnull=True)
    return dict(rows.values_list("user_id", "expires_at"))


def _state(user: User | None, expires_at: datetime | None, at: datetime) -> LoginState:
    if user is None:
        return LoginState.NONE
    if not user.is_active:
        return LoginState.CLOSED
    if expires_at is not None and expires_at > at:
        return LoginState.INVITED
    if _has_password(user.password):
        return LoginState.OPEN
    return LoginState.EXPIRED if expires_at is not None else LoginState.NONE
