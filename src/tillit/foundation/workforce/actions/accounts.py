"""Give people a login, and roles in units."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actions import refuse_weak
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.models import User
from tillit.foundation.access.permissions import require
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Employee, Profession, RoleHolding
from tillit.foundation.workforce.permissions import KEEP_ACCOUNTS
from tillit.kernel import names, oslo
from tillit.kernel.errors import ActionRefused


class AccountRefused(ActionRefused):
    """The login cannot be made as asked for."""


@transaction.atomic
def open_account(
    *,
    actor: Actor,
    username: str,
    name: str = "",
    password: str,
    role: Role | None = None,
    unit_id: int | None = None,
    at: datetime,
) -> User:
    """Give somebody a login with a password, and a role in a unit when one is named. Known usernames keep the rest.

    name: needed for somebody who is not known yet; given names first, the family name last.
    Raises NotAllowed, WeakPassword, AccountRefused with what is missing. Writes one audit entry; never the password.
    """
    unit = Unit.objects.get(pk=unit_id) if unit_id is not None else None
    scope = Scope((unit.path if unit else "",))
    require(actor, KEEP_ACCOUNTS, scope)
    wanted = username.strip().lower()
    user = User.objects.filter(username=wanted).first()
    if user is None and not name.strip():
        raise AccountRefused(_("Ingen har brukernavnet fra før. Skriv også navnet."))
    user = user or User(username=wanted, name=name.strip())
    refuse_weak(password, user)
    user.set_password(password)
    user.save()
    employee = Employee.objects.filter(user=user).first() or _employee(user, at)
    if role is not None and unit is not None:
        RoleHolding.objects.get_or_create(
            employee=employee, unit=unit, role=role.value, valid_to=None, defaults={"valid_from": oslo.day_of(at)}
        )
    audit.record(
        actor,
        KEEP_ACCOUNTS,
        f"user:{user.pk}",
        scope,
        at=at,
        change={"role": role.value if role else "", "unit": unit_id},
    )
    return user


def _employee(user: User, at: datetime) -> Employee:
    given, _space, family = user.name.rpartition(" ")
    return Employee.objects.create(
        user=user,
        number=f"konto-{user.pk}",
        given_name=given or family,
        family_name=family if given else "",
        sort_name=names.sort_key(family, given),
        profession=Profession.OTHER,
        employed_from=oslo.day_of(at),
    )
