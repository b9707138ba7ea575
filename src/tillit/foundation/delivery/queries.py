"""Reads of phones and of what did not go through."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.foundation.delivery.acts import act_of
from tillit.foundation.delivery.models import Envelope, Phone, Undelivered
from tillit.foundation.delivery.permissions import SEE_LEFT_LYING
from tillit.foundation.delivery.rules.moments import LEFT_LYING
from tillit.foundation.delivery.rules.order import Outcome, first_unseen
from tillit.foundation.keeping.keys import SEAL
from tillit.foundation.organisation.queries import in_force
from tillit.foundation.workforce.models import RoleHolding
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound


def phone_of(*, actor: Actor, code: UUID) -> Phone:
    """Return a phone of the actor's own. Raises NotFound, also for another's."""
    found = Phone.objects.filter(code=code, user_id=actor.user_id or 0).select_related("session").first()
    if found is None:
        raise NotFound(_("Fant ikke telefonen."))
    return found


def needs_key(kind: str, key_id: str) -> bool:
    """Whether a phone that is kept was given a data key's public half, and may hold what is sealed to it."""
    return kind == SEAL and Phone.objects.filter(seal_key_id=key_id).exists()


def next_of(phone: Phone) -> int:
    """Return the first number of a phone that nothing is stored with."""
    numbers = Envelope.objects.filter(phone=phone, number__gte=phone.next_number).values_list("number", flat=True)
    return first_unseen(numbers, next_number=phone.next_number)


def phones_of(user_ids: Iterable[int], *, at: datetime) -> list[Phone]:
    """Return the phones that may carry the day now, those met last first. Callers have checked reach."""
    alive = Phone.objects.filter(user_id__in=list(user_ids), until__gt=at).filter(
        Q(session__isnull=True) | Q(session__ended_at__isnull=True)
    )
    return list(alive.order_by("-contact_at", "-pk"))


def undecided_of(user_id: int) -> int:
    """Return how many of somebody's own things did not go through and wait for her to choose."""
    return Undelivered.objects.filter(envelope__phone__user_id=user_id, chosen_at__isnull=True).count()


def list_undelivered(*, actor: Actor, at: datetime, chosen: bool = False) -> list[Undelivered]:
    """Return the actor's own, and for a leader what her people have left lying; the newest first."""
    rows = _mine(actor) | _left_lying(actor, at=at)
    found = _whole().filter(rows, chosen_at__isnull=not chosen).order_by("-envelope__received_at", "-pk")
    return list(found.defer("content", "stood")[:200])  # with a photo in it, each is megabytes


def missing_of(user_id: int) -> list[Envelope]:
    """Return the numbers of somebody's phones that never came, the newest first."""
    rows = Envelope.objects.filter(phone__user_id=user_id, outcome=Outcome.MISSING)
    return list(rows.select_related("phone").order_by("-received_at", "number")[:50])


def get_undelivered(*, actor: Actor, undelivered_id: int, at: datetime, lock: bool = False) -> Undelivered:
    """Return one of the actor's own, or for a leader one her people have left lying, and note the reading.

    A leader who does not reach the citizen does not find it. Raises NotFound.
    """
    rows = _whole().filter(_mine(actor) | _left_lying(actor, at=at))
    if lock:
        rows = rows.select_for_update(of=("self",))
    found = rows.filter(pk=undelivered_id).first()
    if found is None:
        raise NotFound(_("Fant ikke det du ser etter."))
    if found.envelope.phone.user_id != actor.user_id and (act := act_of(found.envelope.act)):
        act.stands(actor=actor, fields=found.content.get("fields", {}), at=at)
    if found.citizen_id is not None:
        reading.note(found.citizen_id)
    return found


def _whole() -> QuerySet[Undelivered]:
    return Undelivered.objects.select_related("envelope__phone__user", "chosen_by")


def _mine(actor: Actor) -> Q:
    return Q(envelope__phone__user_id=actor.user_id or 0)


def _left_lying(actor: Actor, *, at: datetime) -> Q:
    """What nobody else will choose about: its author is gone, or has let it lie."""
    paths = actor.paths_for(SEE_LEFT_LYING.roles)
    theirs = Q(pk__in=())
    for path in paths:
        theirs |= Q(envelope__phone__unit_path__startswith=path)
    roles = RoleHolding.objects.filter(
        in_force(oslo.day_of(at)), employee__user_id=OuterRef("envelope__phone__user_id")
    )
    gone = ~Exists(roles) | Q(envelope__phone__user__is_active=False)
    return theirs & (gone | Q(envelope__received_at__lt=at - LEFT_LYING))
