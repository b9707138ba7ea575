"""Everything the board is made from, read once in a constant number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from tillit.care.citizens import queries as citizens
from tillit.care.citizens.queries import CitizenBrief
from tillit.foundation.organisation import queries as organisation
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import MeetingLine
from tillit.foundation.responsibility import queries as responsibility
from tillit.foundation.responsibility.queries import DutyDay
from tillit.foundation.workforce import queries as workforce
from tillit.foundation.workforce.queries import Mark
from tillit.kernel import oslo
from tillit.teamwork.planning import queries as planning
from tillit.teamwork.planning.queries import ListsHead, TeamDay, TeamDays
from tillit.teamwork.planning.rules import board as hours
from tillit.teamwork.planning.rules import capacity
from tillit.teamwork.planning.rules.capacity import Capacity
from tillit.teamwork.planning.rules.day import Day
from tillit.ui import formats
from tillit.ui.parts import HelperMark

KINDS = ("DAY", "EVENING", "NIGHT")
LEAST_AHEAD = 3
"""With fewer days than this left of the week, the table goes on into the next."""
USUAL_AHEAD = 5


@dataclass(frozen=True, slots=True)
class Today:
    """The team today and in the days ahead."""

    unit: Unit
    now: datetime
    on: date
    kind: str
    """The part of the day that is going on."""
    part: TeamDay
    """That part, with names and places."""
    days: TeamDays
    """Every part of today and the days the table shows."""
    duties: tuple[DutyDay, ...]
    people: dict[int, Mark]
    citizen_ids: tuple[int, ...]
    last: date
    """The last day the table shows."""

    def briefs_of(self, citizen_ids: Iterable[int], *, on: date) -> dict[int, CitizenBrief]:
        """The short version of each on a day: those read with the part of the day, the others asked for together."""
        wanted = set(citizen_ids)
        known = self.part.briefs if on == self.on else {}
        return {
            **{citizen_id: known[citizen_id] for citizen_id in wanted & known.keys()},
            **citizens.briefs(sorted(wanted - known.keys()), on=on),
        }

    def meetings(self, on: date) -> tuple[MeetingLine, ...]:
        """The team's fixed meetings as they are on a day."""
        if on == self.days.first:
            return self.days.meetings
        return tuple(organisation.meetings_of({self.unit.pk, self.days.family.team_id}, on=on))

    @property
    def shown(self) -> tuple[date, ...]:
        """Today and the days the table shows."""
        return tuple(self.on + timedelta(days=number) for number in range((self.last - self.on).days + 1))

    def title(self, language: str) -> str:
        """The day; after midnight, while the night shift lasts, the night to which it belongs."""
        calendar_day = oslo.day_of(self.now)
        if calendar_day > self.on:
            return _("Natt til %(day)s") % {"day": formats.long_date(calendar_day, language)}
        return formats.long_date(self.on, language).capitalize()

    @property
    def when(self) -> str:
        """«i dag», «i natt», or «i morgen» when nobody works any more today."""
        if self.on > oslo.day_of(self.now):
            return _("i morgen")
        return _("i natt") if self.kind == "NIGHT" else _("i dag")

    def part_of(self, on: date, kind: str) -> tuple[Day, ListsHead | None]:
        """One part of one day, also when there is neither work nor visits."""
        found = self.days.parts.get((on, kind))
        return found if found is not None else (Day(on, kind), None)

    def capacity_of(self, on: date, kind: str) -> Capacity:
        """What that part has and needs."""
        day, head = self.part_of(on, kind)
        return capacity.of_day(day, is_listed=(head is not None and head.lists_id is not None) or bool(day.rows))


def read(*, unit: Unit, now: datetime, citizen_ids: Iterable[int] = (), also: Iterable[int] = ()) -> Today:
    """Return today for a unit the actor reaches.

    citizen_ids: whom the unit follows, for pages that say so. also: citizens to read the short version of with those
    visited, because they are shown beside.
    """
    since = hours.usual_day(now)
    days = planning.team_days(unit=unit, first=since, after=last_day(since + timedelta(days=1)) + timedelta(days=1))
    on, kind = going_on(days.parts, since, hours.usual_kind(now))
    last = last_day(on)
    part = planning.shown_day(unit=unit, on=on, shift_kind=kind, days=days, also=also)
    duties = responsibility.duties_of_week(  # the team's: a work group has none of its own
        unit_id=days.family.team_id,
        first=on,
        days=(last - on).days + 1,
        at_work=None if days.family.is_group else days.at_work,
    )
    holders = {duty.holder_id for day in duties for duty in day.duties if duty.holder_id is not None}
    people = {each.employee_id: workforce.mark_at_work(each) for each in days.at_work if each.employee_id in holders}
    people |= workforce.marks(employee_ids=holders - people.keys(), unit_id=unit.pk)
    return Today(
        unit=unit,
        now=now,
        on=on,
        kind=kind,
        part=part,
        days=days,
        duties=tuple(duties),
        people=people,
        citizen_ids=tuple(citizen_ids),
        last=last,
    )


def going_on(parts: Mapping[tuple[date, str], object], on: date, kind: str) -> tuple[date, str]:
    """Return the part of the day that is going on; where nobody works then, the next of the three that has something.

    A team without nights sees the coming day from the evening before.
    """
    order = [(on + timedelta(days=ahead), each) for ahead in range(2) for each in KINDS]
    first = order.index((on, kind))
    return next((part for part in order[first : first + len(KINDS)] if part in parts), (on, kind))


def last_day(on: date) -> date:
    """Return the Sunday of the week, or some days more when it is near."""
    sunday = on + timedelta(days=6 - on.weekday())
    return sunday if (sunday - on).days >= LEAST_AHEAD else on + timedelta(days=USUAL_AHEAD)


def mark(found: Mark) -> HelperMark:
    """A colleague's mark."""
    return HelperMark(found.initials, found.name, colour=found.colour, kind="temp" if found.is_temp else "")
