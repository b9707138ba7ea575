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
from tillit.care.journal.rules.pegs import Peg
from tillit.care.needs import queries as needs
from tillit.care.needs.queries import Words
from tillit.care.observations import queries as observations
from tillit.care.observations.queries import WatchLine
from tillit.care.therapy import queries as therapy
from tillit.care.therapy.queries import JointLine
from tillit.care.visits import queries as visits
from tillit.care.visits.queries import FollowUpLine, ReportRow, TaskRow, VisitRow
from tillit.care.visits.queries.editions import editions
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds_anywhere
from tillit.foundation.workforce import queries as workforce
from tillit.foundation.workforce.queries import Mark
from tillit.kernel import oslo
from tillit.pages.myday import queries, rules
from tillit.pages.myday.contexts import visit_form, words
from tillit.pages.myday.contexts.about import Chip, chips
from tillit.pages.myday.contexts.beside import Beside, beside
from tillit.pages.myday.contexts.handing import Given, given_of, hand_over_href
from tillit.pages.myday.contexts.minute import Minute, minute_of
from tillit.pages.myday.contexts.moving import move_href
from tillit.pages.myday.contexts.visit_form import Press
from tillit.pages.myday.contexts.visit_told import ChangeShown, NoteShown, Told, change_of, notes_of, told_of
from tillit.pages.myday.forms import ReportForm
from tillit.pages.myday.parts import CodeDoor
from tillit.teamwork.planning import queries as planning
from tillit.teamwork.planning.rules.handing import Handed
from tillit.ui.parts import (
    Action,
    AlertLine,
    AlertLines,
    Choices,
    Matters,
    Person,
    Tag,
    TaskList,
)

#: So many days back the last notes are looked for.
NOTES_FROM_DAYS = 14


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
    minute: Minute | None = field(metadata={"help": "One minute before the door; None: she has been there lately"})
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
    about: tuple[Chip, ...] = field(metadata={"help": "What in the plan the note can hang on"})
    not_done: Choices | None
    time_steps: Choices
    time_presses: tuple[Press, ...] = field(
        metadata={"help": "The same as presses that save; empty when a time is chosen already, and may be kept"}
    )
    cancel_buttons: tuple[Press, ...]
    extras_open: bool
    more_open: bool = field(metadata={"help": "Whether what is folded under the minute stands open"})
    given: Given | None = field(metadata={"help": "From whom she has the visit; None: from the allocator"})
    hand_over_href: str = field(
        metadata={"help": "To give the visit to a colleague; empty when it is not hers to give"}
    )
    move_href: str = field(metadata={"help": "To move the visit, or call it off; empty when it is over or off"})
    notes: tuple[NoteShown, ...]
    changes: tuple[ChangeShown, ...] = field(metadata={"help": "«Noe har endret seg» that nobody has closed yet"})
    beside: Beside
    primary: Person | None
    primary_href: str
    told: Told | None
    may_report: bool = field(metadata={"help": "False before the visit's day"})
    report_href: str
    change_href: str
    press_key: str
    edition: str = field(metadata={"help": "What had been said of the visit when the page was drawn"})
    autosave: str
    user_id: int


def row_of(*, actor: Actor, visit_id: int, at: datetime) -> VisitRow:
    """Return the visit when the actor reaches its citizen. Raises NotFound."""
    visit = visits.get_visit(actor=actor, visit_id=visit_id, at=at)
    return visits.visit_rows([visit.pk])[0]


@dataclass(frozen=True, slots=True)
class Known:
    """What the pages of some visits are made of, read for all of them at once.

    reports: of these visits and of the fortnight before them, the one that counts of each; earlier: by citizen.
    """

    briefs: Mapping[int, CitizenBrief]
    said: Mapping[int, Words]
    tasks: Mapping[int, list[TaskRow]]
    earlier: Mapping[int, list[VisitRow]]
    reports: Mapping[int, ReportRow]
    signed: Mapping[int, SignedBy]
    pegs: Mapping[int, tuple[Peg, ...]]
    changes: Mapping[int, list[FollowUpLine]]
    watches: Mapping[int, WatchLine]
    people: Mapping[int, Mark]
    phones: Mapping[int, str]
    editions: Mapping[int, str]
    visited: Mapping[tuple[int, int], int]
    handed: Mapping[int, Handed]
    joint: Mapping[int, JointLine]


def known(rows: Sequence[VisitRow], *, me: int | None, now: datetime) -> Known:
    """Read for the pages of visits of one unit the actor reaches. The same number of queries for any of them."""
    citizen_ids = list(dict.fromkeys(row.citizen_id for row in rows))
    briefs = citizens.briefs(citizen_ids, on=oslo.day_of(now), at=now)
    first = min(row.on for row in rows) - timedelta(days=NOTES_FROM_DAYS)
    earlier: dict[int, list[VisitRow]] = {citizen_id: [] for citizen_id in citizen_ids}
    for row in visits.visits_of_citizens(citizen_ids, first=first, after=max(row.on for row in rows) + timedelta(1)):
        earlier[row.citizen_id].append(row)
    visit_ids = {*(row.visit_id for row in rows), *(one.visit_id for past in earlier.values() for one in past)}
    reports = visits.newest_reports(visit_ids)
    changes: dict[int, list[FollowUpLine]] = {citizen_id: [] for citizen_id in citizen_ids}
    for line in visits.open_follow_ups(citizen_ids=citizen_ids):
        changes[line.citizen_id].append(line)
    contacts = [brief.primary_contact_id for brief in briefs.values() if brief.primary_contact_id is not None]
    handed = planning.handed_to(employee_id=me, visit_ids=[row.visit_id for row in rows]) if me else {}
    helpers = {helper for row in rows for helper in row.helper_ids}
    helpers |= {how.by_id for how in handed.values() if how.by_id is not None}
    joint = therapy.joint_of_visits([row.visit_id for row in rows])
    helpers |= {one.therapist_id for one in joint.values() if one.therapist_id is not None}
    return Known(
        briefs=briefs,
        said=needs.newest_words(citizen_ids),
        tasks=visits.tasks_of([row.visit_id for row in rows]),
        earlier=earlier,
        reports=reports,
        signed=journal.signed_by(EntryKind.REPORT, [report.report_id for report in reports.values()]),
        pegs=journal.pegs_of_rows(EntryKind.REPORT, [report.report_id for report in reports.values() if report.note]),
        changes=changes,
        watches={line.citizen_id: line for line in reversed(observations.open_watches(citizen_ids=citizen_ids))},
        people=workforce.marks(employee_ids={*helpers, *contacts}, unit_id=rows[0].unit_id),
        phones=queries.phones(contacts),
        editions=editions([row.visit_id for row in rows]),
        visited=visits.known_helpers(
            unit_id=rows[0].unit_id,
            until=max(row.on for row in rows) + timedelta(1),
            days=rules.NEW_AFTER_DAYS + 1,
            citizen_ids=citizen_ids,
        ),
        handed=handed,
        joint=joint,
    )


def visit_page(
    *, actor: Actor, row: VisitRow, form: ReportForm, now: datetime, press_key: str, code: str = ""
) -> VisitPage:
    """Return the page of a visit the actor reaches (`row_of`). The same number of queries for any visit."""
    read = known([row], me=actor.employee_id, now=now)
    return page_of(read, actor=actor, row=row, form=form, now=now, press_key=press_key, code=code)


def page_of(
    read: Known, *, actor: Actor, row: VisitRow, form: ReportForm, now: datetime, press_key: str, code: str = ""
) -> VisitPage:
    """Return the page of one of the visits that were read. Asks nothing more."""
    today = oslo.day_of(now)
    brief, said = read.briefs[row.citizen_id], read.said.get(row.citizen_id)
    tasks, signed = read.tasks.get(row.visit_id, []), read.signed
    since = row.on - timedelta(days=NOTES_FROM_DAYS)
    near = {row.visit_id, *(one.visit_id for one in read.earlier[row.citizen_id] if since <= one.on <= row.on)}
    reports = {visit_id: report for visit_id, report in read.reports.items() if visit_id in near}
    changes, people, phones = read.changes[row.citizen_id], read.people, read.phones
    begins = rules.begins(row)
    primary = people.get(brief.primary_contact_id or 0)
    others = [people[helper] for helper in row.helper_ids if helper != actor.employee_id]
    extras_open = bool(visit_form.chosen_in(form, "not_done") or visit_form.chosen_in(form, "time_step") - {"0", ""})
    how = read.handed.get(row.visit_id)
    goes = row.state == "PLANNED" and actor.employee_id in row.helper_ids
    is_new = goes and rules.is_new_to(helper_id=actor.employee_id, citizen_id=row.citizen_id, visits=read.visited)
    return VisitPage(
        visit_id=row.visit_id,
        citizen_id=row.citizen_id,
        name=brief.name,
        first_name=brief.first_name,
        citizen_href=words.citizen_href(row.citizen_id),
        note=" · ".join(part for part in (_when(row, begins, today=today), brief.street) if part),
        back_href=_back(row, today=today),
        call_href=words.dialled(brief.phone),
        minute=minute_of(brief, said, tasks) if is_new else None,
        matters=words.matters_of(said, brief),
        alerts=_alerts(brief),
        tags=_tags(row),
        away=brief.whereabouts_text,
        door=words.door_of(brief, row.visit_id, code=code),
        way=words.way_there(brief),
        practical=brief.practical,
        with_whom=(*(words.person_of(mark) for mark in others), *_therapist(read, row, me=actor.employee_id)),
        tasks=visit_form.tasks(tasks, form),
        goal_question=visit_form.goal_question(tasks, form),
        about=chips(tasks, frozenset(visit_form.chosen_in(form, "about"))),
        not_done=visit_form.not_done(tasks, form),
        time_steps=(steps := visit_form.time_steps(row, form)),
        time_presses=visit_form.time_presses(steps),
        cancel_buttons=tuple(Press(code, str(label)) for code, label in queries.CANCELLED_BY_SOMEBODY.items()),
        extras_open=extras_open,
        more_open=form.is_bound or extras_open or bool(visit_form.chosen_in(form, "note")),
        given=given_of(row, how, people.get(how.by_id or 0) if how else None, brief.name),
        hand_over_href=hand_over_href(actor, row),
        move_href=move_href(actor, row, now=now),
        notes=notes_of(
            reports, row.visit_id, signed, read.pegs, today=today, may_correct=holds_anywhere(actor, CORRECT_ENTRY)
        ),
        changes=tuple(change_of(line, today=today) for line in changes),
        beside=beside(
            actor=actor,
            citizen_id=row.citizen_id,
            visit_id=row.visit_id,
            unit_id=row.unit_id,
            watch=read.watches.get(row.citizen_id),
            now=now,
        ),
        primary=words.person_of(primary, _("Primærkontakt for %(name)s") % {"name": brief.first_name})
        if primary
        else None,
        primary_href=""
        if brief.primary_contact_id == actor.employee_id
        else words.dialled(phones.get(brief.primary_contact_id or 0, "")),
        told=told_of(row, reports.get(row.visit_id), signed, today=today, may_ask=holds_anywhere(actor, ASK_CHANGE)),
        may_report=oslo.day_of(begins) <= today,
        report_href=reverse("myday:report", args=[row.visit_id]),
        change_href=reverse("myday:change", args=[row.visit_id]),
        press_key=press_key,
        edition=read.editions.get(row.visit_id, ""),
        autosave=autosave_key(row.visit_id),
        user_id=actor.user_id or 0,
    )


def autosave_key(visit_id: int) -> str:
    """Names the text of a visit's report in the browser: no personal data."""
    return f"visit-{visit_id}"


def _therapist(read: Known, row: VisitRow, *, me: int | None) -> tuple[Person, ...]:
    """The therapist who comes along, and why."""
    joint = read.joint.get(row.visit_id)
    if joint is None or joint.therapist_id in (me, None):
        return ()
    mark = read.people.get(joint.therapist_id or 0)
    note = _("%(profession)s, er med: %(why)s") % {"profession": joint.profession_name, "why": joint.why}
    return (words.person_of(mark, note),) if mark else ()


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
