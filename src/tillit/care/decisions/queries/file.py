"""A case with all that hangs on it, as its page shows it. Callers have come through `get_case`."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from tillit.care.citizens import queries as citizens
from tillit.care.citizens.models import Responsible, ResponsibleKind
from tillit.care.decisions.models import (
    Assessment,
    Assessor,
    CapacityAssessment,
    Case,
    CaseEvent,
    CaseNote,
    Disqualification,
    FunctionScore,
    Holding,
    Line,
    OutsideFact,
    ProviderChoice,
)
from tillit.care.decisions.queries.received import received_together
from tillit.care.needs import queries as needs
from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.queries import in_force


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
    brief: citizens.CitizenBrief
    words: needs.Words | None
    responsible_name: str = field(metadata={"help": "Who answers for the citizen; empty when nobody does"})
    applicant_name: str
    lines: list[Line]
    draft: Assessment | None
    done: list[Assessment] = field(metadata={"help": "The newest first"})
    assessors: dict[int, list[str]]
    facts: list[OutsideFact]
    capacities: list[CapacityAssessment]
    notes: list[CaseNote]
    events: list[CaseEvent]
    holdings: list[Holding]
    choices: list[ProviderChoice]
    related: list[RelatedCase] = field(metadata={"help": "The case it was split from, and those split from it"})
    disqualified: list[Disqualification]

    @property
    def offer(self) -> Holding | None:
        """The offer that waits for an answer."""
        return next((row for row in self.holdings if not row.answer), None)


def case_file(case: Case, *, on: date, at: datetime) -> CaseFile:
    """Return what is in a case file. As many queries however much there is."""
    brief = citizens.briefs([case.citizen_id], on=on, at=at)[case.citizen_id]
    assessments = list(Assessment.objects.filter(case=case).select_related("saved_by").order_by("-held_on", "-pk"))
    assessors: dict[int, list[str]] = defaultdict(list)
    rows = Assessor.objects.filter(assessment__case=case).select_related("employee").order_by("pk")
    for row in rows:
        assessors[row.assessment_id].append(row.employee.name)
    answers = (
        Responsible.objects.filter(
            in_force(on), citizen_id=case.citizen_id, kind=ResponsibleKind.SERVICE_RESPONSIBLE, is_deputy=False
        )
        .select_related("employee")
        .first()
    )
    return CaseFile(
        case=case,
        brief=brief,
        words=needs.newest_words([case.citizen_id]).get(case.citizen_id),
        responsible_name=answers.employee.name if answers else "",
        applicant_name=case.applicant.name if case.applicant else "",
        lines=list(
            Line.objects.filter(case=case)
            .exclude(state=Line.State.DROPPED)
            .select_related("service", "was")
            .order_by("rank", "pk")
        ),
        draft=next((one for one in assessments if one.done_at is None), None),
        done=[one for one in assessments if one.done_at is not None],
        assessors=dict(assessors),
        facts=list(OutsideFact.objects.filter(case=case).order_by("received_on", "pk")),
        capacities=list(
            CapacityAssessment.objects.filter(case=case).select_related("concluded_by").order_by("-concluded_at")
        ),
        notes=list(CaseNote.objects.filter(case=case).select_related("written_by").order_by("-happened_on", "-pk")),
        events=list(CaseEvent.objects.filter(case=case).select_related("by").order_by("-at", "-pk")),
        holdings=list(
            Holding.objects.filter(case=case)
            .select_related("unit", "from_unit", "offered_by", "answered_by")
            .order_by("-offered_at", "-pk")
        ),
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
    for one, lines, holding in received_together(case):
        if one.pk != case.pk:
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
