"""When all about a citizen is deleted: the logins that opened her page go with it, unless they open somebody else's."""

from collections.abc import Iterable

from django.db import transaction

from tillit.care.consents.models import Consent, PrivateAccount
from tillit.foundation.access.models import User
from tillit.foundation.login.models import Identity, IdentityKey, LoginSession


@transaction.atomic
def part_from(*, citizen_ids: Iterable[int]) -> None:
    """Let a citizen's own login that another citizen has let in stay as a relative's: that consent is the other's."""
    ids = list(citizen_ids)
    elsewhere = Consent.objects.exclude(citizen_id__in=ids).values("account_id")
    PrivateAccount.objects.filter(citizen_id__in=ids, pk__in=elsewhere).update(citizen=None)


@transaction.atomic
def close_logins(*, user_ids: Iterable[int]) -> None:
    """Take the names off logins that open nobody's page any more, and how they were recognised.

    The row stays, for the logs point at it; they have a rule of their own.
    """
    for user in User.objects.filter(pk__in=list(user_ids)):
        user.username, user.name, user.is_active = f"minside-borte-{user.pk}", "", False
        user.set_unusable_password()
        user.save(update_fields=["username", "name", "is_active", "password"])
        for model in (Identity, IdentityKey, LoginSession):
            model.objects.filter(user=user).delete()
