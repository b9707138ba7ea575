"""Citizens who move: to us with what they had, and from one team's area to another's."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from tillit.care.citizens.models import OPEN_STATES, Citizen, Following, Handover, Home, Move, MoveKind
from tillit.care.citizens.queries.protecting import hidden_from
from tillit.care.citizens.queries.reach import readable
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.reader import barred_now, reader
from tillit.foundation.organisation.models import Unit, UnitKind
from tillit.foundation.organisation.queries import in_force
from tillit.foundation.responsibility.queries import holder_for
from tillit.foundation.responsibility.rules.routing import Arrival, rows_for
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound

_FOLLOWING_KINDS = (UnitKind.TEAM, UnitKind.WORK_GROUP, UnitKind.SPECIAL_TEAM)
#: The row that says who takes over a citizen with help.
TAKES_OVER = rows_for(Arrival.TRANSFER, is_new=False).receive


@dataclass(frozen=True, slots=True)
class MoveIn:
    """A citizen moves, or moved, to the municipality."""

    citizen_id: int
    moves_on: date
    help_before: str
    told_by: str
    told_at: datetime
    address: str = field(metadata={"help": "Where she moves, also before the day has come; empty when unknown"})


@dataclass(frozen=True, slots=True)
class MovesAway:
    """A citizen whom the table gives to another unit since she moves, and nobody has been offered yet."""

    move_id: int
    citizen_id: int
    citizen_name: str
    moves_on: date
    from_unit_id: int
    to_unit_id: int
    to_unit_name: str


def moves_in(citizen_ids: Iterable[int], *, on: date) -> dict[int, MoveIn]:
    """Return the newest move to the municipality of each citizen that has one. on: the day it is asked.

    Two queries, and three more when an address is hidden; it is left out when the reader is not shown it. Callers have
    checked reach; the reading is theirs to note.
    """
    wanted = list(dict.fromkeys(citizen_ids))
    rows = {
        row.citizen_id: row
        for row in Move.objects.filter(citizen_id__in=wanted, kind=MoveKind.IN)
        .select_related("told_by")
        .order_by("told_at", "pk")
    }
    homes = Home.objects.filter(citizen_id__in=rows, valid_to__isnull=True).select_related("citizen") if rows else ()
    secret = [home.citizen_id for home in homes if home.citizen.is_secret_address]
    hidden = hidden_from(reader(), secret, on=on)
    address = {
        home.citizen_id: f"{home.street}, {home.postal_code} {home.place}"
        for home in homes
        if home.citizen_id not in hidden
    }
    return {
        citizen_id: MoveIn(
            citizen_id=citizen_id,
            moves_on=row.moves_on,
            help_before=row.help_before,
            told_by=row.told_by.name if row.told_by else "",
            told_at=row.told_at,
            address=address.get(citizen_id, ""),
        )
        for citizen_id, row in rows.items()
    }


def moved_in_at(citizen_ids: Iterable[int]) -> dict[int, frozenset[datetime]]:
    """Return when it was told of each citizen that she moves to the municipality, in one query."""
    found: dict[int, set[datetime]] = {}
    rows = Move.objects.filter(citizen_id__in=list(citizen_ids), kind=MoveKind.IN)
    for citizen_id, told_at in rows.values_list("citizen_id", "told_at"):
        found.setdefault(citizen_id, set()).add(told_at)
    return {citizen_id: frozenset(told) for citizen_id, told in found.items()}


def moving_away(*, unit_id: int, on: date) -> list[MovesAway]:
    """Return those a unit has who move to where others have them, the first day first. One query.

    Callers have checked the unit; the reading is noted here.
    """
    rows = list(
        _waiting([unit_id], on=on)
        .exclude(citizen_id__in=barred_now())
        .select_related("citizen", "to_unit")
        .order_by("moves_on", "citizen__sort_name", "pk")
    )
    reading.note_all(row.citizen_id for row in rows)
    return [_away(row) for row in rows]


def count_moving_away(*, unit_ids: Iterable[int], on: date) -> dict[int, int]:
    """Return how many wait so in each unit, in one query. Callers have checked the units. Nobody is named."""
    wanted = list(dict.fromkeys(unit_ids))
    counts = dict.fromkeys(wanted, 0)
    for unit_id in _waiting(wanted, on=on).values_list("from_unit_id", flat=True):
        counts[unit_id or 0] += 1
    return counts


def move_away_of(citizen_id: int, *, on: date) -> MovesAway | None:
    """Return the move of a citizen that nobody has done anything with. Callers have checked reach."""
    row = _waiting(None, on=on).filter(citizen_id=citizen_id).select_related("citizen", "to_unit").first()
    return _away(row) if row else None


def get_move(*, actor: Actor, move_id: int, at: datetime, lock: bool = False) -> Move:
    """Return a move of a citizen the actor reaches, and note the reading. Raises NotFound.

    lock: hold the row until the transaction ends, for actions.
    """
    citizens: QuerySet[Citizen] = readable(actor, on=oslo.day_of(at))
    rows = Move.objects.filter(pk=move_id, citizen__in=citizens.values("pk")).select_related("from_unit", "to_unit")
    if lock:
        rows = rows.select_for_update(of=("self",))
    row = rows.first()
    if row is None:
        raise NotFound(_("Fant ikke flyttingen."))
    reading.note(row.citizen_id)
    return row


def receiver_of(*, area_unit_id: int, on: date, beside: Iterable[int] = ()) -> Unit | None:
    """Return who has citizens with help in a unit's area, by that unit's table; the unit itself when it names nobody.

    None when neither can follow citizens that day.
    """
    routed = holder_for(code=TAKES_OVER, unit_id=area_unit_id, on=on, beside=beside)
    can = {
        unit.pk: unit
        for unit in Unit.objects.filter(
            in_force(on), pk__in=(*routed.unit_ids, area_unit_id), kind__in=_FOLLOWING_KINDS
        )
    }
    return next((can[unit_id] for unit_id in (*routed.unit_ids, area_unit_id) if unit_id in can), None)


def _waiting(unit_ids: list[int] | None, *, on: date) -> QuerySet[Move]:
    """Moves that wait: her newest, the unit still has everything, others do not, nobody is offered her."""
    now = Following.objects.filter(in_force(on), citizen_id=OuterRef("citizen_id"))
    newer = Move.objects.filter(citizen_id=OuterRef("citizen_id"), pk__gt=OuterRef("pk"))
    offered = Handover.objects.filter(
        citizen_id=OuterRef("citizen_id"), from_unit_id=OuterRef("from_unit_id"), state__in=OPEN_STATES
    )
    rows = Move.objects.filter(kind=MoveKind.WITHIN, kept_at__isnull=True, citizen__died_on__isnull=True)
    if unit_ids is not None:
        rows = rows.filter(from_unit_id__in=unit_ids)
    ends = Q(valid_to__isnull=True)  # not when it is settled that the unit stops
    return rows.filter(
        Exists(now.filter(ends, unit_id=OuterRef("from_unit_id"), part="")),
        ~Exists(now.filter(unit_id=OuterRef("to_unit_id"))),
        ~Exists(newer),
        ~Exists(offered),
    )


def _away(row: Move) -> MovesAway:
    assert row.from_unit_id is not None and row.to_unit is not None  # the database sees to it
    return MovesAway(
        move_id=row.pk,
        citizen_id=row.citizen_id,
        citizen_name=row.citizen.name,
        moves_on=row.moves_on,
        from_unit_id=row.from_unit_id,
        to_unit_id=row.to_unit.pk,
        to_unit_name=row.to_unit.name,
    )
