"""myday/visit.html: one visit, before, during and after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens import queries as citizens
from tillit.care.citizens.queries import CitizenBrief
from tillit.care.journal import queries as journal
from tillit.care.journal.models import EntryKind
from tillit.care.journal.permissions import ASK_CHANGE, CORRECT_ENTRY
from tillit.care.journal.queries import SignedBy
from tillit.care.needs import queries as needs
from tillit.care.visits import queries as visits
from tillit.care.visits.queries import FollowUpLine, ReportRow, TaskRow, VisitRow
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds_anywhere
from tillit.foundation.workforce import queries as workforce
from tillit.kernel import oslo
from tillit.pages.myday import queries, rules
from tillit.pages.myday.contexts import words
from tillit.pages.myday.forms import TRENDS, ReportForm
from tillit.pages.myday.parts import CodeDoor
from tillit.ui.parts import (
    Action,
    AlertLine,
    AlertLines,
    ChoiceOption,
    Choices,
    Matters,
    Person,
    Tag,
    Task,
    TaskList,
)

#: So many days back the last notes are looked for, and so many are shown.
NOTES_FROM_DAYS = 14
NOTES_SHOWN = 3
_TREND_ICONS = {"HARDER": "TrendDown", "SAME": "TrendFlat", "EASIER": "TrendUp"}


@dataclass(frozen=True, slots=True)
class NoteShown:
    """What somebody wrote at an earlier visit."""

    who: str
    when: str
    text: str
    correct_href: str = field(metadata={"help": "Empty: nobody has signed it"})


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """Something that has changed, and that nobody has closed yet."""

    title: str
    text: str
    who: str
    when: str
    href: str


@dataclass(frozen=True, slots=True)
class Told:
    """What has been said of this visit already, and the way back."""

    title: str
    text: str
    is_done: bool
    undo_href: str
    wrong_href: str = field(metadata={"help": "To say that it was written on the wrong person; empty: nothing to say"})


@dataclass(frozen=True, slots=True)
class CancelButton:
    """One press for a visit that did not happen."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class VisitPage:
    """myday/visit.html: everything one needs at the door, and how it went."""

    visit_id: int
    citizen_id: int
    name: str
    first_name: str
    citizen_href: str = field(metadata={"help": "To everything about her"})
    note: str = field(metadata={"help": "Under the name: «08.40–09.10 · Strandveien 14»"})
    back_href: str
    call_href: str = field(metadata={"help": "tel: of the citizen; empty without a number"})
    matters: Matters
    alerts: AlertLines | None
    tags: tuple[Tag, ...]
    away: str = field(metadata={"help": "Where she is when she is not at home: «På sykehus»"})
    door: CodeDoor | None
    way: Action | None
    practical: str
    with_whom: tuple[Person, ...]
    tasks: TaskList | None
    goal_question: Choices | None = field(metadata={"help": "None when no task serves a goal"})
    not_done: Choices | None
    time_steps: Choices
    cancel_buttons: tuple[CancelButton, ...]
    extras_open: bool
    notes: tuple[NoteShown, ...]
    changes: tuple[ChangeShown, ...] = field(metadata={"help": "«Noe har endret seg» that nobody has closed yet"})
    primary: Person | None
    primary_href: str
    told: Told | None
    may_report: bool = field(metadata={"help": "False before the visit's day"})
    report_href: str
    change_href: str
    press_key: str
    autosave: str
    user_id: int


def row_of(*, actor: Actor, visit_id: int, at: datetime) -> VisitRow:
    """Return the visit when the actor reaches its citizen. Raises NotFound."""
    visit = visits.get_visit(actor=actor, visit_id=visit_id, at=at)
    return visits.visit_rows([visit.pk])[0]


def report_form(row: VisitRow, data: Mapping[str, object] | None = None, *, just_undone: bool = False) -> ReportForm:
    """Return the form of one visit: empty, filled with what was typed, or with what was said before.

    just_undone: what was taken back a moment ago stands in the form, so that nothing typed is lost by «Angre».
    """
    tasks = visits.tasks_of([row.visit_id]).get(row.visit_id, [])
    said = visits.newest_reports([row.visit_id]).get(row.visit_id)
    if said is None and just_undone:
        everything = visits.reports_of([row.visit_id]).get(row.visit_id, [])
        said = next((report for report in reversed(everything) if report.outcome != "UNDONE"), None)
    initial: dict[str, object] = {}
    if said is not None:
        initial = {
            "note": said.note,
            "goal_trend": said.goal_trend,
            "not_done": [str(task_id) for task_id in said.not_done],
            "time_step": str(said.minutes - row.minutes) if said.minutes is not None else "0",
        }
    return ReportForm(data, initial=initial, task_ids=[task.task_id for task in tasks], minutes=row.minutes)


def visit_page(
    *, actor: Actor, row: VisitRow, form: ReportForm, now: datetime, press_key: str, code: str = ""
) -> VisitPage:
    """Return the page of a visit the actor reaches (`row_of`). The same number of queries for any visit."""
    today = oslo.day_of(now)
    brief = citizens.briefs([row.citizen_id], on=today, at=now)[row.citizen_id]
    said = needs.newest_words([row.citizen_id]).get(row.citizen_id)
    tasks = visits.tasks_of([row.visit_id]).get(row.visit_id, [])
    earlier = visits.visits_of_citizen(
        row.citizen_id, first=row.on - timedelta(days=NOTES_FROM_DAYS), after=row.on + timedelta(days=1)
    )
    reports = visits.newest_reports([found.visit_id for found in earlier] or [row.visit_id])
    signed = journal.signed_by(EntryKind.REPORT, [report.report_id for report in reports.values()])
    changes = visits.open_follow_ups(citizen_id=row.citizen_id)
    people = workforce.marks(employee_ids={*row.helper_ids, *_some(brief.primary_contact_id)}, unit_id=row.unit_id)
    phones = queries.phones(_some(brief.primary_contact_id))
    begins = rules.begins(row)
    primary = people.get(brief.primary_contact_id or 0)
    others = [people[helper] for helper in row.helper_ids if helper != actor.employee_id]
    return VisitPage(
        visit_id=row.visit_id,
        citizen_id=row.citizen_id,
        name=brief.name,
        first_name=brief.first_name,
        citizen_href=words.citizen_href(row.citizen_id),
        note=" · ".join(part for part in (_when(row, begins, today=today), brief.street) if part),
        back_href=_back(row, today=today),
        call_href=words.dialled(brief.phone),
        matters=words.matters_of(said, brief),
        alerts=_alerts(brief),
        tags=_tags(row),
        away=brief.whereabouts_text,
        door=words.door_of(brief, row.visit_id, code=code),
        way=words.way_there(brief),
        practical=brief.practical,
        with_whom=tuple(words.person_of(mark) for mark in others),
        tasks=_tasks(tasks, form),
        goal_question=_goal_question(tasks, form),
        not_done=_not_done(tasks, form),
        time_steps=_time_steps(row, form),
        cancel_buttons=tuple(CancelButton(code, str(label)) for code, label in queries.CANCELLED_BY_SOMEBODY.items()),
        extras_open=bool(_chosen(form, "not_done") or _chosen(form, "time_step") - {"0", ""}),
        notes=_notes(reports, row.visit_id, signed, today=today, may_correct=holds_anywhere(actor, CORRECT_ENTRY)),
        changes=tuple(_change(line, today=today) for line in changes),
        primary=words.person_of(primary, _("Primærkontakt for %(name)s") % {"name": brief.first_name})
        if primary
        else None,
        primary_href=""
        if brief.primary_contact_id == actor.employee_id
        else words.dialled(phones.get(brief.primary_contact_id or 0, "")),
        told=_told(row, reports.get(row.visit_id), signed, today=today, may_ask=holds_anywhere(actor, ASK_CHANGE)),
        may_report=oslo.day_of(begins) <= today,
        report_href=reverse("myday:report", args=[row.visit_id]),
        change_href=reverse("myday:change", args=[row.visit_id]),
        press_key=press_key,
        autosave=autosave_key(row.visit_id),
        user_id=actor.user_id or 0,
    )


def autosave_key(visit_id: int) -> str:
    """Names the text of a visit's report in the browser: no personal data."""
    return f"visit-{visit_id}"


def _some(employee_id: int | None) -> tuple[int, ...]:
    return () if employee_id is None else (employee_id,)


def _when(row: VisitRow, begins: datetime, *, today: date) -> str:
    hours = words.span(begins, row.minutes)
    day = oslo.day_of(begins)
    return hours if day == today else f"{words.capital(words.near_day(day, today=today))} {hours}"


def _back(row: VisitRow, *, today: date) -> str:
    return reverse("myday:today") if row.on == today else reverse("myday:day", args=[row.on.isoformat()])


def _tags(row: VisitRow) -> tuple[Tag, ...]:
    if row.helpers > len(row.helper_ids):
        return (Tag(_("Skal være to, én mangler"), "warning", "PersonGroup"),)
    return ()


def _alerts(brief: CitizenBrief) -> AlertLines | None:
    if not brief.alerts:
        return None
    lines = tuple(
        AlertLine(f"{queries.ALERT_KINDS[alert.kind]}:", alert.text, words.alert_icon(alert.kind))
        for alert in words.loud_first(brief)
    )
    return AlertLines(lines, label=_("Dette må du vite"))


def _chosen(form: ReportForm, name: str) -> set[str]:
    """The values of a field as they stand now: typed, else said before."""
    value = form[name].value()
    if value is None or value == "":
        return set()
    return {str(one) for one in value} if isinstance(value, list | tuple) else {str(value)}


def _tasks(tasks: Sequence[TaskRow], form: ReportForm) -> TaskList | None:
    done = _chosen(form, "done")
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


def _goal_question(tasks: Sequence[TaskRow], form: ReportForm) -> Choices | None:
    goals = list(dict.fromkeys(task.goal_words for task in tasks if task.goal_words))
    if not goals:
        return None
    chosen = _chosen(form, "goal_trend")
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


def _not_done(tasks: Sequence[TaskRow], form: ReportForm) -> Choices | None:
    if not tasks:
        return None
    chosen = _chosen(form, "not_done")
    return Choices(
        legend=_("Hva ble ikke gjort?"),
        field_name="not_done",
        options=tuple(
            ChoiceOption(str(task.task_id), task.title, checked=str(task.task_id) in chosen) for task in tasks
        ),
        many=True,
        id="not_done",
    )


def _time_steps(row: VisitRow, form: ReportForm) -> Choices:
    chosen = _chosen(form, "time_step") or {"0"}
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


def _notes(
    reports: Mapping[int, ReportRow],
    this_visit: int,
    signed: Mapping[int, SignedBy],
    *,
    today: date,
    may_correct: bool,
) -> tuple[NoteShown, ...]:
    written = [report for report in reports.values() if report.note and report.visit_id != this_visit]
    newest = sorted(written, key=lambda report: (report.reported_at, report.report_id), reverse=True)[:NOTES_SHOWN]
    return tuple(
        NoteShown(
            who=signed[report.report_id].who if report.report_id in signed else report.reported_by_name,
            when=words.near_moment(report.reported_at, today=today),
            text=report.note,
            correct_href=reverse("journal:correct", args=[signed[report.report_id].entry_id])
            if may_correct and report.report_id in signed
            else "",
        )
        for report in newest
    )


def _change(line: FollowUpLine, *, today: date) -> ChangeShown:
    return ChangeShown(
        title=str(queries.CHANGE_KINDS[line.kind]),
        text=words.shortened(line.words, words.ON_THE_CARD),
        who=line.told_by_name,
        when=words.near_moment(line.told_at, today=today),
        href=reverse("myday:follow_up", args=[line.follow_up_id]),
    )


def _told(
    row: VisitRow, report: ReportRow | None, signed: Mapping[int, SignedBy], *, today: date, may_ask: bool
) -> Told | None:
    if row.state == "PLANNED":
        return None
    entry = signed.get(report.report_id) if report else None
    wrong = reverse("journal:wrong_person", args=[entry.entry_id]) if entry and may_ask else ""
    undo = reverse("myday:undo", args=[row.visit_id]) if report else ""
    when = words.near_moment(report.reported_at, today=today) if report else ""
    who = report.reported_by_name if report else ""
    said = _("Meldt %(when)s av %(who)s.") % {"when": when, "who": who} if report and who else ""
    if row.state == "CANCELLED":
        why = str(queries.CANCELLED_BY.get(row.cancelled_by, ""))
        return Told(_("Besøket ble ikke noe av"), f"{why}. {said}" if why else said, False, undo, wrong)
    return Told(_("Besøket er ferdig"), said, True, undo, wrong)
