"""A small team's day for the work lists: open visits, people at work, history that makes faces known."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random

from tests import builders
from tests.cast import TUESDAY_DATE, Cast
from tillit.care.careplans.models import PartOfDay, Priority
from tillit.care.citizens.models import Citizen, Home, Responsible, ResponsibleKind
from tillit.care.visits.models import Visit, VisitHelper, VisitState, VisitTask
from tillit.foundation.organisation.models import TeamMeeting, Unit
from tillit.foundation.workforce.models import Employee, Profession, ShiftKind
from tillit.kernel import oslo

_slots = count(1)
ALLOCATOR = "FORDELER"


def open_visit(
    citizen: Citizen,
    team: Unit,
    on: date = TUESDAY_DATE,
    *,
    earliest: time = time(8),
    latest: time = time(10),
    wished: time | None = None,
    minutes: int = 30,
    helpers: int = 1,
    needs: tuple[str, ...] = (),
    level: int = 0,
    priority: int = Priority.SHOULD,
    kind: ShiftKind = ShiftKind.DAY,
    tasks: tuple[str, ...] = ("Morgenstell",),
) -> Visit:
    """Store a visit that nobody has yet."""
    found = Visit.objects.create(
        citizen=citizen,
        unit=team,
        on=on,
        slot=f"OPEN:{next(_slots)}",
        part_of_day=PartOfDay.MORNING,
        shift_kind=kind,
        earliest_at=oslo.moment(on, earliest),
        latest_at=oslo.moment(on, latest),
        wished_at=oslo.moment(on, wished) if wished else None,
        minutes=minutes,
        helpers=helpers,
        needs=list(needs),
        level=level,
        priority=priority,
    )
    for rank, title in enumerate(tasks):
        VisitTask.objects.create(visit=found, title=title, minutes=minutes, rank=rank)
    return found


def been_there(helper: Employee, citizen: Citizen, team: Unit, times: int, *, before: date = TUESDAY_DATE) -> None:
    """Store visits the helper has carried out at the citizen's, one a day, ending the day before."""
    for number in range(1, times + 1):
        on = before - timedelta(days=number)
        starts_at = oslo.moment(on, time(9))
        visit = Visit.objects.create(
            citizen=citizen,
            unit=team,
            on=on,
            slot=f"DONE:{next(_slots)}",
            part_of_day=PartOfDay.MORNING,
            shift_kind=ShiftKind.DAY,
            state=VisitState.DONE,
            earliest_at=starts_at,
            latest_at=starts_at,
            starts_at=starts_at,
            minutes=30,
        )
        VisitHelper.objects.create(visit=visit, employee=helper, on=visit.on)


def primary(citizen: Citizen, employee: Employee) -> Responsible:
    """Let somebody be the citizen's primary contact."""
    return Responsible.objects.create(
        citizen=citizen, employee=employee, kind=ResponsibleKind.PRIMARY_CONTACT, valid_from=builders.LONG_AGO
    )


@dataclass(frozen=True, slots=True)
class Morning:
    """Bekkedal's Tuesday: Ingrid, Amir and Kari at work; three visits, the third for two."""

    on: date
    unit: Unit
    olga: Visit
    arne: Visit
    pair: Visit


def morning(cast: Cast, on: date = TUESDAY_DATE) -> Morning:
    """Store a small day. Olga's visit needs a nurse; Arne knows Amir; the visit for two is at 09.30."""
    for member in (cast.ingrid, cast.amir, cast.kari):
        builders.shift(member.employee, cast.bekkedal, on)
    been_there(cast.amir.employee, cast.arne, cast.bekkedal, 6, before=on)
    primary(cast.arne, cast.amir.employee)
    return Morning(
        on=on,
        unit=cast.bekkedal,
        olga=open_visit(cast.olga, cast.bekkedal, on, wished=time(8, 30), level=2),
        arne=open_visit(cast.arne, cast.bekkedal, on, wished=time(8, 30)),
        pair=open_visit(cast.olga, cast.bekkedal, on, earliest=time(9, 30), latest=time(10, 30), helpers=2),
    )


def town(cast: Cast, *, citizens: int, on: date = TUESDAY_DATE, seed: int = 4) -> list[Visit]:
    """Store a believable team day: ten more at work, so many citizens with one to three visits, six months' faces.

    Deterministic for a seed.
    """
    dice = Random(seed)
    team = cast.bekkedal
    people = [cast.ingrid.employee, cast.amir.employee, cast.kari.employee]
    more = [
        ("Piotr", "Nowak", Profession.HEALTH_WORKER),
        ("Amina", "Yusuf", Profession.NURSE),
        ("Hanne", "Lie", Profession.HEALTH_WORKER),
        ("Samira", "Haddad", Profession.HEALTH_WORKER),
        ("Tuva", "Dahl", Profession.HOME_HELPER),
        ("Jonas", "Berg", Profession.HEALTH_WORKER),
        ("Silje", "Strand", Profession.NURSE),
        ("Odd", "Vik", Profession.HEALTH_WORKER),
    ]
    for number, (given, family, profession) in enumerate(more, start=4):
        people.append(builders.employee(given, family, profession, team, colour=number % 12 + 1))
    for number, person in enumerate(people):
        starts = time(7, 30) if number % 3 else time(8)
        builders.shift(person, team, on, starts=starts, ends=time(15) if number % 3 else time(15, 30))
    TeamMeeting.objects.create(
        unit=team,
        name="Teammøte",
        weekdays=str(on.isoweekday()),
        starts=time(14),
        minutes=30,
        valid_from=builders.LONG_AGO,
    )
    families = (
        *("Haugen", "Nygård", "Lunde", "Myhre", "Kvam", "Sand", "Aas", "Sæther", "Holm", "Ruud", "Lien", "Krogh"),
        *("Tveit", "Eira", "Bakken", "Sunde", "Engen", "Strøm", "Øye", "Dahle", "Fossum", "Berntsen", "Foss", "Vange"),
        *("Tangen", "Ness", "Rønning", "Opdal", "Fjeld", "Wold", "Moe", "Grønli", "Ødegård", "Dokken", "Brekke"),
    )
    found: list[Visit] = []
    for number in range(citizens):
        family = families[number % len(families)]
        someone = builders.citizen("Astrid", family, team, serial=510 + number * 3)
        Home.objects.filter(citizen=someone).update(
            latitude=61.9 + dice.uniform(-0.03, 0.03), longitude=6.0 + dice.uniform(-0.06, 0.06)
        )
        contact = dice.choice(people)
        primary(someone, contact)
        been_there(contact, someone, team, dice.randint(3, 12), before=on)
        been_there(dice.choice(people), someone, team, dice.randint(0, 6), before=on)
        nurse = dice.random() < 0.25
        for _again in range(dice.choice((1, 1, 2))):
            hour = dice.randint(7, 12)
            found.append(
                open_visit(
                    someone,
                    team,
                    on,
                    earliest=time(hour, 30),
                    latest=time(min(14, hour + 2), 0),
                    wished=time(hour, 45),
                    minutes=dice.choice((20, 25, 30, 40)),
                    level=2 if nurse else 1 if dice.random() < 0.8 else 0,
                    helpers=2 if dice.random() < 0.06 else 1,
                    priority=dice.choice((1, 2, 2, 3)),
                )
            )
    return found


def at(clock: time, on: date = TUESDAY_DATE) -> datetime:
    """The moment the clock in Oslo shows this on the day of the tests."""
    return oslo.moment(on, clock)
