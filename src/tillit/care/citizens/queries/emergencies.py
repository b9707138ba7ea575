"""Emergency accesses: those a leader is to review, those to one citizen, and the words for the citizen's own view."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from tillit.care.citizens.models import EmergencyAccess, EmergencyReason, Following, Verdict
from tillit.care.citizens.permissions import REVIEW_EMERGENCY
from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.queries import at_or_below
from tillit.kernel.errors import NotFound

#: How long a reviewed one stands on the leader's page.
REVIEWED_DAYS = 90


@dataclass(frozen=True, slots=True)
class EmergencyLine:
    """One emergency access. ended_at: when it was ended, or will end by itself."""

    emergency_id: int
    citizen_id: int
    citizen_name: str
    employee_id: int
    employee_name: str
    unit_name: str
    reason_name: str
    is_danger: bool
    words: str
    opened_at: datetime
    ended_at: datetime
    verdict: str
    verdict_name: str
    review_words: str
    reviewed_by: str
    reviewed_at: datetime | None

    def is_open(self, at: datetime) -> bool:
        """Whether it holds at a moment."""
        return at < self.ended_at


def _seen_by(actor: Actor) -> QuerySet[EmergencyAccess]:
    """Those a leader sees: to a citizen her units followed that day, or by somebody who worked in her units."""
    paths = actor.paths_for(REVIEW_EMERGENCY.roles)
    if not paths:
        return EmergencyAccess.objects.none()
    followed = Following.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=OuterRef("opened_at__date")),
        at_or_below(paths),
        citizen_id=OuterRef("citizen_id"),
        valid_from__lte=OuterRef("opened_at__date"),
    )
    return EmergencyAccess.objects.filter(at_or_below(paths) | Exists(followed)).exclude(citizen_id__in=actor.barred)


def count_to_review(actor: Actor) -> int:
    """Return how many wait for the leader's review, in one query; hers own are for others."""
    return _seen_by(actor).filter(reviewed_at__isnull=True).exclude(employee_id=actor.employee_id or 0).count()


def emergencies_to_see(*, actor: Actor, at: datetime) -> list[EmergencyLine]:
    """Return those that wait for review and those reviewed lately, the newest first, in one query.

    Names are for those who reach the citizen: callers ask `readable`, and note whom they show.
    """
    since = at - timedelta(days=REVIEWED_DAYS)
    return _lines(_seen_by(actor).filter(Q(reviewed_at__isnull=True) | Q(reviewed_at__gte=since)))


def get_emergency(*, actor: Actor, emergency_id: int, lock: bool = False) -> EmergencyAccess:
    """Return one a leader may review. Raises NotFound out of reach."""
    rows = _seen_by(actor)
    if lock:
        rows = EmergencyAccess.objects.filter(pk__in=rows.values("pk")).select_for_update(of=("self",))
    found = rows.filter(pk=emergency_id).first()
    if found is None:
        raise NotFound(_("Fant ikke nødtilgangen."))
    return found


def emergencies_of(citizen_id: int) -> list[EmergencyLine]:
    """Return every emergency access to a citizen, the newest first. Callers have come through `get_citizen`."""
    return _lines(EmergencyAccess.objects.filter(citizen_id=citizen_id))


@dataclass(frozen=True, slots=True)
class EmergencyCount:
    """How many of a unit's people opened somebody in an emergency, and how many of those wait for review."""

    opened: int
    waiting: int


def counted_by_unit(*, since: datetime) -> dict[int, EmergencyCount]:
    """Return unit → how many were opened since then, by where the employee worked; those that wait are all counted.

    Numbers alone, in one query: for the privacy reviewer, who sees no citizen.
    """
    rows = EmergencyAccess.objects.values("unit_id").annotate(
        opened=Count("pk", filter=Q(opened_at__gte=since)), waiting=Count("pk", filter=Q(reviewed_at__isnull=True))
    )
    return {row["unit_id"]: EmergencyCount(row["opened"], row["waiting"]) for row in rows.order_by("unit_id")}


def reasons_of(emergency_ids: Iterable[int]) -> dict[int, str]:
    """Return why each was opened, in words the citizen may read, in one query."""
    rows = EmergencyAccess.objects.filter(pk__in=list(emergency_ids)).values_list("pk", "reason", "words")
    return {pk: f"{EmergencyReason(reason).label}: {words}" for pk, reason, words in rows}


def _lines(rows: QuerySet[EmergencyAccess]) -> list[EmergencyLine]:
    found = rows.select_related("citizen", "employee", "unit", "reviewed_by").order_by(
        F("reviewed_at").desc(nulls_first=True), "-opened_at", "-pk"
    )
    return [
        EmergencyLine(
            emergency_id=row.pk,
            citizen_id=row.citizen_id,
            citizen_name=row.citizen.name,
            employee_id=row.employee_id,
            employee_name=row.employee.name,
            unit_name=row.unit.name,
            reason_name=str(EmergencyReason(row.reason).label),
            is_danger=row.reason == EmergencyReason.DANGER,
            words=row.words,
            opened_at=row.opened_at,
            ended_at=min(row.ended_at or row.ends_at, row.ends_at),
            verdict=row.verdict,
            verdict_name=str(Verdict(row.verdict).label) if row.verdict else "",
            review_words=row.review_words,
            reviewed_by=row.reviewed_by.name if row.reviewed_by else "",
            reviewed_at=row.reviewed_at,
        )
        for row in found
    ]
