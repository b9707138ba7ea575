"""myday/day.html: one person's working day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.citizens import queries as citizens
from tillit.care.citizens.queries import CitizenBrief
from tillit.care.needs import queries as needs
from tillit.care.needs.queries import Words
from tillit.care.visits import queries as visits
from tillit.care.visits.queries import FollowUpLine, ReportRow, VisitRow
from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation import queries as organisation
from tillit.foundation.organisation.queries import MeetingLine
from tillit.foundation.workforce import queries as workforce
from tillit.foundation.workforce.queries import Mark
from tillit.kernel import oslo
from tillit.pages.myday import queries, rules
from tillit.pages.myday.contexts import words
from tillit.pages.myday.contexts.notices import NoticeShown, notices_shown
from tillit.pages.myday.rules import ShiftLine, WhenChanged
from tillit.teamwork.planning import queries as planning
from tillit.teamwork.planning.adapter.travel import DayWays
from tillit.teamwork.planning.rules import breaks
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Action, DayGap, DayList, DayRow, ListRow, RowList, Tag, VisitCard

#: So many things to do are named in a row; the rest is a number.
TASKS_SHOWN = 2
#: A card with more than this to know before the door leaves what to do there to the visit's own page.
TAGS_ON_A_CALM_CARD = 2
#: Such a visit is no longer anybody's: it is told once, in a notice.
GONE_FROM_PLAN = "PLAN"


@dataclass(frozen=True, slots=True)
class Finish:
    """One press says «as planned» from the card, once the visit should have begun."""

    href: str
    press_key: str
    name: str


@dataclass(frozen=True, slots=True)
class NothingToday:
    """Why the list is empty, and when there is something again."""

    title: str
    text: str
    icon: str


@dataclass(frozen=True, slots=True)
class DayPage:
    """myday/day.html: what the signed-in employee does on one working day."""

    on: date
    is_now: bool = field(metadata={"help": "True: the working day that is going on, with a next visit"})
    note: str = field(metadata={"help": "Day and number of visits: «Tirsdag 24. november · 7 besøk»"})
    earlier_href: str
    later_href: str
    now_href: str = field(metadata={"help": "Back to the day that is going on; empty when it is shown"})
    notices: tuple[NoticeShown, ...] = field(metadata={"help": "What changed on the list since she looked"})
    notice_ids: tuple[int, ...] = field(metadata={"help": "«Sett» takes these away, not what comes after the page"})
    urgent: tuple[ListRow, ...] = field(metadata={"help": "Follow-ups that cannot wait: above the next visit"})
    done: DayList | None
    done_words: str
    card: VisitCard | None = field(metadata={"help": "The next visit"})
    finish: Finish | None
    waiting: RowList | None = field(metadata={"help": "Follow-ups that are hers, the first due on top"})
    rest: DayList | None
    rest_title: str
    nothing: NothingToday | None
    saved_key: str = field(metadata={"help": "Of the text that was just sent: the browser forgets its copy"})


@dataclass(frozen=True, slots=True)
class _Around:
    """What the rows of a day need to know of everybody in it."""

    briefs: Mapping[int, CitizenBrief]
    said: Mapping[int, Words]
    marks: Mapping[int, Mark]
    reports: Mapping[int, ReportRow]
    me: int
    on: date
    journey: "_Journey"


class _Journey:
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


def day_page(*, actor: Actor, on: date | None, now: datetime, press_key: str, saved_key: str = "") -> DayPage:
    """Return the working day `on`, or the one that is going on at `now`. The same number of queries for any list."""
    today = oslo.day_of(now)
    me = actor.employee_id
    if me is None:
        return _without_employee(on or today, now=now)
    going_on = rules.working_day(queries.shifts_between(me, today - timedelta(days=1), today), now)
    working_day = on or going_on
    is_now = working_day == going_on
    shifts = queries.shifts_between(me, working_day - timedelta(days=1), working_day + timedelta(days=1))
    mine = [shift for shift in shifts if shift.on == working_day]
    rows = _visits(me, working_day, shifts, mine)
    follow_ups = visits.open_follow_ups(owner_id=me) if is_now else []
    unseen = planning.notices_for(employee_id=me) if is_now else []
    citizen_ids = [
        *(row.citizen_id for row in rows),
        *(line.citizen_id for line in follow_ups),
        *(line.citizen_id for line in unseen if line.citizen_id is not None),
    ]
    briefs = citizens.briefs(citizen_ids, on=working_day, at=now if is_now else None)
    around = _Around(
        briefs=briefs,
        said=needs.newest_words({row.citizen_id for row in rows}),
        marks=workforce.marks(employee_ids={helper for row in rows for helper in row.helper_ids}),
        reports=visits.newest_reports([row.visit_id for row in rows]),
        me=me,
        on=working_day,
        journey=_Journey(rows, briefs, mine),
    )
    coming = rules.next_of(rows) if is_now else None
    done = [row for row in rows if row.state == "DONE"] if is_now else []
    rest = [row for row in rows if row not in done and row is not coming]
    meetings = organisation.meetings_on(mine[0].unit_id, on=working_day) if mine else []
    lines = _lines(rest, rows, mine, meetings, around, now=now, whole_day=not is_now)
    return DayPage(
        on=working_day,
        is_now=is_now,
        note=_note(working_day, rows),
        earlier_href=_href(working_day - timedelta(days=1)),
        later_href=_href(working_day + timedelta(days=1)),
        now_href="" if is_now else reverse("myday:today"),
        notices=notices_shown(unseen, briefs, now=now),
        notice_ids=tuple(line.notice_id for line in unseen),
        urgent=tuple(_follow_up_row(line, around, now=now) for line in follow_ups if line.urgency == "NOW"),
        done=DayList(tuple(_row(row, around, now=now) for row in done)) if done else None,
        done_words=_done_words(len(done)),
        card=_card(coming, around, now=now) if coming else None,
        finish=_finish(coming, around, now=now, press_key=press_key) if coming else None,
        waiting=_waiting([line for line in follow_ups if line.urgency != "NOW"], around, now=now),
        rest=DayList(lines) if lines else None,
        rest_title=_("Utover dagen") if is_now and (coming or done) else _("Dagen"),
        nothing=_nothing(me, mine, working_day, now=now) if not rows else None,
        saved_key=saved_key,
    )


def _visits(me: int, on: date, shifts: Sequence[ShiftLine], mine: Sequence[ShiftLine]) -> list[VisitRow]:
    rows = visits.visits_of_employee(employee_id=me, on=on)
    if any(oslo.day_of(shift.ends_at) > on for shift in mine):
        rows = [*rows, *visits.visits_of_employee(employee_id=me, on=on + timedelta(days=1))]
    standing = [row for row in rows if row.cancelled_by != GONE_FROM_PLAN]
    return rules.of_working_day(standing, shifts, on)


def _href(on: date) -> str:
    return reverse("myday:day", args=[on.isoformat()])


def _note(on: date, rows: Sequence[VisitRow]) -> str:
    day = words.capital(formats.long_date(on, page_language()))
    number = sum(row.state != "CANCELLED" for row in rows)
    if not number:
        return day
    return _("%(day)s · %(visits)s") % {
        "day": day,
        "visits": ngettext("%(number)s besøk", "%(number)s besøk", number) % {"number": number},
    }


def _done_words(number: int) -> str:
    return ngettext("%(number)s besøk er ferdig", "%(number)s besøk er ferdige", number) % {"number": number}


def _card(row: VisitRow, around: _Around, *, now: datetime) -> VisitCard:
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


def _finish(row: VisitRow, around: _Around, *, now: datetime, press_key: str) -> Finish | None:
    if now < rules.begins(row):
        return None
    brief = around.briefs[row.citizen_id]
    return Finish(reverse("myday:report", args=[row.visit_id]), press_key, brief.name)


def _row(row: VisitRow, around: _Around, *, now: datetime) -> DayRow:
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


def _told(report: ReportRow | None, around: _Around, *, now: datetime) -> str:
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


def _state_tags(row: VisitRow, around: _Around, *, now: datetime) -> list[Tag]:
    """What is special today: not at home, changed, together with somebody."""
    found = []
    brief = around.briefs[row.citizen_id]
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


def _lines(
    rest: Sequence[VisitRow],
    rows: Sequence[VisitRow],
    shifts: Sequence[ShiftLine],
    meetings: Sequence[MeetingLine],
    around: _Around,
    *,
    now: datetime,
    whole_day: bool,
) -> tuple[DayRow | DayGap, ...]:
    """Visits, break and meetings in the order they begin. What is over is left out while the day goes on."""
    lines: list[tuple[datetime, int, DayRow, DayGap | None]] = [
        (rules.begins(row), 0, _row(row, around, now=now), around.journey.gap_to(row.visit_id)) for row in rest
    ]
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
                    lines.append((begins, 1, _meeting_row(meeting, begins, ends), None))
        pause = _break_of(shift, kept, visits_only) if rows else None
        if pause and (whole_day or pause + breaks.LENGTH > now):
            lines.append((pause, 1, _break_row(pause), None))
    lines.sort(key=lambda line: line[:2])
    shown: list[DayRow | DayGap] = []
    for number, (_begins, kind, line, gap) in enumerate(lines):
        follows_a_visit = number > 0 and lines[number - 1][1] == kind == 0
        if gap is not None and follows_a_visit:
            shown.append(gap)
        shown.append(line)
    return tuple(shown)


def _taken(row: VisitRow, journey: _Journey | None) -> tuple[datetime, datetime]:
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


def _waiting(lines: Sequence[FollowUpLine], around: _Around, *, now: datetime) -> RowList | None:
    if not lines:
        return None
    return RowList(tuple(_follow_up_row(line, around, now=now) for line in lines), label=_("Venter på deg"))


def _follow_up_row(line: FollowUpLine, around: _Around, *, now: datetime) -> ListRow:
    brief = around.briefs[line.citizen_id]
    when = words.near_moment(line.told_at, today=oslo.day_of(now))
    note = when
    if line.told_by_id == around.me:
        note = _("Du sa fra %(when)s") % {"when": when}
    elif line.told_by_name:
        note = _("%(who)s sa fra %(when)s") % {"who": line.told_by_name, "when": when}
    return ListRow(
        title=_("%(change)s hos %(name)s") % {"change": queries.CHANGE_KINDS[line.kind], "name": brief.name},
        note=note,
        href=reverse("myday:follow_up", args=[line.follow_up_id]),
        badges=(
            formats.deadline_at(
                line.due_at, now=now, by_the_clock=line.urgency == queries.WITHIN_THE_HOUR, language=page_language()
            ),
        ),
    )


def _nothing(me: int, mine: Sequence[ShiftLine], on: date, *, now: datetime) -> NothingToday:
    today = oslo.day_of(now)
    if mine:
        hours = words.hours(mine[0].starts_at, mine[0].ends_at)
        if mine[0].is_office:
            return NothingToday(
                _("Du er på kontoret %(day)s") % {"day": words.near_day(on, today=today)},
                _("Vakta di er %(hours)s. Ingen besøk er satt opp på deg.") % {"hours": hours},
                "Buildings3",
            )
        return NothingToday(
            _("Ingen besøk på lista di ennå"),
            _("Vakta di er %(hours)s i %(team)s. Besøkene kommer hit når fordeleren har tatt listene i bruk.")
            % {"hours": hours, "team": mine[0].unit_name},
            "Clock",
        )
    start_of_next = max(now, oslo.whole_day(on).end) if on >= today else now
    upcoming = queries.next_shift(me, start_of_next)
    title = _("Du er ikke på vakt %(day)s") % {"day": words.near_day(on, today=today)}
    if upcoming is None:
        return NothingToday(title, _("Det er ikke satt opp flere vakter på deg."), "Calendar")
    return NothingToday(
        title,
        _("Neste vakt er %(day)s %(hours)s i %(team)s.")
        % {
            "day": words.near_day(upcoming.on, today=today),
            "hours": words.hours(upcoming.starts_at, upcoming.ends_at),
            "team": upcoming.unit_name,
        },
        "Calendar",
    )


def _without_employee(on: date, *, now: datetime) -> DayPage:
    return DayPage(
        on=on,
        is_now=True,
        note=words.capital(formats.long_date(on, page_language())),
        earlier_href="",
        later_href="",
        now_href="",
        notices=(),
        notice_ids=(),
        urgent=(),
        done=None,
        done_words="",
        card=None,
        finish=None,
        waiting=None,
        rest=None,
        rest_title="",
        nothing=NothingToday(
            _("Du er ikke registrert som medarbeider"),
            _("Derfor har du ingen vakter eller besøk. Ta kontakt med lederen din hvis det er feil."),
            "Person",
        ),
        saved_key="",
    )
