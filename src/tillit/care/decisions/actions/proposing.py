"""What is proposed for each service: outcome, content, extent, days and reasons (R19, R20)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tillit.care.decisions import queries
from tillit.care.decisions.actions.refusals import CaseRefused, FieldRefused
from tillit.care.decisions.actions.steps import note_change, open_case, take_step
from tillit.care.decisions.models import Case, Line
from tillit.care.decisions.permissions import WORK_CASE
from tillit.care.decisions.rules.states import GIVES, TAKES_AWAY, Outcome, State, Step
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.authority.queries import list_services
from tillit.kernel import oslo

PROPOSED_IN = frozenset({State.RECEIVED, State.ASSESSMENT, State.REASSESSMENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDraft:
    """What is written about one service. line_id: the stored line; None for a service found during the assessment.

    span_percent: a frame with a span; None decides exactly. outcome: empty while nothing is proposed.
    """

    service_code: str
    line_id: int | None = None
    outcome: str = ""
    content: str = ""
    extent: Decimal | None = None
    span_percent: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    reasons: str = ""
    dropped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalDraft:
    """What stands in the form. reasons, how_view_weighed: for all the services together."""

    lines: Sequence[LineDraft]
    reasons: str = ""
    how_view_weighed: str = ""
    evaluate_on: date | None = None
    language: str = "nb"


@transaction.atomic
def save_proposal(*, actor: Actor, case_id: int, edition: int, draft: ProposalDraft, at: datetime) -> Case:
    """Save a proposal while it is written. What is missing is said when it is sent.

    Raises NotFound, NotAllowed, ChangedMeanwhile, FieldRefused, CaseRefused.
    """
    case, scope = _open(actor, case_id, edition=edition, at=at)
    _write(case, draft, at=at)
    _note(actor, case, scope, at=at)
    return case


@transaction.atomic
def send_proposal(*, actor: Actor, case_id: int, edition: int, draft: ProposalDraft, at: datetime) -> Case:
    """Save the proposal and send it to the one who decides.

    Raises NotFound, NotAllowed, ChangedMeanwhile, FieldRefused, CaseRefused, StepBlocked.
    """
    case, scope = _open(actor, case_id, edition=edition, at=at)
    _write(case, draft, at=at)
    today = oslo.day_of(at)
    if unsaid := case.lines.filter(state=Line.State.OPEN, outcome="").select_related("service").first():
        raise FieldRefused(
            _("Det er ikke sagt hva du foreslår for %(service)s.") % {"service": unsaid.service.name.lower()},
            field="lines",
        )
    case.proposed_by_id, case.proposed_at = actor.employee_id, at
    take_step(
        actor=actor,
        case=case,
        scope=scope,
        step=Step.PROPOSE,
        facts=queries.facts_of(case, on=today),
        permission=WORK_CASE,
        on=today,
        at=at,
        data={
            "lines": list(case.lines.filter(state=Line.State.OPEN).order_by("rank", "pk").values_list("pk", flat=True))
        },
    )
    return case


def _open(actor: Actor, case_id: int, *, edition: int, at: datetime) -> tuple[Case, Scope]:
    case, scope = open_case(actor=actor, case_id=case_id, permission=WORK_CASE, at=at, edition=edition)
    if State(case.state) not in PROPOSED_IN:
        raise CaseRefused(_("Forslaget er sendt eller avgjort. Det kan ikke endres her nå."))
    return case, scope


def _write(case: Case, draft: ProposalDraft, *, at: datetime) -> None:
    today = oslo.day_of(at)
    stored = {line.pk: line for line in case.lines.filter(state=Line.State.OPEN).select_related("service")}
    services = {line.code: line for line in list_services(today)}
    last = case.lines.aggregate(last=Max("rank"))["last"]
    rank = -1 if last is None else last
    seen = {line.service.code for line in stored.values()}
    for said in draft.lines:
        if said.line_id is not None:
            line = stored.get(said.line_id)
            if line is None or line.service.code != said.service_code:
                raise CaseRefused(_("En av tjenestene er endret av noen andre. Last siden på nytt."))
        else:
            service = services.get(said.service_code)
            if service is None:
                raise FieldRefused(_("En tjeneste du valgte, er ikke i bruk lenger."), field="services")
            if said.service_code in seen:
                raise FieldRefused(_("Tjenesten står i saken fra før."), field="services")
            seen.add(said.service_code)
            rank += 1
            line = Line(case=case, service_id=service.service_id, is_asked_for=False, rank=rank)
        _write_line(line, said, today=today)
    lines = list(case.lines.filter(state=Line.State.OPEN))
    case.reasons = draft.reasons.strip()
    case.how_view_weighed = draft.how_view_weighed.strip()
    case.evaluate_on = draft.evaluate_on
    case.language = draft.language if draft.language in ("nb", "nn") else "nb"
    case.is_frame = any(line.span_percent is not None for line in lines)
    if draft.evaluate_on is not None and draft.evaluate_on <= today:
        raise FieldRefused(_("Velg en dag som kommer for ny vurdering."), field="evaluate_on")


def _write_line(line: Line, said: LineDraft, *, today: date) -> None:
    name = line.service.name
    if said.dropped and line.was_id is not None:
        raise FieldRefused(
            _("%(service)s er vedtatt fra før. Foreslå hva som skal skje med den.") % {"service": name}, field="lines"
        )
    if said.outcome and said.outcome not in {each.value for each in Outcome}:
        raise FieldRefused(_("Velg hva du foreslår for %(service)s.") % {"service": name.lower()}, field="lines")
    if said.outcome in TAKES_AWAY and line.was_id is None:
        raise FieldRefused(
            _("%(service)s kan ikke bli mindre eller slutte: den er ikke vedtatt.") % {"service": name}, field="lines"
        )
    if said.extent is not None and said.extent < 0:
        raise FieldRefused(_("Omfanget kan ikke være mindre enn null."), field="lines")
    if said.starts_on and said.ends_on and said.ends_on < said.starts_on:
        raise FieldRefused(_("Siste dag for %(service)s er før første dag.") % {"service": name.lower()}, field="lines")
    if said.span_percent is not None and not 0 <= said.span_percent <= 50:
        raise FieldRefused(_("Rammen kan gå opp til 50 prosent hver vei."), field="lines")
    line.state = Line.State.DROPPED if said.dropped else Line.State.OPEN
    line.outcome = "" if said.dropped else said.outcome
    gives = said.outcome in GIVES
    line.content = said.content.strip()
    line.extent = said.extent
    hours = line.service.extent_in == "HOURS_A_WEEK"
    line.span_percent = said.span_percent if gives and hours and said.extent else None
    line.starts_on = said.starts_on
    line.ends_on = said.ends_on if gives else None
    line.reasons = said.reasons.strip()
    line.save()


def _note(actor: Actor, case: Case, scope: Scope, *, at: datetime) -> None:
    note_change(
        actor=actor,
        case=case,
        scope=scope,
        permission=WORK_CASE,
        at=at,
        change={"proposal_saved": True},
        fields=("reasons", "how_view_weighed", "evaluate_on", "language", "is_frame"),
    )
