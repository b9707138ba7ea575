"""Citizens in hospital, helsehus, KAD or on a short stay: where, since when, who follows up, what comes next (R16)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from tillit.care.citizens.models import Whereabouts, WhereaboutsFollowUp, WhereaboutsKind
from tillit.care.citizens.queries.answering import who_answers
from tillit.care.citizens.queries.handover import teams_for
from tillit.care.citizens.queries.reach import citizen_ids_of_unit, get_citizen, unit_ids_of
from tillit.care.citizens.rules.handover import PASSING_ON
from tillit.care.citizens.rules.stays import IN_BEDS
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import get_unit
from tillit.foundation.responsibility.queries import Ask, Routed, route_many
from tillit.foundation.responsibility.rules.routing import Arrival, rows_for
from tillit.kernel import oslo
from tillit.kernel.editions import edition_of
from tillit.kernel.errors import NotFound

#: Being away on a journey is nobody's to follow up.
FOLLOWED_UP = tuple(sorted(IN_BEDS))


@dataclass(frozen=True, slots=True)
class NextStep:
    """Something to do, by when and by whom. on: None is not settled; owner_id: None, nobody has it."""

    step_id: int
    kind: str
    words: str
    on: date | None
    owner_id: int | None
    written_by: str
    written_at: datetime
    ended_by: str
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class StayLine:
    """One citizen who is not at home, or has come home and has something left to be done for it."""

    whereabouts_id: int
    citizen_id: int
    citizen_name: str
    kind: str
    kind_name: str
    place: str
    from_at: datetime
    to_at: datetime | None
    ready_at: datetime | None
    edition: int
    steps: tuple[NextStep, ...] = field(metadata={"help": "Those that are open, the first one due first"})
    ended: tuple[NextStep, ...] = field(metadata={"help": "Those that were ended, newest first"})
    answers_id: int | None = field(metadata={"help": "Who answers for her today; None: nobody"})
    routed: Routed | None = field(metadata={"help": "Who follows up by the table; None: no table to ask"})

    @property
    def step(self) -> NextStep | None:
        """What comes next."""
        return self.steps[0] if self.steps else None

    def is_home(self, at: datetime) -> bool:
        """Whether she has come home."""
        return self.to_at is not None and self.to_at <= at

    def lacks(self, at: datetime) -> bool:
        """Whether nobody is about to do anything: no step, one without an owner, or one whose day has passed."""
        if self.kind not in IN_BEDS:
            return False
        today = oslo.day_of(at)
        return (not self.steps and not self.is_home(at)) or any(
            step.owner_id is None or is_over(step, today) for step in self.steps
        )


def stays_of_unit(*, unit: Unit, at: datetime) -> list[StayLine]:
    """Return those the unit, or one below it, follows who are away at `at`, or home with a step left to take.

    What lacks somebody or is over time first, then by the day of the next step. Thirteen queries at most, whatever
    their number. Callers have checked the unit; the reading is noted here.
    """
    rows = list(_open(citizen_ids_of_unit(unit.pk, oslo.day_of(at)), at=at))
    reading.note_all(row.citizen_id for row in rows)
    return sorted(_lines(rows, at=at), key=lambda line: _urgency(line, at))


def stay_line(*, actor: Actor, unit_id: int, whereabouts_id: int, at: datetime) -> StayLine:
    """Return one stay on the unit's list, also one that is over. Raises NotFound."""
    (line,) = _lines([stay_of_unit(actor=actor, unit_id=unit_id, whereabouts_id=whereabouts_id, at=at)], at=at)
    return line


def stay_of_unit(*, actor: Actor, unit_id: int, whereabouts_id: int, at: datetime) -> Whereabouts:
    """Return a time away of a citizen whom the unit, or one below it, follows. Raises NotFound, also out of reach."""
    get_unit(actor=actor, unit_id=unit_id)
    row = get_stay(actor=actor, whereabouts_id=whereabouts_id, at=at)
    if row.citizen_id not in citizen_ids_of_unit(unit_id, oslo.day_of(at)):
        raise NotFound(_("Fant ikke oppholdet."))
    return row


def _open(citizen_ids: Iterable[int], *, at: datetime) -> QuerySet[Whereabouts]:
    """Times away that hold, and those she came home from with a step still open; never one that was called off."""
    left = WhereaboutsFollowUp.objects.filter(whereabouts=OuterRef("pk"), ended_at__isnull=True)
    goes_on = Q(to_at__isnull=True) | Q(to_at__gt=at)
    return Whereabouts.objects.filter(
        goes_on | (Exists(left) & Q(to_at__gt=F("from_at"))), citizen_id__in=list(citizen_ids), from_at__lte=at
    ).select_related("citizen")


def get_stay(*, actor: Actor, whereabouts_id: int, at: datetime, lock: bool = False) -> Whereabouts:
    """Return a time away of a citizen the actor reaches, and note the reading. Raises NotFound."""
    row = Whereabouts.objects.filter(pk=whereabouts_id).first()
    if row is None:
        raise NotFound(_("Fant ikke oppholdet."))
    get_citizen(actor=actor, citizen_id=row.citizen_id, at=at, lock=lock)
    return row


def edition_of_stay(row: Whereabouts) -> int:
    """Return a number that is another when where she is, or when she comes home, was changed."""
    return edition_of(row.pk, row.kind, row.from_at.isoformat(), row.to_at.isoformat() if row.to_at else None)


def stays_lacking(*, citizen_ids: Iterable[int], at: datetime) -> list[StayLine]:
    """Return the stays where nobody is about to do anything, the longest ago first; at most two queries.

    Nobody is noted, for the board only counts them: callers that name them note it. Callers have checked reach.
    """
    rows = list(_open(citizen_ids, at=at).filter(kind__in=FOLLOWED_UP).order_by("from_at", "pk"))
    steps = _steps(rows) if rows else {}
    lines = [_line(row, steps[row.pk], None, None) for row in rows]
    return [line for line in lines if line.lacks(at)]


def stays_since(citizen_ids: Iterable[int], *, since: datetime, until: datetime) -> list[Whereabouts]:
    """Return stays followed up that touch [since, until), for counting them; those called off are left out.

    One query. Callers have checked reach; nobody is shown by it.
    """
    return list(
        Whereabouts.objects.filter(
            Q(to_at__isnull=True) | (Q(to_at__gt=since) & Q(to_at__gt=F("from_at"))),
            citizen_id__in=list(citizen_ids),
            kind__in=FOLLOWED_UP,
            from_at__lt=until,
        ).order_by("pk")
    )


def is_over(step: NextStep, today: date) -> bool:
    """Whether the step's day has passed."""
    return step.on is not None and step.on < today


def _urgency(line: StayLine, at: datetime) -> tuple[bool, bool, date, datetime]:
    step = line.step
    away = line.kind not in IN_BEDS
    return away, not line.lacks(at), (step.on if step and step.on else date.max), line.from_at


def _lines(rows: Sequence[Whereabouts], *, at: datetime) -> list[StayLine]:
    today = oslo.day_of(at)
    citizen_ids = [row.citizen_id for row in rows]
    steps = _steps(rows)
    routed = _routed(citizen_ids, on=today)
    answers = who_answers(citizen_ids, on=today)
    return [_line(row, steps[row.pk], routed.get(row.citizen_id), answers.get(row.citizen_id)) for row in rows]


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
    written: dict[int, list[NextStep]] = {row.pk: [] for row in rows}
    stored = WhereaboutsFollowUp.objects.filter(whereabouts__in=list(written)).select_related("written_by", "ended_by")
    for step in stored.order_by("pk"):
        written[step.whereabouts_id].append(
            NextStep(
                step_id=step.pk,
                kind=step.kind,
                words=step.words,
                on=step.on,
                owner_id=step.owner_id,
                written_by=step.written_by.name if step.written_by else "",
                written_at=step.written_at,
                ended_by=step.ended_by.name if step.ended_by else "",
                ended_at=step.ended_at,
            )
        )
    return {whereabouts_id: tuple(steps) for whereabouts_id, steps in written.items()}


def _line(row: Whereabouts, steps: tuple[NextStep, ...], routed: Routed | None, answers_id: int | None) -> StayLine:
    is_open = [step for step in steps if step.ended_at is None]
    ended = [step for step in steps if step.ended_at is not None]
    return StayLine(
        whereabouts_id=row.pk,
        citizen_id=row.citizen_id,
        citizen_name=row.citizen.name,
        kind=row.kind,
        kind_name=str(WhereaboutsKind(row.kind).label),
        place=row.place,
        from_at=row.from_at,
        to_at=row.to_at,
        ready_at=row.ready_at,
        edition=edition_of_stay(row),
        steps=tuple(sorted(is_open, key=lambda step: (step.on or date.max, step.step_id))),
        ended=tuple(sorted(ended, key=lambda step: (step.ended_at or step.written_at, step.step_id), reverse=True)),
        answers_id=answers_id,
        routed=routed,
    )


@dataclass(frozen=True, slots=True)
class LeftOrCame:
    """Somebody left home, or came home. at: when; came: home again."""

    citizen_id: int
    kind_name: str
    place: str
    at: datetime
    came: bool


def left_or_came(citizen_ids: Iterable[int], *, since: datetime, until: datetime) -> list[LeftOrCame]:
    """Return those of the citizens who left or came home in [since, until), newest first, in one query.

    Callers have checked reach; the reading of those who did is noted here.
    """
    within = Q(from_at__gte=since, from_at__lt=until) | Q(to_at__gte=since, to_at__lt=until)
    rows = list(Whereabouts.objects.filter(within, citizen_id__in=list(citizen_ids)).order_by("pk"))
    reading.note_all(row.citizen_id for row in rows)
    found = []
    for row in rows:
        kind = str(WhereaboutsKind(row.kind).label)
        if since <= row.from_at < until:
            found.append(LeftOrCame(row.citizen_id, kind, row.place, row.from_at, came=False))
        if row.to_at is not None and since <= row.to_at < until:
            found.append(LeftOrCame(row.citizen_id, kind, row.place, row.to_at, came=True))
    return sorted(found, key=lambda one: one.at, reverse=True)
