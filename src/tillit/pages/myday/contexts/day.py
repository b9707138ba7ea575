"""myday/day.html: one person's working day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.citizens import queries as citizens
from tillit.care.citizens.queries.stay_steps import own_steps
from tillit.care.journal.queries import count_waiting as count_to_sign
from tillit.care.needs import queries as needs
from tillit.care.observations import queries as observations
from tillit.care.observations.queries import WatchLine
from tillit.care.therapy import queries as therapy
from tillit.care.visits import queries as visits
from tillit.care.visits.queries import FollowUpLine, VisitRow
from tillit.care.visits.queries.editions import editions
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds_anywhere
from tillit.foundation.delivery.queries import undecided_of
from tillit.foundation.organisation import queries as organisation
from tillit.foundation.organisation.queries import MeetingLine
from tillit.foundation.workforce import queries as workforce
from tillit.kernel import oslo
from tillit.pages.myday import queries, rules
from tillit.pages.myday.contexts import words
from tillit.pages.myday.contexts.beside import answered_row, step_row, survey_rows, to_sign_row, watch_row
from tillit.pages.myday.contexts.handing import Given, given_of, hand_over_href
from tillit.pages.myday.contexts.lines import (
    Around,
    Finish,
    Journey,
    card_of,
    finish_of,
    line_of,
    lines_of,
)
from tillit.pages.myday.contexts.notices import NoticeShown, notices_shown
from tillit.pages.myday.rules import ShiftLine
from tillit.teamwork.deviations.queries import unseen_answers
from tillit.teamwork.planning import queries as planning
from tillit.teamwork.planning.permissions import SEE_LISTS
from tillit.teamwork.planning.queries import NoticeLine
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import DayList, ListRow, RowList, VisitCard

#: Such a visit is no longer anybody's: it is told once, in a notice.
GONE_FROM_PLAN = "PLAN"


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
    from_mate: NoticeShown | None = field(metadata={"help": "The one visit a colleague gave her; several: in notices"})
    notice_ids: tuple[int, ...] = field(metadata={"help": "«Sett» takes these away, not what comes after the page"})
    undelivered: int = field(metadata={"help": "What she wrote without coverage that did not go through"})
    urgent: tuple[ListRow, ...] = field(metadata={"help": "Follow-ups that cannot wait: above the next visit"})
    done: DayList | None
    done_words: str
    card: VisitCard | None = field(metadata={"help": "The next visit"})
    finish: Finish | None
    hand_over_href: str = field(metadata={"help": "To give the next visit away; empty when it cannot be"})
    mates_href: str = field(metadata={"help": "To the colleagues; empty when she is not at work"})
    mates: str = field(metadata={"help": "«Kollegene nå · 2 ledige»"})
    waiting: RowList | None = field(metadata={"help": "Follow-ups that are hers, the first due on top"})
    joint: RowList | None = field(metadata={"help": "Visits with a therapist and the team together"})
    rest: DayList | None
    rest_title: str
    nothing: NothingToday | None
    has_day: bool = field(metadata={"help": "Whether there is a day the phone can keep"})
    saved_key: str = field(metadata={"help": "Of the text that was just sent: the browser forgets its copy"})


@dataclass(frozen=True, slots=True)
class DayRead:
    """One working day as it was read: for the page, and for what a phone carries without coverage."""

    on: date
    is_now: bool
    mine: list[ShiftLine]
    rows: list[VisitRow]
    follow_ups: list[FollowUpLine]
    watches: list[WatchLine]
    answers: int
    unseen: list[NoticeLine]
    meetings: list[MeetingLine]
    around: Around
    free: int


def read_day(*, me: int, on: date | None, now: datetime) -> DayRead:
    """Read the working day `on`, or the one that is going on at `now`. The same number of queries for any list."""
    today = oslo.day_of(now)
    one_day = timedelta(days=1)
    shifts = queries.shifts_between(me, today - 2 * one_day, today + one_day)
    going_on = rules.working_day([shift for shift in shifts if today - one_day <= shift.on <= today], now)
    working_day = on or going_on
    is_now = working_day == going_on
    if is_now:
        shifts = [shift for shift in shifts if abs(shift.on - working_day) <= one_day]
    else:
        shifts = queries.shifts_between(me, working_day - one_day, working_day + one_day)
    mine = [shift for shift in shifts if shift.on == working_day]
    rows = _visits(me, working_day, shifts, mine)
    follow_ups = visits.open_follow_ups(owner_id=me) if is_now else []
    watches = observations.open_watches(owner_id=me) if is_now else []
    answers = unseen_answers(me) if is_now else 0
    unseen = planning.notices_for(employee_id=me) if is_now else []
    citizen_ids = [
        *(row.citizen_id for row in rows),
        *(line.citizen_id for line in follow_ups),
        *(line.citizen_id for line in watches),
        *(line.citizen_id for line in unseen if line.citizen_id is not None),
    ]
    handed = planning.handed_to(employee_id=me, visit_ids=[row.visit_id for row in rows])
    colleagues = {helper for row in rows for helper in row.helper_ids}
    colleagues |= {how.by_id for how in handed.values() if how.by_id is not None}
    briefs = citizens.briefs(citizen_ids, on=working_day, at=now if is_now else None)
    around = Around(
        briefs=briefs,
        said=needs.newest_words({row.citizen_id for row in rows}),
        marks=workforce.marks(employee_ids=colleagues),
        reports=visits.newest_reports([row.visit_id for row in rows]),
        me=me,
        on=working_day,
        journey=Journey(rows, briefs, mine),
        editions=editions([row.visit_id for row in rows]),
        handed=handed,
    )
    meetings = organisation.meetings_on(mine[0].unit_id, on=working_day) if mine else []
    free = 0
    if is_now and mine:
        free = planning.count_free(unit_id=mine[0].unit_id, on=working_day, shift_kind=mine[0].kind)
    return DayRead(working_day, is_now, mine, rows, follow_ups, watches, answers, unseen, meetings, around, free)


def day_page(*, actor: Actor, on: date | None, now: datetime, press_key: str, saved_key: str = "") -> DayPage:
    """Return the working day `on`, or the one that is going on at `now`. The same number of queries for any list."""
    me = actor.employee_id
    if me is None:
        return _without_employee(on or oslo.day_of(now))
    read = read_day(me=me, on=on, now=now)
    rows, mine, around, is_now, working_day = read.rows, read.mine, read.around, read.is_now, read.on
    coming = rules.next_of(rows) if is_now else None
    done = [row for row in rows if row.state == "DONE"] if is_now else []
    rest = [row for row in rows if row not in done and row is not coming]
    lines = lines_of(rest, rows, mine, read.meetings, around, now=now, whole_day=not is_now)
    given = _given(rows, around)
    news = notices_shown(read.unseen, around.briefs, now=now, givers=_givers(around), given=given)
    from_mates = [notice for notice in news if notice.given]
    from_mate = from_mates[0] if len(from_mates) == 1 else None
    to_mates = bool(is_now and mine and holds_anywhere(actor, SEE_LISTS))
    return DayPage(
        on=working_day,
        is_now=is_now,
        note=day_note(working_day, rows),
        earlier_href=_href(working_day - timedelta(days=1)),
        later_href=_href(working_day + timedelta(days=1)),
        now_href="" if is_now else reverse("myday:today"),
        notices=tuple(notice for notice in news if notice is not from_mate),
        from_mate=from_mate,
        notice_ids=tuple(
            line.notice_id for line in read.unseen if not from_mate or line.notice_id != from_mate.notice_id
        ),
        undelivered=undecided_of(actor.user_id) if is_now and actor.user_id else 0,
        urgent=(
            *(watch_row(line, around.briefs, now=now) for line in read.watches),
            *(_follow_up_row(line, around, now=now) for line in read.follow_ups if line.urgency == "NOW"),
        ),
        done=DayList(tuple(line_of(row, around, now=now) for row in done)) if done else None,
        done_words=_done_words(len(done)),
        card=card_of(coming, around, now=now) if coming else None,
        finish=finish_of(coming, around, now=now, press_key=press_key) if coming else None,
        hand_over_href=hand_over_href(actor, coming) if coming else "",
        mates_href=reverse("myday:mates") if to_mates else "",
        mates=_mates(read.free) if to_mates else "",
        waiting=_waiting(
            [line for line in read.follow_ups if line.urgency != "NOW"],
            around,
            beside=(
                *to_sign_row(count_to_sign(actor=actor, at=now) if is_now else 0),
                *answered_row(read.answers),
                *(survey_rows(actor, now=now) if is_now else ()),
                *(
                    step_row(step, now=now)
                    for step in (own_steps(actor=actor, until=oslo.day_of(now)) if is_now else [])
                ),
            ),
            now=now,
        ),
        joint=_joint(me, rows, on=working_day),
        rest=DayList(lines) if lines else None,
        rest_title=_("Utover dagen") if is_now and (coming or done) else _("Dagen"),
        nothing=_nothing(me, mine, working_day, now=now) if not rows else None,
        has_day=bool(rows),
        saved_key=saved_key,
    )


def _givers(around: Around) -> dict[int, str]:
    marks = {visit_id: around.marks.get(how.by_id or 0) for visit_id, how in around.handed.items()}
    return {visit_id: mark.given_name for visit_id, mark in marks.items() if mark}


def _given(rows: Sequence[VisitRow], around: Around) -> dict[int, Given]:
    found = {}
    for row in rows:
        how = around.handed.get(row.visit_id)
        mark = around.marks.get(how.by_id or 0) if how else None
        if given := given_of(row, how, mark, around.briefs[row.citizen_id].name):
            found[row.visit_id] = given
    return found


def _mates(free: int) -> str:
    if not free:
        return _("Kollegene nå")
    lacking = ngettext("%(number)s ledig", "%(number)s ledige", free) % {"number": free}
    return words.unbroken(_("Kollegene nå · %(free)s") % {"free": lacking})


def _visits(me: int, on: date, shifts: Sequence[ShiftLine], mine: Sequence[ShiftLine]) -> list[VisitRow]:
    rows = visits.visits_of_employee(employee_id=me, on=on)
    if any(oslo.day_of(shift.ends_at) > on for shift in mine):
        rows = [*rows, *visits.visits_of_employee(employee_id=me, on=on + timedelta(days=1))]
    standing = [row for row in rows if row.cancelled_by != GONE_FROM_PLAN]
    return rules.of_working_day(standing, shifts, on)


def _joint(me: int, rows: Sequence[VisitRow], *, on: date) -> RowList | None:
    """The day's visits with a therapist and the team together: as the therapist, or as the one she comes along with."""
    going = [row.visit_id for row in rows if row.state != "CANCELLED"]
    lines = therapy.joint_of_day(employee_id=me, on=on, visit_ids=going)
    together, comes = _("Sammen med %(team)s: %(why)s"), _("%(who)s er med: %(why)s")
    found = tuple(
        ListRow(
            title=f"{words.span(one.starts_at, one.minutes)} {one.citizen_name}",
            note=_("Besøket er avlyst.")
            if one.is_off
            else (together if one.therapist_id == me else comes)
            % {"team": one.unit_name, "who": one.therapist_name, "why": one.why},
            href=reverse("myday:visit", args=[one.visit_id]),
        )
        for one in lines
    )
    return RowList(found) if found else None


def _href(on: date) -> str:
    return reverse("myday:day", args=[on.isoformat()])


def day_note(on: date, rows: Sequence[VisitRow]) -> str:
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


def _waiting(
    lines: Sequence[FollowUpLine], around: Around, *, beside: Sequence[ListRow], now: datetime
) -> RowList | None:
    rows = (*beside, *(_follow_up_row(line, around, now=now) for line in lines))
    return RowList(rows, label=_("Venter på deg")) if rows else None


def _follow_up_row(line: FollowUpLine, around: Around, *, now: datetime) -> ListRow:
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


def _without_employee(on: date) -> DayPage:
    return DayPage(
        on=on,
        is_now=True,
        note=words.capital(formats.long_date(on, page_language())),
        earlier_href="",
        later_href="",
        now_href="",
        notices=(),
        from_mate=None,
        notice_ids=(),
        undelivered=0,
        urgent=(),
        done=None,
        done_words="",
        card=None,
        finish=None,
        hand_over_href="",
        mates_href="",
        mates="",
        waiting=None,
        joint=None,
        rest=None,
        rest_title="",
        nothing=NothingToday(
            _("Du er ikke registrert som medarbeider"),
            _("Derfor har du ingen vakter eller besøk. Ta kontakt med lederen din hvis det er feil."),
            "Person",
        ),
        has_day=False,
        saved_key="",
    )
