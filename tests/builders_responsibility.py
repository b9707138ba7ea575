"""Typed builders for areas, meetings, duties and models."""

from collections.abc import Iterable
from datetime import date, datetime, time

from tests.builders import LONG_AGO
from tillit.foundation.access.actor import system
from tillit.foundation.organisation.models import Area, TeamMeeting, Unit
from tillit.foundation.responsibility import actions
from tillit.foundation.responsibility.models import Duty, DutyKind, DutyMember, ModelVersion
from tillit.foundation.workforce.models import Competence, Employee

#: A square of about two by two kilometres: south-west corner (longitude, latitude).
SIDE = 0.02


def square(longitude: float, latitude: float) -> list[list[float]]:
    """Return a ring with its south-west corner there."""
    east, north = longitude + SIDE, latitude + SIDE
    return [[longitude, latitude], [east, latitude], [east, north], [longitude, north]]


def area(
    team: Unit,
    *,
    ring: list[list[float]] | None = None,
    codes: Iterable[str] = (),
    valid_from: date = LONG_AGO,
    valid_to: date | None = None,
) -> Area:
    """Store an area."""
    return Area.objects.create(
        unit=team,
        name=f"Området til {team.name}",
        ring=ring or [],
        postal_codes=list(codes),
        valid_from=valid_from,
        valid_to=valid_to,
    )


def meeting(team: Unit, *, weekdays: str = "2", starts: time = time(14, 0), minutes: int = 30) -> TeamMeeting:
    """Store a fixed meeting."""
    return TeamMeeting.objects.create(
        unit=team, name="Teammøte", weekdays=weekdays, starts=starts, minutes=minutes, valid_from=LONG_AGO
    )


def duty(
    team: Unit,
    *members: Employee,
    kind: DutyKind = DutyKind.MESSAGES,
    needs: Competence | None = None,
    is_fixed: bool = False,
    weekdays: str = "1234567",
    shift_kind: str = "DAY",
) -> Duty:
    """Store a duty with its members in the order given."""
    found = Duty.objects.create(
        unit=team,
        kind=kind,
        name=str(kind.label),
        needs=needs,
        is_fixed=is_fixed,
        weekdays=weekdays,
        shift_kind=shift_kind,
        valid_from=LONG_AGO,
    )
    for rank, member in enumerate(members, start=1):
        DutyMember.objects.create(duty=found, employee=member, rank=rank)
    return found


def shipped(at: datetime) -> tuple[ModelVersion, ...]:
    """Store the five models."""
    return actions.ship_models(actor=system("tests"), at=at)
