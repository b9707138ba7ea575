"""Give an employee a way in, close it, give her roles in units and end them."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import actions as access
from tillit.foundation.access import audit
from tillit.foundation.access.actions import Invited
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.models import User
from tillit.foundation.access.permissions import require
from tillit.foundation.access.roles import Role
from tillit.foundation.login.actions import second_step as login
from tillit.foundation.organisation.queries import get_unit
from tillit.foundation.workforce import queries
from tillit.foundation.workforce.models import Employee, RoleHolding
from tillit.foundation.workforce.permissions import GIVE_LOGIN, TO_GIVE
from tillit.foundation.workforce.queries import LoginLine
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused, NotAllowed

_USERNAME = RegexValidator(r"^[a-z0-9][a-z0-9._@-]{1,148}$")


class LoginRefused(ActionRefused):
    """The way in cannot be made like this. `field` is the form field concerned."""

    def __init__(self, text: str, *, field: str = "") -> None:
        super().__init__(text)
        self.field = field


class RoleRefused(ActionRefused):
    """The role cannot be given like this. `field` is the form field concerned."""

    def __init__(self, text: str, *, field: str = "") -> None:
        super().__init__(text)
        self.field = field


@transaction.atomic
def invite_employee(*, actor: Actor, employee_id: int, username: str = "", at: datetime) -> Invited:
    """Make a one-time code with which an employee chooses a password: the first one, or one she has forgotten.

    A closed account is opened again. username: needed for somebody without an account.
    Raises NotFound, NotAllowed, LoginRefused. The code is returned here and is nowhere else.
    """
    line = _hers_to_open(actor, employee_id, at)
    employee = Employee.objects.select_for_update(of=("self",)).select_related("user").get(pk=employee_id)
    user = employee.user
    if user is None:
        user = User.objects.create_user(_free(username), None, name=employee.name)
        employee.user = user
        employee.save(update_fields=["user"])
    return access.make_invitation(actor=actor, permission=GIVE_LOGIN, scope=Scope(line.paths), user=user, at=at)


@transaction.atomic
def close_login(*, actor: Actor, employee_id: int, at: datetime) -> None:
    """Close an employee's way in: sessions end at once, password and codes open nothing. Roles and history stay.

    Raises NotFound, NotAllowed, LoginRefused.
    """
    line = _hers_to_open(actor, employee_id, at)
    user = User.objects.filter(employee=employee_id).first()
    if user is None:
        raise LoginRefused(_("Medarbeideren har ingen innlogging."))
    access.close_account(actor=actor, permission=GIVE_LOGIN, scope=Scope(line.paths), user=user, at=at)


@transaction.atomic
def remove_second_step(*, actor: Actor, employee_id: int, at: datetime) -> None:
    """Take away passkeys, app and paper codes of an employee who has lost them; the password stays.

    Nobody does it for herself here. Raises NotFound, NotAllowed, LoginRefused.
    """
    line = _hers_to_open(actor, employee_id, at)
    user = User.objects.filter(employee=employee_id).first()
    if user is None:
        raise LoginRefused(_("Medarbeideren har ingen innlogging."))
    login.remove_second_step(actor=actor, permission=GIVE_LOGIN, scope=Scope(line.paths), user=user, at=at)


@transaction.atomic
def give_role(
    *,
    actor: Actor,
    employee_id: int,
    role: Role,
    unit_id: int,
    valid_from: date,
    valid_to: date | None = None,
    at: datetime,
) -> RoleHolding:
    """Give an employee a role in a unit and all below it, from a day to a day.

    Nobody gives herself a role, nor one she may not give in that unit. Raises NotFound, NotAllowed, RoleRefused.
    """
    unit = get_unit(actor=actor, unit_id=unit_id)
    scope = Scope((unit.path,))
    require(actor, TO_GIVE[role], scope)
    queries.login_of(actor=actor, employee_id=employee_id, at=at)
    _not_herself(actor, employee_id)
    Employee.objects.select_for_update().get(pk=employee_id)
    if valid_from < oslo.day_of(at):
        raise RoleRefused(_("En rolle kan begynne i dag eller senere."), field="valid_from")
    if valid_to is not None and valid_to <= valid_from:
        raise RoleRefused(_("Rollen må gjelde minst én dag."), field="valid_to")
    held = RoleHolding.objects.filter(employee_id=employee_id, unit=unit, role=role.value)
    clashes = [
        one
        for one in held
        if (valid_to is None or one.valid_from < valid_to) and (one.valid_to is None or one.valid_to > valid_from)
        if one.valid_to != one.valid_from
    ]
    if clashes:
        raise RoleRefused(_("Medarbeideren har rollen der i disse dagene fra før."), field="role")
    given, _made = RoleHolding.objects.update_or_create(  # one that was ended the day it began, begins again
        employee_id=employee_id, unit=unit, role=role.value, valid_from=valid_from, defaults={"valid_to": valid_to}
    )
    audit.record(
        actor,
        TO_GIVE[role],
        f"employee:{employee_id}",
        scope,
        at=at,
        change={
            "act": "GIVE_ROLE",
            "role": role.value,
            "unit": unit.pk,
            "from": valid_from.isoformat(),
            "to": valid_to.isoformat() if valid_to else None,
        },
    )
    return given


@transaction.atomic
def end_role(*, actor: Actor, holding_id: int, valid_to: date, at: datetime) -> RoleHolding:
    """Let a role end: `valid_to` is the first day it is not held; today takes it at once.

    Nobody ends her own, nor one she could not have given. Raises NotFound, NotAllowed, RoleRefused.
    """
    held = queries.get_holding(holding_id=holding_id)
    queries.login_of(actor=actor, employee_id=held.employee_id, at=at)
    role, scope = Role(held.role), Scope((held.unit.path,))
    require(actor, TO_GIVE[role], scope)
    _not_herself(actor, held.employee_id)
    if valid_to < oslo.day_of(at):
        raise RoleRefused(_("En rolle kan slutte i dag eller senere."), field="valid_to")
    held.valid_to = max(valid_to, held.valid_from)
    held.save(update_fields=["valid_to"])
    audit.record(
        actor,
        TO_GIVE[role],
        f"employee:{held.employee_id}",
        scope,
        at=at,
        change={"act": "END_ROLE", "role": role.value, "unit": held.unit_id, "to": held.valid_to.isoformat()},
    )
    return held


def _hers_to_open(actor: Actor, employee_id: int, at: datetime) -> LoginLine:
    line = queries.login_of(actor=actor, employee_id=employee_id, at=at)
    require(actor, GIVE_LOGIN, Scope(line.paths))
    if not queries.may_open(actor, line):
        raise NotAllowed(opens_too_much())
    return line


def _not_herself(actor: Actor, employee_id: int) -> None:
    if actor.employee_id == employee_id:
        raise NotAllowed(not_to_oneself())


def opens_too_much() -> str:
    """Say that a way in leads to more than the actor may give."""
    return _("Innloggingen gir tilgang til mer enn du selv kan gi. Spør lederen i distriktet eller systemansvarlig.")


def not_to_oneself() -> str:
    """Say that roles come from others."""
    return _("Ingen gir eller avslutter sine egne roller. Spør lederen din.")


def _free(username: str) -> str:
    wanted = username.strip().lower()
    refuse_username(wanted, is_taken=User.objects.filter(username=wanted).exists())
    return wanted


def refuse_username(username: str, *, is_taken: bool) -> None:
    """Pass, or raise LoginRefused when nobody can get this username, in small letters."""
    try:
        _USERNAME(username)
    except ValidationError:
        raise LoginRefused(
            _("Skriv et brukernavn på minst to tegn: a–z, tall, punktum og bindestrek."), field="username"
        ) from None
    if is_taken:
        raise LoginRefused(_("Brukernavnet er i bruk. Velg et annet."), field="username")
