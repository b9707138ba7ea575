"""evaluations/evaluate.html: one goal, looked at together."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.careplans.queries import GoalLine, InterventionLine, days_text, goals_in_use, interventions_in_use
from tillit.care.careplans.rules.recurrence import Recurrence, weekdays_of
from tillit.care.citizens.queries import get_citizen
from tillit.care.evaluations.contexts.history import Said, said_of
from tillit.care.evaluations.queries import evaluations_of_citizen
from tillit.care.evaluations.rules.outcome import USUAL, Days, Less, rarer
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Crumb, Crumbs, Deadline, Fact, Facts

Ways = tuple[int, str, Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class EvaluatePage:
    """evaluations/evaluate.html."""

    citizen_id: int
    goal_id: int
    edition: int = field(metadata={"help": "How many evaluations the goal has"})
    crumbs: Crumbs
    name: str
    first_name: str
    words: str
    facts: Facts
    deadline: Deadline | None
    interventions: tuple[Ways, ...] = field(metadata={"help": "Line, what, ways it may go when the goal is reached"})
    earlier: tuple[Said, ...]
    next_on: date
    today: date
    autosave: str
    user_id: int


def evaluate_page(*, actor: Actor, citizen_id: int, goal_id: int, at: datetime) -> EvaluatePage:
    """Return the page of one goal in the plan in use. Raises NotFound out of reach, and when the goal is closed."""
    citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=at)
    today = oslo.day_of(at)
    goal = next((one for one in goals_in_use((citizen.pk,)).get(citizen.pk, []) if one.goal_id == goal_id), None)
    if goal is None:
        raise NotFound(_("Fant ikke målet i planen som er i bruk."))
    done = [one for one in evaluations_of_citizen(citizen.pk) if one.line == goal.line]
    helps = [one for one in interventions_in_use(citizen.pk) if one.goal_id == goal.goal_id]
    title = _("Evaluer målet")
    return EvaluatePage(
        citizen_id=citizen.pk,
        goal_id=goal.goal_id,
        edition=len(done),
        crumbs=Crumbs(
            (
                Crumb(citizen.name, reverse("citizens:page", args=[citizen.pk])),
                Crumb(_("Evaluering"), reverse("evaluations:citizen", args=[citizen.pk])),
                Crumb(title),
            )
        ),
        name=citizen.name,
        first_name=citizen.first_name,
        words=goal.words,
        facts=Facts(_facts(goal)),
        deadline=formats.deadline_of(goal.evaluate_on, today=today, language=page_language())
        if goal.evaluate_on
        else None,
        interventions=tuple(_ways(one) for one in helps),
        earlier=tuple(said_of(one, today=today) for one in done),
        next_on=today + USUAL,
        today=today,
        autosave=f"evaluering-{goal.goal_id}",
        user_id=actor.user_id or 0,
    )


def _facts(goal: GoalLine) -> tuple[Fact, ...]:
    unit = f" {goal.unit_of_measure}" if goal.unit_of_measure else ""
    pairs = (
        (_("Ved start"), goal.start_words or _value(goal.start_value, unit)),
        (_("Nå"), goal.now_words or _value(goal.now_value, unit)),
        (_("Nådd når"), goal.target_words or _value(goal.target_value, unit) or goal.agreed),
        (_("Følger med"), goal.responsible_name),
    )
    return tuple(Fact(term, value) for term, value in pairs if value)


def _value(number: object, unit: str) -> str:
    return "" if number is None else f"{formats.number(float(str(number)), language=page_language())}{unit}"


def _ways(one: InterventionLine) -> Ways:
    ways = [(Less.AS_BEFORE.value, _("Som før"))]
    less = rarer(Days(one.weekdays, one.every_weeks))
    if less is not None:
        days = Recurrence(weekdays=weekdays_of(less.weekdays), starts_on=one.starts_on, every_weeks=less.every_weeks)
        ways.append((Less.RARER.value, _("Sjeldnere: %(days)s") % {"days": days_text(days).lower()}))
    ways.append((Less.END.value, _("Avsluttes")))
    return one.line, f"{one.title}, {one.when_text}", tuple(ways)
