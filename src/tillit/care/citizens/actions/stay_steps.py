"""Steps for somebody who is away: opened, moved and ended by acts that know why. Callers have checked permission."""

from datetime import date, datetime

from django.db.models import F

from tillit.care.citizens.models import StayStep, Whereabouts, WhereaboutsFollowUp
from tillit.care.citizens.queries.answering import who_answers
from tillit.care.citizens.rules import stays as rules
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo


def open_step(
    row: Whereabouts, *, actor: Actor, kind: str, on: date | None, at: datetime, words: str = "", owner_id: int | None
) -> WhereaboutsFollowUp:
    """Store a step, or return the same one when it is open already with the same owner and day."""
    said = words.strip() or str(StayStep(kind).label)
    step, _is_new = row.follow_ups.get_or_create(
        kind=kind,
        words=said,
        on=on,
        owner_id=owner_id,
        ended_at=None,
        defaults={"written_by_id": actor.employee_id, "written_at": at},
    )
    show_first(row)
    return step


def end_steps(row: Whereabouts, *kinds: str, actor: Actor, at: datetime) -> None:
    """End the open steps of these kinds: what they were for has been done, or is no more."""
    row.follow_ups.filter(kind__in=kinds, ended_at__isnull=True).update(ended_by_id=actor.employee_id, ended_at=at)
    show_first(row)


def follow_home(row: Whereabouts, *, actor: Actor, at: datetime, owner_id: int | None = None) -> None:
    """Let the steps of coming home be due the day she comes: the plan is looked at, somebody takes the first visit.

    They begin when a day is set, move with it, and end when the stay was called off. owner_id: who is to take them;
    None is whoever answers for her, unless somebody has them already.
    """
    if row.kind not in rules.IN_BEDS or row.to_at is None:
        return
    if row.to_at <= row.from_at:
        end_steps(row, *StayStep.values, actor=actor, at=at)
        return
    on = max(oslo.day_of(row.to_at), oslo.day_of(at))
    standing = {step.kind: step for step in row.follow_ups.filter(kind__in=rules.AT_HOMECOMING).order_by("pk")}
    owner = owner_id or who_answers([row.citizen_id], on=on).get(row.citizen_id)
    for kind in rules.AT_HOMECOMING:
        step = standing.get(kind)
        if step is None:
            open_step(row, actor=actor, kind=kind, on=on, owner_id=owner, at=at)
        elif step.ended_at is None:
            step.on, step.owner_id = on, owner_id or step.owner_id or owner
            step.save(update_fields=["on", "owner_id"])
    show_first(row)


def show_first(row: Whereabouts) -> None:
    """Let the stay say its first open step, for pages that show no more than that."""
    first = row.follow_ups.filter(ended_at__isnull=True).order_by(F("on").asc(nulls_last=True), "pk").first()
    row.next_step = first.words if first else ""
    row.save(update_fields=["next_step"])
