"""Settle what a phone has sent: in its order, one transaction each, as its author at the moment it was said."""

import json
import logging
from datetime import datetime

from django.db import transaction
from django.utils import translation

from tillit.foundation.access import reading, sources
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.reader import reading_as
from tillit.foundation.delivery import sealing, words
from tillit.foundation.delivery.acts import Act, Clash, Order, act_of
from tillit.foundation.delivery.models import Envelope, Phone, Press, Undelivered
from tillit.foundation.delivery.rules import envelopes
from tillit.foundation.delivery.rules.envelopes import Content, NotAnEnvelope
from tillit.foundation.delivery.rules.moments import said_at
from tillit.foundation.delivery.rules.order import Known, Outcome, after, next_up
from tillit.kernel.errors import TillitError

logger = logging.getLogger(__name__)

#: By which door what a phone has written comes in, in the access log.
DOOR = "delivery:send"
#: What breaks on our side is tried again so many times before a human is asked.
MOST_TRIES = 5
_REFUSAL_LENGTH = 300


def settle_all(*, phone_id: int, at: datetime) -> int:
    """Settle everything of one phone whose turn it is, and return how many.

    What broke on our side is left waiting for the next time, and so is what comes after it.
    """
    settled = 0
    while True:
        try:
            if not _settle_next(phone_id, at=at):
                return settled
        except Exception as broken:  # nothing of it in the log: what broke may have been the words themselves
            logger.error("What a phone had sent broke on our side: phone %s, %s", phone_id, type(broken).__name__)
            if not _count_try(phone_id, at=at):
                return settled
        settled += 1


@transaction.atomic
def _settle_next(phone_id: int, *, at: datetime) -> bool:
    phone = Phone.objects.select_for_update().get(pk=phone_id)
    row = _whose_turn(phone)
    if row is None:
        return False
    envelope = envelopes.read(json.loads(row.waiting))
    try:
        content = envelopes.read_content(sealing.opened(envelope))
    except (sealing.Unopened, NotAnEnvelope):
        _keep(row, Outcome.REFUSED, words.NOT_OPENED, None, at=at)
        return _done(phone, row)
    row.act = content.act
    row.said_at = said_at(content.told, logged_in_at=phone.logged_in_at, until=phone.until, now=at)
    first = Press.objects.filter(user_id=phone.user_id, key=content.press_key).select_related("envelope").first()
    if first is not None:
        row.href = first.envelope.href
        _settled(row, Outcome.ALREADY, at=at)
        return _done(phone, row)
    Press.objects.create(user_id=phone.user_id, key=content.press_key, envelope=row)
    act = act_of(content.act)
    if act is None:
        _keep(row, Outcome.REFUSED, words.UNKNOWN_ACT, content, at=at)
    elif phone.wiped_at is not None and row.said_at > phone.wiped_at:
        _keep(row, Outcome.REFUSED, words.AFTER_WIPE, content, at=at, act=act)
    else:
        _carry_out(row, phone, act, content, at=at)
    return _done(phone, row)


def _carry_out(row: Envelope, phone: Phone, act: Act, content: Content, *, at: datetime) -> None:
    assert row.said_at is not None
    author = author_of(phone, at=row.said_at)
    order = Order(fields=content.fields, edition=content.edition, press_key=content.press_key, at=row.said_at)
    language = phone.user.language
    with reading_as(author), reading.watching() as watch, translation.override(language):
        try:
            with transaction.atomic():
                done = act.apply(actor=author, order=order)
        except Clash:
            _keep(row, Outcome.CONFLICT, "", content, at=at, act=act, author=author)
            return
        except TillitError as refusal:
            _keep(row, Outcome.REFUSED, "REFUSED", content, at=at, act=act, refusal=refusal.text)
            return
    row.href = done.href
    _settled(row, Outcome.ALREADY if done.already else Outcome.APPLIED, at=at)
    reading.write(watch, actor=author, door=DOOR, at=at)


def author_of(phone: Phone, *, at: datetime) -> Actor:
    """Return who the phone's account was at a moment: her roles then, and whom she reached then."""
    return sources.actor_for(user_id=phone.user_id, name=phone.user.name, at=at)


def _whose_turn(phone: Phone) -> Envelope | None:
    rows = Envelope.objects.filter(phone=phone, outcome=Outcome.WAITING, number__lte=phone.next_number)
    found = {(row.number, row.twin): row for row in rows.defer("waiting")}
    known = [Known(row.number, row.twin, row.digest, row.outcome) for row in found.values()]
    turn = next_up(known, next_number=phone.next_number)
    return found[turn.number, turn.twin] if turn else None


def _done(phone: Phone, row: Envelope) -> bool:
    phone.next_number = after(Known(row.number, row.twin, row.digest, row.outcome), next_number=phone.next_number)
    phone.save(update_fields=["next_number"])
    return True


def _settled(row: Envelope, outcome: Outcome, *, at: datetime) -> None:
    row.outcome, row.settled_at = outcome, at
    if row.reason != words.NOT_OPENED:
        row.waiting = ""
    row.save()


def _keep(
    row: Envelope,
    outcome: Outcome,
    reason: str,
    content: Content | None,
    *,
    at: datetime,
    act: Act | None = None,
    author: Actor | None = None,
    refusal: str = "",
) -> None:
    """Keep what could not be carried out, for a human. What stood then is kept too, when somebody else had said it."""
    row.reason = reason
    stood = (
        act.stands(actor=author, fields=content.fields, at=row.said_at or at) if act and author and content else None
    )
    Undelivered.objects.create(
        envelope=row,
        citizen_id=act.citizen_of(content.fields) if act and content else None,
        content=_as_kept(content),
        stood={"lines": [[line.label, line.text] for line in stood.lines], "who": stood.who, "when": stood.when}
        if stood
        else {},
        refusal=refusal[:_REFUSAL_LENGTH],
    )
    _settled(row, outcome, at=at)


def _as_kept(content: Content | None) -> dict[str, object]:
    if content is None:
        return {}
    return {
        "act": content.act,
        "fields": dict(content.fields),
        "edition": content.edition,
        "press_key": content.press_key,
    }


def _count_try(phone_id: int, *, at: datetime) -> bool:
    """Count that it broke; after some times the words are kept for a human, so that those after it get on.

    Returns whether it was settled so.
    """
    with transaction.atomic():
        phone = Phone.objects.select_for_update().get(pk=phone_id)
        row = _whose_turn(phone)
        if row is None:
            return False
        row.tries += 1
        if row.tries < MOST_TRIES:
            Envelope.objects.filter(pk=row.pk).update(tries=row.tries)
            return False
        content = envelopes.read_content(sealing.opened(envelopes.read(json.loads(row.waiting))))
        row.act = content.act
        row.said_at = said_at(content.told, logged_in_at=phone.logged_in_at, until=phone.until, now=at)
        Press.objects.get_or_create(user_id=phone.user_id, key=content.press_key, defaults={"envelope": row})
        _keep(row, Outcome.REFUSED, words.BROKEN, content, at=at)
        return _done(phone, row)
