"""A citizen is offered from one unit to another; until the other accepts, the first has her (R07)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens import queries
from tillit.care.citizens.actions.home import AlreadyFollows, pass_on, unit_that_may_follow
from tillit.care.citizens.actions.moving import settle_moves_of
from tillit.care.citizens.actions.opening import TooEarly
from tillit.care.citizens.events import HandoverAnswered, HandoverOffered
from tillit.care.citizens.models import OPEN_STATES, Citizen, Following, Handover, HandoverReason, HandoverState
from tillit.care.citizens.permissions import ANSWER_HANDOVER, OFFER_HANDOVER
from tillit.care.citizens.queries.handover import followed_from, get_handover, teams_for
from tillit.care.citizens.rules import Follower
from tillit.care.citizens.rules import handover as rules
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import in_force
from tillit.foundation.responsibility.queries import Routed, holder_for
from tillit.kernel import events, oslo
from tillit.kernel.errors import ActionRefused


class HandoverRefused(ActionRefused):
    """The hand-over cannot be like this. `field` is the form field concerned."""

    def __init__(self, text: str, *, field: str = "") -> None:
        super().__init__(text)
        self.field = field


class NotOpen(ActionRefused):
    """Somebody has answered already, or the offer was called off."""


@transaction.atomic
def offer_handover(
    *,
    actor: Actor,
    citizen_id: int,
    from_unit_id: int,
    to_unit_id: int,
    reason: str,
    words: str,
    from_on: date,
    at: datetime,
    part: str = "",
) -> Handover:
    """Offer another unit to take over the citizen, or a part of the help, from a day.

    words: what must be known. part: empty hands over all that the giver has. The row of the table behind the reason,
    and the deadline it sets, are kept with the offer as they are now. An offer of the same unit's that was sent back
    is closed by the new one.
    Raises NotFound, NotAllowed, HandoverRefused, AlreadyFollows, TooEarly. Publishes HandoverOffered.
    """
    today = oslo.day_of(at)
    citizen = queries.get_citizen(actor=actor, citizen_id=citizen_id, at=at, lock=True)
    giver = Unit.objects.filter(pk=from_unit_id).first()
    since = followed_from(citizen_id=citizen.pk, unit_id=from_unit_id, on=today)
    if giver is None or since is None:
        raise HandoverRefused(_("Enheten følger ikke brukeren. Da har den heller ikke noe å overlevere."))
    scope = Scope((giver.path,), citizen.pk)
    require(actor, OFFER_HANDOVER, scope)
    if reason not in HandoverReason.values:
        raise HandoverRefused(_("Velg hvorfor brukeren overleveres."), field="reason")
    if not words.strip():
        raise HandoverRefused(_("Skriv det de som tar over, må vite."), field="words")
    if from_on < today:
        raise TooEarly(_("Velg i dag eller en dag som kommer."))
    if from_unit_id == to_unit_id:
        raise HandoverRefused(_("Velg en annen enhet enn den som har brukeren nå."), field="unit")
    receiver = unit_that_may_follow(to_unit_id, on=from_on)
    _change(citizen, from_unit_id, to_unit_id, part.strip(), on=from_on)
    earlier = Handover.objects.select_for_update(of=("self",)).filter(
        citizen=citizen, from_unit=giver, state__in=OPEN_STATES
    )
    for row in earlier:
        if row.state == HandoverState.OFFERED:
            raise HandoverRefused(_("Brukeren er alt tilbudt noen. Trekk tilbudet først hvis det skal til andre."))
        _close(actor, row, scope, at=at)
    routed = routed_behind(reason, citizen_id=citizen.pk, from_unit_id=from_unit_id, to_unit_id=to_unit_id, on=today)
    stored = Handover.objects.create(
        citizen=citizen,
        from_unit=giver,
        to_unit=receiver,
        part=part.strip(),
        reason=reason,
        responsibility=routed.code if routed else "",
        table_of_id=routed.why.asked_unit_id if routed else None,
        version_id=routed.why.version_id if routed else None,
        holder=routed.why.holder if routed else "",
        terms=routed.why.terms if routed else "",
        words=words.strip(),
        from_on=from_on,
        due_on=rules.last_day(since, routed.why.weeks) if routed and giver.pk in routed.unit_ids else None,
        offered_by_id=actor.employee_id,
        offered_at=at,
    )
    audit.record(
        actor,
        OFFER_HANDOVER,
        str(stored),
        scope,
        at=at,
        change={
            "from_unit": giver.pk,
            "to_unit": receiver.pk,
            "reason": reason,
            "from": from_on.isoformat(),
            "row": stored.responsibility,
            "version": stored.version_id,
        },
    )
    events.publish(
        HandoverOffered(
            handover_id=stored.pk, citizen_id=citizen.pk, from_unit_id=giver.pk, to_unit_id=receiver.pk, at=at
        )
    )
    return stored


@transaction.atomic
def accept_handover(*, actor: Actor, handover_id: int, at: datetime) -> Handover:
    """Take over: from the day offered, or today if that has passed, the receiver follows her.

    Raises NotFound, NotAllowed, NotOpen, HandoverRefused, UnitCannotFollow, TooEarly. Publishes FollowingChanged and
    HandoverAnswered.
    """
    row, scope = _open_for_answer(actor, handover_id, at=at)
    today = oslo.day_of(at)
    citizen = Citizen.objects.select_for_update().get(pk=row.citizen_id)
    from_on = max(row.from_on, today)
    unit_that_may_follow(row.to_unit_id, on=from_on)
    change = _change(citizen, row.from_unit_id, row.to_unit_id, row.part, on=today)
    # First the answer: what follows the change must not find the offer open.
    row.state = HandoverState.ACCEPTED
    row.answered_by_id, row.answered_at = actor.employee_id, at
    row.from_on = from_on
    row.save(update_fields=["state", "answered_by", "answered_at", "from_on"])
    both = Scope((row.to_unit.path, row.from_unit.path), citizen.pk)
    pass_on(actor=actor, citizen=citizen, scope=both, change=change, valid_from=from_on, at=at)
    audit.record(
        actor, ANSWER_HANDOVER, str(row), scope, at=at, change={"state": row.state, "from": from_on.isoformat()}
    )
    _tell(row, at=at)
    return row


@transaction.atomic
def send_back_handover(*, actor: Actor, handover_id: int, answer: str, at: datetime) -> Handover:
    """Say no, with words: the giver has her as before, and decides what now.

    Raises NotFound, NotAllowed, NotOpen, HandoverRefused. Publishes HandoverAnswered.
    """
    row, scope = _open_for_answer(actor, handover_id, at=at)
    if not answer.strip():
        raise HandoverRefused(_("Skriv hvorfor, så de som tilbød, vet hva som mangler."), field="answer")
    row.state = HandoverState.SENT_BACK
    row.answer = answer.strip()
    row.answered_by_id, row.answered_at = actor.employee_id, at
    row.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    audit.record(actor, ANSWER_HANDOVER, str(row), scope, at=at, change={"state": row.state})
    _tell(row, at=at)
    return row


@transaction.atomic
def keep_citizen(*, actor: Actor, handover_id: int, at: datetime) -> Handover:
    """Call the offer off, or keep her after it was sent back: she stays where she is.

    Raises NotFound, NotAllowed, NotOpen. Publishes HandoverAnswered.
    """
    row = get_handover(actor=actor, handover_id=handover_id, at=at, lock=True)
    scope = Scope((row.from_unit.path,), row.citizen_id)
    require(actor, OFFER_HANDOVER, scope)
    _refuse_settled(row, OPEN_STATES)
    if row.state == HandoverState.SENT_BACK:
        settle_moves_of(actor=actor, citizen_id=row.citizen_id, from_unit_id=row.from_unit_id, scope=scope, at=at)
    _close(actor, row, scope, at=at)
    _tell(row, at=at)
    return row


def routed_behind(reason: str, *, citizen_id: int, from_unit_id: int, to_unit_id: int, on: date) -> Routed | None:
    """Return the row of the table behind a reason; None when no table says anything of it.

    The receiver's table for those who had her for a while; when the receiver is no team with a table, that of the team
    whose area she lives in. Callers have checked reach.
    """
    row = rules.ROWS[reason]
    if not row.code:
        return None
    asked = to_unit_id if row.side is rules.Side.RECEIVER else from_unit_id
    routed = holder_for(code=row.code, unit_id=asked, on=on, beside=(from_unit_id, to_unit_id))
    if routed.why.version_id is not None:
        return routed
    at_home = teams_for([citizen_id], on=on)[citizen_id]
    return routed if at_home is None else holder_for(code=row.code, unit_id=at_home, on=on)


def _open_for_answer(actor: Actor, handover_id: int, *, at: datetime) -> tuple[Handover, Scope]:
    row = get_handover(actor=actor, handover_id=handover_id, at=at, lock=True)
    scope = Scope((row.to_unit.path,), row.citizen_id)
    require(actor, ANSWER_HANDOVER, scope)
    _refuse_settled(row, (HandoverState.OFFERED,))
    return row, scope


def _refuse_settled(row: Handover, states: tuple[HandoverState, ...]) -> None:
    if row.state not in states:
        raise NotOpen(_("Overleveringen er alt besvart eller trukket. Se hva som står nå."))


def _change(citizen: Citizen, from_unit_id: int, to_unit_id: int, part: str, *, on: date) -> rules.Change:
    rows = Following.objects.filter(in_force(on), citizen=citizen)
    change = rules.change_of(
        (Follower(row.unit_id, row.part) for row in rows), from_unit_id=from_unit_id, to_unit_id=to_unit_id, part=part
    )
    if change is rules.Refusal.GIVER_STOPPED:
        raise HandoverRefused(_("Enheten som tilbød, følger ikke brukeren lenger. Tilbudet kan trekkes."))
    if change is rules.Refusal.HAS_THAT_PART:
        raise AlreadyFollows(_("Enheten følger brukeren allerede."))
    assert isinstance(change, rules.Change)
    return change


def _close(actor: Actor, row: Handover, scope: Scope, *, at: datetime) -> None:
    row.state = HandoverState.CLOSED
    row.closed_by_id, row.closed_at = actor.employee_id, at
    row.save(update_fields=["state", "closed_by", "closed_at"])
    audit.record(actor, OFFER_HANDOVER, str(row), scope, at=at, change={"state": row.state})


def _tell(row: Handover, *, at: datetime) -> None:
    events.publish(
        HandoverAnswered(
            handover_id=row.pk,
            citizen_id=row.citizen_id,
            from_unit_id=row.from_unit_id,
            to_unit_id=row.to_unit_id,
            state=row.state,
            at=at,
        )
    )
