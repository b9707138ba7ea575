"""News about citizens, for the floors above."""

from dataclasses import dataclass, field
from datetime import date, datetime

from tillit.foundation.access.actor import Actor


@dataclass(frozen=True, slots=True)
class CitizenRegistered:
    """Somebody new is followed by a unit from a day."""

    citizen_id: int
    unit_id: int
    valid_from: date
    at: datetime


@dataclass(frozen=True, slots=True)
class CitizenMovesIn:
    """Somebody new moves to the municipality from a day. actor: who registered her; what follows is done by the same.

    help_before: the help she has, and from whom, as it was told.
    """

    actor: Actor
    citizen_id: int
    moves_on: date
    help_before: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CitizenAway:
    """The citizen is not at home from a moment, ahead of or behind the moment it was said (`at`).

    `kind` is a WhereaboutsKind; `to_at` only when it is known.
    """

    citizen_id: int
    kind: str
    from_at: datetime
    to_at: datetime | None = None
    at: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class CitizenHome:
    """The citizen is at home again from `to_at`, which may lie ahead of, or behind, the moment it was said (`at`)."""

    citizen_id: int
    to_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class HomeChanged:
    """The citizen lives somewhere else from a day, or the way in has changed."""

    citizen_id: int
    valid_from: date
    at: datetime


@dataclass(frozen=True, slots=True)
class FollowingChanged:
    """From a day, other units follow the citizen than before."""

    citizen_id: int
    unit_ids: tuple[int, ...]
    valid_from: date
    at: datetime


@dataclass(frozen=True, slots=True)
class ResponsibleNamed:
    """Somebody else answers for the citizen, or nobody (`employee_id` is None)."""

    citizen_id: int
    kind: str
    is_deputy: bool
    employee_id: int | None
    valid_from: date
    at: datetime


@dataclass(frozen=True, slots=True)
class HelpEnded:
    """All help to the citizen ends. `ends_on`: the first day without help; after a death, the day she died.

    has_moved: to another municipality, so that nobody here owes her help any more.
    """

    citizen_id: int
    is_death: bool
    ends_on: date
    at: datetime
    has_moved: bool = False


@dataclass(frozen=True, slots=True)
class HelpResumed:
    """The citizen has help again. `ended_at`: when the end that was a mistake was said; None when it was right then."""

    citizen_id: int
    at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CitizensTakenIn:
    """A record system's file told of many: who is new, whose facts were corrected, who moved, whom others follow now.

    One event for all of them; what it says of each is what CitizenRegistered, HomeChanged and FollowingChanged say.
    """

    registered_ids: tuple[int, ...]
    corrected_ids: tuple[int, ...]
    moved_ids: tuple[int, ...]
    handed_over_ids: tuple[int, ...]
    valid_from: date
    at: datetime


@dataclass(frozen=True, slots=True)
class CitizensMerged:
    """Two registrations were one person. Every app moves its rows from the wrong one, and tells the audit trail which.

    actor: who did it, so that the audit entries of every app name the same person. merge_id: the `Merge` that every app
    tells what it moved (`actions.remember`).
    """

    actor: Actor
    merge_id: int
    wrong_id: int
    right_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class MergeUndone:
    """Two registrations were two persons after all. Every app puts back what it moved (`actions.put_back`)."""

    actor: Actor
    merge_id: int
    wrong_id: int
    right_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class HandoverOffered:
    """One unit offers another to take over a citizen. Until it is accepted, nothing has changed."""

    handover_id: int
    citizen_id: int
    from_unit_id: int
    to_unit_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class HandoverAnswered:
    """A hand-over was accepted, sent back or called off: `state` is a HandoverState."""

    handover_id: int
    citizen_id: int
    from_unit_id: int
    to_unit_id: int
    state: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CompetenceAsked:
    """Somebody asks a unit, or one person in it, for competence that the team lacks."""

    question_id: int
    citizen_id: int
    to_unit_id: int
    to_employee_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class CompetenceAnswered:
    """Somebody answered a question about a citizen."""

    question_id: int
    citizen_id: int
    asked_for_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class EmployeeBarred:
    """An employee is kept away from a citizen from now on: she goes to her no more."""

    citizen_id: int
    employee_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class EmergencyOpened:
    """Somebody opened a record out of reach. Those who lead the citizen's units and hers are to know at once."""

    emergency_id: int
    citizen_id: int
    employee_id: int
    at: datetime
