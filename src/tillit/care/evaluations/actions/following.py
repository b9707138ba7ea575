"""What follows from an evaluation: less help in a draft of the plan, and the decision looked at again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.careplans import actions as plans
from tillit.care.careplans.actions import InterventionFacts
from tillit.care.careplans.models import CarePlan, Goal
from tillit.care.careplans.queries import InterventionLine, content_of, help_by_plan
from tillit.care.careplans.rules.adjusting import minutes_a_week
from tillit.care.decisions.actions.reassessing import OpenedBy, open_reassessment
from tillit.care.decisions.actions.refusals import CaseRefused, StepBlocked
from tillit.care.decisions.queries.frame import standing_frame
from tillit.care.decisions.rules.frame import Fit, fit
from tillit.care.decisions.rules.states import FROM, State, Step
from tillit.care.evaluations.rules.outcome import Days, Less, Outcome, rarer
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
from tillit.kernel.errors import NotAllowed, NotFound


@dataclass(frozen=True, slots=True)
class FrameFollowed:
    """Whether the help in the draft leaves the frame, and the case that was taken up for it."""

    leaves: bool = False
    case_id: int | None = field(
        default=None, metadata={"help": "None: no frame is touched, or the case waits for others"}
    )


def lessen(*, actor: Actor, draft: CarePlan, goal: Goal, less: Mapping[int, Less], at: datetime) -> None:
    """Take a closed goal out of the draft, and let interventions end or come more rarely, by the plan's own actions.

    What a colleague has taken out already is passed over.
    """
    content = content_of(draft.pk)
    for one in content.interventions:
        wanted = less.get(one.line, Less.AS_BEFORE)
        if wanted is Less.END:
            plans.remove_intervention(
                actor=actor, plan_id=draft.pk, edition=_edition(draft), intervention_id=one.intervention_id, at=at
            )
        elif wanted is Less.RARER and (days := rarer(Days(one.weekdays, one.every_weeks))):
            plans.change_intervention(
                actor=actor,
                plan_id=draft.pk,
                edition=_edition(draft),
                intervention_id=one.intervention_id,
                facts=_facts(one, days),
                at=at,
            )
    for drafted in content.goals:
        if drafted.line == goal.line:
            plans.remove_goal(actor=actor, plan_id=draft.pk, edition=_edition(draft), goal_id=drafted.goal_id, at=at)


def follow_frame(
    *, actor: Actor, citizen_id: int, draft_id: int | None, outcome: Outcome, at: datetime
) -> FrameFollowed:
    """Take the case up again when the help in the draft is outside the frame of the decision that holds.

    It stays as it is when it is being looked at already, or the actor may not take it up: then others are told.
    """
    today = oslo.day_of(at)
    standing = standing_frame(citizen_id, on=today) if draft_id and outcome is Outcome.REACHED else None
    if standing is None or draft_id is None:
        return FrameFollowed()
    week = minutes_a_week(help_by_plan(draft_id), on=today)
    if fit(standing.frame, week) is Fit.WITHIN:
        return FrameFollowed()
    if State(standing.case.state) not in FROM[Step.REASSESS]:
        return FrameFollowed(leaves=True)
    try:
        with transaction.atomic():
            case = open_reassessment(
                actor=actor,
                case_id=standing.case.pk,
                edition=standing.case.edition,
                why=_("Målet er nådd, og hjelpen dere er enige om, er utenfor rammen."),
                by_citizen=False,
                opened_by=OpenedBy.FRAME,
                on=today,
                at=at,
            )
    except (NotFound, NotAllowed, CaseRefused, StepBlocked):
        return FrameFollowed(leaves=True)
    return FrameFollowed(leaves=True, case_id=case.pk)


def _edition(draft: CarePlan) -> int:
    draft.refresh_from_db(fields=["edition"])
    return draft.edition


def _facts(one: InterventionLine, days: Days) -> InterventionFacts:
    """What stands, on other days."""
    return InterventionFacts(
        title=one.title,
        minutes=one.minutes,
        starts_on=one.starts_on,
        times=one.times,
        kind=one.kind,
        goal_id=one.goal_id,
        basis=one.basis,
        how=one.how,
        helpers=one.helpers,
        competence_id=one.competence_id,
        responsible_profession=one.responsible_profession,
        separate_visit=one.separate_visit,
        priority=one.priority,
        weekdays=days.weekdays,
        every_weeks=days.every_weeks,
        on_holidays=one.on_holidays,
        ends_on=one.ends_on,
        least_minutes=one.least_minutes,
        most_minutes=one.most_minutes,
        unit_id=one.unit_id,
    )
