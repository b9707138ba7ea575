"""Goals and interventions as the citizen page shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _

from tillit.care.careplans.queries import Carrying, GoalLine, InterventionLine
from tillit.care.visits.queries import GoalTrend
from tillit.foundation.workforce.queries import Mark
from tillit.pages.citizen.contexts.words import mark_of, measured
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Column, DataTable, Deadline, Goal, HelperMark, TableRow

Direction = Literal["up", "flat", "down"]


@dataclass(frozen=True, slots=True)
class ShownGoal:
    """A goal with numbers has a bar (`bar`); one in words only has none, for a bar without numbers would lie."""

    words: str
    deadline: Deadline | None
    responsible: HelperMark | None
    now: str
    agreed: str
    trend: str
    trend_icon: str
    trend_direction: str
    bar: Goal | None = field(metadata={"help": "None: the goal is in words only"})


def goals(
    lines: Sequence[GoalLine], trends: Mapping[int, GoalTrend], marks: Mapping[int, Mark], *, today: date
) -> tuple[ShownGoal, ...]:
    """Return the goals of the plan in use, in its order."""
    return tuple(_goal(line, trends.get(line.line), marks, today=today) for line in lines)


def _goal(line: GoalLine, said: GoalTrend | None, marks: Mapping[int, Mark], *, today: date) -> ShownGoal:
    reached = line.state == "REACHED"
    trend, direction = _trend(line, said, reached=reached)
    start = line.start_words or measured(line.start_value, line.unit_of_measure)
    now = line.now_words or measured(line.now_value, line.unit_of_measure)
    target = line.target_words or measured(line.target_value, line.unit_of_measure) or line.agreed
    responsible = mark_of(marks, line.responsible_id) if line.responsible_id is not None else None
    deadline = _deadline(line, reached=reached, today=today)
    share = 100 if reached else line.share
    bar = None
    if share is not None:
        bar = Goal(
            words=line.words,
            start=start or "–",
            now=now or start or "–",
            end=target or "–",
            value=float(share),
            maximum=100.0,
            deadline=deadline,
            responsible=responsible,
            trend=trend,
            trend_direction=direction,
        )
    return ShownGoal(
        words=line.words,
        deadline=deadline,
        responsible=responsible,
        now=now,
        agreed=target,
        trend=trend,
        trend_icon={"up": "TrendUp", "flat": "TrendFlat", "down": "TrendDown"}[direction],
        trend_direction=direction,
        bar=bar,
    )


def _deadline(line: GoalLine, *, reached: bool, today: date) -> Deadline | None:
    if reached:
        return Deadline(text=_("Nådd"), state="done", iso=line.state_on.isoformat() if line.state_on else "")
    if line.evaluate_on is None:
        return Deadline(text=_("Mangler dato for evaluering"), state="soon")
    return formats.deadline_of(
        line.evaluate_on,
        today=today,
        text=_("Evalueres %(day)s") % {"day": formats.day_and_month(line.evaluate_on, page_language())},
        language=page_language(),
    )


def _trend(line: GoalLine, said: GoalTrend | None, *, reached: bool) -> tuple[str, Direction]:
    if reached:
        if line.state_on is None:
            return _("Nådd"), "up"
        return _("Nådd %(day)s") % {"day": formats.day_and_month(line.state_on, page_language())}, "up"
    total = said.easier + said.same + said.harder if said else 0
    if said and total:
        if said.easier > said.harder and said.easier >= said.same:
            return _("Lettere på %(number)d av de siste %(total)d besøkene") % {
                "number": said.easier,
                "total": total,
            }, "up"
        if said.harder > said.easier and said.harder >= said.same:
            return _("Tyngre på %(number)d av de siste %(total)d besøkene") % {
                "number": said.harder,
                "total": total,
            }, "down"
        return _("Som før"), "flat"
    if line.trend == "CLOSER":
        return _("Nærmere målet enn sist"), "up"
    if line.trend == "FARTHER":
        return _("Lenger fra målet enn sist"), "down"
    return (_("Som før"), "flat") if line.trend == "SAME" else ("", "flat")


def interventions(
    lines: Sequence[InterventionLine], goal_lines: Sequence[GoalLine], carrying: Carrying
) -> DataTable | None:
    """Return what the plan says we do, and who does it where several units follow; None without any."""
    if not lines:
        return None
    remarks = carrying.remarks(lines)
    is_shared = carrying.is_shared or bool(remarks)
    numbers = {goal.goal_id: number for number, goal in enumerate(goal_lines, start=1)}
    return DataTable(
        caption=_("Tiltak i planen"),
        columns=(Column(_("Tiltak")), Column(_("Hører til")), Column(_("Når")), Column(_("Hvor lenge")))
        + ((Column(_("Hvem")),) if is_shared else ()),
        rows=tuple(
            TableRow(
                cells=(
                    line.title,
                    _belongs(line, numbers),
                    line.when_text,
                    _("%(minutes)d min") % {"minutes": line.minutes}
                    if line.helpers == 1
                    else _("%(minutes)d min, to hjelpere") % {"minutes": line.minutes},
                )
                + ((remarks.get(line.intervention_id) or carrying.holder(line.unit_id),) if is_shared else ())
            )
            for line in lines
        ),
    )


def notes(lines: Sequence[InterventionLine], goal_lines: Sequence[GoalLine], carrying: Carrying) -> dict[int, str]:
    """Return what each belongs to, two helpers, and who does it where several units follow, by line."""
    remarks = carrying.remarks(lines)
    is_shared = carrying.is_shared or bool(remarks)
    numbers = {goal.goal_id: number for number, goal in enumerate(goal_lines, start=1)}
    found = {}
    for line in lines:
        said = [_belongs(line, numbers), _("to hjelpere") if line.helpers > 1 else ""]
        said.append((remarks.get(line.intervention_id) or carrying.holder(line.unit_id)) if is_shared else "")
        found[line.line] = " · ".join(text for text in said if text)
    return found


def _belongs(line: InterventionLine, numbers: Mapping[int, int]) -> str:
    if line.goal_id is not None and line.goal_id in numbers:
        return _("Mål %(number)d") % {"number": numbers[line.goal_id]}
    return {"SAFETY": _("Sikkerhet"), "LAW": _("Lovpålagt")}.get(line.basis, _("Ingen av målene"))
