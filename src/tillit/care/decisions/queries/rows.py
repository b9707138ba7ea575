"""The rows that hang on a case, read at once and handed on to whoever asks about them: rules, letters, pages."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Prefetch

from tillit.care.decisions.models import (
    AdvanceNotice,
    Appeal,
    Assessment,
    Assessor,
    Case,
    CaseEvent,
    Decision,
    DecisionLine,
    Holding,
    Line,
    Notice,
    OutsideFact,
)
from tillit.care.decisions.rules.states import GIVING, Outcome, Step


@dataclass(frozen=True, slots=True)
class CaseRows:
    """A case with what its steps, its deadlines and its letters follow from."""

    case: Case
    lines: list[Line] = field(metadata={"help": "All of them, in order, with their services"})
    assessments: list[Assessment] = field(
        metadata={"help": "The newest first, with who took part; those of the case it was split from besides"}
    )
    decisions: list[Decision] = field(metadata={"help": "The newest first, with lines, notices and appeals"})
    warnings: list[AdvanceNotice] = field(metadata={"help": "Advance notices, the newest first"})
    outside_facts: list[OutsideFact] = field(metadata={"help": "The oldest first"})
    events: list[CaseEvent] = field(metadata={"help": "The newest first"})
    holdings: list[Holding] = field(metadata={"help": "The newest first"})

    @property
    def open_lines(self) -> list[Line]:
        """The lines still to be decided."""
        return [line for line in self.lines if line.state == Line.State.OPEN]

    @property
    def done(self) -> list[Assessment]:
        """The case's own assessments that are done."""
        return [one for one in self.assessments if one.case_id == self.case.pk and one.done_at is not None]

    @property
    def draft(self) -> Assessment | None:
        """The assessment that somebody is writing."""
        return next((one for one in self.assessments if one.case_id == self.case.pk and one.done_at is None), None)

    @property
    def newest_assessment(self) -> Assessment | None:
        """The newest that is done; a case that was split off leans on the one it came from."""
        return next((one for one in self.assessments if one.done_at is not None), None)

    @property
    def newest_decision(self) -> Decision | None:
        """The decision that was made last."""
        return self.decisions[0] if self.decisions else None

    @property
    def warning(self) -> AdvanceNotice | None:
        """The newest advance notice of this round."""
        return warning_of_round(self.case, self.warnings)

    @property
    def appeals(self) -> list[Appeal]:
        """The appeals on its decisions."""
        return [appeal for decision in self.decisions for appeal in decision.appeals.all()]

    @property
    def offer(self) -> Holding | None:
        """The offer that waits for an answer."""
        return next((row for row in self.holdings if not row.answer), None)

    @property
    def given(self) -> list[DecisionLine]:
        """What its decisions give or have given."""
        return [line for one in self.decisions for line in one.lines.all() if Outcome(line.outcome) in GIVING]

    @property
    def assessed_on(self) -> date | None:
        """The day of the newest assessment, as the rules ask for it: whether it is of this round.

        One that was done before the case was taken up again is of the round before, also when both fell on one day:
        then it is told as the day before.
        """
        assessment, round_from = self.newest_assessment, self.case.reassessed_from
        if assessment is None or round_from is None or assessment.done_at is None:
            return assessment.held_on if assessment else None
        taken_up = next((one.at for one in self.events if one.step in _TAKES_UP), None)
        if taken_up is not None and assessment.done_at < taken_up:
            return min(assessment.held_on, round_from - timedelta(days=1))
        return assessment.held_on


_TAKES_UP = frozenset({Step.REASSESS.value, Step.REOPEN.value})


def rows_of(case: Case) -> CaseRows:
    """Read what hangs on a case: seven queries, up to six more when something is assessed, decided, told or appealed.

    Callers have reached the case and noted the reading.
    """
    related = [case.pk] + ([case.split_from_id] if case.split_from_id else [])
    return CaseRows(
        case=case,
        lines=list(case.lines.select_related("service", "was").order_by("rank", "pk")),
        assessments=list(
            Assessment.objects.filter(case_id__in=related)
            .select_related("saved_by", "conversation")
            .prefetch_related(Prefetch("assessors", Assessor.objects.select_related("employee").order_by("pk")))
            .order_by("-held_on", "-done_at", "-pk")
        ),
        decisions=list(
            case.decisions.select_related("decided_by")
            .prefetch_related(
                Prefetch("lines", DecisionLine.objects.select_related("service").order_by("rank", "pk")),
                Prefetch("notices", Notice.objects.order_by("told_at", "pk")),
                Prefetch("appeals", Appeal.objects.select_related("on_dismissal_of").order_by("received_on", "pk")),
                "appeals__events",
            )
            .order_by("-decided_at", "-pk")
        ),
        warnings=list(case.advance_notices.order_by("-sent_at", "-pk")),
        outside_facts=list(case.outside_facts.order_by("received_on", "pk")),
        events=list(case.events.select_related("by").order_by("-at", "-pk")),
        holdings=list(
            case.holdings.select_related("unit", "from_unit", "offered_by", "answered_by").order_by(
                "-offered_at", "-pk"
            )
        ),
    )


def warning_of_round(case: Case, newest_first: Iterable[AdvanceNotice]) -> AdvanceNotice | None:
    """Return the newest advance notice of this round: since the reassessment began, when there is one."""
    found = next(iter(newest_first), None)
    if found is None or case.reassessed_from is None or found.sent_on >= case.reassessed_from:
        return found
    return None


def stands(decision: Decision, *, on: date) -> bool:
    """Whether something a decision gives holds on a day or later: it is not all over or replaced."""
    return any(
        Outcome(line.outcome) in GIVING and line.stopped_on is None and (line.ends_on is None or line.ends_on >= on)
        for line in decision.lines.all()
    )
