"""To look at a decision again (revurdering): opened by plan, by the citizen or by the team; kept as it is, or changed.

Also the guided way to less help (R14): it is a reassessment, and no step of it can be left out.
"""

from datetime import date, datetime
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.decisions.actions.refusals import CaseRefused
from tillit.care.decisions.actions.steps import open_case, take_step
from tillit.care.decisions.models import Case, Decision, DecisionLine, Line
from tillit.care.decisions.permissions import REGISTER_CASE, WORK_CASE
from tillit.care.decisions.queries.facts import facts_of
from tillit.care.decisions.queries.frame import standing_frame
from tillit.care.decisions.rules.states import GIVING, Step
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import Permission
from tillit.kernel import oslo


class OpenedBy(StrEnum):
    """What made us look again."""

    PLAN = "PLAN"  # the day that was set
    CITIZEN = "CITIZEN"
    TEAM = "TEAM"
    GOALS_MET = "GOALS_MET"
    FRAME = "FRAME"  # the need has left the decision's frame
    APPEAL = "APPEAL"


@transaction.atomic
def open_reassessment(
    *,
    actor: Actor,
    case_id: int,
    edition: int,
    why: str,
    by_citizen: bool,
    opened_by: str,
    on: date,
    at: datetime,
) -> Case:
    """Look at running help again. What she has now becomes the lines to decide on, without an outcome.

    Whoever receives cases may take one up when the citizen asks, or help leaves its frame; else those who work on them.
    why: one line. by_citizen: she, or somebody who speaks for her, asked for it; else less help needs advance notice.
    What was written for the last decision stays with that decision, and is not carried into this round.
    Raises NotFound, NotAllowed, ChangedMeanwhile, CaseRefused, StepBlocked. Publishes CaseMoved.
    """
    by_all = by_citizen or (opened_by == OpenedBy.FRAME and _has_frame(case_id, on=on))
    permission = REGISTER_CASE if by_all else WORK_CASE
    case, scope = open_case(actor=actor, case_id=case_id, permission=permission, at=at, edition=edition)
    if not why.strip():
        raise CaseRefused(_("Skriv i én linje hvorfor dere ser på hjelpen igjen."))
    take_up_again(
        actor=actor,
        case=case,
        scope=scope,
        permission=permission,
        why=why,
        by_citizen=by_citizen,
        opened_by=opened_by,
        on=on,
        at=at,
    )
    return case


def take_up_again(
    *,
    actor: Actor,
    case: Case,
    scope: Scope,
    permission: Permission,
    why: str,
    by_citizen: bool,
    opened_by: str,
    on: date,
    at: datetime,
    step: Step = Step.REASSESS,
    refused_in: Decision | None = None,
) -> None:
    """Let a case that the caller has opened be looked at again: REASSESS while it runs, REOPEN when it has closed.

    refused_in: a decision whose refusals are to be looked at again too, for it has been appealed on.
    Raises StepBlocked. Publishes CaseMoved. Call inside a transaction.
    """
    facts = facts_of(case, on=on)
    case.reassessed_from, case.reassessed_why, case.by_citizen = on, why.strip()[:300], by_citizen
    case.reasons, case.how_view_weighed = "", ""
    case.proposed_by, case.proposed_at = None, None
    case.is_new = False
    take_step(
        actor=actor,
        case=case,
        scope=scope,
        step=step,
        facts=facts,
        permission=permission,
        on=on,
        at=at,
        data={"opened_by": OpenedBy(opened_by).value, "by_citizen": by_citizen},
    )
    case.stops.filter(to_on__isnull=True).update(to_on=on)
    _take_up_lines(case, by_citizen=by_citizen, refused_in=refused_in)


def _has_frame(case_id: int, *, on: date) -> bool:
    citizen_id = Case.objects.filter(pk=case_id).values_list("citizen_id", flat=True).first()
    return citizen_id is not None and standing_frame(citizen_id, on=on) is not None


@transaction.atomic
def keep_unchanged(*, actor: Actor, case_id: int, edition: int, evaluate_on: date, at: datetime) -> Case:
    """Say that the decision stands after a fresh assessment, and when it is looked at next.

    Raises NotFound, NotAllowed, ChangedMeanwhile, CaseRefused, StepBlocked. Publishes CaseMoved.
    """
    case, scope = open_case(actor=actor, case_id=case_id, permission=WORK_CASE, at=at, edition=edition)
    today = oslo.day_of(at)
    if evaluate_on <= today:
        raise CaseRefused(_("Velg en dag fram i tid for neste vurdering."))
    facts = facts_of(case, on=today)
    case.evaluate_on = evaluate_on
    take_step(
        actor=actor,
        case=case,
        scope=scope,
        step=Step.KEEP,
        facts=facts,
        permission=WORK_CASE,
        on=today,
        at=at,
        data={"evaluate_on": evaluate_on.isoformat()},
    )
    case.lines.filter(state=Line.State.OPEN).update(state=Line.State.DROPPED)
    return case


def _take_up_lines(case: Case, *, by_citizen: bool, refused_in: Decision | None) -> None:
    """Let what is in force stand as lines to decide on; what was left open from before is no longer asked."""
    case.lines.filter(state=Line.State.OPEN).update(state=Line.State.DROPPED)
    standing = DecisionLine.objects.filter(decision__case=case, stopped_on__isnull=True, outcome__in=GIVING).order_by(
        "rank", "pk"
    )
    for row in standing:
        Line.objects.create(
            case=case,
            service_id=row.service_id,
            is_asked_for=by_citizen,
            content=row.content,
            extent=row.extent,
            span_percent=row.span_percent,
            was=row,
            rank=row.rank,
        )
    if refused_in is not None:
        for row in refused_in.lines.filter(outcome__in=("REFUSED", "DISMISSED", "ENDED")).order_by("rank", "pk"):
            Line.objects.create(case=case, service_id=row.service_id, is_asked_for=True, rank=row.rank)
