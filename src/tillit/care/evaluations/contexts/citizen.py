"""evaluations/citizen.html: how it goes with one citizen's goals, in her words and in numbers."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.careplans.queries import GoalLine, goals_in_use
from tillit.care.citizens.queries import get_citizen, scope_of
from tillit.care.evaluations.contexts.compared import Compared, compared_of_tools
from tillit.care.evaluations.contexts.history import Said, said_of
from tillit.care.evaluations.models import Tool
from tillit.care.evaluations.permissions import EVALUATE_GOAL, MEASURE
from tillit.care.evaluations.queries import EvaluationLine, evaluations_of_citizen, measures_of_citizen, newest_levels
from tillit.care.evaluations.rules.gas import Attained, t_score
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds
from tillit.kernel import oslo
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Action, Crumb, Crumbs, Deadline

FEWEST_GOALS = 2
"""One goal has its level; a score is over several."""


@dataclass(frozen=True, slots=True)
class GoalRow:
    """One goal of the plan in use."""

    words: str
    deadline: Deadline | None
    last: str = field(metadata={"help": "What was agreed last; empty: never evaluated"})
    evaluate: Action | None


@dataclass(frozen=True, slots=True)
class CitizenPage:
    """evaluations/citizen.html."""

    citizen_id: int
    crumbs: Crumbs
    name: str
    first_name: str
    goals: tuple[GoalRow, ...]
    score: str = field(metadata={"help": "GAS in a sentence; empty without levels"})
    earlier: tuple[Said, ...]
    compared: tuple[Compared, ...]
    measure: tuple[Action, ...]


def citizen_page(*, actor: Actor, citizen_id: int, at: datetime) -> CitizenPage:
    """Return the page, in a number of queries that does not grow with what was said. Raises NotFound out of reach."""
    citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=at)
    today = oslo.day_of(at)
    scope = scope_of(citizen.pk, on=today)
    said = evaluations_of_citizen(citizen.pk)
    goals = goals_in_use((citizen.pk,)).get(citizen.pk, [])
    last = {one.line: one for one in reversed(said)}
    may_evaluate = holds(actor, EVALUATE_GOAL, scope)
    return CitizenPage(
        citizen_id=citizen.pk,
        crumbs=Crumbs((Crumb(citizen.name, reverse("citizens:page", args=[citizen.pk])), Crumb(_("Evaluering")))),
        name=citizen.name,
        first_name=citizen.first_name,
        goals=tuple(
            _goal(citizen.pk, one, last.get(one.line), may_evaluate=may_evaluate, today=today) for one in goals
        ),
        score=_score(said, {one.line for one in goals}),
        earlier=tuple(said_of(one, today=today) for one in said),
        compared=compared_of_tools(measures_of_citizen(citizen.pk)),
        measure=tuple(
            Action(
                _("Mål med %(tool)s") % {"tool": tool.label},
                reverse("evaluations:measure", args=[citizen.pk, tool.value]),
                variant="secondary",
                tight=True,
            )
            for tool in Tool
        )
        if holds(actor, MEASURE, scope)
        else (),
    )


def _goal(citizen_id: int, goal: GoalLine, last: EvaluationLine | None, *, may_evaluate: bool, today: date) -> GoalRow:
    deadline = None
    if not goal.is_active:
        deadline = Deadline(text=_("Nådd"), state="done", iso=goal.state_on.isoformat() if goal.state_on else "")
    elif goal.evaluate_on is not None:
        deadline = formats.deadline_of(goal.evaluate_on, today=today, language=page_language())
    return GoalRow(
        words=goal.words,
        deadline=deadline,
        last=_("Sist, %(day)s: %(what)s.")
        % {"day": formats.near_date(oslo.day_of(last.at), today=today, language=page_language()),
           "what": last.outcome_name}
        if last
        else "",
        evaluate=Action(
            _("Evaluer"),
            reverse("evaluations:evaluate", args=[citizen_id, goal.goal_id]),
            variant="secondary",
            tight=True,
            describe=goal.words,
        )
        if may_evaluate and goal.is_active
        else None,
    )  # fmt: skip


def _score(said: list[EvaluationLine], lines: set[int]) -> str:
    """Return the T-score over the newest levels of the goals in the plan in use, all with the same weight."""
    levels = [one.level for line, one in newest_levels(said).items() if line in lines and one.level is not None]
    score = t_score([Attained(level) for level in levels])
    if score is None or len(levels) < FEWEST_GOALS:
        return ""
    text = ngettext(
        "GAS: %(score)s av %(number)d mål. 50 er som ventet.",
        "GAS: %(score)s av %(number)d mål. 50 er som ventet.",
        len(levels),
    )
    return text % {"score": formats.number(score, 1, page_language()), "number": len(levels)}
