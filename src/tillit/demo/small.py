"""A tiny Fjordvik for tests and pictures: one team, twelve citizens, five employees, three days, in under a second."""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from tillit.demo import emptiness
from tillit.demo.chance import Chance
from tillit.demo.generate import DatabaseNotEmpty
from tillit.demo.maker import Maker
from tillit.demo.organisation import Town
from tillit.demo.people.teams import Demand, StaffPlan, TeamPlan
from tillit.foundation.access.models import User
from tillit.foundation.access.roles import Role
from tillit.foundation.workforce.models import Employee

PLAN = TeamPlan(
    "Team Solvik",
    "Solvik",
    "Sør",
    "MODEL_1",
    12,
    StaffPlan(1, 3, 0, 0),
    Demand(2, 1, 1, 1),
    "Solvikgata 20",
    published=True,
    sick=(0.0, 0.0),
)
SEED = 7


@dataclass(frozen=True, slots=True)
class SmallTown:
    """What there is: unit and people by id. `usernames`: leader first."""

    municipality_id: int
    unit_id: int
    leader_id: int
    employee_ids: tuple[int, ...]
    citizen_ids: tuple[int, ...]
    usernames: tuple[str, ...] = field(metadata={"help": "Log in as one with client.force_login"})


@transaction.atomic
def small_town(*, anchor: date) -> SmallTown:
    """Write the tiny town to an empty database; yesterday is done, today's lists are in use, tomorrow is planned.

    The same every time for the same anchor. Raises DatabaseNotEmpty.
    """
    if not emptiness.is_empty():
        raise DatabaseNotEmpty("Databasen er ikke tom.")
    maker = Maker(Chance(SEED), anchor, 1, 2, 1, None)
    maker.prepare()
    builder = maker.builder
    municipality = builder.unit("MUNICIPALITY", "Fjordvik kommune", "fjordvik", 0)
    district = builder.unit("DISTRICT", "Distrikt Sør", "distrikt-sor", municipality)
    team = builder.add_team(PLAN, "team-solvik", "", district, copy=0)
    town = Town(municipality, {"Sør": district}, {PLAN.name: team}, 0, 0, {}, 0)
    leader = maker.hiring.hire(
        given="Marit",
        family="Aune",
        gender="K",
        profession="LEADER",
        percent=100,
        shares=[(team, 100, 0)],
        employed_from=date(anchor.year - 3, 1, 1),
        held={},
        roles=[(Role.TEAM_LEADER, team), (Role.ADMINISTRATOR, municipality)],
    )
    maker.team(0, town, PLAN)
    maker.store.close()
    employees = tuple(Employee.objects.order_by("pk").values_list("pk", flat=True))
    return SmallTown(
        municipality_id=municipality,
        unit_id=team,
        leader_id=leader,
        employee_ids=employees,
        citizen_ids=tuple(range(1, maker.registry.count + 1)),
        usernames=tuple(User.objects.order_by("pk").values_list("username", flat=True)),
    )
