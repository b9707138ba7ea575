"""Go through look-ups: what was found, what the one who looks after it says, and what the one it is about reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.models import LookupReview, ReviewOutcome
from tillit.foundation.access.permissions import REVIEW_LOOKUPS, require
from tillit.kernel.errors import ActionRefused


class OwnLookup(ActionRefused):
    """Nobody goes through her own look-ups."""


class WordsNeeded(ActionRefused):
    """What was found, or what happens next, must be said in words."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is gone through: a finding's key, its rule, whom it is about, her unit and the day."""

    key: str
    rule: str
    about_id: int
    unit_path: str
    on: date


@transaction.atomic
def review_lookup(*, actor: Actor, found: Found, outcome: ReviewOutcome, words: str, at: datetime) -> LookupReview:
    """Say what a look-up was about, or that it is followed up. Said again, the newest counts and the older stays.

    Raises NotAllowed, OwnLookup, WordsNeeded. Writes one audit entry, without the words.
    """
    require(actor, REVIEW_LOOKUPS, Scope((found.unit_path,)))
    if actor.user_id is None or actor.user_id == found.about_id:
        raise OwnLookup(_("Dine egne oppslag går en annen gjennom."))
    if not words.strip():
        raise WordsNeeded(_("Skriv med noen ord hva du fant ut, eller hva som skjer nå."))
    stored = LookupReview.objects.create(
        finding=found.key,
        rule=found.rule,
        about_id=found.about_id,
        unit_path=found.unit_path,
        on=found.on,
        outcome=outcome,
        words=words.strip()[:500],
        reviewer_id=actor.user_id,
        reviewer_name=actor.name,
        at=at,
    )
    audit.record(
        actor, REVIEW_LOOKUPS, f"lookup-review:{stored.pk}", Scope((found.unit_path,)), at=at,
        change={"finding": found.key, "outcome": str(outcome)},
    )  # fmt: skip
    return stored


def newest_reviews(keys: Iterable[str]) -> dict[str, LookupReview]:
    """Return the newest review of each finding. One query."""
    rows = LookupReview.objects.filter(finding__in=list(keys)).order_by("at", "pk")
    return {row.finding: row for row in rows}


def reviews_since(at: datetime) -> list[LookupReview]:
    """Return what was gone through since then, everywhere: for the privacy reviewer."""
    return list(LookupReview.objects.filter(at__gte=at).order_by("at", "pk"))


def reviews_about(user_id: int, *, since: datetime) -> list[LookupReview]:
    """Return what was gone through of somebody's look-ups, the newest first: for herself."""
    return list(LookupReview.objects.filter(about_id=user_id, at__gte=since).order_by("-at", "-pk"))
