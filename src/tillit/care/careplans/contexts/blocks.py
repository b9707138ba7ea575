"""Needs, goals and interventions as the page draws them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tillit.care.careplans import sources
from tillit.care.careplans.contexts.opened import FormKind, Opened
from tillit.care.careplans.contexts.threads import NoteThread, Threads
from tillit.care.careplans.models import Basis, GoalState
from tillit.care.careplans.queries import (
    Carrying,
    GoalLine,
    InterventionLine,
    PlanContent,
    basis_text,
    minutes_text,
)
from tillit.care.careplans.rules.comparison import Compared, Difference
from tillit.care.careplans.rules.progress import Trend
from tillit.care.journal.rules.pegs import PegKind
from tillit.ui import formats
from tillit.ui.parts import Deadline, Tag


@dataclass(frozen=True, slots=True)
class InterventionBlock:
    """One intervention under its goal."""

    intervention_id: int
    title: str
    when: str
    times: str
    minutes: str
    usual: str = field(metadata={"help": "How long it usually takes, with its basis; empty: nothing learned"})
    how: str
    unit: str = field(metadata={"help": "Who carries it out; empty when only one unit follows the citizen"})
    remark: str = field(metadata={"help": "The unit named does not follow the citizen: who does it meanwhile"})
    tags: tuple[Tag, ...]
    edit_href: str = field(metadata={"help": "Empty when it cannot be changed here"})
    is_open: bool
    notes: NoteThread | None = field(metadata={"help": "What was written about it; None: nothing, or not for her"})


@dataclass(frozen=True, slots=True)
class GoalBlock:
    """One goal with what we do for it."""

    goal_id: int
    words: str
    agreed: str
    start: str
    now: str
    target: str
    deadline: Deadline | None
    responsible: str
    note: str = field(metadata={"help": "Reached, dropped, or which way it goes; empty: nothing to say"})
    tags: tuple[Tag, ...]
    interventions: tuple[InterventionBlock, ...]
    edit_href: str
    add_href: str
    progress_href: str
    evaluate_href: str
    state_href: str
    is_open: bool
    adds_here: bool
    tells_here: bool
    notes: NoteThread | None = field(metadata={"help": "What was written about it; None: nothing, or not for her"})


@dataclass(frozen=True, slots=True)
class NeedBlock:
    """A need with its goals; the last block holds goals without one."""

    need_id: int | None
    heading: str
    goals: tuple[GoalBlock, ...]
    edit_href: str
    add_href: str
    is_open: bool
    adds_here: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """What every block needs to know to draw itself."""

    citizen_id: int
    today: date
    is_draft: bool
    can_progress: bool
    opened: Opened | None
    usual: Mapping[int, sources.UsualMinutes]
    goals_differ: Mapping[int, Compared]
    interventions_differ: Mapping[int, Compared]
    carrying: Carrying
    remarks: Mapping[int, str]
    threads: Threads

    @property
    def page_href(self) -> str:
        """The page's own address."""
        return reverse("careplans:plan_edit", args=[self.citizen_id])

    def write(self, what: str) -> str:
        """The address that opens a form; nothing when nothing can be written."""
        return f"{self.page_href}?skriv={what}#skjema" if self.is_draft else ""

    def state_href(self, goal_id: int) -> str:
        """Where «Målet er nådd» is posted; nothing when it cannot be said here."""
        return reverse("careplans:goal_state", args=[self.citizen_id, goal_id]) if self.can_progress else ""

    def is_open(self, kind: FormKind, subject_id: int | None, *, under: int | None = None) -> bool:
        """Whether this form stands open here."""
        found = self.opened
        return (
            found is not None
            and (found.kind, found.subject_id) == (kind, subject_id)
            and (subject_id is not None or found.under_id == under)
        )

    def intervention(self, one: InterventionLine) -> InterventionBlock:
        """Draw an intervention."""
        usual = self.usual.get(one.line)
        tags = [difference_tag(self.interventions_differ.get(one.line))]
        if one.helpers > 1:
            tags.append(Tag(_("To hjelpere"), "neutral", "PersonGroup"))
        if one.competence_name:
            tags.append(Tag(one.competence_name, "neutral"))
        if one.goal_id is None and one.basis != Basis.GOAL.value:
            tags.append(Tag(str(Basis(one.basis).label), "info"))
        return InterventionBlock(
            intervention_id=one.intervention_id,
            title=one.title,
            when=one.when_text,
            times=one.times_text,
            minutes=minutes_text(one.minutes),
            usual=_("Tar vanligvis %(minutes)s, %(basis)s")
            % {"minutes": minutes_text(usual.minutes), "basis": basis_text(usual.basis)}
            if usual
            else "",
            how=one.how,
            unit=self.carrying.name_of(one.unit_id),
            remark=self.remarks.get(one.intervention_id, ""),
            tags=tuple(tag for tag in tags if tag),
            edit_href=self.write(f"tiltak-{one.intervention_id}"),
            is_open=self.is_open("intervention", one.intervention_id),
            notes=self.threads.get((PegKind.INTERVENTION, one.line)),
        )

    def goal(self, goal: GoalLine, content: PlanContent) -> GoalBlock:
        """Draw a goal with its interventions."""
        tags = [difference_tag(self.goals_differ.get(goal.line))]
        if goal.matters_id is None:
            tags.append(Tag(_("Henger ikke på det som er viktig"), "warning", "ExclamationmarkTriangle"))
        return GoalBlock(
            goal_id=goal.goal_id,
            words=goal.words,
            agreed=goal.agreed,
            start=_amount(goal.start_words, goal.start_value, goal.unit_of_measure),
            now=_amount(goal.now_words, goal.now_value, goal.unit_of_measure),
            target=_amount(goal.target_words, goal.target_value, goal.unit_of_measure),
            deadline=_deadline(goal, today=self.today),
            responsible=goal.responsible_name,
            note=_trend_text(goal),
            tags=tuple(tag for tag in tags if tag),
            interventions=tuple(self.intervention(one) for one in content.interventions if one.goal_id == goal.goal_id),
            edit_href=self.write(f"mal-{goal.goal_id}"),
            add_href=self.write(f"tiltak&mal={goal.goal_id}"),
            progress_href=f"{self.page_href}?vis=bruk&skriv=framgang-{goal.goal_id}#skjema"
            if self.can_progress and goal.is_active
            else "",
            evaluate_href=reverse("evaluations:evaluate", args=[self.citizen_id, goal.goal_id]),
            state_href=reverse("careplans:goal_state", args=[self.citizen_id, goal.goal_id])
            if self.can_progress
            else "",
            is_open=self.is_open("goal", goal.goal_id),
            adds_here=self.is_open("intervention", None, under=goal.goal_id),
            tells_here=self.is_open("progress", goal.goal_id),
            notes=self.threads.get((PegKind.GOAL, goal.line)),
        )


def need_blocks(content: PlanContent, drawing: Drawing) -> tuple[NeedBlock, ...]:
    """Return the needs with their goals, and last the goals without a need."""
    blocks = [
        NeedBlock(
            need_id=need.need_id,
            heading=need.text,
            goals=tuple(drawing.goal(goal, content) for goal in content.goals if goal.need_id == need.need_id),
            edit_href=drawing.write(f"behov-{need.need_id}"),
            add_href=drawing.write(f"mal&behov={need.need_id}"),
            is_open=drawing.is_open("need", need.need_id),
            adds_here=drawing.is_open("goal", None, under=need.need_id),
        )
        for need in content.needs
    ]
    loose = tuple(drawing.goal(goal, content) for goal in content.goals if goal.need_id is None)
    adds_loose = drawing.is_open("goal", None, under=None)
    if loose or adds_loose or drawing.is_draft:
        heading = _("Mål uten behov") if content.needs else pgettext("several goals", "Mål")
        blocks.append(NeedBlock(None, heading, loose, "", drawing.write("mal"), is_open=False, adds_here=adds_loose))
    return tuple(blocks)


def _amount(words: str, value: object, unit: str) -> str:
    if words or value is None:
        return words
    return f"{formats.number(float(str(value)), 0 if float(str(value)).is_integer() else 1)} {unit}".strip()


def _deadline(goal: GoalLine, *, today: date) -> Deadline | None:
    if goal.state == GoalState.REACHED.value:
        return Deadline(text=_("Nådd"), state="done")
    if goal.evaluate_on is None or not goal.is_active:
        return None
    text = _("Ses på %(day)s") % {"day": formats.day_and_month(goal.evaluate_on)}
    return formats.deadline_of(goal.evaluate_on, today=today, text=text)


def _trend_text(goal: GoalLine) -> str:
    if goal.state == GoalState.DROPPED.value:
        return _("Ikke lenger viktig")
    texts = {
        Trend.CLOSER.value: _("Nærmere målet enn sist"),
        Trend.SAME.value: _("Som sist"),
        Trend.FARTHER.value: _("Lenger unna enn sist"),
    }
    return texts.get(goal.trend, "")


def difference_tag(compared: Compared | None) -> Tag | None:
    """Return «Nytt» or «Endret»; nothing when it is as in the plan in use."""
    if compared is None or compared.difference is Difference.SAME:
        return None
    if compared.difference is Difference.NEW:
        return Tag(_("Nytt"), "success", "Plus")
    return Tag(_("Endret"), "warning", "Pencil")
