"""How long each kind of data is kept: the kinds, the rule in force, and what the night deletes by it.

A kind says what it is, where the rule comes from, and how what is due is counted and deleted. Every floor registers its
own at start-up (`config.wiring`), so that this one knows none of them. A rule is a row with a first day; until somebody
decides, the one shipped with the product holds. What the law leaves to the municipality is decided on the page.
"""

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.functional import Promise

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.foundation.keeping.models import Hold, Removal, RetentionRule
from tillit.foundation.keeping.permissions import DELETE_DUE
from tillit.kernel import oslo

logger = logging.getLogger(__name__)

EVERYWHERE = Scope(("",))
Text = str | Promise


@dataclass(frozen=True, slots=True)
class InForce:
    """The rule that holds on a day. rule_from: its first day; None for the one shipped with the product."""

    length: int
    basis: str
    rule_from: date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """What is asked of a kind: what is older than `before` (aware UTC), without what is under a hold."""

    before: datetime
    at: datetime
    held_citizens: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Batch:
    """What was deleted together: rows by table. citizen_id: when it was all about one."""

    counts: Mapping[str, int]
    citizen_id: int | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of data.

    what: what is deleted, and what stays. source: law and where it is read. years: the length is in years, else days.
    by_law: the bounds are the law's; else the municipality decides within them.
    count: how many are due. remove: deletes some that are due, and says what; `keep` is called before they go, in the
    same transaction; asked again until nothing is left. rule: who knows the rule, when it is kept elsewhere.
    """

    code: str
    title: Text
    what: Text
    source: Text
    shipped: InForce
    least: int
    most: int
    count: Callable[[Due], int]
    remove: Callable[[Due, Callable[[Batch], None]], bool]
    years: bool = False
    rule: Callable[[date], InForce] | None = None
    decide: Callable[..., object] | None = field(default=None, metadata={"help": "How a rule kept elsewhere is set"})


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known. Registering again changes nothing."""
    _kinds[kind.code] = kind


def kinds() -> tuple[Kind, ...]:
    """Return every kind, as they were registered."""
    return tuple(_kinds.values())


def kind_of(code: str) -> Kind:
    """Return a kind by its code. Raises KeyError."""
    return _kinds[code]


def in_force(kind: Kind, *, on: date) -> InForce:
    """Return the rule that holds on a day: the newest that has begun, else the one shipped with the product."""
    if kind.rule is not None:
        return kind.rule(on)
    rule = RetentionRule.objects.filter(kind=kind.code, valid_from__lte=on).order_by("-valid_from").first()
    return InForce(rule.length, rule.basis, rule.valid_from) if rule else kind.shipped


def days_kept(code: str, *, on: date) -> int:
    """Return how many days a kind is kept that is counted in days."""
    kind = kind_of(code)
    assert not kind.years
    return in_force(kind, on=on).length


def kept_from(kind: Kind, length: int, *, at: datetime) -> datetime:
    """Return the moment that what is older than has been kept long enough."""
    today = oslo.day_of(at)
    if not kind.years:
        return oslo.moment(today - timedelta(days=length), time.min)
    try:
        first = today.replace(year=today.year - length)
    except ValueError:  # 29 February
        first = today.replace(year=today.year - length, day=28)
    return oslo.moment(first, time.min)


def held_kinds() -> frozenset[str]:
    """Return the kinds of which nothing may be deleted now."""
    return frozenset(Hold.objects.filter(lifted_at__isnull=True).exclude(kind="").values_list("kind", flat=True))


def held_citizens() -> frozenset[int]:
    """Return the citizens of whom nothing may be deleted now."""
    found = Hold.objects.filter(lifted_at__isnull=True, citizen_id__isnull=False)
    return frozenset(found.values_list("citizen_id", flat=True))  # type: ignore[arg-type]


def hold_of(*, kind: str = "", citizen_id: int | None = None) -> Hold | None:
    """Return the hold in force of a kind or a citizen. Callers have checked reach."""
    found = Hold.objects.filter(lifted_at__isnull=True, kind=kind, citizen_id=citizen_id)
    return found.select_related("placed_by").first()


def ahead_of(kind: Kind, *, on: date) -> RetentionRule | None:
    """Return the next rule that is decided and has not begun."""
    return RetentionRule.objects.filter(kind=kind.code, valid_from__gt=on).order_by("valid_from").first()


def removals_of(code: str = "", *, most: int) -> list[Removal]:
    """Return the newest traces of what was deleted, of one kind or of all."""
    found = Removal.objects.filter(kind=code) if code else Removal.objects.all()
    return list(found.exclude(counts={}).order_by("-at", "-pk")[:most])


def is_held(citizen_ids: int | Collection[int]) -> bool:
    """Whether somebody has said that nothing about one of these citizens may be deleted now."""
    ids = [citizen_ids] if isinstance(citizen_ids, int) else list(citizen_ids)
    return Hold.objects.filter(lifted_at__isnull=True, citizen_id__in=ids).exists()


def due_now(kind: Kind, *, at: datetime) -> Due:
    """Return what the rule in force makes due at a moment."""
    rule = in_force(kind, on=oslo.day_of(at))
    return Due(kept_from(kind, rule.length, at=at), at, held_citizens())


def count_due(kind: Kind, *, at: datetime) -> int:
    """Return how many are due now. Nothing is, of a kind under a hold."""
    return 0 if kind.code in held_kinds() else kind.count(due_now(kind, at=at))


def remove_due(*, actor: Actor, at: datetime) -> dict[str, int]:
    """Delete what is due, kind by kind, each piece in its own transaction with its trace. Returns rows by kind.

    What fails is said in the log without content, and is tried again the next night; the other kinds go on.
    """
    require(actor, DELETE_DUE, EVERYWHERE)
    removed: dict[str, int] = {}
    for kind in kinds():
        try:
            removed[kind.code] = _remove(actor, kind, at=at)
        except Exception:
            logger.exception("What is due of the kind %s could not be deleted this time.", kind.code)
    return removed


def _remove(actor: Actor, kind: Kind, *, at: datetime) -> int:
    rule = in_force(kind, on=oslo.day_of(at))
    total = 0

    def keep(batch: Batch) -> None:
        nonlocal total
        total += sum(batch.counts.values())
        row = Removal.objects.create(
            at=at, kind=kind.code, citizen_id=batch.citizen_id, counts=dict(batch.counts), length=rule.length,
            rule_from=rule.rule_from, basis=rule.basis,
        )  # fmt: skip
        audit.record(
            actor, DELETE_DUE, f"removal:{row.pk}", EVERYWHERE, at=at,
            change={"kind": kind.code, "counts": dict(batch.counts), "length": rule.length},
        )  # fmt: skip

    while True:
        with transaction.atomic():
            if kind.code in held_kinds():  # asked each time: a hold that is placed meanwhile holds
                return total
            if not kind.remove(Due(kept_from(kind, rule.length, at=at), at, held_citizens()), keep):
                return total
