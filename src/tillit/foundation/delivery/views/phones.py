"""What a phone asks: to be known, whether to empty itself, and to have taken what was written on it."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.access.permissions import SIGNED_IN
from tillit.foundation.delivery import actions, queries, sealing
from tillit.foundation.delivery.rules import envelopes
from tillit.foundation.delivery.rules.envelopes import NotAnEnvelope, Point
from tillit.foundation.delivery.views.scripted import Unreadable, for_scripts, posted, refusals_as_json
from tillit.foundation.login.limiting import limited
from tillit.foundation.login.middleware import by_itself, open_when_locked
from tillit.foundation.login.queries import Current
from tillit.foundation.login.rules.limits import Door
from tillit.kernel import clock


@never_cache
@for_scripts
@require_POST
@requires(SIGNED_IN)
@refusals_as_json
@limited(Door.DELIVERY)
def enrol(request: ActorRequest) -> HttpResponse:
    """Make the phone known for this log in, and give it the key to seal to."""
    try:
        sign_key = envelopes.read_point(posted(request).get("sign_key"))
        sealing.public_key(sign_key)
    except NotAnEnvelope:
        raise Unreadable from None
    current: Current | None = getattr(request, "login", None)
    at = clock.now()
    key_id, point = sealing.seal_key()
    phone = actions.enrol(
        actor=request.actor,
        session=current.session if current else None,
        sign_key=sign_key,
        seal_key_id=key_id,
        at=at,
    )
    return JsonResponse(
        {
            "phone": str(phone.code),
            "seal_key": _jwk(point),
            "seal_key_id": key_id,
            "now": _iso(at),
            "until": _iso(phone.until),
        },
        status=201,
    )


@never_cache
@by_itself
@open_when_locked
@for_scripts
@require_GET
@requires(SIGNED_IN)
@refusals_as_json
def phone(request: ActorRequest, phone_code: UUID) -> HttpResponse:
    """Tell a phone whether it is to empty itself, and from which number to send. 410: its log in is over."""
    at = clock.now()
    found = queries.phone_of(actor=request.actor, code=phone_code)
    actions.meet(found, at=at)
    if found.session is not None and found.session.ended_at is not None:
        return JsonResponse({"error": ""}, status=410)
    return JsonResponse(
        {
            "now": _iso(at),
            "until": _iso(found.until),
            "wipe": found.wiped_at is not None or at >= found.until,
            "next": queries.next_of(found),
        }
    )


@never_cache
@by_itself
@open_when_locked
@for_scripts
@require_POST
@requires(SIGNED_IN)
@refusals_as_json
@limited(Door.DELIVERY)
def send(request: ActorRequest) -> HttpResponse:
    """Take envelopes, whoever carries them. A receipt is given for exactly those that are safely stored."""
    found = posted(request).get("envelopes")
    if not isinstance(found, list):
        raise Unreadable
    if len(found) > envelopes.MOST_AT_ONCE:
        raise Unreadable(413)
    at = clock.now()
    received = actions.receive(carrier=request.actor, posted=found, at=at)
    return JsonResponse(
        {
            "now": _iso(at),
            "receipts": [
                {
                    "phone": one.phone,
                    "number": one.number,
                    "outcome": one.outcome,
                    "text": one.text,
                    "href": one.href,
                    "digest": one.digest,
                }
                for one in received.receipts
            ],
            "left": list(received.left),
        }
    )


def _jwk(point: Point) -> dict[str, str]:
    return {"kty": "EC", "crv": "P-256", "x": point.x, "y": point.y}


def _iso(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
