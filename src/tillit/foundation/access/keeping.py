"""How long the logs are kept, and how rows leave when that is over: whole sealed stretches, with a seal that stays.

Pasientjournalloven § 25 says that the log of who has looked is kept until it is no longer thought to be of use, as the
entries are. Ten years is the common least time; a municipality sets its own with `tillit log keep-years`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.models import LogKeeping, LogSeal
from tillit.foundation.access.permissions import KEEP_LOGS, require, whole_municipality
from tillit.foundation.access.sealing import REMOVED, seal_removal
from tillit.foundation.access.signed import LOGS
from tillit.foundation.access.verifying import Fault, faults_in
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused

DEFAULT_YEARS = 10
DEFAULT_BASIS = (
    "Pasientjournalloven § 25: så lenge det kan være bruk for dem. Ti år er satt til kommunen bestemmer noe annet."
)
EVERYWHERE = Scope(("",))


class StretchNotWhole(ActionRefused):
    """Rows that should leave are not as they were sealed. They are evidence: they stay."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(str(fault))


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long the logs are kept, and why."""

    years: int
    basis: str

    def kept_from(self, at: datetime) -> datetime:
        """Return the moment that rows older than have been kept long enough."""
        today = oslo.day_of(at)
        try:
            first = today.replace(year=today.year - self.years)
        except ValueError:  # 29 February
            first = today.replace(year=today.year - self.years, day=28)
        return oslo.moment(first, time.min)


def keeping_on(day: date) -> Keeping:
    """Return what holds on a day: the newest rule that has begun, else the default."""
    rule = LogKeeping.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
    return Keeping(rule.years, rule.basis) if rule else Keeping(DEFAULT_YEARS, DEFAULT_BASIS)


@transaction.atomic
def set_keeping(*, actor: Actor, valid_from: date, years: int, basis: str, at: datetime) -> LogKeeping:
    """Decide how long the logs are kept from a day on. Raises NotAllowed, ActionRefused."""
    scope = whole_municipality(actor, KEEP_LOGS)
    require(actor, KEEP_LOGS, scope)
    if not 5 <= years <= 100 or not basis.strip():
        raise ActionRefused("Oppgi mellom 5 og 100 år, og hva det bygger på.")
    rule, _made = LogKeeping.objects.update_or_create(
        valid_from=valid_from,
        defaults={"years": years, "basis": basis.strip()[:300], "decided_by_id": actor.user_id, "decided_at": at},
    )
    audit.record(
        actor, KEEP_LOGS, f"log-keeping:{rule.pk}", scope, at=at,
        change={"valid_from": valid_from.isoformat(), "years": years},
    )  # fmt: skip
    return rule


def expired(*, at: datetime) -> Iterator[LogSeal]:
    """Return the seals whose rows have all been kept long enough, the oldest first."""
    before = keeping_on(oslo.day_of(at)).kept_from(at)
    gone = LogSeal.objects.filter(kind=REMOVED).values("of")
    kept = LogSeal.objects.exclude(kind=REMOVED).exclude(number__in=gone)
    yield from kept.filter(newest_at__lt=before).order_by("number")


@transaction.atomic
def remove_stretch(*, actor: Actor, number: int, at: datetime) -> int:
    """Let the rows of one seal leave, and return how many. A seal that says so takes their place in the chain.

    Raises NotAllowed, StretchNotWhole; ActionRefused when they have not been kept long enough.
    """
    require(actor, KEEP_LOGS, EVERYWHERE)
    stretch = next((found for found in expired(at=at) if found.number == number), None)
    if stretch is None:
        raise ActionRefused("Radene under dette seglet er ikke gamle nok, eller de er fjernet før.")
    log = next(one for one in LOGS if one.name == stretch.log)
    if (fault := next(faults_in(log, stretch), None)) is not None:
        raise StretchNotWhole(fault)
    seal_removal(stretch, at=at)  # first: the triggers let rows go when this stands there
    log.model._default_manager.filter(pk__gt=stretch.after_id, pk__lte=stretch.to_id).delete()
    audit.record(
        actor, KEEP_LOGS, f"seal:{stretch.number}", EVERYWHERE, at=at,
        change={"log": stretch.log, "removed": stretch.count},
    )  # fmt: skip
    return stretch.count
