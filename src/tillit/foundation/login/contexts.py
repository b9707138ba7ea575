"""What the templates of login get."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

import segno
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.models import AuditEntry, User
from tillit.foundation.login import demo_door, queries
from tillit.foundation.login.actions.second_step import app_address, spoken
from tillit.foundation.login.demo_door import DemoAccount
from tillit.foundation.login.models import DeviceKind, Identity, LoginPolicy, LoginSession
from tillit.foundation.login.oidc.providers import EMPLOYEES
from tillit.foundation.login.queries import Current, Ways
from tillit.foundation.login.rules.second_step import PasswordRule
from tillit.ui import formats
from tillit.ui.language import page_language


@dataclass(frozen=True, slots=True)
class Service:
    """A login service one can choose."""

    slug: str
    name: str


def services_here(*, opens: str = "") -> tuple[Service, ...]:
    """Return the login services of this installation. opens: only those for employees, or for citizens."""
    return tuple(
        Service(provider.slug, provider.name) for provider in settings.LOGIN_PROVIDERS if opens in ("", provider.opens)
    )


def services_of(identities: Sequence[Identity]) -> list[dict[str, str]]:
    """Return the services with which somebody can show that it is her, as a script reads them."""
    issuers = {identity.issuer for identity in identities}
    return [
        {"slug": provider.slug, "name": provider.name}
        for provider in settings.LOGIN_PROVIDERS
        if provider.issuer in issuers
    ]


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
    """login/login.html: the way in."""

    next_path: str = field(metadata={"help": "Where to go afterwards; empty: the start page"})
    is_demo: bool
    demo_groups: tuple[DemoGroup, ...]
    languages: tuple[LanguageButton, ...]
    hours: int = field(metadata={"help": "How long a session lasts"})
    services: tuple[Service, ...]
    takes_password: bool
    said: str = field(metadata={"help": "Why she stands here: logged out, or what went wrong at a service; or empty"})
    said_heading: str


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """login/invitation.html: choose a way in with a code."""

    name: str = field(metadata={"help": "Whom the code is for; empty until it is known"})
    username: str
    takes_password: bool
    services: tuple[Service, ...]


def invitation_page(user: User | None) -> InvitationPage:
    """Return the page before the code is known, or for the one it is for."""
    return InvitationPage(
        name=user.name if user else "",
        username=user.username if user else "",
        takes_password=_takes_password(),
        services=services_here(opens=EMPLOYEES) if user else (),
    )


def login_page(*, next_path: str, language: str, why: str = "", refused: str = "") -> LoginPage:
    """Return the login page in a language. why: a code of why she was sent here; refused: what a service said."""
    ended = {
        "NO_ROLE": _("Du har ingen rolle i noe team nå, så du er logget ut. Ta kontakt med lederen din."),
        "NOT_LET_IN": _("Ingen slipper deg inn på Min side nå, så du er logget ut. Ring kommunen hvis det er feil."),
    }
    said = refused or ended.get(why, "")
    accounts = demo_door.demo_accounts() if settings.DEMO else ()
    return LoginPage(
        next_path=next_path,
        is_demo=settings.DEMO,
        demo_groups=_grouped(accounts),
        languages=tuple(LanguageButton(code, name, code == language) for code, name in settings.LANGUAGES),
        hours=settings.SESSION_COOKIE_AGE // 3600,
        services=services_here(),
        takes_password=_takes_password(),
        said=said,
        said_heading=_("Vi fikk ikke logget deg inn") if refused else _("Du er logget ut"),
    )


def _takes_password() -> bool:
    return PasswordRule(settings.PASSWORD_LOGIN) is not PasswordRule.OFF


def _grouped(accounts: Iterable[DemoAccount]) -> tuple[DemoGroup, ...]:
    order = {account.group: rank for rank, account in reversed(list(enumerate(accounts)))}
    by_group = sorted(accounts, key=lambda account: order[account.group])
    return tuple(
        DemoGroup(title, tuple(found)) for title, found in groupby(by_group, key=lambda account: account.group)
    )


@dataclass(frozen=True, slots=True)
class StepPage:
    """login/second_step.html: the second step."""

    has_passkey: bool
    has_codes: bool = field(metadata={"help": "An app, or codes on paper"})


def step_page(ways: Ways) -> StepPage:
    """Return what the second step can be shown with."""
    return StepPage(has_passkey=bool(ways.passkeys), has_codes=ways.code_app is not None or ways.codes_left > 0)


@dataclass(frozen=True, slots=True)
class SetUpPage:
    """login/set_up.html and login/code_app.html: put an authenticator app, or a passkey, into use."""

    name: str
    qr: str = field(metadata={"help": "SVG, made here; safe"})
    app_address: str
    secret: str


def set_up_page(*, secret: bytes, username: str, name: str) -> SetUpPage:
    """Return the secret as a picture, as a link for the phone one holds, and in letters."""
    address = app_address(secret, username=username)
    picture = segno.make(address, error="m").svg_inline(
        scale=4, border=2, dark="#000", light="#fff", title=_("QR-kode til kodeappen"), omitsize=True
    )
    return SetUpPage(name=name, qr=picture, app_address=address, secret=spoken(secret))


@dataclass(frozen=True, slots=True)
class CodesPage:
    """login/codes.html: the codes on paper, shown once."""

    codes: tuple[str, ...]
    next_path: str = field(metadata={"help": "Empty: back to «Innlogging og sikkerhet»"})


@dataclass(frozen=True, slots=True)
class LockPage:
    """login/locked.html: the lock as a page of its own."""

    name: str
    next_path: str
    pin: bool
    passkey: bool
    password: bool
    demo: bool
    services: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class PinPage:
    """login/pin.html: choose a PIN for this device."""

    next_path: str


@dataclass(frozen=True, slots=True)
class NewPasskeyPage:
    """login/new_passkey.html: make a passkey."""


@dataclass(frozen=True, slots=True)
class PasskeyNamePage:
    """login/passkey_name.html: rename a passkey."""

    passkey_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form that is carried along."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class ProofPage:
    """login/prove.html: show again that it is you; the form that waits is carried along."""

    action: str
    method_was_post: bool
    fields: tuple[Field, ...]
    takes_password: bool
    has_passkey: bool
    services: list[dict[str, str]]
    refused: str


def can_prove_here(request: HttpRequest) -> bool:
    """Whether she has a second step, and a passkey or a password to show now, without any service outside."""
    user = request.user
    assert isinstance(user, User)
    ways = queries.ways_of(user)
    return ways.has_second_step and (bool(ways.passkeys) or (ways.has_password and _takes_password()))


def proof_page(request: HttpRequest, *, own_fields: Iterable[str], refused: str) -> ProofPage:
    """Return the page that asks for a proof, with everything that was posted."""
    user = request.user
    assert isinstance(user, User)
    ways, leave = queries.ways_of(user), frozenset(own_fields)
    return ProofPage(
        action=request.get_full_path(),
        method_was_post=request.method == "POST",
        fields=tuple(
            Field(name, value) for name, values in request.POST.lists() if name not in leave for value in values
        ),
        takes_password=ways.has_password and _takes_password(),
        has_passkey=bool(ways.passkeys),
        services=services_of(ways.identities),
        refused=refused,
    )


@dataclass(frozen=True, slots=True)
class PasskeyRow:
    """One passkey."""

    passkey_id: int
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A login service: linked or not."""

    slug: str
    name: str
    identity_id: int | None


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One place where she is logged in."""

    session_id: int
    title: str
    note: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class KindChoice:
    """Whose the device is."""

    value: str
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class SecurityPage:
    """login/security.html: how one logs in, and where one is logged in."""

    passkeys: tuple[PasskeyRow, ...]
    has_code_app: bool
    code_app_note: str
    codes_left: str = field(metadata={"help": "How many codes on paper are left, in words; empty: none were made"})
    few_codes: bool
    links: tuple[LinkRow, ...]
    sessions: tuple[SessionRow, ...]
    has_others: bool
    kinds: tuple[KindChoice, ...] = field(metadata={"help": "Empty in a session without a device"})
    lock_note: str
    has_pin: bool


def security_page(*, user: User, actor: Actor, current: Current | None, at: datetime) -> SecurityPage:
    """Return the page for oneself. Six queries, whatever there is."""
    ways, language = queries.ways_of(user), page_language()
    open_sessions = queries.open_sessions(user, at=at)
    here = current.session if current else None
    linked = {identity.issuer: identity.pk for identity in ways.identities}
    minutes = int(current.lock_after.total_seconds() // 60) if current else 0
    return SecurityPage(
        passkeys=tuple(
            PasskeyRow(row.pk, row.name, _used_note(row.made_at, row.used_at, language)) for row in ways.passkeys
        ),
        has_code_app=ways.code_app is not None,
        code_app_note=(
            _("I bruk siden %(when)s") % {"when": formats.short_date(ways.code_app.made_at, language)}
            if ways.code_app
            else ""
        ),
        codes_left=(
            ngettext("%(n)d reservekode igjen", "%(n)d reservekoder igjen", ways.codes_left) % {"n": ways.codes_left}
            if ways.has_second_step
            else ""
        ),
        few_codes=ways.has_second_step and ways.codes_left < 3,
        links=tuple(
            LinkRow(provider.slug, provider.name, linked.get(provider.issuer))
            for provider in settings.LOGIN_PROVIDERS
            if provider.opens == EMPLOYEES
        ),
        sessions=tuple(_session_row(row, here, language) for row in open_sessions),
        has_others=any(here is None or row.pk != here.pk for row in open_sessions),
        kinds=tuple(
            KindChoice(kind.value, str(kind.label), here is not None and here.kind == kind) for kind in DeviceKind
        )
        if here is not None
        else (),
        lock_note=ngettext(
            "Skjermen låser seg etter %(n)d minutt uten bruk.", "Skjermen låser seg etter %(n)d minutter uten bruk.",
            minutes,
        ) % {"n": minutes},
        has_pin=here is not None and bool(here.pin_hash),
    )  # fmt: skip


def _used_note(made_at: datetime, used_at: datetime | None, language: str) -> str:
    if used_at is None:
        return _("Laget %(when)s, ikke brukt ennå") % {"when": formats.short_date(made_at, language)}
    return _("Brukt sist %(when)s") % {"when": formats.date_and_time(used_at, language)}


def _session_row(row: LoginSession, here: LoginSession | None, language: str) -> SessionRow:
    return SessionRow(
        session_id=row.pk,
        title=row.browser or _("Ukjent nettleser"),
        note=_("Logget inn %(began)s, i bruk %(used)s")
        % {
            "began": formats.date_and_time(row.began_at, language),
            "used": formats.date_and_time(row.used_at, language),
        },
        is_here=here is not None and row.pk == here.pk,
    )


@dataclass(frozen=True, slots=True)
class PolicyPage:
    """login/rules.html: the municipality's rules for login."""

    password_note: str = field(metadata={"help": "What the operator has decided about passwords"})


def policy_page(policy: LoginPolicy) -> PolicyPage:
    """Return what stands beside the form."""
    note = {
        PasswordRule.OFF: _("Ingen logger inn med passord her."),
        PasswordRule.WITH_SECOND_STEP: _("Alle som logger inn med passord, må ha et andre steg. Det står fast her."),
        PasswordRule.ALONE: _("Passord alene er nok for roller uten kryss. Slik kan det bare være i test og demo."),
    }[PasswordRule(settings.PASSWORD_LOGIN)]
    return PolicyPage(password_note=note)


def news_of_login(entries: Iterable[AuditEntry]) -> list[str]:
    """Say what has happened to somebody's way in since she was here last."""
    language = page_language()
    said = {
        "INVITE": _("%(who)s laget en ny lenke til kontoen din %(when)s."),
        "REMOVE_SECOND_STEP": _("%(who)s fjernet det andre steget og passnøklene dine %(when)s."),
        "REGISTER_KEY": _("%(who)s registrerte en innlogging på kontoen din %(when)s."),
        "USE_RECOVERY_CODE": _("En reservekode ble brukt %(when)s. Var det ikke du, si fra til lederen din."),
        "CHOOSE_PASSWORD": _("Passordet ditt ble byttet %(when)s. Var det ikke du, si fra til lederen din."),
    }
    return [
        said[str(entry.change["act"])] % {"who": entry.actor_name, "when": formats.date_and_time(entry.at, language)}
        for entry in entries
    ]
