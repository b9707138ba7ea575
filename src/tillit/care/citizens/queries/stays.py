"""Citizens in hospital, helsehus, KAD or on a short stay: where, since when, who follows up, what comes next (R16)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from tillit.care.citizens.models import Whereabouts, WhereaboutsFollowUp, WhereaboutsKind
from tillit.care.citizens.queries.handover import teams_for
from tillit.care.citizens.queries.reach import citizen_ids_of_unit, get_citizen, unit_ids_of
from tillit.care.citizens.rules.handover import PASSING_ON
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.models import Unit
from tillit.foundation.responsibility.queries import Ask, Routed, route_many
from tillit.foundation.responsibility.rules.routing import Arrival, rows_for
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound

#: Being away on a journey is nobody's to follow up.
FOLLOWED_UP = (
    WhereaboutsKind.HOSPITAL,
    WhereaboutsKind.HEALTH_HOUSE,
    WhereaboutsKind.ACUTE_UNIT,
    WhereaboutsKind.SHORT_STAY,
)


@dataclass(frozen=True, slots=True)
class NextStep:
    """What comes next, by when. step_id: None for what was written when she left."""

    step_id: int | None
    words: str
    on: date | None
    written_by: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class StayLine:
    """One citizen who is not at home."""

    whereabouts_id: int
    citizen_id: int
    citizen_name: str
    kind: str
    kind_name: str
    place: str
    from_at: datetime
    to_at: datetime | None
    steps: tuple[NextStep, ...] = field(metadata={"help": "Newest first; the first one counts"})
    routed: Routed | None = field(metadata={"help": "Who follows up by the table; None: no table to ask"})

    @property
    def step(self) -> NextStep | None:
        """What comes next."""
        return self.steps[0] if self.steps else None


def stays_of_unit(*, unit: Unit, at: datetime) -> list[StayLine]:
    """Return those the unit, or one below it, follows who are away at `at`: without a next step first, then by its day.

    Ten queries at most, whatever their number. Callers have checked the unit; the reading is noted here.
    """
    today = oslo.day_of(at)
    rows = list(
        Whereabouts.objects.filter(
            Q(to_at__isnull=True) | Q(to_at__gt=at),
            citizen_id__in=citizen_ids_of_unit(unit.pk, today),
            kind__in=FOLLOWED_UP,
            from_at__lte=at,
        ).select_related("citizen")
    )
    reading.note_all(row.citizen_id for row in rows)
    steps = _steps(rows)
    routed = _routed([row.citizen_id for row in rows], on=today)
    return sorted((_line(row, steps[row.pk], routed.get(row.citizen_id)) for row in rows), key=_urgency)


def get_stay(*, actor: Actor, whereabouts_id: int, at: datetime, lock: bool = False) -> Whereabouts:
    """Return a time away of a citizen the actor reaches, and note the reading. Raises NotFound."""
    row = Whereabouts.objects.filter(pk=whereabouts_id).first()
    if row is None:
        raise NotFound(_("Fant ikke oppholdet."))
    get_citizen(actor=actor, citizen_id=row.citizen_id, at=at, lock=lock)
    return row


def newest_step_id(whereabouts_id: int) -> int | None:
    """Return the step that counts, for telling two writers apart."""
    return (
        WhereaboutsFollowUp.objects.filter(whereabouts_id=whereabouts_id)
        .order_by("-written_at", "-pk")
        .values_list("pk", flat=True)
        .first()
    )


def count_stays_without_step(*, unit_id: int, at: datetime) -> int:
    """Count those away whose next step is not settled or whose day has passed, for the board. Nobody is named."""
    today = oslo.day_of(at)
    rows = list(
        Whereabouts.objects.filter(
            Q(to_at__isnull=True) | Q(to_at__gt=at),
            citizen_id__in=citizen_ids_of_unit(unit_id, today),
            kind__in=FOLLOWED_UP,
            from_at__lte=at,
        )
    )
    steps = _steps(rows)
    return sum(not steps[row.pk] or _is_over(steps[row.pk][0], today) for row in rows)


def _is_over(step: NextStep, today: date) -> bool:
    return step.on is not None and step.on < today


def _urgency(line: StayLine) -> tuple[bool, date, datetime]:
    step = line.step
    return step is not None, (step.on if step and step.on else date.max), line.from_at


def _routed(citizen_ids: Sequence[int], *, on: date) -> dict[int, Routed]:
    """Who follows up each: by the table of her main unit or, while that has her for a while only, her team at home."""
    units = unit_ids_of(citizen_ids, on=on)
    mains = {citizen_id: found[0] for citizen_id, found in units.items() if found}
    passing = set(Unit.objects.filter(pk__in=mains.values(), purpose__in=PASSING_ON).values_list("pk", flat=True))
    new = [citizen_id for citizen_id, main in mains.items() if main in passing]
    at_home = teams_for(new, on=on) if new else {}
    asks: dict[int, Ask] = {}
    for citizen_id, main in mains.items():
        asked = at_home.get(citizen_id) if citizen_id in at_home else main
        if asked is not None:
            code = rows_for(Arrival.HOSPITAL_STAY, is_new=citizen_id in at_home).receive
            asks[citizen_id] = Ask(code, asked, frozenset(units[citizen_id]))
    answers = route_many(asks.values(), on=on)
    return {citizen_id: answers[ask] for citizen_id, ask in asks.items()}


def _steps(rows: Sequence[Whereabouts]) -> dict[int, tuple[NextStep, ...]]:
    written: dict[int, list[NextStep]] = defaultdict(list)
    stored = WhereaboutsFollowUp.objects.filter(whereabouts__in=[row.pk for row in rows]).select_related("written_by")
    for step in stored.order_by("-written_at", "-pk"):
        by = step.written_by.name if step.written_by else ""
        written[step.whereabouts_id].append(NextStep(step.pk, step.words, step.on, by, step.written_at))
    return {
        row.pk: tuple(written[row.pk])
        or ((NextStep(None, row.next_step, None, "", row.from_at),) if row.next_step else ())
        for row in rows
    }


def _line(row: Whereabouts, steps: tuple[NextStep, ...], routed: Routed | None) -> StayLine:
    return StayLine(
        whereabouts_id=row.pk,
        citizen_id=row.citizen_id,
        citizen_name=row.citizen.name,
        kind=row.kind,
        kind_name=str(WhereaboutsKind(row.kind).label),
        place=row.place,
        from_at=row.from_at,
        to_at=row.to_at,
        steps=steps,
        routed=routed,
    )
