"""What is missing in a plan, or looks strange. Codes and ids; the words are made where they are shown."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

FARTHEST_EVALUATION = timedelta(days=183)
"""Half a year. A goal that nobody looks at for longer is forgotten; the Oslo pilots let evaluations slip."""


class GapCode(StrEnum):
    """What is missing or strange."""

    NO_GOAL = "no-goal"
    NO_INTERVENTION = "no-intervention"
    GOAL_WITHOUT_EVALUATION = "goal-without-evaluation"
    EVALUATION_PASSED = "evaluation-passed"
    EVALUATION_FAR_AHEAD = "evaluation-far-ahead"
    GOAL_WITHOUT_MATTERS = "goal-without-matters"
    GOAL_WITHOUT_RESPONSIBLE = "goal-without-responsible"
    GOAL_WITHOUT_INTERVENTION = "goal-without-intervention"
    INTERVENTION_WITHOUT_TIME = "intervention-without-time"
    INTERVENTION_WITHOUT_GOAL = "intervention-without-goal"
    INTERVENTION_NEVER_HAPPENS = "intervention-never-happens"
    INTERVENTIONS_ALIKE = "interventions-alike"
    NOBODY_CAN = "nobody-can"
    UNIT_DOES_NOT_FOLLOW = "unit-does-not-follow"


BLOCKING = frozenset(
    {
        GapCode.NO_INTERVENTION,
        GapCode.GOAL_WITHOUT_EVALUATION,
        GapCode.INTERVENTION_WITHOUT_TIME,
        GapCode.INTERVENTION_NEVER_HAPPENS,
    }
)
"""What must be mended before the plan is taken into use. All else is told, and people decide."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing or strange. `subject` says what it is about, so that a page can lead there."""

    code: GapCode
    goal_id: int | None = None
    intervention_id: int | None = None
    other_id: int | None = field(default=None, metadata={"help": "The other of two nearly alike"})

    @property
    def blocks(self) -> bool:
        """Whether the plan cannot be taken into use like this."""
        return self.code in BLOCKING


@dataclass(frozen=True, slots=True)
class GoalDraft:
    """What the check must know of a goal."""

    goal_id: int
    is_active: bool
    evaluate_on: date | None
    matters_id: int | None
    responsible_id: int | None


@dataclass(frozen=True, slots=True)
class InterventionDraft:
    """What the check must know of an intervention. basis: GOAL, SAFETY or LAW; parts: parts of the day.

    unit_id: whom the plan names to carry it out; None is the citizen's main unit.
    """

    intervention_id: int
    title: str
    goal_id: int | None
    basis: str
    parts: frozenset[str]
    weekdays: frozenset[int]
    starts_on: date
    ends_on: date | None
    competence: str = ""
    unit_id: int | None = None


def gaps_in(
    goals: Sequence[GoalDraft],
    interventions: Sequence[InterventionDraft],
    *,
    today: date,
    competences: frozenset[str] | None = None,
    units: frozenset[int] | None = None,
) -> list[Gap]:
    """Return what is missing or strange in a plan, blocking ones first, else in the plan's own order.

    competences: the codes somebody in the team has; units: those that follow the citizen. None leaves the check out.
    A goal that is reached or dropped needs nothing more. An intervention without a goal is told of only when it says it
    hangs on one (basis GOAL).
    """
    found = [
        *_in_the_whole(goals, interventions),
        *(gap for goal in goals if goal.is_active for gap in _in_goal(goal, interventions, today=today)),
        *(gap for help_ in interventions for gap in _in_intervention(help_, today=today, competences=competences)),
        *(
            Gap(GapCode.UNIT_DOES_NOT_FOLLOW, intervention_id=help_.intervention_id)
            for help_ in interventions
            if units is not None and help_.unit_id is not None and help_.unit_id not in units
        ),
        *_alike(interventions),
    ]
    return sorted(found, key=lambda gap: not gap.blocks)


def _in_the_whole(goals: Sequence[GoalDraft], interventions: Sequence[InterventionDraft]) -> Iterator[Gap]:
    if not any(goal.is_active for goal in goals):
        yield Gap(GapCode.NO_GOAL)
    if not interventions:
        yield Gap(GapCode.NO_INTERVENTION)


def _in_goal(goal: GoalDraft, interventions: Iterable[InterventionDraft], *, today: date) -> Iterator[Gap]:
    if goal.evaluate_on is None:
        yield Gap(GapCode.GOAL_WITHOUT_EVALUATION, goal_id=goal.goal_id)
    elif goal.evaluate_on < today:
        yield Gap(GapCode.EVALUATION_PASSED, goal_id=goal.goal_id)
    elif goal.evaluate_on > today + FARTHEST_EVALUATION:
        yield Gap(GapCode.EVALUATION_FAR_AHEAD, goal_id=goal.goal_id)
    if goal.matters_id is None:
        yield Gap(GapCode.GOAL_WITHOUT_MATTERS, goal_id=goal.goal_id)
    if goal.responsible_id is None:
        yield Gap(GapCode.GOAL_WITHOUT_RESPONSIBLE, goal_id=goal.goal_id)
    if not any(help_.goal_id == goal.goal_id for help_ in interventions):
        yield Gap(GapCode.GOAL_WITHOUT_INTERVENTION, goal_id=goal.goal_id)


def _in_intervention(help_: InterventionDraft, *, today: date, competences: frozenset[str] | None) -> Iterator[Gap]:
    if not help_.parts:
        yield Gap(GapCode.INTERVENTION_WITHOUT_TIME, intervention_id=help_.intervention_id)
    if not help_.weekdays or (help_.ends_on is not None and help_.ends_on < max(help_.starts_on, today)):
        yield Gap(GapCode.INTERVENTION_NEVER_HAPPENS, intervention_id=help_.intervention_id)
    if help_.basis == "GOAL" and help_.goal_id is None:
        yield Gap(GapCode.INTERVENTION_WITHOUT_GOAL, intervention_id=help_.intervention_id)
    if competences is not None and help_.competence and help_.competence not in competences:
        yield Gap(GapCode.NOBODY_CAN, intervention_id=help_.intervention_id)


def _alike(interventions: Sequence[InterventionDraft]) -> Iterator[Gap]:
    """Two that share words, a part of the day and a weekday are probably one, written twice."""
    for number, one in enumerate(interventions):
        for other in interventions[number + 1 :]:
            shares_time = one.parts & other.parts and one.weekdays & other.weekdays
            if shares_time and _words(one.title) == _words(other.title):
                yield Gap(
                    GapCode.INTERVENTIONS_ALIKE,
                    intervention_id=other.intervention_id,
                    other_id=one.intervention_id,
                )


_SMALL_WORDS = frozenset({"og", "i", "på", "til", "med", "av", "ved", "for", "fra", "hjelp", "bare"})


def _words(title: str) -> frozenset[str]:
    """The words that carry meaning; all of them when no such word is left."""
    all_words = frozenset("".join(sign if sign.isalnum() else " " for sign in title.casefold()).split())
    return (all_words - _SMALL_WORDS) or all_words
