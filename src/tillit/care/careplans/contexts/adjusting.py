"""«Juster innenfor rammen»: the interventions in use, ready steps, one line, and how the week stands (R20)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.careplans import sources
from tillit.care.careplans.actions import OutsideFrame
from tillit.care.careplans.actions.adjusting import MOST_SIGNS
from tillit.care.careplans.models import Adjustment
from tillit.care.careplans.permissions import ADJUST_PLAN
from tillit.care.careplans.queries import (
    AdjustmentLine,
    InterventionLine,
    adjustments_of,
    basis_text,
    interventions_in_use,
    minutes_text,
    plan_in_use,
    step_text,
)
from tillit.care.careplans.queries.wording import weekday_names
from tillit.care.careplans.rules import adjusting as rules
from tillit.care.careplans.rules.adjusting import Judged, Step, What
from tillit.care.careplans.rules.recurrence import PlannedHelp
from tillit.care.decisions.contexts.decide_words import hours
from tillit.care.decisions.permissions import REGISTER_CASE
from tillit.care.decisions.queries import scope_of_case
from tillit.care.decisions.queries.frame import StandingFrame, standing_frame
from tillit.care.decisions.rules.frame import Fit, Frame, fit
from tillit.care.decisions.rules.states import FROM, State
from tillit.care.decisions.rules.states import Step as CaseStep
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import holds
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Action, ListRow, RowList
from tillit.ui.parts.part import Part

SHOWN = 3
"""So many of the newest adjustments stand on the page."""
NEAR = 10
"""Minutes that have a button of their own; longer steps and days open below."""


@dataclass(frozen=True, slots=True)
class Ready:
    """One ready step: a button."""

    value: str
    label: str
    said: str = field(metadata={"help": "The rest of the sentence, for those who hear the page"})
    is_within: bool

    @property
    def look(self) -> str:
        """A step that leaves the frame has no edge: it can be pressed, and is answered with the way on."""
        return "secondary" if self.is_within else "tertiary"


@dataclass(frozen=True, slots=True)
class AdjustRow:
    """One intervention in use with its steps."""

    line: int
    title: str
    when: str
    minutes: str
    note: str = field(metadata={"help": "How long it usually takes, and what the page adds"})
    less: tuple[Ready, ...]
    more: tuple[Ready, ...]
    others: tuple[Ready, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a press did nothing, and the way on."""

    title: str
    text: str
    action: Action | None = field(default=None, metadata={"help": "Take the case up again, with the line"})


@dataclass(frozen=True, slots=True)
class AdjustPlan(Part):
    """careplans/adjust_plan.html."""

    folder: ClassVar[str] = "careplans"

    citizen_id: int
    plan_id: int
    back: str = field(metadata={"help": "Where the press was made from: «bruker», «plan» or «sak-12»"})
    plan_href: str = field(metadata={"help": "To the whole plan; empty when it stands beside"})
    stands: str = field(metadata={"help": "What the plan uses, the frame, and how much room there is"})
    rows: tuple[AdjustRow, ...]
    recent: RowList | None
    most_signs: int
    some_outside: bool = field(metadata={"help": "Whether any of the steps leaves the frame"})
    why: str = field(default="", metadata={"help": "The line as it was written, when a press did nothing"})
    error: str = field(default="", metadata={"help": "What is wrong with the line"})
    refused: Refused | None = None


def adjust_part(
    *,
    actor: Actor,
    citizen_id: int,
    scope: Scope,
    back: str,
    today: date,
    frame: Frame | None = None,
    interventions: Sequence[InterventionLine] | None = None,
    notes: Mapping[int, str] | None = None,
    with_recent: bool = True,
) -> AdjustPlan | None:
    """Return the part, or None when no frame holds, no plan is in use or the actor may not adjust it.

    frame: the one that holds, interventions: those of the plan in use, when the caller has them. notes: what to say of
    them, by line. One query without a frame, else a constant number. Callers have reached the citizen; scope: hers.
    """
    if not holds(actor, ADJUST_PLAN, scope):
        return None
    if frame is None and (standing := standing_frame(citizen_id, on=today)):
        frame = standing.frame
    plan = plan_in_use(citizen_id) if frame else None
    if frame is None or plan is None:
        return None
    usual = sources.usual_minutes(citizen_id)
    lines = interventions if interventions is not None else interventions_in_use(citizen_id)
    helps = [_help(one) for one in lines]
    steps = {one.line: rules.possible(frame, helps, line=one.line, on=today) for one in lines}
    if not any(steps.values()):
        return None
    rows = [_row(one, steps[one.line], usual.get(one.line), (notes or {}).get(one.line, "")) for one in lines]
    return AdjustPlan(
        citizen_id=citizen_id,
        plan_id=plan.plan_id,
        back=back,
        plan_href="" if back == "plan" else reverse("careplans:plan_edit", args=[citizen_id]),
        stands=_stands(frame, rules.minutes_a_week(helps, on=today)),
        rows=tuple(rows),
        recent=recent_rows(adjustments_of(citizen_id, most=SHOWN), today=today) if with_recent else None,
        most_signs=MOST_SIGNS,
        some_outside=any(not step.is_within for row in rows for step in (*row.less, *row.more, *row.others)),
    )


def outside(refused: OutsideFrame, *, actor: Actor, why: str, step: Step, today: date) -> Refused:
    """Say what a step out of the frame would have been, and the way to a new assessment."""
    what, standing = refused.what, refused.standing
    least, most = rules.bounds(standing.frame)
    if what.fit is Fit.ABOVE:
        text = _("%(what)s. Uka ville brukt %(week)s, og rammen i vedtaket går til %(bound)s.")
    else:
        text = _("%(what)s. Uka ville brukt %(week)s, og rammen i vedtaket går ned til %(bound)s.")
    said = text % {
        "what": step_text(what.help.title, step, what.help.minutes),
        "week": hours(what.after),
        "bound": hours(most if what.fit is Fit.ABOVE else least),
    }
    action, rest = _take_up(actor, standing, what, why=why, step=step, today=today)
    return Refused(_("Det går ut av rammen. Planen er som før."), f"{said} {rest}", action)


def done_text(made: Adjustment) -> str:
    """Say what an adjustment did with the week: shown on the next page."""
    return _("%(what)s. Uka gikk fra %(before)s til %(after)s. Rammen er %(least)s til %(most)s.") % {
        "what": step_text(made.intervention.title, Step(What(made.what), made.amount), made.intervention.minutes),
        "before": hours(made.week_before),
        "after": hours(made.week_after),
        "least": hours(made.frame_least),
        "most": hours(made.frame_most),
    }


def recent_rows(lines: Sequence[AdjustmentLine], *, today: date) -> RowList | None:
    """Return adjustments as rows: what, why, who and how the week changed."""
    if not lines:
        return None
    return RowList(
        tuple(
            ListRow(
                one.text,
                _("%(who)s %(when)s. Uka gikk fra %(before)s til %(after)s.")
                % {
                    "who": one.by_name or _("Tillit"),
                    "when": formats.near_moment(one.at, today=today, language=page_language()),
                    "before": hours(one.week_before),
                    "after": hours(one.week_after),
                },
                more=f"«{one.why}»",
            )
            for one in lines
        )
    )


def value_of(line: int, step: Step) -> str:
    """A step on an intervention as a button sends it: «12:MINUTES:-5»."""
    return f"{line}:{step.what.value}:{step.amount}"


def read_value(value: str) -> tuple[int, Step] | None:
    """Read what a button sent; None for what no button sends."""
    line, _colon, rest = value.partition(":")
    what, _colon, amount = rest.partition(":")
    try:
        return int(line), Step(What(what), int(amount))
    except ValueError:
        return None


def _help(one: InterventionLine) -> PlannedHelp:
    """An intervention as the rule counts it."""
    return PlannedHelp(
        intervention_id=one.intervention_id,
        line=one.line,
        title=one.title,
        kind=one.kind,
        minutes=one.minutes,
        recurrence=one.recurrence,
        times=one.times,
    )


def _stands(frame: Frame, week: Decimal) -> str:
    least, most = rules.bounds(frame)
    numbers = {"week": hours(week), "least": hours(least), "most": hours(most)}
    how = fit(frame, week)
    if how is Fit.ABOVE:
        return _("Planen bruker %(week)s i uka, og det er over rammen på %(least)s til %(most)s.") % numbers
    if how is Fit.BELOW:
        return _("Planen bruker %(week)s i uka, og det er under rammen på %(least)s til %(most)s.") % numbers
    less, more = rules.room(frame, week)
    numbers |= {"less": hours(less), "more": hours(more)}
    return (
        _(
            "Planen bruker %(week)s i uka. Rammen er %(least)s til %(most)s: "
            "rom for %(more)s mer, eller %(less)s mindre."
        )
        % numbers
    )


def _row(
    one: InterventionLine, steps: Sequence[tuple[Step, Judged]], usual: sources.UsualMinutes | None, note: str
) -> AdjustRow:
    notes = [note]
    if usual:
        minutes, basis = minutes_text(usual.minutes), basis_text(usual.basis)
        notes.append(_("Tar vanligvis %(minutes)s, %(basis)s") % {"minutes": minutes, "basis": basis})
    near = {step: what for step, what in steps if step.what is What.MINUTES and abs(step.amount) <= NEAR}
    return AdjustRow(
        line=one.line,
        title=one.title,
        when=one.when_text,
        minutes=minutes_text(one.minutes),
        note=" · ".join(text for text in notes if text),
        less=tuple(_ready(one, step, what) for step, what in near.items() if step.amount < 0),
        more=tuple(_ready(one, step, what) for step, what in near.items() if step.amount > 0),
        others=tuple(_ready(one, step, what) for step, what in steps if step not in near),
    )


def _ready(one: InterventionLine, step: Step, what: Judged) -> Ready:
    week = _("%(title)s. Uka blir %(week)s") if what.is_within else _("%(title)s. Uka blir %(week)s, utenfor rammen")
    said = week % {"title": one.title, "week": hours(what.after)}
    if step.what is What.MINUTES and abs(step.amount) <= NEAR:
        label = f"{'+' if step.amount > 0 else '−'}{abs(step.amount)}"
        said = _("min, %(rest)s") % {"rest": said}
    elif step.what is What.MINUTES:
        label = (_("%(number)d min mer") if step.amount > 0 else _("%(number)d min mindre")) % {
            "number": abs(step.amount)
        }
    else:
        text = _("Også %(days)s") if step.what is What.DAY_MORE else _("Ikke %(days)s")
        label = text % {"days": weekday_names()[step.amount]}
    return Ready(value_of(one.line, step), label, said, what.is_within)


def _take_up(
    actor: Actor, standing: StandingFrame, what: Judged, *, why: str, step: Step, today: date
) -> tuple[Action | None, str]:
    """The press that takes the case up with the line, and what to say of it."""
    case = standing.case
    state = State(case.state)
    if state is State.REASSESSMENT:
        href = reverse("decisions:case", args=[case.pk])
        return Action(_("Se saken"), href, colour="accent"), _("Saken er alt tatt opp til ny vurdering.")
    if state not in FROM[CaseStep.REASSESS] or not holds(actor, REGISTER_CASE, scope_of_case(case, on=today)):
        return None, _("Snakk med den som har saken.")
    told = _("%(why)s (%(what)s: %(week)s i uka)") % {
        "why": why,
        "what": step_text(what.help.title, step, what.help.minutes),
        "week": hours(what.after),
    }
    action = Action(
        _("Ta saken opp til ny vurdering"),
        reverse("decisions:reassess", args=[case.pk]),
        post=True,
        fields={"edition": str(case.edition), "why": told[:300], "opened_by": "FRAME", "by_citizen": ""},
        variant="primary",
        colour="accent",
    )
    return action, _("Trengs det, må saken vurderes på nytt. Linja du skrev, følger med.")
