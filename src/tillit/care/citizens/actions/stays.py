"""Following up a citizen who is not at home (R16): the steps, whether she is ready to leave, and coming home."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens import queries, rules
from tillit.care.citizens.actions.opening import refuse_if_changed
from tillit.care.citizens.actions.stay_steps import end_steps, open_step, show_first
from tillit.care.citizens.actions.whereabouts import NotAway, set_home
from tillit.care.citizens.models import StayStep, Whereabouts, WhereaboutsFollowUp
from tillit.care.citizens.permissions import FOLLOW_STAY
from tillit.care.citizens.queries.answering import who_answers
from tillit.care.citizens.queries.colleagues import colleagues_of
from tillit.care.citizens.queries.stay_steps import get_step
from tillit.care.citizens.queries.stays import edition_of_stay, get_stay
from tillit.care.citizens.rules import stays as stay_rules
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused


class StepRefused(ActionRefused):
    """The step cannot be like this. `field` is the form field concerned."""

    def __init__(self, text: str, *, field: str = "") -> None:
        super().__init__(text)
        self.field = field


@transaction.atomic
def add_step(
    *,
    actor: Actor,
    whereabouts_id: int,
    kind: str,
    at: datetime,
    words: str = "",
    on: date | None = None,
    owner_id: int | None = None,
) -> WhereaboutsFollowUp:
    """Take up a step for somebody who is away, or has just come home.

    words: for the kind OTHER. on: the day; None is the kind's usual one (`rules.stays.due_on`). owner_id: who does it;
    None is the actor. The same open step again returns the first one. Raises NotFound, NotAllowed, StepRefused.
    """
    row, scope = _opened(actor, whereabouts_id, at=at)
    today = oslo.day_of(at)
    if kind not in StayStep.values or (kind == StayStep.OTHER and not words.strip()):
        raise StepRefused(_("Skriv hva neste steg er."), field="words")
    if on is not None and on < today:
        raise StepRefused(_("Velg i dag eller en dag som kommer."), field="on")
    _refuse_stranger(row, owner_id, on=today)
    home_on = oslo.day_of(row.to_at) if row.to_at else None
    step = open_step(
        row,
        actor=actor,
        kind=kind,
        words=words if kind == StayStep.OTHER else "",
        on=on or stay_rules.due_on(kind, today=today, home_on=home_on),
        owner_id=owner_id or actor.employee_id,
        at=at,
    )
    change = {"whereabouts": row.pk, "kind": kind, "on": rules.as_text(step.on), "owner": step.owner_id}
    audit.record(actor, FOLLOW_STAY, str(step), scope, at=at, change=change)
    return step


@transaction.atomic
def take_step(*, actor: Actor, step_id: int, at: datetime) -> WhereaboutsFollowUp:
    """Let an open step be the actor's. Raises NotFound, NotAllowed."""
    step, scope = _opened_step(actor, step_id, at=at)
    if step.ended_at is None and step.owner_id != actor.employee_id:
        was, step.owner_id = step.owner_id, actor.employee_id
        step.save(update_fields=["owner_id"])
        audit.record(actor, FOLLOW_STAY, str(step), scope, at=at, change={"owner": step.owner_id, "was": was})
    return step


@transaction.atomic
def end_step(*, actor: Actor, step_id: int, at: datetime) -> WhereaboutsFollowUp:
    """Say that a step is done. One that was ended stays as it was. Raises NotFound, NotAllowed."""
    step, scope = _opened_step(actor, step_id, at=at)
    if step.ended_at is None:
        step.ended_at, step.ended_by_id = at, actor.employee_id
        step.save(update_fields=["ended_at", "ended_by"])
        show_first(step.whereabouts)
        audit.record(actor, FOLLOW_STAY, str(step), scope, at=at, change={"ended": True, "kind": step.kind})
    return step


@transaction.atomic
def say_ready(*, actor: Actor, whereabouts_id: int, at: datetime) -> Whereabouts:
    """Say that the place has told that she may leave. Somebody must answer today when we can receive her.

    Said again it stays as it was. Raises NotFound, NotAllowed, NotAway.
    """
    row, scope = _opened(actor, whereabouts_id, at=at)
    _refuse_home(row, at)
    if row.ready_at is None:
        row.ready_at = at
        row.save(update_fields=["ready_at"])
        if row.to_at is None:
            today = oslo.day_of(at)
            owner = who_answers([row.citizen_id], on=today).get(row.citizen_id)
            open_step(row, actor=actor, kind=StayStep.ANSWER, on=today, owner_id=owner or actor.employee_id, at=at)
        audit.record(actor, FOLLOW_STAY, str(row), scope, at=at, change={"ready_at": at.isoformat()})
    return row


@transaction.atomic
def take_back_ready(*, actor: Actor, whereabouts_id: int, at: datetime) -> Whereabouts:
    """Say that she is not ready to leave after all (avmeldt). Raises NotFound, NotAllowed, NotAway."""
    row, scope = _opened(actor, whereabouts_id, at=at)
    _refuse_home(row, at)
    if row.ready_at is not None:
        was, row.ready_at = row.ready_at, None
        row.save(update_fields=["ready_at"])
        end_steps(row, StayStep.ANSWER, actor=actor, at=at)
        audit.record(actor, FOLLOW_STAY, str(row), scope, at=at, change={"ready_at": None, "was": was.isoformat()})
    return row


@transaction.atomic
def come_home(
    *, actor: Actor, whereabouts_id: int, home_at: datetime, seen: int, at: datetime, owner_id: int | None = None
) -> Whereabouts:
    """Say when she comes home, ahead or now, and who takes the first visit. Her visits begin again from then.

    seen: the stay's edition (`queries.stays.edition_of_stay`) as the actor saw it. owner_id: None is whoever answers
    for her. Raises NotFound, NotAllowed, NotAway, ChangedMeanwhile. Publishes CitizenHome.
    """
    row, _scope = _opened(actor, whereabouts_id, at=at)
    _refuse_home(row, at)
    refuse_if_changed("whereabouts", seen=seen, now=edition_of_stay(row), at=at)
    if home_at <= row.from_at:
        raise StepRefused(_("Velg et tidspunkt etter at brukeren dro."), field="day")
    _refuse_stranger(row, owner_id, on=oslo.day_of(at))
    return set_home(actor=actor, citizen_id=row.citizen_id, to_at=home_at, first_visit_by=owner_id, at=at)


def _opened(actor: Actor, whereabouts_id: int, *, at: datetime) -> tuple[Whereabouts, Scope]:
    row = get_stay(actor=actor, whereabouts_id=whereabouts_id, at=at, lock=True)
    scope = queries.scope_of(row.citizen_id, on=oslo.day_of(at))
    require(actor, FOLLOW_STAY, scope)
    return row, scope


def _opened_step(actor: Actor, step_id: int, *, at: datetime) -> tuple[WhereaboutsFollowUp, Scope]:
    step = get_step(actor=actor, step_id=step_id, at=at, lock=True)
    scope = queries.scope_of(step.whereabouts.citizen_id, on=oslo.day_of(at))
    require(actor, FOLLOW_STAY, scope)
    return step, scope


def _refuse_stranger(row: Whereabouts, owner_id: int | None, *, on: date) -> None:
    """Whoever takes a step works in a unit that follows her."""
    if owner_id is not None and owner_id not in {one.employee_id for one in colleagues_of(row.citizen_id, on=on)}:
        raise StepRefused(_("Velg en som arbeider i teamet."), field="owner")


def _refuse_home(row: Whereabouts, at: datetime) -> None:
    if row.to_at is not None and row.to_at <= at:
        raise NotAway(_("Brukeren er hjemme igjen."))
