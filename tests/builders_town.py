"""Eight weeks of visits in two small teams, with some of all that numbers are counted from."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from tests import builders, builders_visits
from tests.cast import MONDAY_DATE, Cast
from tillit.care.citizens.models import Citizen
from tillit.care.visits.models import CancelledBy, Visit, VisitState
from tillit.foundation.workforce.models import Employee

WEEKS = 8
FIRST = MONDAY_DATE - timedelta(weeks=WEEKS)
LAST_WEEK = MONDAY_DATE - timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Town:
    """Six citizens in two teams of a district, visited for eight weeks."""

    cast: Cast
    citizens: tuple[Citizen, ...]
    helpers: tuple[Employee, ...]
    visits: tuple[int, ...]


def a_town(cast: Cast) -> Town:
    """Make the town, up to the Monday of the tests."""
    teams = (cast.bekkedal, cast.bekkedal, cast.bekkedal, cast.bekkedal, cast.bekkedal, cast.solvik)
    citizens = tuple(
        builders.citizen(f"Bruker{number}", "Test", team, born_on=date(1935 + number * 5, 1, 1), serial=600 + number)
        for number, team in enumerate(teams)
    )
    temp = builders.employee("Vera", "Vikar", "HEALTH_WORKER", cast.bekkedal, employment="TEMPORARY")  # type: ignore[arg-type]
    helpers = (cast.ingrid.employee, cast.amir.employee, cast.kari.employee, cast.nils.employee, temp)
    visits = []
    for day in range(WEEKS * 7):
        on = FIRST + timedelta(days=day)
        for number, citizen in enumerate(citizens):
            for time_of_day in range(1 + (number < 2)):
                who = [helpers[(day * (number + 1) + time_of_day * 2 + day // 3) % len(helpers)]]
                if number == 2 and day % 4 == 0:
                    who.append(helpers[(day + 2) % len(helpers)])
                missed = (day + number) % 11 == 0
                visit = builders_visits.visit(
                    citizen,
                    teams[number],
                    on,
                    *dict.fromkeys(who),
                    at=time(8 + 10 * time_of_day, number * 5),
                    state=VisitState.CANCELLED if missed else VisitState.DONE,
                    tasks=(),
                )
                if missed:
                    Visit.objects.filter(pk=visit.pk).update(cancelled_by=CancelledBy.TEAM)
                visits.append(visit.pk)
    return Town(cast, citizens, helpers, tuple(visits))
