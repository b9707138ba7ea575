"""A team's day gathered from the floors below, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

from tillit.care.citizens import queries as citizens
from tillit.care.citizens.queries import CitizenBrief
from tillit.care.visits import queries as visits
from tillit.care.visits.models import Visit, VisitHelper, VisitState
from tillit.care.visits.queries import VisitRow
from tillit.foundation.organisation import queries as organisation
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import MeetingLine
from tillit.foundation.workforce import queries as workforce
from tillit.foundation.workforce.queries import AtWork
from tillit.kernel import oslo
from tillit.teamwork.planning.adapter.travel import EstimatedWays
from tillit.teamwork.planning.models import DayLists
from tillit.teamwork.planning.queries.lists import ListsHead, head_from, rows_of
from tillit.teamwork.planning.rules.day import Call, Day, Meeting, Place, Row, Tie, Wish, Worker

KINDS = ("DAY", "EVENING", "NIGHT")


@dataclass(frozen=True, slots=True)
class TeamDay:
    """One part of one day: the plain day for the rules, and what the screen needs beside it."""

    unit: Unit
    day: Day
    head: ListsHead
    visits: dict[int, VisitRow]
    """Also the cancelled ones, which are not in `day.calls`."""
    briefs: dict[int, CitizenBrief]
    at_work: tuple[AtWork, ...]
    everybody: tuple[AtWork, ...]
    """Also those on the day's other shifts."""


@dataclass(frozen=True, slots=True)
class TeamDays:
    """Every part of the days [first, after) with work or visits, and the shifts and meetings they were made from."""

    first: date
    after: date
    parts: dict[tuple[date, str], tuple[Day, ListsHead]]
    at_work: tuple[AtWork, ...]
    meetings: tuple[MeetingLine, ...]
    """The unit's own fixed meetings, as they are on `first`."""


def team_day(*, unit: Unit, on: date, shift_kind: str) -> TeamDay:
    """Return the day as it is on the lists; where nobody has started any, as the visits themselves say.

    Notes the reading of each citizen visited. Callers have checked reach.
    """
    everybody = tuple(workforce.at_work(unit_id=unit.pk, on=on))
    at_work = tuple(each for each in everybody if each.shift_kind == shift_kind)
    rows = visits.visits_of_day(unit_id=unit.pk, on=on, shift_kind=shift_kind)
    by_id = {row.visit_id: row for row in rows}
    citizen_ids = sorted({row.citizen_id for row in rows})
    briefs = citizens.briefs(citizen_ids, on=on)
    lists = DayLists.objects.filter(unit_id=unit.pk, on=on, shift_kind=shift_kind).first()
    listed = rows_of([lists.pk])[lists.pk] if lists is not None else rows_from_visits(rows)
    wishes = citizens.wishes(citizen_ids, on=on)
    base = base_of(unit, briefs)
    meetings = _meetings(unit.pk, on)
    workers = tuple(worker_of(each, base=base, meetings=meetings) for each in at_work)
    calls = tuple(call_of(row, briefs.get(row.citizen_id)) for row in rows if row.state != VisitState.CANCELLED)
    places = [base, *(worker.start_place for worker in workers), *(call.place for call in calls if call.place)]
    day = Day(
        on=on,
        shift_kind=shift_kind,
        workers=workers,
        calls=calls,
        rows=listed,
        ties=tuple(
            Tie(link.first_id, link.then_id, link.least_minutes, link.most_minutes)
            for link in visits.visit_links(by_id)
        ),
        known=visits.known_helpers(unit_id=unit.pk, until=on, citizen_ids=citizen_ids),
        primary={
            citizen_id: brief.primary_contact_id
            for citizen_id, brief in briefs.items()
            if brief.primary_contact_id is not None
        },
        wishes={
            citizen_id: tuple(Wish(wish.kind, wish.employee_id, wish.gender) for wish in found)
            for citizen_id, found in wishes.items()
        },
        ways=EstimatedWays(places),
    )
    return TeamDay(unit, day, head_from(lists), by_id, briefs, at_work, everybody)


def shown_day(*, unit: Unit, on: date, shift_kind: str, days: TeamDays, also: Iterable[int] = ()) -> TeamDay:
    """Return the same part of a day for a page that shows it and changes nothing, from days read already.

    Names and places are there; ties, wishes and who is known, which only making lists asks for, are not.
    also: others whose short version the page shows. Notes the reading of each of them and of each citizen visited.
    Callers have checked reach.
    """
    read, head = days.parts.get((on, shift_kind), (Day(on, shift_kind), head_from(None)))
    everybody = tuple(each for each in days.at_work if each.on == on)
    at_work = tuple(each for each in everybody if each.shift_kind == shift_kind)
    rows = visits.visits_of_day(unit_id=unit.pk, on=on, shift_kind=shift_kind)
    visited = {row.citizen_id for row in rows}
    briefs = citizens.briefs(sorted(visited | set(also)), on=on)
    base = base_of(unit, {citizen_id: brief for citizen_id, brief in briefs.items() if citizen_id in visited})
    meetings = _meetings(unit.pk, on)
    workers = tuple(worker_of(each, base=base, meetings=meetings) for each in at_work)
    calls = tuple(call_of(row, briefs.get(row.citizen_id)) for row in rows if row.state != VisitState.CANCELLED)
    day = Day(
        on=on,
        shift_kind=shift_kind,
        workers=workers,
        calls=calls,
        rows=read.rows if head.lists_id is not None else rows_from_visits(rows),
        ways=EstimatedWays([base, *(call.place for call in calls if call.place)]),
    )
    return TeamDay(unit, day, head, {row.visit_id: row for row in rows}, briefs, at_work, everybody)


def team_days(*, unit: Unit, first: date, after: date) -> TeamDays:
    """Return every part of every day in [first, after) with work or visits: for capacity and the week.

    Without what only a single day's page needs: places, wishes, ties and who is known. Constant number of queries.
    """
    at_work = tuple(workforce.at_work_between(unit_id=unit.pk, first=first, after=after))
    rows = _plain_visits(unit.pk, first=first, after=after)
    stored = {
        (lists.on, lists.shift_kind): lists
        for lists in DayLists.objects.filter(unit_id=unit.pk, on__gte=first, on__lt=after)
    }
    listed = rows_of([lists.pk for lists in stored.values()])
    weekly = tuple(organisation.meetings_of([unit.pk], on=first))
    workers: dict[tuple[date, str], list[Worker]] = defaultdict(list)
    for each in at_work:
        meetings = tuple(
            _meeting(line.name, each.on, line.starts, line.minutes)
            for line in weekly
            if str(each.on.isoweekday()) in line.weekdays
        )
        workers[each.on, each.shift_kind].append(worker_of(each, base=(0.0, 0.0), meetings=meetings))
    calls, own_rows = rows
    found = {}
    for key in sorted(workers.keys() | calls.keys() | stored.keys()):
        lists = stored.get(key)
        day = Day(
            on=key[0],
            shift_kind=key[1],
            workers=tuple(workers[key]),
            calls=tuple(calls[key]),
            rows=listed[lists.pk] if lists is not None else tuple(sorted(own_rows[key])),
        )
        found[key] = (day, head_from(lists))
    return TeamDays(first, after, found, at_work, weekly)


def _plain_visits(
    unit_id: int, *, first: date, after: date
) -> tuple[dict[tuple[date, str], list[Call]], dict[tuple[date, str], list[Row]]]:
    """Visits that are to be made and who has them, as numbers only: nobody's reading is noted, for nobody is shown."""
    calls: dict[tuple[date, str], list[Call]] = defaultdict(list)
    found = Visit.objects.filter(unit_id=unit_id, on__gte=first, on__lt=after).exclude(state=VisitState.CANCELLED)
    columns = found.order_by("pk").values_list(
        "on", "shift_kind", "pk", "citizen_id", "minutes", "earliest_at", "latest_at", "wished_at", "helpers", "level"
    )
    for on, shift_kind, pk, citizen_id, minutes, earliest_at, latest_at, wished_at, helpers, level in columns:
        calls[on, shift_kind].append(
            Call(
                visit_id=pk,
                citizen_id=citizen_id,
                minutes=minutes,
                earliest_at=earliest_at,
                latest_at=latest_at,
                wished_at=wished_at,
                helpers=helpers,
                level=level,
            )
        )
    rows: dict[tuple[date, str], list[Row]] = defaultdict(list)
    given = VisitHelper.objects.filter(
        visit__unit_id=unit_id, visit__on__gte=first, visit__on__lt=after, visit__starts_at__isnull=False
    ).values_list("visit__on", "visit__shift_kind", "visit_id", "employee_id", "visit__starts_at")
    for on, shift_kind, visit_id, employee_id, starts_at in given:
        if starts_at is not None:
            rows[on, shift_kind].append(Row(visit_id, employee_id, starts_at))
    return calls, rows


def rows_from_visits(rows: list[VisitRow]) -> tuple[Row, ...]:
    """Return the rows that visits themselves hold: days before the lists were kept here, and imported days."""
    return tuple(
        sorted(
            Row(row.visit_id, employee_id, row.starts_at)
            for row in rows
            if row.starts_at is not None
            for employee_id in row.helper_ids
        )
    )


def call_of(row: VisitRow, brief: CitizenBrief | None) -> Call:
    """Return a visit as the rules see it."""
    place: Place | None = None
    if brief is not None and brief.latitude is not None and brief.longitude is not None:
        place = (brief.latitude, brief.longitude)
    return Call(
        visit_id=row.visit_id,
        citizen_id=row.citizen_id,
        minutes=row.minutes,
        earliest_at=row.earliest_at,
        latest_at=row.latest_at,
        wished_at=row.wished_at,
        helpers=row.helpers,
        needs=frozenset(row.needs),
        level=row.level,
        priority=row.priority,
        is_locked=row.is_locked,
        place=place,
    )


def worker_of(each: AtWork, *, base: Place, meetings: tuple[Meeting, ...]) -> Worker:
    """Return a colleague at work as the rules see her: meetings that lie in her shift, home as start if so agreed."""
    at_home = each.starts_at_home and each.home_latitude is not None and each.home_longitude is not None
    return Worker(
        employee_id=each.employee_id,
        name=each.name,
        given_name=each.given_name,
        initials=each.initials,
        starts_at=each.starts_at,
        ends_at=each.ends_at,
        profession=each.profession_name,
        level=each.level,
        colour=each.colour,
        is_temp=each.is_temp,
        is_absent=each.is_absent,
        is_office=each.is_office,
        gender=each.gender,
        competences=each.competences,
        travel=each.travel,
        start_place=(each.home_latitude or 0.0, each.home_longitude or 0.0) if at_home else base,
        meetings=tuple(
            meeting for meeting in meetings if each.starts_at <= meeting.starts_at and meeting.ends_at <= each.ends_at
        ),
    )


def base_of(unit: Unit, briefs: dict[int, CitizenBrief]) -> Place:
    """Return where work starts: the unit's base, else the middle of its citizens' homes."""
    if unit.base_latitude is not None and unit.base_longitude is not None:
        return (unit.base_latitude, unit.base_longitude)
    homes = [
        (brief.latitude, brief.longitude)
        for brief in briefs.values()
        if brief.latitude is not None and brief.longitude is not None
    ]
    if not homes:
        return (0.0, 0.0)
    return (sum(home[0] for home in homes) / len(homes), sum(home[1] for home in homes) / len(homes))


def _meetings(unit_id: int, on: date) -> tuple[Meeting, ...]:
    return tuple(
        _meeting(line.name, on, line.starts, line.minutes) for line in organisation.meetings_on(unit_id, on=on)
    )


def _meeting(name: str, on: date, starts: time, minutes: int) -> Meeting:
    start = oslo.moment(on, starts)
    return Meeting(name, start, start + timedelta(minutes=minutes))
