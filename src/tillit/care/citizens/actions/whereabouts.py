"""Whether a citizen is at home, and where she is when not."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tillit.care.citizens import rules
from tillit.care.citizens.actions.opening import open_citizen, refuse_if_changed
from tillit.care.citizens.actions.stay_steps import end_steps, follow_home, open_step, show_first
from tillit.care.citizens.events import CitizenAway, CitizenHome
from tillit.care.citizens.models import Citizen, StayStep, Whereabouts, WhereaboutsKind
from tillit.care.citizens.permissions import CHANGE_WHEREABOUTS
from tillit.care.citizens.queries.answering import who_answers
from tillit.care.citizens.rules import stays as stay_rules
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.kernel import events, oslo
from tillit.kernel.errors import ActionRefused


class AwayOverlaps(ActionRefused):
    """She is registered as away in that time already."""


class NotAway(ActionRefused):
    """She is at home."""


class EndsBeforeStart(ActionRefused):
    """The time away would end before it starts."""


@transaction.atomic
def set_away(
    *,
    actor: Actor,
    citizen_id: int,
    kind: str,
    from_at: datetime,
    at: datetime,
    to_at: datetime | None = None,
    place: str = "",
    next_step: str = "",
    seen_id: int | None = None,
) -> Whereabouts:
    """Say that the citizen is not at home from a moment (aware UTC).

    to_at: when she comes back, if it is known. seen_id: the time away that holds at `from_at` and that this one
    follows on, as from hospital to helsehus; it ends when the new one starts, and what was to be done goes
    with her. next_step: whoever answers for her has it; an admission to hospital asks for a report besides.
    Raises NotFound, NotAllowed, ChangedMeanwhile, AwayOverlaps, EndsBeforeStart. Publishes CitizenAway.
    """
    citizen, scope, _today = open_citizen(actor=actor, citizen_id=citizen_id, permission=CHANGE_WHEREABOUTS, at=at)
    if kind not in WhereaboutsKind.values:
        raise ActionRefused(_("Velg hvor brukeren er."))
    if to_at is not None and to_at <= from_at:
        raise EndsBeforeStart(_("Tidspunktet for å komme hjem er før tidspunktet for å reise."))
    before = away_at(citizen, moment=from_at)
    refuse_if_changed("whereabouts", seen=seen_id, now=before.pk if before else None, at=at)
    if before is not None:
        before.to_at = from_at
        before.save(update_fields=["to_at"])
    others = Whereabouts.objects.filter(citizen=citizen).values_list("from_at", "to_at")
    if rules.overlaps((from_at, to_at), others):
        raise AwayOverlaps(_("Brukeren er registrert som borte i en del av den tida fra før."))
    stored = Whereabouts.objects.create(citizen=citizen, kind=kind, place=place.strip(), from_at=from_at, to_at=to_at)
    if before is not None:
        _go_with_her(before, stored, actor=actor, at=at)
    _first_steps(stored, actor=actor, words=next_step, admitted=before is None or before.kind != kind, at=at)
    audit.record(
        actor,
        CHANGE_WHEREABOUTS,
        str(stored),
        scope,
        at=at,
        change={
            "kind": kind,
            "from": from_at.isoformat(),
            "to": to_at.isoformat() if to_at else None,
            "after": before.pk if before else None,
        },
    )
    events.publish(CitizenAway(citizen_id=citizen.pk, kind=kind, from_at=from_at, to_at=to_at, at=at))
    return stored


@transaction.atomic
def set_home(
    *, actor: Actor, citizen_id: int, to_at: datetime, at: datetime, first_visit_by: int | None = None
) -> Whereabouts:
    """Say that the citizen is at home from a moment (aware UTC), which may lie ahead: a planned homecoming.

    A moment before she left calls the time away off; it is kept, but holds nothing. first_visit_by: the employee who is
    to look at the plan and take the first visit; None is whoever answers for her.
    Raises NotFound, NotAllowed, NotAway. Publishes CitizenHome.
    """
    citizen, scope, _today = open_citizen(actor=actor, citizen_id=citizen_id, permission=CHANGE_WHEREABOUTS, at=at)
    row = away_at(citizen, moment=at) or _next_away(citizen, after=at)
    if row is None:
        raise NotAway(_("Brukeren er registrert som hjemme."))
    was = row.to_at
    row.to_at = max(to_at, row.from_at)
    row.save(update_fields=["to_at"])
    follow_home(row, actor=actor, at=at, owner_id=first_visit_by)
    audit.record(
        actor,
        CHANGE_WHEREABOUTS,
        str(row),
        scope,
        at=at,
        change={"to": row.to_at.isoformat(), "was": was.isoformat() if was else None},
    )
    events.publish(CitizenHome(citizen_id=citizen.pk, to_at=row.to_at, at=at))
    return row


def _first_steps(row: Whereabouts, *, actor: Actor, words: str, admitted: bool, at: datetime) -> None:
    """What must be done when she has left: the report to the hospital, and what was written. Both have somebody."""
    today = oslo.day_of(at)
    owner_id = who_answers([row.citizen_id], on=today).get(row.citizen_id)
    if admitted and row.kind == stay_rules.HOSPITAL:
        on = stay_rules.due_on(StayStep.REPORT, today=oslo.day_of(row.from_at), home_on=None)
        open_step(row, actor=actor, kind=StayStep.REPORT, on=on and max(on, today), owner_id=owner_id, at=at)
    if words.strip():
        open_step(row, actor=actor, kind=StayStep.OTHER, words=words, on=None, owner_id=owner_id, at=at)
    follow_home(row, actor=actor, at=at)


def _go_with_her(before: Whereabouts, now: Whereabouts, *, actor: Actor, at: datetime) -> None:
    """She went on to another place: what was to be done still is, but not that she comes home from the first one."""
    end_steps(before, *stay_rules.AT_HOMECOMING, StayStep.ANSWER, actor=actor, at=at)
    before.follow_ups.filter(ended_at__isnull=True).update(whereabouts=now)
    show_first(before)
    show_first(now)


def away_at(citizen: Citizen, *, moment: datetime) -> Whereabouts | None:
    """Return the time away that holds at a moment."""
    return (
        Whereabouts.objects.filter(citizen=citizen, from_at__lte=moment)
        .filter(Q(to_at__isnull=True) | Q(to_at__gt=moment))
        .order_by("-from_at", "-pk")
        .first()
    )


def _next_away(citizen: Citizen, *, after: datetime) -> Whereabouts | None:
    rows = Whereabouts.objects.filter(citizen=citizen, from_at__gt=after).order_by("from_at", "pk")
    return next((row for row in rows if row.to_at is None or row.to_at > row.from_at), None)
