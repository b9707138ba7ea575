"""Everything around one citizen, with the ids that changing it takes. Never the door code."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q
from django.utils.translation import gettext as _

from tillit.care.citizens.models import (
    Alert,
    AlertKind,
    Citizen,
    Following,
    HelperWish,
    Home,
    NetworkKind,
    NetworkMember,
    Responsible,
    ResponsibleKind,
    Whereabouts,
    WhereaboutsKind,
    WishKind,
)
from tillit.care.citizens.queries.briefs import AlertLine, CitizenBrief, brief_from, home_of, without_address
from tillit.care.citizens.queries.protecting import hidden_from
from tillit.foundation.access.actor import Scope
from tillit.foundation.access.reader import reader
from tillit.foundation.organisation.queries import in_force
from tillit.kernel.editions import edition_of


@dataclass(frozen=True, slots=True)
class NetworkLine:
    """One of the citizen's own people."""

    member_id: int
    kind: str
    kind_name: str
    name: str
    relation: str
    phone: str
    is_next_of_kin: bool
    note: str


@dataclass(frozen=True, slots=True)
class WishLine:
    """A wish about helpers."""

    wish_id: int
    kind: str
    kind_name: str
    employee_id: int | None
    employee_name: str
    gender: str
    reason: str


@dataclass(frozen=True, slots=True)
class AlertRow:
    """Something to know before the door."""

    alert_id: int
    kind: str
    kind_name: str
    text: str


@dataclass(frozen=True, slots=True)
class ResponsibleLine:
    """Who answers for the citizen, or is deputy for the one who does."""

    responsible_id: int
    kind: str
    kind_name: str
    is_deputy: bool
    employee_id: int
    employee_name: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class AwayLine:
    """A time away that holds now or lies ahead."""

    away_id: int
    kind: str
    kind_name: str
    place: str
    from_at: datetime
    to_at: datetime | None
    next_step: str


@dataclass(frozen=True, slots=True)
class FollowingLine:
    """A unit that follows the citizen, now or from a day ahead."""

    following_id: int
    unit_id: int
    unit_name: str
    unit_path: str
    part: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Around:
    """Everything around one citizen on a day."""

    network: tuple[NetworkLine, ...]
    wishes: tuple[WishLine, ...]
    alerts: tuple[AlertRow, ...]
    responsibles: tuple[ResponsibleLine, ...]
    away: tuple[AwayLine, ...]
    followings: tuple[FollowingLine, ...]

    def responsible(self, kind: str, *, deputy: bool = False) -> ResponsibleLine | None:
        """Return who holds a task, or is deputy for it."""
        return next((row for row in self.responsibles if row.kind == kind and row.is_deputy is deputy), None)

    def scope(self, citizen_id: int, *, on: date) -> Scope:
        """Return the units that follow her on the day, as the scope of an act: see `scope_of`."""
        return Scope(tuple(line.unit_path for line in self.followings if line.valid_from <= on), citizen_id)


def around(citizen_id: int, *, on: date, at: datetime) -> Around:
    """Return what stands around a citizen, in six queries. Callers have come through `get_citizen`.

    at: times away that ended before this moment (aware UTC) are left out.
    """
    return Around(
        network=tuple(_network(citizen_id, on)),
        wishes=tuple(_wishes(citizen_id, on)),
        alerts=tuple(_alerts(citizen_id, on)),
        responsibles=tuple(_responsibles(citizen_id, on)),
        away=tuple(_away(citizen_id, at)),
        followings=tuple(_followings(citizen_id, on)),
    )


def brief_of(citizen: Citizen, found: Around, *, on: date, at: datetime) -> CitizenBrief:
    """Return the short version of a citizen whose surroundings have been read for the same day and moment.

    The same as `briefs` says, with one query for the home instead of six. Callers have come through `get_citizen`.
    """
    away = [line for line in found.away if line.from_at <= at]
    followings = sorted((line for line in found.followings if line.valid_from <= on), key=_whole_first)
    whole = brief_from(
        citizen,
        home_of([citizen.pk], on=on).get(citizen.pk),
        alerts=tuple(AlertLine(row.kind, row.text) for row in found.alerts),
        away=(away[-1].kind, away[-1].place) if away else None,
        unit_ids=tuple(line.unit_id for line in followings),
        answering={(row.kind, row.is_deputy): row.employee_id for row in found.responsibles if row.valid_from <= on},
        on=on,
    )
    hidden = hidden_from(reader(), (citizen.pk,) if citizen.is_secret_address else (), on=on)
    return without_address(whole) if hidden else whole


def _whole_first(line: FollowingLine) -> tuple[str, str]:
    """The unit that follows everything first."""
    return line.part, line.unit_path


@dataclass(frozen=True, slots=True)
class HomeLine:
    """Where a citizen lives. `home_id` is what changing it takes as `seen_home_id`. Never the door code."""

    home_id: int
    street: str
    postal_code: str
    place: str
    floor: str
    latitude: float | None
    longitude: float | None
    way_in: str
    key_note: str
    practical: str
    has_code: bool
    valid_from: date


def last_home(citizen_id: int, *, on: date) -> HomeLine | None:
    """Return the address that holds until further notice, also when it begins ahead. Callers have checked reach.

    on: the day it is asked. Hidden from the reader, nothing but that there is one.
    """
    row = Home.objects.filter(citizen_id=citizen_id, valid_to__isnull=True).select_related("citizen").first()
    if row is None:
        return None
    if hidden_from(reader(), (citizen_id,) if row.citizen.is_secret_address else (), on=on):
        return HomeLine(row.pk, _("Adressen er skjult"), "", "", "", None, None, "", "", "", False, row.valid_from)
    return HomeLine(
        home_id=row.pk,
        street=row.street,
        postal_code=row.postal_code,
        place=row.place,
        floor=row.floor,
        latitude=row.latitude,
        longitude=row.longitude,
        way_in=row.way_in,
        key_note=row.key_note,
        practical=row.practical,
        has_code=bool(row.door_code),
        valid_from=row.valid_from,
    )


def _network(citizen_id: int, on: date) -> list[NetworkLine]:
    found = NetworkMember.objects.filter(in_force(on), citizen_id=citizen_id).select_related("citizen")
    rows = list(found.order_by("-is_next_of_kin", "rank", "pk"))
    if rows and hidden_from(reader(), (citizen_id,) if rows[0].citizen.is_secret_address else (), on=on):
        rows = [row for row in rows if row.kind != NetworkKind.FRIEND]  # neighbours tell where she lives
    return [
        NetworkLine(
            member_id=row.pk,
            kind=row.kind,
            kind_name=str(NetworkKind(row.kind).label),
            name=row.name,
            relation=row.relation,
            phone=row.phone,
            is_next_of_kin=row.is_next_of_kin,
            note=row.note,
        )
        for row in rows
    ]


def _wishes(citizen_id: int, on: date) -> list[WishLine]:
    rows = (
        HelperWish.objects.filter(in_force(on), citizen_id=citizen_id).select_related("employee").order_by("kind", "pk")
    )
    return [
        WishLine(
            wish_id=row.pk,
            kind=row.kind,
            kind_name=str(WishKind(row.kind).label),
            employee_id=row.employee_id,
            employee_name=row.employee.name if row.employee else "",
            gender=row.gender,
            reason=row.reason,
        )
        for row in rows
    ]


def _alerts(citizen_id: int, on: date) -> list[AlertRow]:
    rows = Alert.objects.filter(in_force(on), citizen_id=citizen_id).order_by("pk")
    return [
        AlertRow(alert_id=row.pk, kind=row.kind, kind_name=str(AlertKind(row.kind).label), text=row.text)
        for row in rows
    ]


def _responsibles(citizen_id: int, on: date) -> list[ResponsibleLine]:
    rows = (
        Responsible.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), citizen_id=citizen_id)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")))
        .select_related("employee")
        .order_by("valid_from", "pk")
    )
    return [
        ResponsibleLine(
            responsible_id=row.pk,
            kind=row.kind,
            kind_name=str(ResponsibleKind(row.kind).label),
            is_deputy=row.is_deputy,
            employee_id=row.employee_id,
            employee_name=row.employee.name,
            valid_from=row.valid_from,
        )
        for row in rows
        if row.valid_to is None or row.valid_from <= on
    ]


def _away(citizen_id: int, at: datetime) -> list[AwayLine]:
    rows = (
        Whereabouts.objects.filter(citizen_id=citizen_id)
        .filter(Q(to_at__isnull=True) | Q(to_at__gt=at))
        .order_by("from_at", "pk")
    )
    return [
        AwayLine(
            away_id=row.pk,
            kind=row.kind,
            kind_name=str(WhereaboutsKind(row.kind).label),
            place=row.place,
            from_at=row.from_at,
            to_at=row.to_at,
            next_step=row.next_step,
        )
        for row in rows
        if row.to_at is None or row.to_at > row.from_at
    ]


def edition_of_following(citizen_id: int) -> int:
    """Return which edition this is of who follows her. One query."""
    rows = Following.objects.filter(citizen_id=citizen_id).order_by("pk")
    return edition_of(list(rows.values_list("pk", "valid_to")))


def _followings(citizen_id: int, on: date) -> list[FollowingLine]:
    rows = (
        Following.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), citizen_id=citizen_id)
        .select_related("unit")
        .order_by("part", "valid_from", "pk")
    )
    return [
        FollowingLine(
            following_id=row.pk,
            unit_id=row.unit_id,
            unit_name=row.unit.name,
            unit_path=row.unit.path,
            part=row.part,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        for row in rows
        if row.valid_to is None or row.valid_to > row.valid_from
    ]
