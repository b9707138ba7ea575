"""The other places: goals, who has looked, and the page of a visit to say no to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.careplans.models import GoalState
from tillit.care.careplans.queries import goals_in_use, interventions_in_use
from tillit.care.citizens.queries.lookups import Seen, earliest, lookups_of
from tillit.care.consents.permissions import CANCEL_VISIT, SEE_GOALS, SEE_LOOKUPS
from tillit.care.consents.queries import open_door, stands_for_her
from tillit.care.visits.models import VisitState
from tillit.care.visits.queries import visits_of_citizen
from tillit.care.visits.rules.saying_no import Said, say_no_by
from tillit.foundation.access.actor import Actor
from tillit.foundation.workforce.queries import first_names, marks
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound
from tillit.pages.minside.contexts.day import DAYS, answer_to, day_title, when_text, who_text
from tillit.pages.minside.contexts.frame import Frame, frame
from tillit.pages.minside.rules import window
from tillit.ui import formats
from tillit.ui.language import page_language

#: Days of the log on the page.
LOG_DAYS = 14


@dataclass(frozen=True, slots=True)
class GoalPart:
    """A goal in her own words, with what is done for it."""

    words: str
    reached: bool
    look_again: str = field(metadata={"help": "When it is looked at together; empty: no day is set"})
    help: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoalsPage:
    """minside/goals.html. other_help: what is done, that no goal is behind."""

    frame: Frame
    goals: tuple[GoalPart, ...]
    other_help: tuple[str, ...]


def goals_page(*, actor: Actor, citizen_id: int, at: datetime) -> GoalsPage:
    """Return the goals of the plan in use; drafts are not shown. Raises NotFound."""
    door = open_door(actor=actor, citizen_id=citizen_id, permission=SEE_GOALS, at=at)
    goals = goals_in_use((citizen_id,)).get(citizen_id, [])
    helps = interventions_in_use(citizen_id)
    known = {goal.goal_id for goal in goals}
    return GoalsPage(
        frame=frame(door, "goals", at=at),
        goals=tuple(
            GoalPart(
                words=goal.words,
                reached=goal.state == GoalState.REACHED,
                look_again=_look_again(goal.evaluate_on, at)
                if goal.evaluate_on and goal.state != GoalState.REACHED
                else "",
                help=tuple(one.title for one in helps if one.goal_id == goal.goal_id),
            )
            for goal in goals
        ),
        other_help=tuple(one.title for one in helps if one.goal_id not in known),
    )


def _look_again(day: date, at: datetime) -> str:
    near = formats.near_date(day, today=oslo.day_of(at), language=page_language())
    return formats.long_date(day, page_language()) if abs((day - oslo.day_of(at)).days) > 1 else near


@dataclass(frozen=True, slots=True)
class LookLine:
    """Somebody who opened something, on a day."""

    name: str
    who: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class LookDay:
    """A day of the log."""

    title: str
    people: tuple[LookLine, ...]


@dataclass(frozen=True, slots=True)
class LookupsPage:
    """minside/lookups.html: the last fourteen days on which somebody opened something."""

    frame: Frame
    days: tuple[LookDay, ...]


def lookups_page(*, actor: Actor, citizen_id: int, at: datetime) -> LookupsPage:
    """Return who has opened the record lately, as the log has it. Raises NotFound.

    The law gives the log with names to the citizen, and to whoever stands for her. One she has let in sees first names.
    """
    door = open_door(actor=actor, citizen_id=citizen_id, permission=SEE_LOOKUPS, at=at)
    today = oslo.day_of(at)
    days = lookups_of(citizen_id, earliest(today, LOG_DAYS))
    seen = [(day.day, [one for one in day.opened if not one.is_herself]) for day in days]
    names = {} if stands_for_her(door) else _called({one for _day, people in seen for one in people})
    return LookupsPage(
        frame=frame(door, "lookups", at=at),
        days=tuple(
            LookDay(_capital(formats.long_date(day, page_language())), tuple(_look(one, names) for one in people))
            for day, people in seen
            if people
        ),
    )


def _called(people: Collection[Seen]) -> dict[int | None, str]:
    given = first_names({one.user_id for one in people if one.user_id})
    return {one.user_id: given.get(one.user_id or 0, one.name.partition(" ")[0]) for one in people}


def _look(one: Seen, names: Mapping[int | None, str]) -> LookLine:
    what = dict.fromkeys((*one.changed, *one.read))
    return LookLine(
        name=names.get(one.user_id, one.name),
        who=", ".join((*one.roles, *one.units)),
        what=_capital(", ".join(what)),
        why=". ".join(one.why),
    )


@dataclass(frozen=True, slots=True)
class CancelPage:
    """minside/cancel.html: one visit to say no to, and until when. refused: why it cannot be done here, or empty."""

    frame: Frame
    when: str
    day: str
    who: str
    until: str
    refused: str
    opens_at: datetime
    notice: str = field(metadata={"help": "What the team reads: the day as it is written, never «i morgen»"})
    back_href: str


def cancel_page(*, actor: Actor, citizen_id: int, visit_id: int, at: datetime) -> CancelPage:
    """Return a visit that is to come. Raises NotFound."""
    door = open_door(actor=actor, citizen_id=citizen_id, permission=CANCEL_VISIT, at=at)
    today = oslo.day_of(at)
    rows = visits_of_citizen(citizen_id, first=today, after=today + timedelta(days=DAYS))
    row = next((one for one in rows if one.visit_id == visit_id), None)
    if row is None:
        raise NotFound(_("Fant ikke besøket."))
    opens_at = window(row.starts_at).opens_at if row.starts_at else row.earliest_at
    return CancelPage(
        frame=frame(door, "page", at=at),
        when=when_text(row),
        day=day_title(row.on, today=today),
        who=who_text(row, marks(employee_ids=row.helper_ids)),
        until=formats.near_moment(say_no_by(opens_at), today=today, language=page_language()),
        refused=str(_REFUSED[answer_to(row, at=at)])
        if row.state == VisitState.PLANNED
        else _("Det er avlyst, eller har vært."),
        opens_at=opens_at,
        notice=_("Avlyst på Min side: besøket %(day)s, %(when)s.")
        % {"day": formats.long_date(row.on, page_language()), "when": when_text(row).lower()},
        back_href=reverse("minside:page", args=[citizen_id]),
    )


_REFUSED: dict[Said, str | Promise] = {
    Said.YES: "",
    Said.TOO_LATE: gettext_lazy("Nå er det for sent å avlyse her."),
    Said.MUST_CALL: gettext_lazy("Besøket er viktig for helsa di. Vi finner ut av det sammen."),
}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
