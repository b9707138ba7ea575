"""planning/print.html: one A4 for each person. First name and initial, never a code."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tillit.care.citizens.queries import AlertLine, CitizenBrief
from tillit.care.needs import queries as needs
from tillit.care.needs.queries import Words
from tillit.foundation.organisation.models import Unit
from tillit.kernel.names import initials
from tillit.teamwork.planning import queries, words
from tillit.teamwork.planning.contexts.places import Where, names_of
from tillit.teamwork.planning.queries import TeamDay
from tillit.teamwork.planning.rules import breaks
from tillit.teamwork.planning.rules.day import Row, Worker
from tillit.teamwork.planning.words import Names
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import WorklistLine, WorklistSheet

_NO_WARNING = frozenset({"OTHER", "AID"})


@dataclass(frozen=True, slots=True)
class PrintPage:
    """planning/print.html."""

    title: str
    sheets: tuple[WorklistSheet, ...]
    board_href: str


def print_page(*, unit: Unit, where: Where, employee_id: int | None, printed_by: str, now: datetime) -> PrintPage:
    """Return a sheet for everybody with visits, or for one. Notes the reading of each citizen on them."""
    team_day = queries.team_day(unit=unit, on=where.on, shift_kind=where.shift_kind)
    names, language = names_of(team_day), page_language()
    matters = needs.newest_words({call.citizen_id for call in team_day.day.calls})
    day_name = formats.long_date(where.on, language, year=True).capitalize()
    printed = _("%(when)s av %(who)s") % {"when": formats.date_and_time(now, language), "who": printed_by}
    workers = [
        worker
        for worker in team_day.day.workers
        if worker.employee_id in team_day.day.rows_of_worker and employee_id in (None, worker.employee_id)
    ]
    return PrintPage(
        title=_("Arbeidslister for utskrift"),
        sheets=tuple(
            WorklistSheet(
                helper=worker.name,
                day=_("%(day)s, %(kind)s %(from)s–%(to)s")
                % {
                    "day": day_name,
                    "kind": words.kind_name(where.shift_kind).lower(),
                    "from": words.clock(worker.starts_at),
                    "to": words.clock(worker.ends_at),
                },
                team=unit.name,
                duty_phone=unit.phone,
                lines=_lines(team_day, worker, names, matters),
                printed=printed,
            )
            for worker in workers
        ),
        board_href=where.href("board"),
    )


def _lines(team_day: TeamDay, worker: Worker, names: Names, matters: Mapping[int, Words]) -> tuple[WorklistLine, ...]:
    day = team_day.day
    found: list[tuple[datetime, WorklistLine]] = [
        (row.starts_at, _visit_line(team_day, row, names, matters))
        for row in day.rows_of_worker.get(worker.employee_id, ())
    ]
    base = team_day.unit.base_name or _("Basen")
    if (pause := breaks.of_worker(day, worker)) is not None:
        found.append((pause, WorklistLine(_period(pause, pause + breaks.LENGTH), _("Pause"), "")))
    found += [
        (meeting.starts_at, WorklistLine(_period(meeting.starts_at, meeting.ends_at), meeting.name, base))
        for meeting in worker.meetings
    ]
    return tuple(line for _at, line in sorted(found, key=lambda each: each[0]))


def _visit_line(team_day: TeamDay, row: Row, names: Names, matters: Mapping[int, Words]) -> WorklistLine:
    day, call = team_day.day, team_day.day.call_by_id[row.visit_id]
    brief = team_day.briefs.get(call.citizen_id)
    said = matters.get(call.citizen_id)
    beside = [
        names.person(other.employee_id)
        for other in day.rows_of_visit[row.visit_id]
        if other.employee_id != row.employee_id
    ]
    warnings = [_alert(alert) for alert in brief.alerts if alert.kind not in _NO_WARNING] if brief else []
    if beside:
        warnings.append(_("Sammen med %(who)s") % {"who": words.joined(beside)})
    return WorklistLine(
        time=_period(row.starts_at, row.starts_at + call.length),
        who=_short(brief),
        where=", ".join(part for part in (brief.street, brief.floor) if part) if brief else "",
        words=said.short if said else "",
        tasks=team_day.visits[row.visit_id].task_titles,
        warning=". ".join(warning.rstrip(".") for warning in warnings),
    )


def _alert(alert: AlertLine) -> str:
    """What one must know before the door. An allergy is named as one: «Penicillin» alone could be a task."""
    if alert.kind == "ALLERGY" and "allergi" not in alert.text.lower():
        return _("Allergi: %(what)s") % {"what": alert.text[:1].lower() + alert.text[1:]}
    return alert.text


def _short(brief: CitizenBrief | None) -> str:
    """First name and initial: a list that is lost on the bus names nobody."""
    if brief is None:
        return ""
    letter = initials("", brief.family_name)
    return f"{brief.first_name} {letter}." if letter else brief.first_name


def _period(start: datetime, end: datetime) -> str:
    return f"{words.clock(start)}–{words.clock(end)}"
