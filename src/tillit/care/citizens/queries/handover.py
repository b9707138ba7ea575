"""Hand-overs: what a unit has been offered and has offered, what waits, and who must be handed over by when (R07)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tillit.care.citizens.models import OPEN_STATES, Citizen, Following, Handover, HandoverReason, HandoverState
from tillit.care.citizens.permissions import READ_CITIZEN
from tillit.care.citizens.queries.briefs import home_of
from tillit.care.citizens.queries.moving import count_moving_away
from tillit.care.citizens.queries.reach import readable
from tillit.care.citizens.rules import handover as rules
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.reader import barred_now
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import area_map, in_force, unit_for_address, within_reach
from tillit.foundation.responsibility.queries import Ask, Routed, Why, route_many
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound
from tillit.kernel.geo import Place

#: For so many days the giver still sees that somebody took over.
SETTLED_DAYS = 14


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """One hand-over. state: a HandoverState."""

    handover_id: int
    citizen_id: int
    citizen_name: str
    first_name: str
    from_unit_id: int
    from_unit_name: str
    to_unit_id: int
    to_unit_name: str
    part: str
    reason: str
    reason_name: str
    why: Why | None = field(metadata={"help": "The row of the table behind it, as it was when it was offered"})
    words: str
    from_on: date
    due_on: date | None
    state: str
    offered_by: str
    offered_at: datetime
    answered_by: str
    answered_at: datetime | None
    answer: str

    def waited(self, today: date) -> int:
        """Return how many days the offer has waited for an answer."""
        return rules.days_waited(oslo.day_of(self.offered_at), today=today)

    def is_late(self, today: date) -> bool:
        """Whether the row's terms have run out while it is open."""
        return self.state in OPEN_STATES and self.due_on is not None and self.due_on < today


@dataclass(frozen=True, slots=True)
class UnitHandovers:
    """What one unit must answer, waits for, got back, and what was settled lately."""

    incoming: tuple[HandoverLine, ...] = field(metadata={"help": "Offered to the unit: answer"})
    waiting: tuple[HandoverLine, ...] = field(metadata={"help": "Offered by the unit: others must answer"})
    sent_back: tuple[HandoverLine, ...] = field(metadata={"help": "Offered by the unit and sent back: offer or keep"})
    settled: tuple[HandoverLine, ...] = field(metadata={"help": "Taken over by others these last days"})


@dataclass(frozen=True, slots=True)
class HandoverCount:
    """How many hand-overs wait for a unit."""

    incoming: int
    sent_back: int
    waiting: int
    late: int = field(metadata={"help": "Of all of them, those whose terms have run out"})
    moving: int = field(metadata={"help": "Moves to where others have her, and nobody is offered her yet"})

    @property
    def to_do(self) -> int:
        """How many the unit itself must do something with."""
        return self.incoming + self.sent_back + self.moving


@dataclass(frozen=True, slots=True)
class PassingOn:
    """A citizen the unit has for a while only. due_on: by the row's terms, None when it sets no limit."""

    citizen_id: int
    citizen_name: str
    since: date
    due_on: date | None
    reason: str
    to_unit_id: int | None = field(metadata={"help": "The team that answers for her address; None: no area covers it"})
    to_unit_name: str
    routed: Routed | None = field(metadata={"help": "The row of that team's table"})


def handovers_of_unit(*, unit_id: int, on: date) -> UnitHandovers:
    """Return the hand-overs of a unit, those that have waited longest first. Callers have checked the unit."""
    since = oslo.whole_day(on - timedelta(days=SETTLED_DAYS)).start
    rows = _rows(
        Handover.objects.filter(
            Q(to_unit_id=unit_id, state=HandoverState.OFFERED)
            | Q(from_unit_id=unit_id, state__in=OPEN_STATES)
            | Q(from_unit_id=unit_id, state=HandoverState.ACCEPTED, answered_at__gte=since)
        ).exclude(citizen_id__in=barred_now())
    )
    reading.note_all(row.citizen_id for row in rows)
    own = [row for row in rows if row.from_unit_id == unit_id]
    return UnitHandovers(
        incoming=tuple(row for row in rows if row.to_unit_id == unit_id and row.state == HandoverState.OFFERED),
        waiting=tuple(row for row in own if row.state == HandoverState.OFFERED),
        sent_back=tuple(row for row in own if row.state == HandoverState.SENT_BACK),
        settled=tuple(row for row in own if row.state == HandoverState.ACCEPTED),
    )


def count_handovers(*, unit_ids: Iterable[int], on: date) -> dict[int, HandoverCount]:
    """Return how many hand-overs wait, by unit, in two queries. Callers have checked the units. Nobody is named."""
    wanted = list(dict.fromkeys(unit_ids))
    moving = count_moving_away(unit_ids=wanted, on=on)
    rows = list(
        Handover.objects.filter(
            Q(to_unit_id__in=wanted, state=HandoverState.OFFERED) | Q(from_unit_id__in=wanted, state__in=OPEN_STATES)
        ).values_list("to_unit_id", "from_unit_id", "state", "due_on")
    )
    found = {}
    for unit_id in wanted:
        incoming = [row for row in rows if row[0] == unit_id and row[2] == HandoverState.OFFERED]
        own = [row for row in rows if row[1] == unit_id]
        back = [row for row in own if row[2] == HandoverState.SENT_BACK]
        late = [row for row in (*incoming, *own) if row[3] is not None and row[3] < on]
        found[unit_id] = HandoverCount(len(incoming), len(back), len(own) - len(back), len(late), moving[unit_id])
    return found


def handovers_of_citizen(citizen_id: int) -> list[HandoverLine]:
    """Return every hand-over of a citizen, newest first. Callers have come through `get_citizen`."""
    return sorted(_rows(Handover.objects.filter(citizen_id=citizen_id)), key=lambda row: -row.handover_id)


def open_handover_of(citizen_id: int) -> HandoverLine | None:
    """Return the oldest hand-over of a citizen that somebody must still answer. Callers have checked reach."""
    return next(iter(_rows(Handover.objects.filter(citizen_id=citizen_id, state__in=OPEN_STATES))), None)


def get_handover(*, actor: Actor, handover_id: int, at: datetime, lock: bool = False) -> Handover:
    """Return a hand-over the actor may see, and note the reading.

    While it waits for an answer both sides see it: the receiver must know whom she takes over. Sent back, it is the
    giver's alone. Settled, it is part of what is known of the citizen: for those who may read her.
    lock: hold the row until the transaction ends, for actions. Raises NotFound out of reach.
    """
    rows = Handover.objects.filter(_seen_by(actor, on=oslo.day_of(at))).select_related("from_unit", "to_unit")
    if lock:
        rows = rows.select_for_update(of=("self",))
    try:
        row = rows.get(pk=handover_id)
    except Handover.DoesNotExist:
        raise NotFound(_("Fant ikke overleveringen.")) from None
    reading.note(row.citizen_id)
    return row


def line_of(handover: Handover) -> HandoverLine:
    """Return a hand-over that `get_handover` gave, for showing."""
    return _rows(Handover.objects.filter(pk=handover.pk))[0]


def passing_on(*, unit: Unit, on: date) -> list[PassingOn]:
    """Return those a unit has for a while only and has not offered to anybody yet, the nearest deadline first.

    Nothing for a unit that keeps its citizens. The receiver is the team whose area covers the address, and the limit
    is the one in the table that team follows. Callers have checked the unit; the reading is noted here.
    """
    reason = rules.PASSING_ON.get(unit.purpose)
    if reason is None:
        return []
    offered = Handover.objects.filter(from_unit=unit, state__in=OPEN_STATES)
    rows = list(
        Following.objects.filter(in_force(on), unit=unit, citizen__died_on__isnull=True)
        .exclude(citizen_id__in=offered.values("citizen_id"))
        .select_related("citizen")
        .order_by("valid_from", "pk")
    )
    citizen_ids = [row.citizen_id for row in rows]
    reading.note_all(citizen_ids)
    teams = teams_for(citizen_ids, on=on)
    code = rules.ROWS[reason].code
    routed = route_many([Ask(code, team) for team in teams.values() if team is not None], on=on)
    names = dict(Unit.objects.filter(pk__in=[team for team in teams.values() if team]).values_list("pk", "name"))
    found = []
    for row in rows:
        team = teams[row.citizen_id]
        answer = routed.get(Ask(code, team)) if team is not None else None
        # The row's limit counts only for the unit the row names.
        holds = answer is not None and unit.pk in answer.unit_ids
        found.append(
            PassingOn(
                citizen_id=row.citizen_id,
                citizen_name=row.citizen.name,
                since=row.valid_from,
                due_on=rules.last_day(row.valid_from, answer.why.weeks) if answer and holds else None,
                reason=reason,
                to_unit_id=team,
                to_unit_name=names.get(team or 0, ""),
                routed=answer,
            )
        )
    return sorted(found, key=lambda one: (one.due_on or date.max, one.since))


def teams_for(citizen_ids: Iterable[int], *, on: date) -> dict[int, int | None]:
    """Return the team whose area covers each citizen's address, in two queries. Callers have checked reach."""
    wanted = list(dict.fromkeys(citizen_ids))
    homes = home_of(wanted, on=on)
    areas = area_map(on)
    found: dict[int, int | None] = {}
    for citizen_id in wanted:
        home = homes.get(citizen_id)
        if home is None:
            found[citizen_id] = None
            continue
        known = home["latitude"] is not None and home["longitude"] is not None
        place = Place(home["latitude"], home["longitude"]) if known else None
        found[citizen_id] = unit_for_address(place=place, postal_code=home["postal_code"], on=on, areas=areas)
    return found


def followed_from(*, citizen_id: int, unit_id: int, on: date) -> date | None:
    """Return the day the unit began to follow the citizen; None when it does not follow her."""
    row = Following.objects.filter(in_force(on), citizen_id=citizen_id, unit_id=unit_id).first()
    return row.valid_from if row else None


def count_in_flight(*, unit_ids: Iterable[int]) -> int:
    """Count the offers to or from the units that wait for an answer. Nobody is named."""
    wanted = list(unit_ids)
    rows = Handover.objects.filter(state=HandoverState.OFFERED)
    return rows.filter(Q(from_unit_id__in=wanted) | Q(to_unit_id__in=wanted)).count()


def _seen_by(actor: Actor, *, on: date) -> Q:
    paths = actor.paths_for(READ_CITIZEN.roles)
    units = within_reach(actor).filter(_at_paths(paths)).values("pk")
    giver, receiver = Q(from_unit__in=units), Q(to_unit__in=units)
    citizens: QuerySet[Citizen] = readable(actor, on=on)
    return ~Q(citizen__in=actor.barred) & (
        (Q(state=HandoverState.OFFERED) & (giver | receiver))
        | (Q(state=HandoverState.SENT_BACK) & giver)
        | Q(state__in=(HandoverState.ACCEPTED, HandoverState.CLOSED), citizen__in=citizens.values("pk"))
    )


def _at_paths(paths: Iterable[str]) -> Q:
    found = Q(pk__in=())
    for path in paths:
        found |= Q(path__startswith=path)
    return found


def _why(row: Handover) -> Why | None:
    if row.table_of is None or row.version is None:
        return None
    return Why(
        asked_unit_id=row.table_of.pk,
        asked_unit_name=row.table_of.name,
        code=row.responsibility,
        holder=row.holder,
        terms=row.terms,
        weeks=None,
        version_id=row.version.pk,
        model_name=row.version.model.name,
        number=row.version.number,
        since=None,
        decided_by_id=None,
        decided_by_name="",
    )


def _rows(rows: QuerySet[Handover]) -> list[HandoverLine]:
    read = rows.select_related(
        "citizen", "from_unit", "to_unit", "offered_by", "answered_by", "table_of", "version__model"
    )
    return [
        HandoverLine(
            handover_id=row.pk,
            citizen_id=row.citizen_id,
            citizen_name=row.citizen.name,
            first_name=row.citizen.first_name,
            from_unit_id=row.from_unit_id,
            from_unit_name=row.from_unit.name,
            to_unit_id=row.to_unit_id,
            to_unit_name=row.to_unit.name,
            part=row.part,
            reason=row.reason,
            reason_name=str(HandoverReason(row.reason).label),
            why=_why(row),
            words=row.words,
            from_on=row.from_on,
            due_on=row.due_on,
            state=row.state,
            offered_by=row.offered_by.name if row.offered_by else "",
            offered_at=row.offered_at,
            answered_by=row.answered_by.name if row.answered_by else "",
            answered_at=row.answered_at,
            answer=row.answer,
        )
        for row in read.order_by("offered_at", "pk")
    ]
