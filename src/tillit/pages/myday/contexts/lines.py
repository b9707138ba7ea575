"""The lines of a day: the next visit as a card, the others as rows, the way between them, break and meetings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens.queries import CitizenBrief
from tillit.care.needs.queries import Words
from tillit.care.visits.queries import ReportRow, VisitRow
from tillit.foundation.organisation.queries import MeetingLine
from tillit.foundation.workforce.queries import Mark
from tillit.kernel import oslo
from tillit.pages.myday import queries, rules
from tillit.pages.myday.contexts import words
from tillit.pages.myday.rules import ShiftLine, WhenChanged
from tillit.teamwork.planning.adapter.travel import DayWays
from tillit.teamwork.planning.rules import breaks
from tillit.teamwork.planning.rules.handing import Handed
from tillit.ui.parts import Action, DayGap, DayRow, Tag, VisitCard

#: So many things to do are named in a row; the rest is a number.
TASKS_SHOWN = 2
#: A card with more than this to know before the door leaves what to do there to the visit's own page.
TAGS_ON_A_CALM_CARD = 2


@dataclass(frozen=True, slots=True)
class Finish:
    """One press says «as planned» from the card, once the visit should have begun."""

    href: str
    press_key: str
    name: str
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """What the rows of a day need to know of everybody in it."""

    briefs: Mapping[int, CitizenBrief]
    said: Mapping[int, Words]
    marks: Mapping[int, Mark]
    reports: Mapping[int, ReportRow]
    me: int
    on: date
    journey: "Journey"
    editions: Mapping[int, str]
    handed: Mapping[int, Handed]


class Journey:
    """How long it is from door to door on one's own list, by the times the lists are made with."""

    def __init__(
        self, rows: Sequence[VisitRow], briefs: Mapping[int, CitizenBrief], shifts: Sequence[ShiftLine]
    ) -> None:
        self.travel = shifts[0].travel if shifts else "CAR"
        self._before: dict[int, tuple[float, float] | None] = {}
        self._at: dict[int, tuple[float, float] | None] = {}
        before = shifts[0].start_place if shifts else None
        for row in rows:
            if row.state == "CANCELLED":
                continue
            here = _point(briefs[row.citizen_id])
            self._before[row.visit_id], self._at[row.visit_id] = before, here
            before = here or before
        self._ways = DayWays([place for place in {*self._before.values(), *self._at.values()} if place])

    def minutes_to(self, visit_id: int) -> int:
        """Whole minutes to the visit from what comes before it; 0 when nobody knows, or it is the same door."""
        return self._ways.minutes(self.travel, self._before.get(visit_id), self._at.get(visit_id))

    def gap_to(self, visit_id: int) -> DayGap | None:
        """The way to the visit as a line of the day."""
        minutes = self.minutes_to(visit_id)
        icon = {"BIKE": "Bicycle", "FOOT": "Footprint"}.get(self.travel, "Car")
        return DayGap(_("ca. %(minutes)s min") % {"minutes": minutes}, icon) if minutes else None

    def words_to(self, visit_id: int) -> str:
        """The way to the visit on the card."""
        minutes = self.minutes_to(visit_id)
        if not minutes:
            return ""
        how = {
            "BIKE": _("ca. %(minutes)s min å sykle"),
            "FOOT": _("ca. %(minutes)s min å gå"),
        }.get(self.travel, _("ca. %(minutes)s min å kjøre"))
        return how % {"minutes": minutes}


def _point(brief: CitizenBrief) -> tuple[float, float] | None:
    if brief.latitude is None or brief.longitude is None:
        return None
    return brief.latitude, brief.longitude


def card_of(row: VisitRow, around: Around, *, now: datetime) -> VisitCard:
    """The visit as the next one: who, when, what matters, the way in."""
    brief = around.briefs[row.citizen_id]
    begins = rules.begins(row)
    actions = [Action(_("Åpne besøket"), reverse("myday:visit", args=[row.visit_id]), variant="primary")]
    way = words.way_there(brief)
    tags = [*_state_tags(row, around, now=now), *words.alert_tags(brief)]
    if len(tags) < TAGS_ON_A_CALM_CARD:
        tags += _task_tags(row)
    return VisitCard(
        id="neste",
        name=brief.name,
        place=words.place_of(brief),
        time=words.unbroken(words.span(begins, row.minutes)),
        time_iso=words.iso_span(begins, row.minutes),
        label=_("Neste"),
        travel=around.journey.words_to(row.visit_id),
        matters=words.matters_of(around.said.get(row.citizen_id), brief, room=words.ON_THE_CARD),
        tags=tuple(tags),
        door=words.door_of(brief, row.visit_id),
        actions=tuple([*actions, way] if way else actions),
    )


def finish_of(row: VisitRow, around: Around, *, now: datetime, press_key: str) -> Finish | None:
    """The press that says «as planned»; None before the visit should have begun."""
    return None if now < rules.begins(row) else press_of(row, around, press_key=press_key)


def press_of(row: VisitRow, around: Around, *, press_key: str) -> Finish:
    """The same press, whatever the clock says."""
    brief = around.briefs[row.citizen_id]
    href = reverse("myday:report", args=[row.visit_id])
    return Finish(href, press_key, brief.name, around.editions.get(row.visit_id, ""))


def line_of(row: VisitRow, around: Around, *, now: datetime) -> DayRow:
    """The visit as one of the day: done, fallen through, or to come."""
    brief = around.briefs[row.citizen_id]
    begins = rules.begins(row)
    report = around.reports.get(row.visit_id)
    href = reverse("myday:visit", args=[row.visit_id])
    starts, ends = words.clock(begins), words.clock(begins + timedelta(minutes=row.minutes))
    if row.state == "CANCELLED":
        why = str(queries.CANCELLED_BY.get(row.cancelled_by, ""))
        return DayRow(starts, brief.name, ends, note=why or _("Ble ikke noe av"), href=href, state="break")
    if row.state == "DONE":
        return DayRow(starts, brief.name, ends, note=_told(report, around, now=now), href=href, state="done")
    tags = (*_state_tags(row, around, now=now), *_task_tags(row))
    return DayRow(starts, brief.name, ends, words.quoted(around.said.get(row.citizen_id)), href, tags)


def _told(report: ReportRow | None, around: Around, *, now: datetime) -> str:
    if report is None:
        return ""
    same_day = oslo.day_of(report.reported_at) == around.on
    when = (
        words.at_clock(report.reported_at)
        if same_day
        else words.near_moment(report.reported_at, today=oslo.day_of(now))
    )
    if report.note:
        return _("Ferdig med notat %(when)s") % {"when": when}
    return _("Ferdig %(when)s") % {"when": when}


def _state_tags(row: VisitRow, around: Around, *, now: datetime) -> list[Tag]:
    """What is special today: from a colleague, not at home, changed, together with somebody."""
    brief = around.briefs[row.citizen_id]
    found = [Tag(text, "accent", "PersonGroup")] if (text := came_from(row, around)) else []
    if brief.whereabouts:
        found.append(Tag(brief.whereabouts_text, "warning", "Hospital"))
    if row.changed_at is not None and (text := _changed(row.changed_at, on=around.on)):
        found.append(Tag(text, "warning", "ExclamationmarkTriangleFill"))
    others = [around.marks[helper].given_name for helper in row.helper_ids if helper != around.me]
    if others:
        found.append(Tag(_("Sammen med %(names)s") % {"names": words.listed(others)}, "accent", "PersonGroup"))
    elif row.helpers > len(row.helper_ids):
        found.append(Tag(_("Skal være to, én mangler"), "warning", "PersonGroup"))
    return found


def came_from(row: VisitRow, around: Around) -> str:
    """«Fra Kari»; empty for a visit that did not come from a colleague."""
    how = around.handed.get(row.visit_id)
    mark = around.marks.get(how.by_id or 0) if how else None
    if how is None or mark is None:
        return ""
    text = _("Tilbake fra %(name)s") if how.is_back else _("Fra %(name)s")
    return text % {"name": mark.given_name}


def _changed(changed_at: datetime, *, on: date) -> str:
    match rules.when_changed(changed_at, on=on):
        case WhenChanged.THIS_MORNING:
            return _("Endret i morges")
        case WhenChanged.TODAY:
            return _("Endret %(at)s") % {"at": words.at_clock(changed_at)}
        case _:
            return ""


def _task_tags(row: VisitRow) -> list[Tag]:
    titles = row.task_titles or (row.title,)
    shown = [Tag(title) for title in titles[:TASKS_SHOWN]]
    if more := len(titles) - len(shown):
        shown.append(Tag(_("+ %(number)s til") % {"number": more}))
    return shown


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the day and when it begins. visit_id: None for a break or a meeting."""

    begins: datetime
    row: DayRow
    visit_id: int | None = None
    ends: datetime | None = None


def lines_of(
    rest: Sequence[VisitRow],
    rows: Sequence[VisitRow],
    shifts: Sequence[ShiftLine],
    meetings: Sequence[MeetingLine],
    around: Around,
    *,
    now: datetime,
    whole_day: bool,
) -> tuple[DayRow | DayGap, ...]:
    """Visits, break and meetings in the order they begin. What is over is left out while the day goes on."""
    lines = timed_lines(rest, rows, shifts, meetings, around, now=now, whole_day=whole_day)
    shown: list[DayRow | DayGap] = []
    for number, line in enumerate(lines):
        follows_a_visit = number > 0 and line.visit_id is not None and lines[number - 1].visit_id is not None
        gap = around.journey.gap_to(line.visit_id) if follows_a_visit and line.visit_id is not None else None
        if gap is not None:
            shown.append(gap)
        shown.append(line.row)
    return tuple(shown)


def timed_lines(
    rest: Sequence[VisitRow],
    rows: Sequence[VisitRow],
    shifts: Sequence[ShiftLine],
    meetings: Sequence[MeetingLine],
    around: Around,
    *,
    now: datetime,
    whole_day: bool,
) -> list[Line]:
    """Return the same lines with when they begin, without the way between them."""
    lines = [Line(rules.begins(row), line_of(row, around, now=now), row.visit_id) for row in rest]
    kept = [_taken(row, around.journey) for row in rows if row.state != "CANCELLED"]
    visits_only = [_taken(row, None) for row in rows if row.state != "CANCELLED"]
    for shift in shifts:
        for meeting in meetings:
            begins = oslo.moment(around.on, meeting.starts)
            ends = begins + timedelta(minutes=meeting.minutes)
            if shift.period.contains(begins):
                kept.append((begins, ends))
                visits_only.append((begins, ends))
                if whole_day or ends > now:
                    lines.append(Line(begins, _meeting_row(meeting, begins, ends), ends=ends))
        pause = _break_of(shift, kept, visits_only) if rows else None
        if pause and (whole_day or pause + breaks.LENGTH > now):
            lines.append(Line(pause, _break_row(pause), ends=pause + breaks.LENGTH))
    return sorted(lines, key=lambda line: (line.begins, line.visit_id is None))


def _taken(row: VisitRow, journey: Journey | None) -> tuple[datetime, datetime]:
    begins = rules.begins(row)
    way = timedelta(minutes=journey.minutes_to(row.visit_id)) if journey else timedelta(0)
    return begins - way, begins + timedelta(minutes=row.minutes)


def _meeting_row(meeting: MeetingLine, begins: datetime, ends: datetime) -> DayRow:
    return DayRow(words.clock(begins), meeting.name, words.clock(ends), state="break")


def _break_row(begins: datetime) -> DayRow:
    return DayRow(words.clock(begins), _("Pause"), words.clock(begins + breaks.LENGTH), state="break")


def _break_of(
    shift: ShiftLine,
    with_ways: Sequence[tuple[datetime, datetime]],
    visits_only: Sequence[tuple[datetime, datetime]],
) -> datetime | None:
    """Where the lists place the break: the way kept free when there is room for that."""
    allowed = breaks.window(on=shift.on, shift_kind=shift.kind, starts_at=shift.starts_at, ends_at=shift.ends_at)
    if allowed is None or shift.is_office:
        return None
    return breaks.place(allowed, with_ways) or breaks.place(allowed, visits_only)
