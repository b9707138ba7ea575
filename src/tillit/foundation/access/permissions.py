"""The mechanism: a permission names the roles that hold it. Every app lists its own in its `permissions.py`."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.roles import EVERYBODY, Private, Role
from tillit.kernel.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class Permission:
    """One thing one may do.

    code: "app.verb_noun", stable, written in the audit trail.
    text: the act in plain Norwegian, verb first.
    roles: who holds it, in the units where they hold the role.
    private: who can be let in to it, for one citizen: herself, or somebody she has let in to that part.
    """

    code: str
    text: str | Promise
    roles: frozenset[Role]
    private: frozenset[Private] = frozenset()


_registry: dict[str, Permission] = {}


def define(code: str, text: str | Promise, roles: Iterable[Role], private: Iterable[Private] = ()) -> Permission:
    """Register and return a permission. Raises ValueError when the code is taken by another one."""
    permission = Permission(code, text, frozenset(roles), frozenset(private))
    known = _registry.setdefault(code, permission)
    if (known.roles, known.private) != (permission.roles, permission.private):
        raise ValueError(f"Permission {code} is defined twice.")
    return known


def all_permissions() -> tuple[Permission, ...]:
    """Return every registered permission, by code."""
    return tuple(_registry[code] for code in sorted(_registry))


def holds(actor: Actor, permission: Permission, scope: Scope) -> bool:
    """Whether the actor holds the permission in a unit that the scope concerns, or is let in to it by its citizen."""
    if actor.is_private:
        return scope.citizen_id is not None and actor.let_in_to(scope.citizen_id, permission.code) is not None
    return any(grant.role in permission.roles and grant.reaches(path) for grant in actor.grants for path in scope.paths)


def holds_anywhere(actor: Actor, permission: Permission) -> bool:
    """Whether the actor holds the permission in any unit. For menus; an action always asks `require`."""
    if actor.is_private:
        return any(permission.code in one.opens for one in actor.let_in)
    return any(grant.role in permission.roles for grant in actor.grants)


def require(actor: Actor, permission: Permission, scope: Scope) -> None:
    """Pass, or raise NotAllowed with a text that says what is missing."""
    if not holds(actor, permission, scope):
        raise NotAllowed(
            _("Du har ikke tilgang til dette: %(act)s. Spør lederen din hvis du trenger det.")
            % {"act": permission.text}
        )


def whole_municipality(actor: Actor, permission: Permission) -> Scope:
    """Return the scope of an act that holds for everybody: where the actor holds it in the municipality itself.

    Nobody is asked for who holds it further down: then the scope is empty, and `require` refuses.
    """
    return Scope(tuple(path for path in actor.paths_for(permission.roles) if path.count(".") <= 1))


#: The front door and the way out: for everybody who is logged in, on whatever side of the counter.
LOGGED_IN = define("access.logged_in", gettext_lazy("Komme inn og gå ut"), EVERYBODY, Private)
#: Pages that need a login with the municipality and nothing more: my own things. A citizen has her own page instead.
SIGNED_IN = define("access.signed_in", gettext_lazy("Være logget inn"), EVERYBODY)
#: Pages for everybody: login, accessibility statement.
PUBLIC = define("access.public", gettext_lazy("Se offentlige sider"), EVERYBODY)
#: Traces, never content and no citizen's name: what the privacy reviewer (personvernombud) follows the work with.
READ_PRIVACY = define(
    "access.read_privacy", gettext_lazy("Følge med på personvernet, uten å se journaler"), {Role.PRIVACY_REVIEWER}
)
#: What one's own role may do, everybody sees.
SEE_WHO_MAY = define(
    "access.see_who_may",
    gettext_lazy("Se hva alle roller kan gjøre"),
    {Role.TEAM_LEADER, Role.DISTRICT_LEADER, Role.ADMINISTRATOR, Role.PRIVACY_REVIEWER},
)
READ_AUDIT = define(
    "access.read_audit", gettext_lazy("Se hvem som har gjort hva"), {Role.ADMINISTRATOR, Role.TEAM_LEADER}
)
#: The whole installation's logs: an operator's command, as the system.
KEEP_LOGS = define("access.keep_logs", gettext_lazy("Bestemme hvor lenge loggene oppbevares"), {Role.ADMINISTRATOR})
SHOW_LOOKUPS = define(
    "access.show_lookups",
    gettext_lazy("Vise brukeren hvem som har sett i journalen"),
    {Role.NURSE, Role.THERAPIST, Role.CASE_WORKER, Role.TEAM_LEADER, Role.DISTRICT_LEADER},
)
#: Nobody goes through her own look-ups: the district's leader goes through the team leader's.
REVIEW_LOOKUPS = define(
    "access.review_lookups",
    gettext_lazy("Gå gjennom hva medarbeiderne har sett på"),
    {Role.TEAM_LEADER, Role.DISTRICT_LEADER},
)
