"""What the templates of access get."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.models import User
from tillit.foundation.access.roles import ROLE_NAMES


@dataclass(frozen=True, slots=True)
class PreferencesPage:
    """access/preferences.html: me."""

    name: str
    username: str
    roles: tuple[str, ...] = field(metadata={"help": "In plain words; empty when she holds none today"})


def preferences_page(*, actor: Actor, user: User) -> PreferencesPage:
    """Return who one is to the product."""
    roles = sorted({grant.role for grant in actor.grants}, key=list(ROLE_NAMES).index)
    return PreferencesPage(
        name=user.name or _("Uten navn"),
        username=user.username,
        roles=tuple(str(ROLE_NAMES[role]) for role in roles),
    )
