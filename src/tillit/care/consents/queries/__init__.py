"""Reads of consents: who is let in to what, for the door and for those who keep them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q

from tillit.care.citizens.queries import get_citizen
from tillit.care.consents.models import Consent, ConsentPart, PrivateAccount
from tillit.care.consents.queries.doors import Door, consent_grounds, open_door, with_doors
from tillit.care.consents.rules import HERS_TO_END, Basis, Given, Part, open_parts
from tillit.foundation.access.actor import Actor
from tillit.foundation.login.models import Identity, IdentityKey
from tillit.kernel import oslo
from tillit.kernel.periods import Days

__all__ = [
    "ConsentLine",
    "Door",
    "can_log_in",
    "consent_grounds",
    "consents_of",
    "has_own_login",
    "list_consents",
    "open_door",
    "own_user_id",
    "stands_for_her",
    "with_doors",
]


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One who is let in now, or will be."""

    consent_id: int
    name: str
    relation: str
    basis: str = field(metadata={"help": "A rules.Basis"})
    basis_words: str
    parts: tuple[Part, ...]
    valid_from: date
    valid_to: date | None
    recorded_by: str
    user_id: int
    is_hers_to_end: bool


def consents_of(citizen_id: int, *, at: datetime) -> list[ConsentLine]:
    """Return those a citizen lets in now or from a later day, oldest first, in two queries.

    Callers have opened the door, or checked reach.
    """
    on = oslo.day_of(at)
    rows = list(
        Consent.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), citizen_id=citizen_id)
        .select_related("account__user", "recorded_by")
        .order_by("valid_from", "pk")
    )
    given = _given([row.pk for row in rows])
    return [
        ConsentLine(
            consent_id=row.pk,
            name=row.account.user.name,
            relation=row.relation,
            basis=row.basis,
            basis_words=row.basis_words,
            parts=tuple(part for part in Part if part in parts),
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            recorded_by=row.recorded_by.name if row.recorded_by else "",
            user_id=row.account.user_id,
            is_hers_to_end=Basis(row.basis) in HERS_TO_END,
        )
        for row in rows
        if (
            parts := open_parts(
                Days(row.valid_from, row.valid_to), given.get(row.pk, ()), on=max(on, row.valid_from), at=at
            )
        )
    ]


def list_consents(*, actor: Actor, citizen_id: int, at: datetime) -> list[ConsentLine]:
    """Return the same to an employee who reaches the citizen. Raises NotFound."""
    return consents_of(get_citizen(actor=actor, citizen_id=citizen_id, at=at).pk, at=at)


def stands_for_her(door: Door) -> bool:
    """Whether she who looks is the citizen, or stands for her by a mandate: not one she has only let in. One query."""
    number = door.let_in.subject.removeprefix("consent:")
    return door.is_own or not Consent.objects.filter(pk=int(number), basis=Basis.CONSENT).exists()


def own_user_id(citizen_id: int) -> int | None:
    """Return the citizen's own login, if she has one."""
    return PrivateAccount.objects.filter(citizen_id=citizen_id).values_list("user_id", flat=True).first()


def has_own_login(citizen_id: int) -> bool:
    """Whether the citizen has a login of her own."""
    return own_user_id(citizen_id) is not None


def can_log_in(user_ids: Iterable[int]) -> frozenset[int]:
    """Return those a login service recognises, now or the first time they come. Two queries."""
    ids = list(user_ids)
    found = {*IdentityKey.objects.filter(user_id__in=ids).values_list("user_id", flat=True)}
    return frozenset(found | {*Identity.objects.filter(user_id__in=ids).values_list("user_id", flat=True)})


def _given(consent_ids: Iterable[int]) -> dict[int, list[Given]]:
    found: dict[int, list[Given]] = {}
    rows = ConsentPart.objects.filter(consent_id__in=list(consent_ids)).order_by("pk")
    for consent_id, part, given_at, ended_at in rows.values_list("consent_id", "part", "given_at", "ended_at"):
        found.setdefault(consent_id, []).append(Given(Part(part), given_at, ended_at))
    return found
