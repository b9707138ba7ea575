"""Count what is tried, before it is checked: many at once never get more tries than one after another."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.login.models import Throttle
from tillit.foundation.login.rules.attempts import LIMITS, Counted, Tried, still_counting, wait_until
from tillit.foundation.login.sealing import keyed_hash
from tillit.kernel.errors import ActionRefused

#: What is older counts for nothing in any rule, and is taken away by night.
FORGET_AFTER = max(limit.forget_after for limit in LIMITS.values())


class TooManyTries(ActionRefused):
    """One has to wait. Says how long, and nothing of whether the account exists."""

    def __init__(self, *, seconds: int) -> None:
        minutes = -(-seconds // 60)
        wait = (
            ngettext("%(n)d sekund", "%(n)d sekunder", seconds) % {"n": seconds}
            if seconds < 90
            else ngettext("%(n)d minutt", "%(n)d minutter", minutes) % {"n": minutes}
        )
        super().__init__(_("Det er prøvd for mange ganger. Vent %(wait)s, og prøv igjen.") % {"wait": wait})
        self.seconds = seconds


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
    Throttle.objects.bulk_create(
        [Throttle(key_hash=key, failures=0, last_at=at) for key in counted.values()], ignore_conflicts=True
    )
    rows = {
        row.key_hash: row
        for row in Throttle.objects.select_for_update().filter(key_hash__in=counted.values()).order_by("key_hash")
    }
    waits = [
        until
        for thing, key in counted.items()
        if (until := wait_until(Tried(rows[key].failures, rows[key].last_at), LIMITS[thing], at=at)) is not None
    ]
    if waits:
        raise TooManyTries(seconds=max(1, -(-(max(waits) - at) // timedelta(seconds=1))))
    for thing, key in counted.items():
        row = rows[key]
        row.failures = still_counting(Tried(row.failures, row.last_at), LIMITS[thing], at=at) + 1
        row.last_at = at
    Throttle.objects.bulk_update(rows.values(), ["failures", "last_at"])


def forgive(counted: Counts) -> None:
    """It was right: what counts against her alone is forgotten, what she shares with others is one less."""
    hers = [counted[thing] for thing in (Counted.ACCOUNT_AT_ADDRESS, Counted.KNOWN_DEVICE, Counted.SECOND_STEP)
            if thing in counted]  # fmt: skip
    shared = [counted[thing] for thing in (Counted.ADDRESS, Counted.ACCOUNT) if thing in counted]
    Throttle.objects.filter(key_hash__in=hers).delete()
    Throttle.objects.filter(key_hash__in=shared, failures__gt=0).update(failures=F("failures") - 1)


def forget_old(*, at: datetime) -> int:
    """Take away what counts for nothing any more. For the night."""
    gone, _by_model = Throttle.objects.filter(last_at__lt=at - FORGET_AFTER).delete()
    return gone
