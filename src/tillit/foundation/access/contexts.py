"""What the templates of access get."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from django.conf import settings
from django.utils.translation import gettext as _

from tillit.foundation.access import demo_door
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.demo_door import DemoAccount
from tillit.foundation.access.models import User
from tillit.foundation.access.roles import ROLE_NAMES


@dataclass(frozen=True, slots=True)
class DemoGroup:
    """Accounts under one heading."""

    title: str
    accounts: tuple[DemoAccount, ...]


@dataclass(frozen=True, slots=True)
class LanguageButton:
    """A language one can change to before log in."""

    code: str
    name: str
    current: bool


@dataclass(frozen=True, slots=True)
class LoginPage:
    """access/login.html: the way in."""

    next_path: str = field(metadata={"help": "Where to go afterwards; empty: the start page"})
    is_demo: bool
    demo_groups: tuple[DemoGroup, ...]
    languages: tuple[LanguageButton, ...]
    hours: int = field(metadata={"help": "How long a session lasts"})


@dataclass(frozen=True, slots=True)
class PreferencesPage:
    """access/preferences.html: me."""

    name: str
    username: str
    roles: tuple[str, ...] = field(metadata={"help": "In plain words; empty when she holds none today"})


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """access/invitation.html: choose a password with a code."""

    name: str = field(metadata={"help": "Whom the code is for; empty until it is known"})
    username: str


def invitation_page(user: User | None) -> InvitationPage:
    """Return the page before the code is known, or for the one it is for."""
    return InvitationPage(name=user.name if user else "", username=user.username if user else "")


def login_page(*, next_path: str, language: str) -> LoginPage:
    """Return the login page in a language."""
    accounts = demo_door.demo_accounts() if settings.DEMO else ()
    return LoginPage(
        next_path=next_path,
        is_demo=settings.DEMO,
        demo_groups=_grouped(accounts),
        languages=tuple(LanguageButton(code, name, code == language) for code, name in settings.LANGUAGES),
        hours=settings.SESSION_COOKIE_AGE // 3600,
    )


def _grouped(accounts: Iterable[DemoAccount]) -> tuple[DemoGroup, ...]:
    order = {account.group: rank for rank, account in reversed(list(enumerate(accounts)))}
    by_group = sorted(accounts, key=lambda account: order[account.group])
    return tuple(
        DemoGroup(title, tuple(found)) for title, found in groupby(by_group, key=lambda account: account.group)
    )


def preferences_page(*, actor: Actor, user: User) -> PreferencesPage:
    """Return who one is to the product."""
    roles = sorted({grant.role for grant in actor.grants}, key=list(ROLE_NAMES).index)
    return PreferencesPage(
        name=user.name or _("Uten navn"),
        username=user.username,
        roles=tuple(str(ROLE_NAMES[role]) for role in roles),
    )
