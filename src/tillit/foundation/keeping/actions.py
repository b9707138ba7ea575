"""What one can do: decide how long something is kept, hold it against deletion, write that the archive has it."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import Permission, require, whole_municipality
from tillit.foundation.keeping.models import HandedOver, Hold, RetentionRule
from tillit.foundation.keeping.permissions import DECIDE_RETENTION, HOLD_CITIZEN, HOLD_DATA
from tillit.foundation.keeping.retention import Kind
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused, NotFound


class BasisNeeded(ActionRefused):
    """What it builds on is missing."""


class OutOfBounds(ActionRefused):
    """Shorter than the law lets it be, or so long that nobody meant it."""


class NotAhead(ActionRefused):
    """A rule holds from tomorrow at the earliest, so that nobody deletes by a slip of the finger."""


@transaction.atomic
def decide_retention(
    *, actor: Actor, kind: Kind, length: int, valid_from: date, basis: str, at: datetime
) -> RetentionRule | None:
    """Decide how long a kind is kept from a day on. Raises NotAllowed, OutOfBounds, BasisNeeded, NotAhead."""
    scope = whole_municipality(actor, DECIDE_RETENTION)
    require(actor, DECIDE_RETENTION, scope)
    if not kind.least <= length <= kind.most:
        raise OutOfBounds(_("Velg fra %(least)d til %(most)d.") % {"least": kind.least, "most": kind.most})
    if not basis.strip():
        raise BasisNeeded(_("Skriv hva det bygger på, som et vedtak eller en plan."))
    if valid_from <= oslo.day_of(at):
        raise NotAhead(_("Velg en dag fra i morgen av. Da rekker dere å angre."))
    if kind.decide is not None:
        kind.decide(actor=actor, valid_from=valid_from, years=length, basis=basis, at=at)
        return None
    rule, _made = RetentionRule.objects.update_or_create(
        kind=kind.code, valid_from=valid_from,
        defaults={"length": length, "basis": basis.strip()[:300], "decided_by_id": actor.user_id, "decided_at": at},
    )  # fmt: skip
    audit.record(
        actor, DECIDE_RETENTION, f"retention-rule:{rule.pk}", scope, at=at,
        change={"kind": kind.code, "length": length, "valid_from": valid_from.isoformat()},
    )  # fmt: skip
    return rule


@transaction.atomic
def place_hold(*, actor: Actor, kind: str = "", about: Scope | None = None, reason: str, at: datetime) -> Hold:
    """Let nothing of a kind, or nothing about a citizen, be deleted until it is lifted. Placing again changes nothing.

    about: a citizen's number and the units that have her, from a query that checked reach; None for a kind.
    Raises NotAllowed, BasisNeeded.
    """
    permission, scope = _of(actor, about)
    require(actor, permission, scope)
    citizen_id = scope.citizen_id
    if not reason.strip():
        raise BasisNeeded(_("Skriv hvorfor, som en rettssak eller et tilsyn."))
    open_now = Hold.objects.select_for_update().filter(lifted_at__isnull=True, kind=kind, citizen_id=citizen_id)
    if (found := open_now.first()) is not None:
        return found
    hold = Hold.objects.create(
        kind=kind, citizen_id=citizen_id, reason=reason.strip()[:300], placed_by_id=actor.user_id, placed_at=at
    )
    audit.record(actor, permission, f"hold:{hold.pk}", scope, at=at, change={"act": "HOLD", "kind": kind})
    return hold


@transaction.atomic
def lift_hold(*, actor: Actor, kind: str = "", about: Scope | None = None, at: datetime) -> None:
    """Let what was held be deleted again when its time is over. about: as `place_hold`. Raises NotFound, NotAllowed."""
    permission, scope = _of(actor, about)
    require(actor, permission, scope)
    open_now = Hold.objects.select_for_update().filter(lifted_at__isnull=True, kind=kind, citizen_id=scope.citizen_id)
    hold = open_now.first()
    if hold is None:
        raise NotFound(_("Fant ikke sperren. Kanskje er den opphevet."))
    Hold.objects.filter(pk=hold.pk).update(lifted_at=at, lifted_by_id=actor.user_id)
    audit.record(actor, permission, f"hold:{hold.pk}", scope, at=at, change={"act": "LIFT", "kind": kind})


def _of(actor: Actor, about: Scope | None) -> tuple[Permission, Scope]:
    return (HOLD_CITIZEN, about) if about is not None else (HOLD_DATA, whole_municipality(actor, HOLD_DATA))


@transaction.atomic
def write_handed_over(
    *, actor: Actor, citizen_id: int, reference: str, handed_over_on: date, at: datetime
) -> HandedOver:
    """Write that the archive has all about a citizen who exists. Raises NotAllowed, BasisNeeded."""
    scope = whole_municipality(actor, DECIDE_RETENTION)
    require(actor, DECIDE_RETENTION, scope)
    if not reference.strip():
        raise BasisNeeded(_("Skriv arkivets kvittering."))
    row, made = HandedOver.objects.get_or_create(
        citizen_id=citizen_id,
        defaults={
            "reference": reference.strip()[:100], "handed_over_on": handed_over_on, "written_by_id": actor.user_id,
            "written_at": at,
        },
    )  # fmt: skip
    if made:
        audit.record(
            actor, DECIDE_RETENTION, f"handed-over:{row.pk}", Scope(scope.paths, citizen_id), at=at,
            change={"act": "HANDED_OVER"},
        )  # fmt: skip
    return row
