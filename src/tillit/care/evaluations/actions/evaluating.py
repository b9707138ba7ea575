"""Evaluate a goal together with the citizen: signed by the press, and the outcome does what it says (R14, R22)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.careplans import actions as plans
from tillit.care.careplans.models import Goal, GoalState
from tillit.care.careplans.queries import get_plan
from tillit.care.citizens.queries import scope_of
from tillit.care.evaluations.actions.following import follow_frame, lessen
from tillit.care.evaluations.models import Asked, Evaluation
from tillit.care.evaluations.permissions import EVALUATE_GOAL
from tillit.care.evaluations.rules.gas import LEVELS
from tillit.care.evaluations.rules.outcome import Lack, Less, Outcome, lacks
from tillit.care.journal.actions import sign
from tillit.care.journal.models import EntryKind
from tillit.care.journal.rules.pegs import Peg, PegKind
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile, NotFound

ASKED_FOR = timedelta(days=21)
"""So long she is asked what she thinks."""


class GoalClosed(ActionRefused):
    """The goal is reached or put away, or the plan it stands in is not in use."""


class NotWhole(ActionRefused):
    """Something is missing. lacks: what, for the page to say where."""

    def __init__(self, found: Sequence[Lack]) -> None:
        super().__init__(_("Noe mangler i evalueringen."))
        self.lacks = tuple(found)


@dataclass(frozen=True, slots=True)
class Evaluated:
    """Everything people write. less: what becomes of interventions when the goal is reached, by line."""

    outcome: Outcome | None
    own_words: str = ""
    why_no_words: str = ""
    with_whom: str = ""
    seen: str = ""
    level: int | None = None
    next_on: date | None = None
    less: Mapping[int, Less] = field(default_factory=dict)
    ask: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What followed."""

    evaluation: Evaluation
    draft_id: int | None
    case_id: int | None
    leaves_frame: bool = field(metadata={"help": "The help agreed on leaves the decision's frame"})


@transaction.atomic
def evaluate_goal(
    *, actor: Actor, goal_id: int, edition: int, facts: Evaluated, press_key: str, at: datetime
) -> Written:
    """Write an evaluation of a goal in the plan in use, and do what was agreed.

    edition: how many evaluations of the goal the actor has seen. Goes on: its new day stands in the plan; adjusted: a
    draft is taken up. Reached: the goal is, and what was to become less stands in a draft. Another goal: this one is
    put away, and a draft taken up. When the help in the draft leaves the frame of the decision, its case is taken up.
    The same press key again returns the first. Raises NotFound, NotAllowed, GoalClosed, ChangedMeanwhile, NotWhole and
    what the plan's own actions raise. One audit entry besides theirs.
    """
    goal, scope = _open(actor, goal_id, at=at)
    line = goal.line or goal.pk
    done = Evaluation.objects.filter(line=line, goal__plan__citizen_id=goal.plan.citizen_id)
    if press_key and (known := done.filter(goal_id=goal.pk, press_key=press_key).first()):
        return Written(known, known.draft_id, known.case_id, known.case_id is not None)
    if goal.state != GoalState.ACTIVE or not goal.plan.is_in_use:
        raise GoalClosed(_("Målet pågår ikke lenger. Se planen."))
    _refuse_second(done.count(), edition)
    today = oslo.day_of(at)
    outcome = facts.outcome
    found = lacks(
        words=facts.own_words, why_no_words=facts.why_no_words, outcome=outcome, next_on=facts.next_on, today=today
    )
    if found or outcome is None:
        raise NotWhole(found)
    if facts.level is not None and facts.level not in LEVELS:
        raise ActionRefused(_("Velg hvor langt brukeren kom, fra −2 til 2."))
    draft_id = _do(actor, goal, outcome, facts, at=at)
    frame = follow_frame(actor=actor, citizen_id=goal.plan.citizen_id, draft_id=draft_id, outcome=outcome, at=at)
    row = Evaluation.objects.create(
        goal=goal,
        line=line,
        own_words=facts.own_words.strip(),
        why_no_words="" if facts.own_words.strip() else facts.why_no_words.strip(),
        with_whom=facts.with_whom.strip(),
        seen=facts.seen.strip(),
        level=facts.level,
        outcome=outcome.value,
        next_on=facts.next_on if outcome in (Outcome.KEEP, Outcome.ADJUST) else None,
        less={str(line): one.value for line, one in _less(outcome, facts).items()},
        draft_id=draft_id,
        case_id=frame.case_id,
        evaluated_by_id=actor.employee_id,
        evaluated_at=at,
        press_key=press_key,
    )
    if facts.ask:
        Asked.objects.create(evaluation=row, asked_by_id=actor.employee_id, asked_at=at, open_until=today + ASKED_FOR)
    sign(
        actor=actor,
        kind=EntryKind.EVALUATION,
        row_id=row.pk,
        citizen_id=goal.plan.citizen_id,
        scope=scope,
        happened_at=at,
        at=at,
        pegs=(Peg(PegKind.GOAL, row.line, goal.words),),
    )
    change = {"goal": goal.pk, "outcome": row.outcome, "draft": draft_id, "case": frame.case_id, "asked": facts.ask}
    audit.record(actor, EVALUATE_GOAL, str(row), scope, at=at, change=change)
    return Written(row, draft_id, frame.case_id, frame.leaves)


def _open(actor: Actor, goal_id: int, *, at: datetime) -> tuple[Goal, Scope]:
    goal = Goal.objects.select_related("plan").filter(pk=goal_id).first()
    if goal is None:
        raise NotFound(_("Fant ikke målet."))
    plan = get_plan(actor=actor, plan_id=goal.plan_id, at=at, lock=True)
    scope = scope_of(plan.citizen_id, on=oslo.day_of(at))
    require(actor, EVALUATE_GOAL, scope)
    goal = Goal.objects.select_related("plan").get(pk=goal_id)  # as it is now that nobody else writes
    if goal.line is None:
        goal.line = goal.pk
        goal.save(update_fields=["line"])
    return goal, scope


def _refuse_second(done: int, seen: int) -> None:
    if done != seen:
        raise ChangedMeanwhile(
            _("En kollega evaluerte målet mens du skrev. Les det som står, og signer igjen hvis du har mer å si."),
            seen=seen,
            now=done,
        )


def _do(actor: Actor, goal: Goal, outcome: Outcome, facts: Evaluated, *, at: datetime) -> int | None:
    """Let the plan be as was agreed; return the draft that followed."""
    today = oslo.day_of(at)
    citizen_id = goal.plan.citizen_id
    if outcome in (Outcome.KEEP, Outcome.ADJUST):
        assert facts.next_on is not None
        plans.set_next_evaluation(actor=actor, goal_id=goal.pk, on=facts.next_on, at=at)
        if outcome is Outcome.KEEP:
            return None
        return plans.take_up_draft(actor=actor, citizen_id=citizen_id, at=at).pk
    state = GoalState.REACHED if outcome is Outcome.REACHED else GoalState.DROPPED
    plans.mark_goal(actor=actor, goal_id=goal.pk, state=state.value, on=today, at=at)
    less = _less(outcome, facts)
    if outcome is Outcome.REACHED and not less:
        return None
    draft = plans.take_up_draft(actor=actor, citizen_id=citizen_id, at=at)
    lessen(actor=actor, draft=draft, goal=goal, less=less, at=at)
    return draft.pk


def _less(outcome: Outcome, facts: Evaluated) -> dict[int, Less]:
    if outcome is not Outcome.REACHED:
        return {}
    return {line: one for line, one in facts.less.items() if one is not Less.AS_BEFORE}
