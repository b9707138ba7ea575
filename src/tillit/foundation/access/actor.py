"""Who acts: a person with roles in units, somebody let in to one citizen's page, or the system on somebody's order."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from tillit.foundation.access.roles import Private, Role


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held in a unit. `path` is the unit's path, such as "1.4.9."; "" is everywhere."""

    role: Role
    path: str

    def reaches(self, path: str) -> bool:
        """Whether the unit at `path` is this unit or lies below it."""
        return path.startswith(self.path)


@dataclass(frozen=True, slots=True)
class Scope:
    """What an act touches: the units concerned, and the citizen when there is one.

    A scope with several paths is reached when any of them is (two teams may share a citizen, R08).
    """

    paths: tuple[str, ...]
    citizen_id: int | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """A door to one citizen beside the roles: asked in, or an emergency. For reading; no act follows from it, but in
    an emergency the sheet for an ambulance crew.

    ground: a code of `grounds.Ground`. opening_id: the row behind it. reason: why, as a code. until: aware UTC.
    """

    citizen_id: int
    ground: str
    opening_id: int
    reason: str
    until: datetime


@dataclass(frozen=True, slots=True)
class LetIn:
    """The door to one citizen's own page, for herself or for somebody she has let in. It reaches no unit.

    opens: the codes of the permissions it opens, and no others. subject: what it rests on, such as "consent:7".
    """

    citizen_id: int
    kind: Private
    opens: frozenset[str]
    subject: str


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who reads or acts, with what she holds at this moment."""

    user_id: int | None
    name: str
    employee_id: int | None = None
    grants: tuple[Grant, ...] = ()
    home_path: str = field(default="", metadata={"help": "Path of the unit she works in, shown in the log"})
    resting: tuple[Grant, ...] = field(
        default=(), metadata={"help": "Held, but not now: a temp outside the days she works. Opens nothing"}
    )
    openings: tuple[Opening, ...] = ()
    barred: frozenset[int] = field(
        default=frozenset(), metadata={"help": "Citizens she never reaches: objections, decisions, her own people"}
    )

    is_private: bool = field(
        default=False, metadata={"help": "A citizen or a relative: never an employee, whoever lets her in just now"}
    )
    let_in: tuple[LetIn, ...] = ()

    @property
    def is_system(self) -> bool:
        """Whether no person stands behind: the nightly job, an operator's command."""
        return self.user_id is None

    def paths_for(self, roles: Iterable[Role]) -> tuple[str, ...]:
        """Return the unit paths in which she holds one of the roles, each once, sorted."""
        wanted = frozenset(roles)
        return tuple(sorted({grant.path for grant in self.grants if grant.role in wanted}))

    def opening_to(self, citizen_id: int) -> Opening | None:
        """Return the door to one citizen beside the roles, if there is one now."""
        return next((one for one in self.openings if one.citizen_id == citizen_id), None)

    def let_in_to(self, citizen_id: int, code: str) -> LetIn | None:
        """Return the door that opens a permission on one citizen's own page, if there is one now."""
        return next((one for one in self.let_in if one.citizen_id == citizen_id and code in one.opens), None)

    def roles_at(self, path: str) -> frozenset[Role]:
        """Return the roles that reach the unit at `path`."""
        return frozenset(grant.role for grant in self.grants if grant.reaches(path))


def system(name: str) -> Actor:
    """Return the actor of a command or a nightly job: reaches all units, holds every role, is named in the log."""
    return Actor(user_id=None, name=name, grants=tuple(Grant(role, "") for role in Role))
