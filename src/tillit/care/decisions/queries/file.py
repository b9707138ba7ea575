"""A case with all that hangs on it, as its page shows it. Callers have come through `get_case`."""

from dataclasses import dataclass, field
from datetime import date

from tillit.care.citizens import queries as citizens
from tillit.care.decisions.models import (
    CapacityAssessment,
    Case,
    CaseNote,
    CasePractice,
    Disqualification,
    FunctionScore,
    ProviderChoice,
)
from tillit.care.decisions.queries.facts import practice_on
from tillit.care.decisions.queries.frame import adjusted_within
from tillit.care.decisions.queries.reach import scope_from
from tillit.care.decisions.queries.received import received_beside
from tillit.care.decisions.queries.rows import CaseRows, rows_of
from tillit.care.decisions.sources import PlanAdjusted
from tillit.care.needs import queries as needs
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.organisation.queries import in_force
from tillit.foundation.organisation.rules import ids_in


@dataclass(frozen=True, slots=True)
class RelatedCase:
    """Another part of the same application."""

    case: Case
    services: tuple[str, ...]
    offered_to: str = field(metadata={"help": "Who it waits for an answer from; empty when it is not offered"})


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything in a case file, in the order it is shown."""

    case: Case
    rows: CaseRows
    adjusted: list[PlanAdjusted] = field(metadata={"help": "Of the plan, within the frame: the newest first"})
    words: needs.Words | None
    practice: CasePractice
    followed: Scope = field(metadata={"help": "The units that follow the citizen"})
    capacities: list[CapacityAssessment]
    notes: list[CaseNote]
    choices: list[ProviderChoice]
    related: list[RelatedCase] = field(metadata={"help": "The case it was split from, and those split from it"})
    disqualified: list[Disqualification]

    @property
    def followers(self) -> tuple[int, ...]:
        """The units that follow the citizen, the one that follows everything first."""
        return tuple(ids_in(path)[-1] for path in self.followed.paths)

    @property
    def scope(self) -> Scope:
        """Whom the case concerns, as `queries.scope_of_case` says it."""
        return scope_from(self.case, self.rows.offer, self.followed)


def case_file(case: Case, *, on: date) -> CaseFile:
    """Return what is in a case file on a day. As many queries however much there is."""
    rows = rows_of(case)
    return CaseFile(
        case=case,
        rows=rows,
        adjusted=adjusted_within(rows),
        words=needs.newest_words([case.citizen_id], names=False).get(case.citizen_id),
        practice=practice_on(on),
        followed=citizens.scope_of(case.citizen_id, on=on),
        capacities=list(
            CapacityAssessment.objects.filter(case=case).select_related("concluded_by").order_by("-concluded_at")
        ),
        notes=list(CaseNote.objects.filter(case=case).select_related("written_by").order_by("-happened_on", "-pk")),
        choices=list(ProviderChoice.objects.filter(case=case).select_related("unit").order_by("-recorded_at", "-pk")),
        related=_related(case),
        disqualified=list(
            Disqualification.objects.filter(in_force(on), citizen_id=case.citizen_id)
            .select_related("employee")
            .order_by("pk")
        ),
    )


def _related(case: Case) -> list[RelatedCase]:
    found = []
    for one, lines, holding in received_beside(case):
        waits = holding is not None and not holding.answer
        offered_to = holding.unit.name if holding is not None and waits else ""
        found.append(RelatedCase(one, tuple(line.service.name for line in lines), offered_to))
    return found


def scores_now(citizen_id: int) -> dict[int, FunctionScore]:
    """Return variable → the level that holds, for a citizen. One query."""
    return {row.variable: row for row in FunctionScore.objects.filter(citizen_id=citizen_id, valid_to__isnull=True)}


def score_history(citizen_id: int) -> list[FunctionScore]:
    """Return every level there has been, the newest first. One query."""
    return list(
        FunctionScore.objects.filter(citizen_id=citizen_id)
        .select_related("scored_by")
        .order_by("-valid_from", "variable")
    )


def is_followed(actor: Actor, citizen_id: int, *, on: date) -> bool:
    """Whether the page about the citizen is within reach: one who only holds the case has the case page."""
    return citizens.reachable(actor, on=on).filter(pk=citizen_id).exists()
