"""Give a citizen, or somebody she lets in, a login to her own page."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens.actions.opening import open_citizen
from tillit.care.consents.models import PrivateAccount
from tillit.care.consents.permissions import OPEN_ACCOUNT
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.models import User
from tillit.foundation.workforce.models import Employee
from tillit.kernel.errors import ActionRefused


class NotAnEmployees(ActionRefused):
    """The login is an employee's: what one does at work and at home is kept apart."""


class OneLoginOnly(ActionRefused):
    """The citizen has a login, or the login is somebody else's."""


@transaction.atomic
def open_private_account(
    *, actor: Actor, citizen_id: int, username: str, name: str, is_own: bool, at: datetime
) -> PrivateAccount:
    """Give somebody a login to Min side: the citizen (is_own), or one she is going to let in.

    No password: she comes in by a login service, by an invitation, or in the demo. A login that lets somebody in to
    one citizen already is used again for another. Raises NotFound, NotAllowed, OneLoginOnly, NotAnEmployees.
    """
    citizen, scope, _today = open_citizen(actor=actor, citizen_id=citizen_id, permission=OPEN_ACCOUNT, at=at)
    wanted = username.strip().lower()
    user = User.objects.filter(username=wanted).first()
    if user is not None and Employee.objects.filter(user=user).exists():
        raise NotAnEmployees(_("Innloggingen brukes i arbeidet. Til Min side trengs en egen."))
    if not wanted or not name.strip():
        raise OneLoginOnly(_("Skriv navnet på den som skal logge inn."))
    known = PrivateAccount.objects.filter(user=user).first() if user is not None else None
    if is_own and (known is not None or PrivateAccount.objects.filter(citizen=citizen).exists()):
        raise OneLoginOnly(_("Brukeren har innlogging til Min side fra før."))
    if known is not None and not is_own:
        return known
    if user is not None:
        raise OneLoginOnly(_("Innloggingen er i bruk av en annen."))
    user = User.objects.create_user(wanted, name=name.strip())
    user.colour_scheme = "auto"  # as her phone or PC has it
    user.save(update_fields=["colour_scheme"])
    stored = PrivateAccount.objects.create(
        user=user, citizen=citizen if is_own else None, opened_by_id=actor.employee_id, opened_at=at
    )
    change = {"user": user.pk, "own": is_own}
    audit.record(actor, OPEN_ACCOUNT, str(stored), scope, at=at, change=change)
    return stored
