"""The decisions a citizen has been told, as her own page shows them. Nothing that is proposed or not yet sent."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from tillit.care.decisions.models import Decision, DecisionLine
from tillit.kernel import oslo


@dataclass(frozen=True, slots=True)
class ToldLine:
    """What a decision says of one service. until: the first day it no longer holds."""

    service: str
    outcome: str
    starts_on: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class ToldDecision:
    """A decision she has been told. replaced: a newer one stands in its place."""

    decision_id: int
    number: str = field(metadata={"help": "Of the case, as in the letter"})
    decided_on: date
    replaced: bool
    lines: tuple[ToldLine, ...]


def decisions_told(citizen_id: int, *, at: datetime) -> list[ToldDecision]:
    """Return the decisions she has been told by `at`, newest first, in two queries. Callers opened the door.

    Told is when the letter is sent, or the day she got to know it as it was registered.
    """
    told = Q(letter__sent_at__lte=at) | Q(known_on__lte=oslo.day_of(at))
    newer = Decision.objects.filter(told, supersedes=OuterRef("pk"))
    rows = list(
        Decision.objects.filter(told, case__citizen_id=citizen_id)
        .annotate(replaced=Exists(newer))
        .order_by("-decided_on", "-pk")
        .values_list("pk", "case__number", "decided_on", "replaced")
    )
    lines: dict[int, list[ToldLine]] = defaultdict(list)
    found = DecisionLine.objects.filter(decision_id__in=[row[0] for row in rows]).order_by("rank", "pk")
    for pk, service, outcome, starts_on, ends_on, stopped_on in found.values_list(
        "decision_id", "service__name", "outcome", "starts_on", "ends_on", "stopped_on"
    ):
        lines[pk].append(ToldLine(service, outcome, starts_on, stopped_on or ends_on))
    return [ToldDecision(pk, number, on, replaced, tuple(lines[pk])) for pk, number, on, replaced in rows]
