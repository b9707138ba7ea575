"""Deviations one told oneself, and those one is to answer."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.kernel.errors import NotFound
from tillit.teamwork.deviations.models import Deviation, DeviationState
from tillit.teamwork.deviations.permissions import ANSWER_DEVIATION

_WAITS = (DeviationState.OPEN, DeviationState.LOOKING)
SHOWN = 50


@dataclass(frozen=True, slots=True)
class DeviationLine:
    """One deviation. citizen_id: whom it is about, or None; who she is, `citizens.briefs` says to whoever may know."""

    deviation_id: int
    unit_id: int
    unit_name: str
    kind: str
    about: str
    citizen_id: int | None
    words: str
    state: str
    holder_id: int | None
    holder_name: str
    reported_by_name: str
    reported_at: datetime
    answer: str
    learned: str
    answered_by_name: str
    answered_at: datetime | None
    is_unseen: bool


def get_deviation(*, actor: Actor, deviation_id: int, lock: bool = False) -> Deviation:
    """Return a deviation of a unit whose deviations the actor answers. Raises NotFound, also for one withdrawn."""
    rows = _answered_by(actor)
    if lock:
        rows = rows.select_for_update(of=("self",))
    try:
        return rows.get(pk=deviation_id)
    except Deviation.DoesNotExist:
        raise NotFound(_("Fant ikke avviket.")) from None


def to_answer(actor: Actor) -> list[DeviationLine]:
    """Return what waits for an answer in the units the actor answers for, the oldest first. One query."""
    rows = _answered_by(actor).filter(state__in=_WAITS).order_by("reported_at", "pk")
    return [line_of(row) for row in rows.select_related("unit", "holder", "reported_by", "answered_by")[:SHOWN]]


def count_to_answer(actor: Actor) -> int:
    """Return how many wait for the actor's answer. One query."""
    return _answered_by(actor).filter(state__in=_WAITS).count()


def own(employee_id: int) -> list[DeviationLine]:
    """Return what one has told oneself, the newest first. One query."""
    rows = Deviation.objects.filter(reported_by_id=employee_id).exclude(state=DeviationState.WITHDRAWN)
    rows = rows.select_related("unit", "holder", "reported_by", "answered_by").order_by("-reported_at", "-pk")
    return [line_of(row) for row in rows[:SHOWN]]


def about_citizen(*, actor: Actor, citizen_id: int, before: datetime, most: int) -> list[DeviationLine]:
    """Return what was told of a citizen before a moment, the newest first, at most so many. One query.

    Only what the actor answers for, or told herself. Callers have checked reach to the citizen and note the reading.
    """
    hers = Q(pk__in=_answered_by(actor).values("pk"))
    if actor.employee_id is not None:
        hers |= Q(reported_by_id=actor.employee_id)
    rows = Deviation.objects.filter(hers, citizen_id=citizen_id, reported_at__lt=before)
    rows = rows.exclude(state=DeviationState.WITHDRAWN).select_related("unit", "holder", "reported_by", "answered_by")
    return [line_of(row) for row in rows.order_by("-reported_at", "-pk")[:most]]


def unseen_answers(employee_id: int) -> int:
    """Return how many answers wait to be read by the one who told. One query."""
    return Deviation.objects.filter(
        reported_by_id=employee_id, state=DeviationState.ANSWERED, seen_at__isnull=True
    ).count()


def line_of(row: Deviation) -> DeviationLine:
    """Return a row as plain values."""
    return DeviationLine(
        deviation_id=row.pk,
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        kind=row.kind,
        about=row.about,
        citizen_id=row.citizen_id,
        words=row.words,
        state=row.state,
        holder_id=row.holder_id,
        holder_name=row.holder.name if row.holder else "",
        reported_by_name=row.reported_by.name if row.reported_by else "",
        reported_at=row.reported_at,
        answer=row.answer,
        learned=row.learned,
        answered_by_name=row.answered_by.name if row.answered_by else "",
        answered_at=row.answered_at,
        is_unseen=row.state == DeviationState.ANSWERED and row.seen_at is None,
    )


def _answered_by(actor: Actor) -> QuerySet[Deviation]:
    reached = Q(pk__in=())
    for path in {grant.path for grant in actor.grants if grant.role in ANSWER_DEVIATION.roles}:
        reached |= Q(unit__path__startswith=path)
    return Deviation.objects.filter(reached).exclude(state=DeviationState.WITHDRAWN)
