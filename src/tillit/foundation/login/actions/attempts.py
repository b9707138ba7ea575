"""Count what is tried, before it is checked: many at once never get more tries than one after another."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from tillit.foundation.login import limiting
from tillit.foundation.login.models import Throttle
from tillit.foundation.login.rules.attempts import LIMITS, Counted, Tried, still_counting, wait_until
from tillit.foundation.login.sealing import keyed_hash
from tillit.kernel.errors import TooOften

#: What is older counts for nothing in any rule, and is taken away by night.
FORGET_AFTER = max(limit.forget_after for limit in LIMITS.values())


class TooManyTries(TooOften):
    """One has to wait. Says how long, and nothing of whether the account exists."""

    def __init__(self, *, seconds: int) -> None:
        text = _("Det er prøvd for mange ganger. Vent %(wait)s, og prøv igjen.")
        super().__init__(text % {"wait": limiting.spoken(seconds)}, seconds=seconds)


Counts = Mapping[Counted, str]


def counts(things: Iterable[Counted], *, account: str, address: str, device: str) -> Counts:
    """Return what a try counts against, each as the keyed hash it is stored under."""
    named = {
        Counted.ACCOUNT_AT_ADDRESS: (account, address),
        Counted.ADDRESS: (address,),
        Counted.ACCOUNT: (account,),
        Counted.KNOWN_DEVICE: (account, device),
        Counted.SECOND_STEP: (account,),
    }
    return {thing: keyed_hash("throttle", thing.value, *named[thing]) for thing in things}


@transaction.atomic
def count_try(counted: Counts, *, at: datetime) -> None:
    """Count a try as if it were in vain; `forgive` takes it back. Raises TooManyTries, and then counts nothing.

    Commits before anything is checked, so the caller must not be in a transaction of its own.
    """
    if not counted:
        return
    rows = limiting.locked_rows(counted.values(), at=at)
    waits = [
        until
        for thing, key in counted.items()
        if (until := wait_until(Tried(rows[key].counted, rows[key].last_at), LIMITS[thing], at=at)) is not None
    ]
    if waits:
        raise TooManyTries(seconds=limiting.seconds_until(max(waits), at=at))
    for thing, key in counted.items():
        row = rows[key]
        row.counted = still_counting(Tried(row.counted, row.last_at), LIMITS[thing], at=at) + 1
        row.last_at = at
    Throttle.objects.bulk_update(rows.values(), ["counted", "last_at"])


def forgive(counted: Counts) -> None:
    """It was right: what counts against her alone is forgotten, what she shares with others is one less."""
    hers = [counted[thing] for thing in (Counted.ACCOUNT_AT_ADDRESS, Counted.KNOWN_DEVICE, Counted.SECOND_STEP)
            if thing in counted]  # fmt: skip
    shared = [counted[thing] for thing in (Counted.ADDRESS, Counted.ACCOUNT) if thing in counted]
    Throttle.objects.filter(key_hash__in=hers).delete()
    Throttle.objects.filter(key_hash__in=shared, counted__gt=0).update(counted=F("counted") - 1)


def forget_old(*, at: datetime) -> int:
    """Take away what counts for nothing any more: tries, and what was asked for. For the night."""
    gone, _by_model = Throttle.objects.filter(last_at__lt=at - max(FORGET_AFTER, limiting.longest())).delete()
    return gone
