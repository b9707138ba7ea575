"""What the floors below know, as the plain values the rules of a day take."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time, timedelta

from django.utils.translation import gettext as _

from tillit.care.citizens.queries import CitizenBrief
from tillit.care.therapy.queries import joint_times
from tillit.care.visits.queries import VisitRow
from tillit.foundation.organisation import queries as organisation
from tillit.foundation.organisation.models import Unit, UnitKind
from tillit.foundation.organisation.rules import Family
from tillit.foundation.workforce.queries import AtWork
from tillit.foundation.workforce.rules import THERAPISTS
from tillit.kernel import oslo
from tillit.teamwork.planning.rules.day import Call, Meeting, Place, Row, Worker


def group_name(family: Family, lists_unit: int, unit_id: int) -> str:
    """Return the name of the work group `unit_id`, for lists it shares with others; empty on lists of its own."""
    if unit_id == lists_unit:
        return ""
    return next((group.name for group in family.groups if group.unit_id == unit_id), "")


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


def workers_of(
    at_work: Sequence[AtWork], family: Family, *, base: Place, meetings: Mapping[int, tuple[Meeting, ...]], on: date
) -> tuple[Worker, ...]:
    """Everybody on the lists, with the team's meetings, those of her work group, and a therapist's joint visits."""
    joint = joint_meetings(at_work, first=on, after=on + timedelta(days=1))
    return tuple(
        worker_of(
            each,
            base=base,
            meetings=(
                *(
                    meeting
                    for unit_id in dict.fromkeys((family.team_id, each.unit_id))
                    for meeting in meetings.get(unit_id, ())
                ),
                *joint.get(each.employee_id, ()),
            ),
            group=group_name(family, family.unit_id, each.unit_id),
        )
        for each in at_work
    )


def worker_of(each: AtWork, *, base: Place, meetings: tuple[Meeting, ...], group: str = "") -> Worker:
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
        is_therapist=each.profession in THERAPISTS,
        group=group,
    )


def base_of(unit: Unit, briefs: dict[int, CitizenBrief]) -> Place:
    """Return where work starts: the unit's base, for a work group else its team's; else the middle of the homes."""
    if unit.kind == UnitKind.WORK_GROUP and unit.base_latitude is None and unit.parent is not None:
        unit = unit.parent
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


def meetings_of(family: Family, on: date) -> dict[int, tuple[Meeting, ...]]:
    """The day's meetings by unit, the team's among them when this is a work group's day."""
    found: dict[int, tuple[Meeting, ...]] = {}
    for line in organisation.meetings_of({*family.ids, family.team_id}, on=on):
        if str(on.isoweekday()) in line.weekdays:
            meeting = meeting_of(line.name, on, line.starts, line.minutes)
            found[line.unit_id] = (*found.get(line.unit_id, ()), meeting)
    return found


def joint_meetings(at_work: Iterable[AtWork], *, first: date, after: date) -> dict[int, tuple[Meeting, ...]]:
    """When the therapists among those at work are on joint visits: as meetings, for they are on no other visit then."""
    therapists = {each.employee_id for each in at_work if each.profession in THERAPISTS}
    times = joint_times(therapists, first=first, after=after)
    return {who: tuple(Meeting(_("Samarbeidsbesøk"), *when) for when in found) for who, found in times.items()}


def meeting_of(name: str, on: date, starts: time, minutes: int) -> Meeting:
    start = oslo.moment(on, starts)
    return Meeting(name, start, start + timedelta(minutes=minutes))
