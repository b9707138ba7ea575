"""What somebody has asked for lately is counted here, and a door that costs much or can be guessed at says «wait».

    @require_POST
    @requires(EXPORT)
    @limited(Door.EXPORT)
    def export(request, …)

Stands under `requires`. Pages without such a door write nothing. Log in counts tries in vain in the same table, by its
own rule (`rules/attempts.py`). What is counted for nothing any more is taken away by night.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.guard import ActorRequest
from tillit.foundation.login.models import Throttle
from tillit.foundation.login.rules.limits import Bound, Door, Used, one_more
from tillit.foundation.login.sealing import keyed_hash
from tillit.kernel import clock
from tillit.kernel.errors import TooOften

logger = logging.getLogger(__name__)

P = ParamSpec("P")
View = Callable[Concatenate[ActorRequest, P], HttpResponse]


def limited(door: Door, *, on: str = "POST") -> Callable[[View[P]], View[P]]:
    """Count each request with the method `on` before the view is reached. Too often is answered with 429."""

    def declare(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: ActorRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method == on:
                take(door, actor=request.actor, at=clock.now())
            return view(request, *args, **kwargs)

        guarded.limit = (door, on)  # type: ignore[attr-defined]
        return guarded

    return declare


def take(door: Door, *, actor: Actor, at: datetime, text: str = "") -> None:
    """Count one more for this person. Raises TooOften, and then counts nothing.

    text: what the refusal says instead of how long to wait. In a transaction it is undone with what follows, so an act
    that takes inside its own must answer, never fail, when it has let somebody guess. The system is not counted.
    """
    if actor.user_id is None:
        return
    bound: Bound = settings.LIMITS[door]
    key = keyed_hash("limit", door.value, str(actor.user_id))
    with transaction.atomic():
        row = locked_rows([key], at=at)[key]
        after = one_more(Used(row.counted, row.last_at), bound, at=at)
        if isinstance(after, Used):
            row.counted, row.last_at = after.count, after.at
            row.save(update_fields=["counted", "last_at"])
            return
    logger.warning("Too often through the door %s: user %s", door.value, actor.user_id)
    wait = seconds_until(after, at=at)
    raise TooOften(
        text or _("Dette er gjort mange ganger på kort tid. Vent %(wait)s.") % {"wait": spoken(wait)}, seconds=wait
    )


def refuse_guessing(door: Door, *, address: str, at: datetime) -> None:
    """Raise TooOften where an address has tried in vain too often. Reads one row, and writes nothing.

    For a door without a login. What was right is never counted, so all who sit behind one address may come at once,
    and nothing is kept of when any of them did.
    """
    row = Throttle.objects.filter(key_hash=_of_address(door, address)).first()
    if row is None:
        return
    after = one_more(Used(row.counted, row.last_at), settings.LIMITS[door], at=at)
    if isinstance(after, datetime):
        logger.warning("Too often in vain through the door %s", door.value)
        wait = seconds_until(after, at=at)
        raise TooOften(
            _("Det er prøvd mange ganger på kort tid. Vent %(wait)s.") % {"wait": spoken(wait)}, seconds=wait
        )


def count_in_vain(door: Door, *, address: str, at: datetime) -> None:
    """Count one try that led nowhere against the address, as a keyed hash: nobody can read which address it is."""
    key = _of_address(door, address)
    with transaction.atomic():
        row = locked_rows([key], at=at)[key]
        after = one_more(Used(row.counted, row.last_at), settings.LIMITS[door], at=at)
        if isinstance(after, Used):
            row.counted, row.last_at = after.count, after.at
            row.save(update_fields=["counted", "last_at"])


def _of_address(door: Door, address: str) -> str:
    return keyed_hash("limit-address", door.value, address)


def locked_rows(keys: Iterable[str], *, at: datetime) -> dict[str, Throttle]:
    """Return the rows of these keys, made where they are missing, held until the transaction ends."""
    wanted = list(keys)
    Throttle.objects.bulk_create(
        [Throttle(key_hash=key, counted=0, last_at=at) for key in wanted], ignore_conflicts=True
    )
    held = Throttle.objects.select_for_update().filter(key_hash__in=wanted).order_by("key_hash")
    return {row.key_hash: row for row in held}


def longest() -> timedelta:
    """Return how long something counted here can still count."""
    bounds: Iterable[Bound] = settings.LIMITS.values()
    return max(bound.each * bound.at_once for bound in bounds)


def seconds_until(moment: datetime, *, at: datetime) -> int:
    """Return whole seconds until a moment, at least one."""
    return max(1, -(-(moment - at) // timedelta(seconds=1)))


def spoken(seconds: int) -> str:
    """Return how long to wait in words: seconds, or minutes rounded up."""
    if seconds < 90:
        return ngettext("%(n)d sekund", "%(n)d sekunder", seconds) % {"n": seconds}
    minutes = -(-seconds // 60)
    return ngettext("%(n)d minutt", "%(n)d minutter", minutes) % {"n": minutes}
