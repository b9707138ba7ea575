"""Steps for those who are away: one, and those somebody has (R16)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q
from django.utils.translation import gettext as _

from tillit.care.citizens.models import WhereaboutsFollowUp
from tillit.care.citizens.queries.reach import get_citizen, reachable, unit_ids_of
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.queries import within_reach
from tillit.kernel.errors import NotFound


def get_step(*, actor: Actor, step_id: int, at: datetime, lock: bool = False) -> WhereaboutsFollowUp:
    """Return a step for a citizen the actor reaches, and note the reading. Raises NotFound."""
    step = WhereaboutsFollowUp.objects.filter(pk=step_id).select_related("whereabouts").first()
    if step is None:
        raise NotFound(_("Fant ikke steget."))
    get_citizen(actor=actor, citizen_id=step.whereabouts.citizen_id, at=at, lock=lock)
    return step


@dataclass(frozen=True, slots=True)
class OwnStep:
    """A step somebody has, for a citizen she reaches. unit_id: a unit that follows her, and that is in reach too."""

    step_id: int
    whereabouts_id: int
    citizen_name: str
    words: str
    on: date | None
    unit_id: int | None


def own_steps(*, actor: Actor, until: date) -> list[OwnStep]:
    """Return the open steps that are the actor's, due by a day or without one, the first due first.

    Four queries at most; one when there are none. The reading is noted here.
    """
    rows = list(
        WhereaboutsFollowUp.objects.filter(
            Q(on__isnull=True) | Q(on__lte=until),
            owner_id=actor.employee_id,
            ended_at__isnull=True,
            whereabouts__citizen__in=reachable(actor, on=until).values("pk"),
        )
        .select_related("whereabouts__citizen")
        .order_by(F("on").asc(nulls_last=True), "pk")
    )
    units = unit_ids_of([row.whereabouts.citizen_id for row in rows], on=until) if rows else {}
    reached = set(within_reach(actor).values_list("pk", flat=True)) if rows else set()
    reading.note_all(units)
    return [
        OwnStep(
            step_id=row.pk,
            whereabouts_id=row.whereabouts_id,
            citizen_name=row.whereabouts.citizen.name,
            words=row.words,
            on=row.on,
            unit_id=next((one for one in units[row.whereabouts.citizen_id] if one in reached), None),
        )
        for row in rows
    ]
