"""What has happened around a citizen: times away, moves, who answers for her, who follows her, when help ended."""

from dataclasses import dataclass
from datetime import date, datetime

from tillit.care.citizens.models import (
    Citizen,
    EndKind,
    EndOfHelp,
    Following,
    Home,
    Responsible,
    ResponsibleKind,
    Whereabouts,
    WhereaboutsKind,
)
from tillit.care.citizens.queries.protecting import hidden_from
from tillit.foundation.access.reader import reader


@dataclass(frozen=True, slots=True)
class StayLine:
    """A time away. to_at: None while she is away."""

    kind: str
    kind_name: str
    place: str
    from_at: datetime
    to_at: datetime | None


@dataclass(frozen=True, slots=True)
class AnsweredForLine:
    """Somebody began to answer for her. before_name: who did so until then; empty: nobody."""

    kind: str
    kind_name: str
    is_deputy: bool
    name: str
    before_name: str
    on: date


@dataclass(frozen=True, slots=True)
class FollowedLine:
    """A unit began to follow her, or a part of her help."""

    unit_name: str
    part: str
    on: date
    is_first: bool


@dataclass(frozen=True, slots=True)
class EndedLine:
    """All help ended, or was taken up again."""

    kind: str
    kind_name: str
    on: date
    by_name: str
    taken_back_at: datetime | None
    taken_back_by_name: str


@dataclass(frozen=True, slots=True)
class Life:
    """Everything around one citizen over time, the oldest first. moved_on: the days she got a new address."""

    stays: tuple[StayLine, ...]
    moved_on: tuple[date, ...]
    answered_for: tuple[AnsweredForLine, ...]
    followed: tuple[FollowedLine, ...]
    ended: tuple[EndedLine, ...]


def life_of(citizen: Citizen, *, on: date) -> Life:
    """Return what has happened around a citizen until and including a day. Five queries, and two for a secret address.

    No addresses: and no moves either for whom the address is hidden from. Callers have come through `get_citizen`.
    """
    hidden = hidden_from(reader(), (citizen.pk,) if citizen.is_secret_address else (), on=on)
    return Life(
        stays=_stays(citizen.pk),
        moved_on=() if hidden else _moves(citizen.pk, on),
        answered_for=_answered_for(citizen.pk, on),
        followed=_followed(citizen.pk, on),
        ended=_ended(citizen.pk),
    )


def _stays(citizen_id: int) -> tuple[StayLine, ...]:
    return tuple(
        StayLine(row.kind, str(WhereaboutsKind(row.kind).label), row.place, row.from_at, row.to_at)
        for row in Whereabouts.objects.filter(citizen_id=citizen_id).order_by("from_at", "pk")
        if row.to_at is None or row.to_at > row.from_at
    )


def _moves(citizen_id: int, on: date) -> tuple[date, ...]:
    homes = Home.objects.filter(citizen_id=citizen_id, valid_from__lte=on).order_by("valid_from", "pk")
    days = [row.valid_from for row in homes.only("valid_from", "valid_to") if row.valid_to != row.valid_from]
    return tuple(days[1:])  # the first is where she lived when we got to know her


def _answered_for(citizen_id: int, on: date) -> tuple[AnsweredForLine, ...]:
    rows = Responsible.objects.filter(citizen_id=citizen_id, valid_from__lte=on).select_related("employee")
    before: dict[tuple[str, bool], Responsible] = {}
    found = []
    for row in rows.order_by("valid_from", "pk"):
        if row.valid_to is not None and row.valid_to <= row.valid_from:
            continue
        was = before.get((row.kind, row.is_deputy))
        before[row.kind, row.is_deputy] = row
        if was is not None and was.employee_id == row.employee_id:
            continue
        found.append(
            AnsweredForLine(
                kind=row.kind,
                kind_name=str(ResponsibleKind(row.kind).label),
                is_deputy=row.is_deputy,
                name=row.employee.name,
                before_name=was.employee.name if was is not None and was.valid_to == row.valid_from else "",
                on=row.valid_from,
            )
        )
    return tuple(found)


def _followed(citizen_id: int, on: date) -> tuple[FollowedLine, ...]:
    rows = Following.objects.filter(citizen_id=citizen_id, valid_from__lte=on).select_related("unit")
    kept = [row for row in rows.order_by("valid_from", "pk") if row.valid_to is None or row.valid_to > row.valid_from]
    return tuple(
        FollowedLine(row.unit.name, row.part, row.valid_from, is_first=index == 0) for index, row in enumerate(kept)
    )


def _ended(citizen_id: int) -> tuple[EndedLine, ...]:
    rows = EndOfHelp.objects.filter(citizen_id=citizen_id).select_related("ended_by", "taken_back_by")
    return tuple(
        EndedLine(
            kind=row.kind,
            kind_name=str(EndKind(row.kind).label),
            on=row.ends_on,
            by_name=row.ended_by.name if row.ended_by else "",
            taken_back_at=row.taken_back_at,
            taken_back_by_name=row.taken_back_by.name if row.taken_back_by else "",
        )
        for row in rows.order_by("ended_at", "pk")
    )
