"""Who can log in and with which roles: a team, an employee, and the link that is shown once."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.access.actions import Invited
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import holds, require
from tillit.foundation.access.roles import ROLE_NAMES, Role
from tillit.foundation.login.queries import has_second_step
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import get_unit, scope_of, within_reach
from tillit.foundation.workforce import queries
from tillit.foundation.workforce.permissions import EXPORT_EMPLOYEE, GIVE_LOGIN
from tillit.foundation.workforce.queries import HeldRole, LoginLine, LoginState, UnitLogins
from tillit.kernel import names, oslo
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Column, Crumb, Crumbs, DataTable, TableRow

#: How each state is drawn: colour and icon of the tag.
_LOOKS: dict[LoginState, tuple[str, str]] = {
    LoginState.NONE: ("neutral", "MinusCircle"),
    LoginState.INVITED: ("info", "Hourglass"),
    LoginState.EXPIRED: ("warning", "ExclamationmarkTriangle"),
    LoginState.OPEN: ("success", "CheckmarkCircle"),
    LoginState.CLOSED: ("danger", "PadlockLocked"),
}


@dataclass(frozen=True, slots=True)
class LoginRow:
    """One employee in the list of a team."""

    employee_id: int
    href: str
    name: str
    note: str = field(metadata={"help": "Profession and username"})
    state: str
    colour: str
    icon: str
    state_note: str = field(metadata={"help": "When a link runs out, or why logging in will not help"})
    roles: tuple[str, ...]
    act: str = field(metadata={"help": "What the button says; empty: nothing to press here"})


@dataclass(frozen=True, slots=True)
class LoginsPage:
    """workforce/logins.html: who in a team can log in."""

    title: str
    lead: str
    crumbs: Crumbs
    rows: tuple[LoginRow, ...]


@dataclass(frozen=True, slots=True)
class LoginUnitsPage:
    """workforce/login_units.html: the units where one gives logins."""

    lead: str
    table: DataTable | None


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role somebody holds."""

    holding_id: int
    name: str
    where: str
    when: str
    may_end: bool


@dataclass(frozen=True, slots=True)
class LoginPage:
    """workforce/login.html: one employee's way in and her roles."""

    employee_id: int
    name: str
    lead: str
    crumbs: Crumbs
    row: LoginRow
    username: str
    suggested: str = field(metadata={"help": "A username to begin with, when she has none"})
    roles: tuple[RoleRow, ...]
    may_open: bool
    may_close: bool
    has_second_step: bool = field(metadata={"help": "There is something to take away for one who has lost her phone"})
    has_password: bool
    why_not: str = field(metadata={"help": "Why the reader cannot make a link; empty when she can"})
    may_give_roles: bool
    may_take_out: bool


@dataclass(frozen=True, slots=True)
class LinkPage:
    """workforce/login_link.html: the link, shown once."""

    name: str
    username: str
    link: str
    address: str = field(metadata={"help": "Where the code can be typed"})
    code: str
    expires: str
    crumbs: Crumbs
    back_href: str


@dataclass(frozen=True, slots=True)
class RolePage:
    """workforce/role.html: give a role."""

    name: str
    crumbs: Crumbs
    action: str
    back_href: str


def login_units_page(*, actor: Actor, on: date) -> LoginUnitsPage:
    """Return the units where the actor gives logins, in a constant number of queries."""
    found = queries.logins_by_unit(actor=actor, on=on)
    missing = len(frozenset().union(*(one.without for one in found)))
    lead = ngettext(
        "%(count)s medarbeider kan ikke logge inn ennå.", "%(count)s medarbeidere kan ikke logge inn ennå.", missing
    )
    return LoginUnitsPage(
        lead=lead % {"count": missing} if missing else _("Alle medarbeidere kan logge inn."),
        table=DataTable(
            _("Hvem kan logge inn, enhet for enhet"),
            (
                Column(_("Enhet")),
                Column(_("Slag")),
                Column(_("Kan logge inn"), right=True),
                Column(_("Mangler"), right=True),
            ),
            tuple(_unit_row(one) for one in found),
        )
        if found
        else None,
    )


def logins_page(*, actor: Actor, unit_id: int, at: datetime) -> LoginsPage:
    """Return who in a unit can log in, in a constant number of queries. Raises NotFound, NotAllowed."""
    unit = get_unit(actor=actor, unit_id=unit_id)
    require(actor, GIVE_LOGIN, scope_of(unit))
    lines = queries.logins_in_unit(unit=unit, at=at)
    ready = sum(line.state is LoginState.OPEN for line in lines)
    return LoginsPage(
        title=_("Tilganger i %(unit)s") % {"unit": unit.name},
        lead=_("%(ready)s av %(all)s kan logge inn.") % {"ready": ready, "all": len(lines)} if lines else "",
        crumbs=Crumbs((Crumb(_("Tilganger"), reverse("workforce:login-units")), Crumb(unit.name))),
        rows=tuple(_row(line, actor, at) for line in lines),
    )


def login_page(*, actor: Actor, employee_id: int, at: datetime) -> LoginPage:
    """Return one employee's way in and roles, in a constant number of queries. Raises NotFound."""
    line = queries.login_of(actor=actor, employee_id=employee_id, at=at)
    may_open = queries.may_open(actor, line)
    herself = line.employee_id == actor.employee_id
    return LoginPage(
        employee_id=line.employee_id,
        name=line.name,
        lead=line.profession,
        crumbs=_crumbs(line.name),
        row=_row(line, actor, at),
        username=line.username,
        suggested="" if line.username else _suggested(line.name),
        roles=tuple(_role_row(held, actor, herself, oslo.day_of(at)) for held in line.roles),
        may_open=may_open,
        may_close=may_open and line.state not in {LoginState.NONE, LoginState.CLOSED},
        has_second_step=may_open and has_second_step(line.username),
        has_password=line.state is LoginState.OPEN,
        why_not=_why_not(herself) if not may_open else "",
        may_give_roles=not herself and bool(roles_to_give(actor)),
        may_take_out=not herself and holds(actor, EXPORT_EMPLOYEE, Scope(line.paths)),
    )


def link_page(*, employee_id: int, invited: Invited, address: str) -> LinkPage:
    """Return the page that shows a code, the only time it is shown. address: of the page where it is used."""
    return LinkPage(
        name=invited.user.name,
        username=invited.user.username,
        link=f"{address}#{invited.code}",
        address=address,
        code=invited.code,
        expires=formats.date_and_time(invited.expires_at, page_language()),
        crumbs=_crumbs(invited.user.name),
        back_href=reverse("workforce:login", args=[employee_id]),
    )


def role_page(*, actor: Actor, employee_id: int, at: datetime) -> RolePage:
    """Return the form that gives somebody a role. Raises NotFound."""
    line = queries.login_of(actor=actor, employee_id=employee_id, at=at)
    return RolePage(
        name=line.name,
        crumbs=_crumbs(line.name, employee_id=employee_id, here=_("Ny rolle")),
        action=reverse("workforce:give-role", args=[employee_id]),
        back_href=reverse("workforce:login", args=[employee_id]),
    )


def roles_to_give(actor: Actor) -> list[tuple[str, str]]:
    """Return (role, name) of those the actor may give somewhere."""
    paths = {grant.path for grant in actor.grants}
    return [
        (role.value, str(name))
        for role, name in ROLE_NAMES.items()
        if any(queries.may_give(actor, role, path) for path in paths)
    ]


def units_to_give_in(actor: Actor, *, on: date) -> list[tuple[int, str]]:
    """Return (unit id, name) where the actor may give some role, parents before children."""
    units = within_reach(actor).filter(valid_from__lte=on).order_by("path", "name")
    return [(unit.pk, unit.name) for unit in units if any(queries.may_give(actor, role, unit.path) for role in Role)]


def _crumbs(name: str, *, employee_id: int | None = None, here: str = "") -> Crumbs:
    start = (Crumb(_("Tilganger"), reverse("workforce:login-units")),)
    if employee_id is None:
        return Crumbs((*start, Crumb(name)))
    return Crumbs((*start, Crumb(name, reverse("workforce:login", args=[employee_id])), Crumb(here)))


def _unit_row(one: UnitLogins) -> TableRow:
    unit: Unit = one.unit
    missing = len(one.without)
    return TableRow(
        (
            unit.name,
            unit.get_kind_display(),
            _("%(some)s av %(all)s") % {"some": one.people - missing, "all": one.people},
            str(missing) if missing else "–",
        ),
        href=reverse("workforce:logins", args=[unit.pk]),
    )


def _row(line: LoginLine, actor: Actor, at: datetime) -> LoginRow:
    colour, icon = _LOOKS[line.state]
    return LoginRow(
        employee_id=line.employee_id,
        href=reverse("workforce:login", args=[line.employee_id]),
        name=line.name,
        note=" · ".join(part for part in (line.profession, line.username) if part),
        state=_state_text(line.state),
        colour=colour,
        icon=icon,
        state_note=_state_note(line, at),
        roles=tuple(f"{held.role_name}, {held.unit_name}" for held in line.roles),
        act=_act(line) if line.username and queries.may_open(actor, line) else "",
    )


def _state_text(state: LoginState) -> str:
    return {
        LoginState.NONE: _("Ingen innlogging"),
        LoginState.INVITED: _("Har fått lenke"),
        LoginState.EXPIRED: _("Lenka er gått ut"),
        LoginState.OPEN: _("Kan logge inn"),
        LoginState.CLOSED: _("Stengt"),
    }[state]


def _state_note(line: LoginLine, at: datetime) -> str:
    if line.state is LoginState.INVITED and line.expires_at is not None:
        return _("gjelder til %(when)s") % {"when": formats.date_and_time(line.expires_at, page_language())}
    today = oslo.day_of(at)
    if line.state is not LoginState.CLOSED and not any(held.valid_from <= today for held in line.roles):
        return _("kommer ikke inn uten en rolle")
    return ""


def _act(line: LoginLine) -> str:
    if line.state is LoginState.NONE:
        return _("Gi tilgang")
    return _("Åpne igjen") if line.state is LoginState.CLOSED else _("Ny lenke")


def _role_row(held: HeldRole, actor: Actor, herself: bool, today: date) -> RoleRow:
    language = page_language()
    first = formats.short_date(held.valid_from, language)
    if held.valid_to is None:
        when = _("fra %(first)s") % {"first": first}
    else:
        last = formats.short_date(held.valid_to - timedelta(days=1), language)
        when = _("fra %(first)s til og med %(last)s") % {"first": first, "last": last}
    return RoleRow(
        holding_id=held.holding_id,
        name=held.role_name,
        where=held.unit_name,
        when=when,
        may_end=not herself and queries.may_give(actor, held.role, held.path),
    )


def _why_not(herself: bool) -> str:
    if herself:
        return _("Dette er deg. Har du glemt passordet, må en annen lage lenka. Rollene dine gir lederen din.")
    return _(
        "Innloggingen gir tilgang til mer enn du selv kan gi. Lederen i distriktet eller systemansvarlig lager lenka."
    )


def _suggested(name: str) -> str:
    return names.search_key(name).replace(" ", ".")
