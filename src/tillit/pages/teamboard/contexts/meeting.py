"""The next meeting of the team, with an agenda that fills itself."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.visits.models import ChangeKind
from tillit.foundation.organisation.queries import MeetingLine
from tillit.kernel import oslo
from tillit.pages.teamboard.contexts.today import Today
from tillit.pages.teamboard.contexts.waiting import MOST_ITEMS, Waiting, name_in, shortened
from tillit.teamwork.planning import words
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import ListRow, RowList


@dataclass(frozen=True, slots=True)
class MeetingPanel:
    """The next meeting with an agenda that fills itself."""

    title: str
    minutes: str
    items: RowList
    count: str
    href: str


def next_meeting(today: Today, waiting: Waiting) -> MeetingPanel | None:
    """Return the team's next fixed meeting with its agenda; None when the team has none."""
    on = oslo.day_of(today.now)
    meetings = today.meetings(on)
    coming = sorted(
        ((start, meeting) for meeting in meetings for start in [_next_start(meeting, today.now)] if start is not None),
        key=lambda each: (each[0], each[1].meeting_id),
    )
    if not coming:
        return None
    start, meeting = coming[0]
    items = _agenda(waiting, until=oslo.day_of(start))
    day = (
        ""
        if oslo.day_of(start) == on
        else f"{formats.near_date(start, today=on, language=page_language(), weekdays=True)} "
    )
    return MeetingPanel(
        title=_("%(name)s %(day)skl. %(time)s") % {"name": meeting.name, "day": day, "time": words.clock(start)},
        minutes=words.minutes(meeting.minutes),
        items=RowList(tuple(items[:MOST_ITEMS]), ordered=True, look="agenda"),
        count=ngettext("%(count)d sak", "%(count)d saker", len(items)) % {"count": len(items)},
        href=reverse("organisation:unit", args=(today.unit.pk,)),
    )


def _agenda(waiting: Waiting, *, until: date) -> list[ListRow]:
    """Changes told for the meeting first, then new citizens, then goals due before it."""
    items = [
        ListRow(
            title=name_in(waiting, one.citizen_id),
            note=shortened(one.words) or str(ChangeKind(one.kind).label),
            href=reverse("myday:follow_up", args=(one.follow_up_id,)),
        )
        for one in waiting.follow_ups
        if one.urgency == "MEETING"
    ]
    items += [
        ListRow(
            title=brief.name,
            note=_("Ny. Hvem blir primærkontakt?")
            if brief.primary_contact_id is None
            else _("Ny. Hvem tar samtalen om hva som er viktig?"),
            href=reverse("citizens:page", args=(brief.citizen_id,)),
        )
        for brief in waiting.new
    ]
    items += [
        ListRow(
            title=name_in(waiting, one.citizen_id),
            note=_("Evaluer: «%(goal)s»") % {"goal": shortened(one.words)},
            href=reverse("citizens:page", args=(one.citizen_id,)),
        )
        for one in waiting.evaluations
        if one.evaluate_on <= until
    ]
    return items


def _next_start(meeting: MeetingLine, now: datetime) -> datetime | None:
    """The meeting's next start, today's until it is over."""
    first = oslo.day_of(now)
    for ahead in range(8):
        day = first + timedelta(days=ahead)
        if str(day.isoweekday()) not in meeting.weekdays:
            continue
        start = oslo.moment(day, meeting.starts)
        if start + timedelta(minutes=meeting.minutes) > now:
            return start
    return None
