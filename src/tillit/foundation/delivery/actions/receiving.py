"""Take what a phone has written: keep it first, then carry it out in the phone's own order, each once."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from tillit.foundation.access.actor import Actor
from tillit.foundation.delivery import sealing
from tillit.foundation.delivery.actions.settling import settle_all
from tillit.foundation.delivery.models import Envelope, Phone
from tillit.foundation.delivery.rules import envelopes
from tillit.foundation.delivery.rules.envelopes import NotAnEnvelope, Point
from tillit.foundation.delivery.rules.order import Known, Outcome, is_too_far, place_of
from tillit.foundation.delivery.words import text_of

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the phone is told of one envelope that is safely stored."""

    phone: str
    number: int
    outcome: str
    text: str
    href: str
    digest: str


@dataclass(frozen=True, slots=True)
class Received:
    """receipts: of what is stored. left: places in the post of what was not taken; the phone keeps it."""

    receipts: tuple[Receipt, ...]
    left: tuple[int, ...] = field(metadata={"help": "Never said why: a stranger learns nothing of other phones"})


def receive(*, carrier: Actor, posted: Sequence[object], at: datetime) -> Received:
    """Store what was posted and settle what can be settled. Each envelope is stored in a transaction of its own.

    carrier: whoever is logged in where it is sent from. It is carried out as its author, never as the carrier, and
    only its author is told more than the outcome.
    """
    stored: list[tuple[Phone, Envelope, bool]] = []
    left: list[int] = []
    phones: dict[int, Phone] = {}
    for place, found in enumerate(posted):
        row = _store(found, carrier=carrier, at=at)
        if row is None:
            left.append(place)
            continue
        stored.append(row)
        phones[row[0].pk] = row[0]
    for phone_id in phones:
        settle_all(phone_id=phone_id, at=at)
    if left:
        logger.warning("%s envelopes were not taken; carried by user %s", len(left), carrier.user_id)
    return Received(_receipts(stored, carrier), tuple(left))


def _store(found: object, *, carrier: Actor, at: datetime) -> tuple[Phone, Envelope, bool] | None:
    """Keep one envelope; return it, and whether it was there before. None: it is not one of ours."""
    try:
        envelope = envelopes.read(found)
    except NotAnEnvelope:
        return None
    phone = Phone.objects.filter(code=envelope.phone).first()
    if phone is None or not sealing.is_signed_by(envelope, Point(phone.sign_x, phone.sign_y)):
        return None
    with transaction.atomic():
        phone = Phone.objects.select_for_update().get(pk=phone.pk)
        rows = list(Envelope.objects.filter(phone=phone, number=envelope.number).order_by("twin"))
        place = place_of(
            [Known(row.number, row.twin, row.digest, row.outcome) for row in rows],
            number=envelope.number,
            digest=envelope.digest,
        )
        if phone.contact_at < at:
            phone.contact_at = at
            phone.save(update_fields=["contact_at"])
        if place.again:
            return phone, next(row for row in rows if row.twin == place.twin), True
        if is_too_far(envelope.number, next_number=phone.next_number):
            return None
        kept = {
            "digest": envelope.digest,
            "waiting": envelopes.as_json(envelope),
            "received_at": at,
            "carrier_id": carrier.user_id,
            "outcome": Outcome.WAITING,
        }
        row, _made = Envelope.objects.update_or_create(
            phone=phone, number=envelope.number, twin=place.twin, defaults=kept
        )
        return phone, row, False


def _receipts(stored: Sequence[tuple[Phone, Envelope, bool]], carrier: Actor) -> tuple[Receipt, ...]:
    rows = Envelope.objects.select_related("undelivered").in_bulk([row.pk for _phone, row, _again in stored])
    told: dict[int, Receipt] = {}
    for phone, before, again in stored:
        row = rows[before.pk]
        is_author = phone.user_id == carrier.user_id
        outcome = Outcome.ALREADY if again and row.outcome != Outcome.WAITING else Outcome(row.outcome)
        letter = getattr(row, "undelivered", None)
        href = reverse("delivery:choose", args=[letter.pk]) if letter else row.href
        told.setdefault(
            row.pk,
            Receipt(
                phone=str(phone.code),
                number=row.number,
                outcome=outcome,
                text=text_of(row) if is_author else "",
                href=href if is_author else "",
                digest=row.digest,
            ),
        )
    return tuple(told.values())
