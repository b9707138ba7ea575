"""The form of one visit's report: what was to be done, and how each question stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tillit.care.visits import queries as visits
from tillit.care.visits.queries import ReportRow, TaskRow, VisitRow
from tillit.pages.myday import rules
from tillit.pages.myday.contexts import words
from tillit.pages.myday.contexts.about import said_about
from tillit.pages.myday.forms import TRENDS, ReportForm
from tillit.ui.parts import ChoiceOption, Choices, Task, TaskList

_TREND_ICONS = {"HARDER": "TrendDown", "SAME": "TrendFlat", "EASIER": "TrendUp"}


@dataclass(frozen=True, slots=True)
class Press:
    """One press that says something of the visit, and saves it."""

    value: str
    label: str


def report_form(row: VisitRow, data: Mapping[str, object] | None = None, *, just_undone: bool = False) -> ReportForm:
    """Return the form of one visit: empty, filled with what was typed, or with what was said before.

    just_undone: what was taken back a moment ago stands in the form, so that nothing typed is lost by «Angre».
    """
    tasks = visits.tasks_of([row.visit_id]).get(row.visit_id, [])
    said = visits.newest_reports([row.visit_id]).get(row.visit_id)
    if said is None and just_undone:
        everything = visits.reports_of([row.visit_id]).get(row.visit_id, [])
        said = next((report for report in reversed(everything) if report.outcome != "UNDONE"), None)
    form = form_of(row, tasks, said, data)
    if said is not None:
        form.initial["about"] = said_about(said.report_id)
    return form


def form_of(
    row: VisitRow, tasks: Sequence[TaskRow], said: ReportRow | None, data: Mapping[str, object] | None = None
) -> ReportForm:
    """Return the form of a visit whose tasks, and what was said of it, are read already."""
    initial: dict[str, object] = {}
    if said is not None:
        initial = {
            "note": said.note,
            "goal_trend": said.goal_trend,
            "not_done": [str(task_id) for task_id in said.not_done],
            "time_step": str(said.minutes - row.minutes) if said.minutes is not None else "0",
        }
    return ReportForm(data, initial=initial, task_ids=[task.task_id for task in tasks], minutes=row.minutes)


def chosen_in(form: ReportForm, name: str) -> set[str]:
    """Return the values of a field as they stand now: typed, else said before."""
    value = form[name].value()
    if value is None or value == "":
        return set()
    return {str(one) for one in value} if isinstance(value, list | tuple) else {str(value)}


def tasks(tasks: Sequence[TaskRow], form: ReportForm) -> TaskList | None:
    """Return what was to be done; None when nothing was."""
    done = chosen_in(form, "done")
    rows = tuple(
        Task(
            id=f"task-{task.task_id}",
            name=task.title,
            field_name="done",
            value=str(task.task_id),
            note=task.how,
            goal=task.goal_words,
            checked=str(task.task_id) in done,
        )
        for task in tasks
    )
    return TaskList(rows) if rows else None


def goal_question(tasks: Sequence[TaskRow], form: ReportForm) -> Choices | None:
    """Return the question of how it goes with the goals; None when no task serves one."""
    goals = list(dict.fromkeys(task.goal_words for task in tasks if task.goal_words))
    if not goals:
        return None
    chosen = chosen_in(form, "goal_trend")
    legend = (
        _("Hvordan gikk det med «%(goal)s»?") % {"goal": words.shortened(goals[0], words.IN_A_LIST)}
        if len(goals) == 1
        else _("Hvordan gikk det med målene?")
    )
    return Choices(
        legend=legend,
        field_name="goal_trend",
        options=tuple(
            ChoiceOption(code, str(label), _TREND_ICONS[code], checked=code in chosen) for code, label in TRENDS
        ),
        columns=3,
        id="goal_trend",
    )


def not_done(tasks: Sequence[TaskRow], form: ReportForm) -> Choices | None:
    """Return the question of what was not done; None without tasks."""
    if not tasks:
        return None
    chosen = chosen_in(form, "not_done")
    return Choices(
        legend=_("Hva ble ikke gjort?"),
        field_name="not_done",
        options=tuple(
            ChoiceOption(str(task.task_id), task.title, checked=str(task.task_id) in chosen) for task in tasks
        ),
        many=True,
        id="not_done",
    )


def time_steps(row: VisitRow, form: ReportForm) -> Choices:
    """Return the question of how long it took."""
    chosen = chosen_in(form, "time_step") or {"0"}
    steps = [(0, _("Omtrent %(minutes)s min") % {"minutes": row.minutes})]
    for step in rules.time_steps(row.minutes):
        text = _("%(minutes)s min kortere") if step < 0 else _("%(minutes)s min lengre")
        steps.append((step, text % {"minutes": abs(step)}))
    return Choices(
        legend=_("Hvor lang tid tok det?"),
        field_name="time_step",
        options=tuple(ChoiceOption(str(step), label, checked=str(step) in chosen) for step, label in steps),
        columns=2,
        id="time_step",
    )


def time_presses(steps: Choices) -> tuple[Press, ...]:
    """Return the same times as presses, when none is chosen; «as planned» is the press below, and no time at all."""
    as_planned, *others = steps.options
    return tuple(Press(step.value, step.label) for step in others) if as_planned.checked else ()
