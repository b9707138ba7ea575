"""What happened in a citizen's cases, for showing over time: asked for, decided, appealed."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from tillit.care.decisions.models import Appeal, Decision, DecisionLine
from tillit.care.decisions.queries.reach import reachable_cases
from tillit.care.decisions.rules.states import Outcome
from tillit.foundation.access.actor import Actor


@dataclass(frozen=True, slots=True)
class ReceivedLine:
    """Something was asked for. origin_name: who asked."""

    case_id: int
    number: str
    on: date
    origin_name: str


@dataclass(frozen=True, slots=True)
class DecidedLine:
    """A decision was made. services: (name, Outcome) of each."""

    case_id: int
    number: str
    at: datetime
    by_name: str
    outcome: Outcome
    services: tuple[tuple[str, Outcome], ...]


@dataclass(frozen=True, slots=True)
class AppealedLine:
    """An appeal came in, or was answered (outcome_on)."""

    case_id: int
    appeal_id: int
    number: str
    received_on: date
    outcome_on: date | None


@dataclass(frozen=True, slots=True)
class CasesOverTime:
    """Everything of the cases that the actor reaches, the oldest first."""

    received: tuple[ReceivedLine, ...]
    decided: tuple[DecidedLine, ...]
    appealed: tuple[AppealedLine, ...]


def cases_over_time(*, actor: Actor, citizen_id: int, on: date) -> CasesOverTime:
    """Return what happened in the citizen's cases that the actor reaches on a day. Four queries.

    Callers have checked reach to the citizen and note the reading.
    """
    cases = {case.pk: case for case in reachable_cases(actor, on=on).filter(citizen_id=citizen_id).order_by("pk")}
    services: dict[int, list[tuple[str, Outcome]]] = defaultdict(list)
    for line in (
        DecisionLine.objects.filter(decision__case_id__in=list(cases)).select_related("service").order_by("rank", "pk")
    ):
        services[line.decision_id].append((line.service.name, Outcome(line.outcome)))
    decisions = Decision.objects.filter(case_id__in=list(cases)).select_related("decided_by")
    appeals = Appeal.objects.filter(decision__case_id__in=list(cases)).select_related("decision")
    return CasesOverTime(
        received=tuple(
            ReceivedLine(case.pk, case.number, case.received_on, str(case.get_origin_display()))
            for case in cases.values()
            if case.received_on is not None and case.split_from_id is None
        ),
        decided=tuple(
            DecidedLine(
                case_id=row.case_id,
                number=cases[row.case_id].number,
                at=row.decided_at,
                by_name=row.decided_by.name,
                outcome=Outcome(row.outcome),
                services=tuple(services[row.pk]),
            )
            for row in decisions.order_by("decided_at", "pk")
        ),
        appealed=tuple(
            AppealedLine(
                case_id=row.decision.case_id,
                appeal_id=row.pk,
                number=cases[row.decision.case_id].number,
                received_on=row.received_on,
                outcome_on=row.outcome_on,
            )
            for row in appeals.order_by("received_on", "pk")
        ),
    )
