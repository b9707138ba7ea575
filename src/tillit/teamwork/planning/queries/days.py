"""A team's day gathered from the floors below, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models.functions import Coalesce

from tillit.care.citizens import queries as citizens
from tillit.care.citizens.queries import CitizenBrief
from tillit.care.visits import queries as visits
from tillit.care.visits.models import Visit, VisitHelper, VisitState
from tillit.care.visits.queries import VisitRow
from tillit.foundation.access import reading
from tillit.foundation.organisation import queries as organisation
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import MeetingLine
from tillit.foundation.organisation.rules import Family
from tillit.foundation.workforce import queries as workforce
from tillit.foundation.workforce.queries import AtWork
from tillit.teamwork.planning.adapter.travel import DayWays
from tillit.teamwork.planning.models import DayLists
from tillit.teamwork.planning.queries.lists import ListsHead, head_from, rows_of
from tillit.teamwork.planning.queries.plain import (
    base_of,
    call_of,
    group_name,
    joint_meetings,
    meeting_of,
    meetings_of,
    rows_from_visits,
    worker_of,
    workers_of,
)
from tillit.teamwork.planning.rules.day import Call, Day, Row, Tie, Wish, Worker

KINDS = ("DAY", "EVENING", "NIGHT")
Part = tuple[date, str]
"""A day and a part of it."""


@dataclass(frozen=True, slots=True)
class TeamDay:
    """One part of one day: the plain day for the rules, and what the screen needs beside it."""

    unit: Unit
    family: Family
    """Who shares lists with whom."""
    day: Day
    head: ListsHead
    visits: dict[int, VisitRow]
    """Also the cancelled ones, which are not in `day.calls`."""
    briefs: dict[int, CitizenBrief]
    at_work: tuple[AtWork, ...]
    everybody: tuple[AtWork, ...]
    """Also those on the day's other shifts, and in work groups with lists of their own."""

    def group_of(self, visit_id: int) -> str:
        """The work group whose visit it is, on lists the team shares with it; else empty."""
        return group_name(self.family, self.unit.pk, self.visits[visit_id].unit_id)


@dataclass(frozen=True, slots=True)
class TeamDays:
    """Every part of the days [first, after) with work or visits, and the shifts and meetings they were made from.

    parts: the unit's own lists. groups: those of its work groups, where they have their own, by unit.
    """

    first: date
    after: date
    family: Family
    parts: dict[Part, tuple[Day, ListsHead]]
    groups: dict[int, dict[Part, tuple[Day, ListsHead]]]
    at_work: tuple[AtWork, ...]
    """The whole team's, whichever lists they are on."""
    meetings: tuple[MeetingLine, ...]
    """The fixed meetings of the unit, and of the team a work group belongs to, as they are on `first`."""


def team_day(*, unit: Unit, on: date, shift_kind: str) -> TeamDay:
    """Return the day as it is on the lists; where nobody has started any, as the visits themselves say.

    A work group that shares the team's lists then has an empty day: what it has, is in the team's.
    Notes the reading of each citizen visited. Callers have checked reach.
    """
    family = organisation.family_of(unit.pk)
    units = family.units_on_lists(on, shift_kind)
    everybody = tuple(workforce.at_work(unit_id=unit.pk, on=on))
    at_work = tuple(each for each in everybody if each.shift_kind == shift_kind and each.unit_id in units)
    rows = visits.visits_of_day(unit_ids=units, on=on, shift_kind=shift_kind)
    by_id = {row.visit_id: row for row in rows}
    citizen_ids = sorted({row.citizen_id for row in rows})
    briefs = citizens.briefs(citizen_ids, on=on, for_travel=True)
    lists = DayLists.objects.filter(unit_id=unit.pk, on=on, shift_kind=shift_kind).first()
    listed = rows_of([lists.pk])[lists.pk] if lists is not None else rows_from_visits(rows)
    wishes = citizens.wishes(citizen_ids, on=on)
    base = base_of(unit, briefs)
    workers = workers_of(at_work, family, base=base, meetings=meetings_of(family, on), on=on)
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
        ways=DayWays(places),
    )
    return TeamDay(unit, family, day, head_from(lists), by_id, briefs, at_work, everybody)


def weighed_day(*, unit: Unit, on: date, shift_kind: str) -> TeamDay:
    """Return the same day to be weighed, for one who is shown a few of its visits or none.

    The reading of nobody is noted: whoever shows a citizen's visit notes that one. Callers have checked reach.
    """
    with reading.watching():
        return team_day(unit=unit, on=on, shift_kind=shift_kind)


def shown_day(*, unit: Unit, on: date, shift_kind: str, days: TeamDays, also: Iterable[int] = ()) -> TeamDay:
    """Return the same part of a day for a page that shows it and changes nothing, from days read already.

    Names and places are there; ties, wishes and who is known, which only making lists asks for, are not.
    also: others whose short version the page shows. Notes the reading of each of them and of each citizen visited.
    Callers have checked reach.
    """
    read, head = days.parts.get((on, shift_kind), (Day(on, shift_kind), head_from(None)))
    units = days.family.units_on_lists(on, shift_kind)
    everybody = tuple(each for each in days.at_work if each.on == on)
    at_work = tuple(each for each in everybody if each.shift_kind == shift_kind and each.unit_id in units)
    rows = visits.visits_of_day(unit_ids=units, on=on, shift_kind=shift_kind)
    visited = {row.citizen_id for row in rows}
    briefs = citizens.briefs(sorted(visited | set(also)), on=on, for_travel=True)
    base = base_of(unit, {citizen_id: brief for citizen_id, brief in briefs.items() if citizen_id in visited})
    workers = workers_of(at_work, days.family, base=base, meetings=meetings_of(days.family, on), on=on)
    calls = tuple(call_of(row, briefs.get(row.citizen_id)) for row in rows if row.state != VisitState.CANCELLED)
    day = Day(
        on=on,
        shift_kind=shift_kind,
        workers=workers,
        calls=calls,
        rows=read.rows if head.lists_id is not None else rows_from_visits(rows),
        ways=DayWays([base, *(call.place for call in calls if call.place)]),
    )
    return TeamDay(unit, days.family, day, head, {row.visit_id: row for row in rows}, briefs, at_work, everybody)


def team_days(*, unit: Unit, first: date, after: date) -> TeamDays:
    """Return every part of every day in [first, after) with work or visits: for capacity and the week.

    Without what only a single day's page needs: places, wishes, ties and who is known. Constant number of queries,
    also with work groups: theirs are read with the team's and laid on whose lists they are.
    """
    family = organisation.family_of(unit.pk)
    at_work = tuple(workforce.at_work_between(unit_id=unit.pk, first=first, after=after))
    calls, own_rows = _plain_visits(family, first=first, after=after)
    stored = {
        (lists.unit_id, lists.on, lists.shift_kind): lists
        for lists in DayLists.objects.filter(unit_id__in=family.ids, on__gte=first, on__lt=after)
    }
    listed = rows_of([lists.pk for lists in stored.values()])
    weekly = organisation.meetings_of({*family.ids, family.team_id}, on=first)
    joint = joint_meetings(at_work, first=first, after=after)
    workers: dict[tuple[int, date, str], list[Worker]] = defaultdict(list)
    for each in at_work:
        meetings = tuple(
            meeting_of(line.name, each.on, line.starts, line.minutes)
            for line in weekly
            if line.unit_id in (each.unit_id, family.team_id) and str(each.on.isoweekday()) in line.weekdays
        )
        lists_unit = family.lists_unit(each.unit_id, each.on, each.shift_kind)
        group = group_name(family, lists_unit, each.unit_id)
        workers[lists_unit, each.on, each.shift_kind].append(
            worker_of(each, base=(0.0, 0.0), meetings=(*meetings, *joint.get(each.employee_id, ())), group=group)
        )
    found: dict[int, dict[Part, tuple[Day, ListsHead]]] = {unit_id: {} for unit_id in family.ids}
    for lists_unit, on, shift_kind in sorted(workers.keys() | calls.keys() | stored.keys()):
        key = (lists_unit, on, shift_kind)
        if lists_unit not in found or lists_unit != family.lists_unit(lists_unit, on, shift_kind):
            continue  # on the team's lists; or a work group's empty ones, from before they were shared
        lists = stored.get(key)
        day = Day(
            on=on,
            shift_kind=shift_kind,
            workers=tuple(workers[key]),
            calls=tuple(calls[key]),
            rows=listed[lists.pk] if lists is not None else tuple(sorted(own_rows[key])),
        )
        found[lists_unit][on, shift_kind] = (day, head_from(lists))
    return TeamDays(
        first=first,
        after=after,
        family=family,
        parts=found.pop(unit.pk),
        groups=found,
        at_work=at_work,
        meetings=tuple(line for line in weekly if line.unit_id in (unit.pk, family.team_id)),
    )


def _plain_visits(
    family: Family, *, first: date, after: date
) -> tuple[dict[tuple[int, date, str], list[Call]], dict[tuple[int, date, str], list[Row]]]:
    """Visits that are to be made and who has them, by the unit whose lists they lie on.

    As numbers only: nobody's reading is noted, for nobody is shown. Of the times only the usual one is read, which
    orders the uncovered; whoever moves a visit asks `team_day`.
    """
    calls: dict[tuple[int, date, str], list[Call]] = defaultdict(list)
    found = Visit.objects.filter(unit_id__in=family.ids, on__gte=first, on__lt=after).exclude(
        state=VisitState.CANCELLED
    )
    columns = found.order_by("pk").values_list(
        "unit_id", "on", "shift_kind",
        "pk", "citizen_id", "minutes", "helpers", "level", Coalesce("wished_at", "earliest_at"),
    )  # fmt: skip
    for unit_id, on, shift_kind, pk, citizen_id, minutes, helpers, level, usual_at in columns:
        calls[family.lists_unit(unit_id, on, shift_kind), on, shift_kind].append(
            Call(
                visit_id=pk,
                citizen_id=citizen_id,
                minutes=minutes,
                earliest_at=usual_at,
                latest_at=usual_at,
                helpers=helpers,
                level=level,
            )
        )
    rows: dict[tuple[int, date, str], list[Row]] = defaultdict(list)
    given = VisitHelper.objects.filter(
        visit__unit_id__in=family.ids, visit__on__gte=first, visit__on__lt=after, visit__starts_at__isnull=False
    ).values_list("visit__unit_id", "visit__on", "visit__shift_kind", "visit_id", "employee_id", "visit__starts_at")
    for unit_id, on, shift_kind, visit_id, employee_id, starts_at in given:
        if starts_at is not None:
            lists_unit = family.lists_unit(unit_id, on, shift_kind)
            rows[lists_unit, on, shift_kind].append(Row(visit_id, employee_id, starts_at))
    return calls, rows
