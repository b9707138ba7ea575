"""A filled world for the policy: one of everything an address can name, for each way of standing to a citizen.

Everybody works in Bekkedal, one person per role. Each citizen has a name of her own that stands in everything about
her, so that a page which shows what it should not is found by looking for the name.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.test import Client
from django.urls import reverse

from tests import builders, builders_authority, builders_delivery, builders_visits
from tests import builders_responsibility as organised
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY_DATE, Cast, assemble
from tests.policy.rows import one_of_everything
from tillit.care.citizens import models as citizens
from tillit.care.citizens.queries import ground_of
from tillit.care.needs.actions.template import ship_template
from tillit.foundation.access import sources
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.addresses import Address
from tillit.foundation.access.grounds import Ground
from tillit.foundation.access.models import User
from tillit.foundation.access.naming import Reach
from tillit.foundation.access.roles import BESIDE_THE_WORK, Role
from tillit.foundation.organisation.models import JoinedLists, Unit, UnitKind
from tillit.foundation.workforce.models import Employee, Employment, Profession

#: The day the world stands on; pages about a day are asked for it.
DAY = TUESDAY_DATE


class Stands(StrEnum):
    """How a citizen stands to those who work in Bekkedal."""

    OWN = "OWN"
    NEIGHBOUR = "NEIGHBOUR"
    FAR = "FAR"
    ENDED = "ENDED"
    FORMER = "FORMER"
    MOVED = "MOVED"
    BARRED = "BARRED"
    ASKED_IN = "ASKED_IN"
    EMERGENCY = "EMERGENCY"
    HIDDEN = "HIDDEN"
    GROUP = "GROUP"
    OTHER_GROUP = "OTHER_GROUP"
    SELF = "SELF"
    RELATIVE = "RELATIVE"
    DANGER = "DANGER"


#: People beside one of each role: a temp who does not work today; one of Bekkedal's work group, which shares its
#: team's lists, and one of a group that shares none.
BESIDE = ("RESTING_TEMP", "GROUP_MEMBER", "APART_MEMBER")
#: Where the citizen with a hidden address lives: no other text about her has it.
HIDDEN_STREET, HIDDEN_LATITUDE, HIDDEN_LONGITUDE = "Skjulingsvegen 77", 61.977531, 6.977531


#: The name nobody else has: it stands in every text about the citizen.
def marker(stands: Stands) -> str:
    """Return the citizen's own word."""
    return f"Merke{stands.value.title().replace('_', '')}sen"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who asks. role: what she holds; the temp holds CARE_WORKER on other days."""

    name: str
    role: Role
    employee: Employee
    user: User

    def actor(self) -> Actor:
        """Return who she is on the day, with what opens and bars."""
        return sources.actor_for(user_id=self.user.pk, name=self.user.name, at=MONDAY)

    def client(self) -> Client:
        """Return a browser in which she is signed in; what breaks is an answer, not an exception."""
        client = Client(raise_request_exception=False)
        client.force_login(self.user)
        return client


@dataclass(slots=True)
class World:
    """Who asks, whom they ask about, and the number of each thing by who it is about or where it lies."""

    cast: Cast
    people: dict[str, Person]
    citizens: dict[Stands, citizens.Citizen]
    units: dict[Stands, Unit]
    rows: dict[Stands, dict[str, int]] = field(default_factory=dict)
    everybody: dict[str, Any] = field(default_factory=dict)
    grounds: dict[tuple[str, Stands], Ground | None] = field(default_factory=dict)

    def ground(self, who: str, stands: Stands) -> Ground | None:
        """Return why somebody reaches a citizen, or None: the pure rule, asked once for each pair."""
        if (who, stands) not in self.grounds:
            actor = self.people[who].actor()
            self.grounds[who, stands] = ground_of(actor=actor, citizen_id=self.citizens[stands].pk, at=MONDAY)
        return self.grounds[who, stands]

    def kwargs(self, address: Address, stands: Stands) -> dict[str, Any] | None:
        """Return what fills an address about one citizen; None when the world has no such thing."""
        known: dict[str, Any] = self.everybody | self.rows[stands]
        found = {}
        for name, thing in address.names.items():
            assert thing is not None
            value = _words(address.door, name) if thing.reach is Reach.WORD else known.get(thing.code)
            if value is None:
                return None
            found[name] = value
        return found

    def path(self, address: Address, kwargs: dict[str, Any]) -> str:
        """Return the address, filled."""
        return reverse(address.door, kwargs=kwargs)


def _words(door: str, name: str) -> Any:
    if name == "day" or door == "myday:day":
        return DAY.isoformat() if name == "day" else DAY
    return {
        "on": DAY, "shift_kind": "DAY", "slug": "avslag", "language": "nb", "sheet": "brukere",
        "code": "OSLO_DESCRIBED", "tool": "COPM", "indicator_code": "K-1-28", "file_form": "csv",
        "own_fact": "deviations",
    }.get(name)  # fmt: skip


def fill() -> World:
    """Store the world and return it."""
    cast = assemble()
    people = {role.value: _person(role, _unit_for(role, cast)) for role in Role}
    builders.competence("FORDELER", "Fordeler", *(person.employee for person in people.values()))
    group = builders.unit("Demensgruppa", UnitKind.WORK_GROUP, parent=cast.bekkedal)
    apart = builders.unit("Daggruppa", UnitKind.WORK_GROUP, parent=cast.bekkedal)
    JoinedLists.objects.create(unit=apart, evening=False, night=False, weekend=False, valid_from=date(2024, 1, 1))
    others = builders.unit("Solvikgruppa", UnitKind.WORK_GROUP, parent=cast.solvik)
    people["RESTING_TEMP"] = _person(Role.CARE_WORKER, cast.bekkedal, "RESTING_TEMP", temp=True)
    people["GROUP_MEMBER"] = _person(Role.CARE_WORKER, group, "GROUP_MEMBER")
    people["APART_MEMBER"] = _person(Role.CARE_WORKER, apart, "APART_MEMBER")
    builders.competence("FORDELER", "Fordeler", people["GROUP_MEMBER"].employee)
    places = {
        Stands.GROUP: group, Stands.OTHER_GROUP: others,
        Stands.NEIGHBOUR: cast.solvik, Stands.FAR: cast.fjelldal, Stands.ASKED_IN: cast.fjelldal,
        Stands.EMERGENCY: cast.fjelldal, Stands.MOVED: cast.fjelldal,
    }  # fmt: skip
    units = {stands: places.get(stands, cast.bekkedal) for stands in Stands}
    world = World(cast, people, {stands: _citizen(stands, units[stands], cast) for stands in Stands}, units)
    _doors_beside_the_roles(world)
    template = ship_template(at=MONDAY)
    for stands in Stands:
        world.rows[stands] = one_of_everything(
            cast,
            world.citizens[stands],
            world.units[stands],
            marker(stands),
            template=template,
            visit_on=_last_day(stands),
        )
    world.everybody = _for_everybody(cast)
    return world


def _last_day(stands: Stands) -> date:
    """The day of her visit: no visits lie ahead when the help has ended."""
    days = {Stands.ENDED: 401, Stands.FORMER: 4}.get(stands)
    return MONDAY_DATE - timedelta(days=days) if days else DAY


def _unit_for(role: Role, cast: Cast) -> Unit:
    if role is Role.DISTRICT_LEADER:
        return cast.south
    if role in BESIDE_THE_WORK:
        return cast.municipality
    return cast.bekkedal


def _person(role: Role, unit: Unit, name: str = "", *, temp: bool = False) -> Person:
    family = (name or role.value).title().replace("_", "") + "nes"
    employment = Employment.TEMPORARY if temp else Employment.PERMANENT
    employee = builders.employee("Prøve", family, Profession.NURSE, unit, employment=employment)
    builders.role(employee, role, unit)
    assert employee.user is not None
    return Person(name or role.value, role, employee, employee.user)


def _citizen(stands: Stands, unit: Unit, cast: Cast) -> citizens.Citizen:
    name = marker(stands)
    born_on = date(1941, 4, 1 + list(Stands).index(stands))
    found = builders.citizen("Test", name, unit, born_on=born_on, serial=700)
    citizens.Home.objects.filter(citizen=found).update(street=f"{name}gata 1")
    its = citizens.Following.objects.filter(citizen=found)
    if stands is Stands.ENDED:
        its.update(valid_to=MONDAY_DATE - timedelta(days=400))
    elif stands is Stands.FORMER:
        its.update(valid_to=MONDAY_DATE - timedelta(days=3))
    elif stands is Stands.MOVED:
        its.update(valid_from=MONDAY_DATE - timedelta(days=20))
        citizens.Following.objects.create(
            citizen=found, unit=cast.bekkedal, valid_from=date(2024, 1, 1), valid_to=MONDAY_DATE - timedelta(days=20)
        )
    elif stands is Stands.HIDDEN:
        citizens.Citizen.objects.filter(pk=found.pk).update(is_secret_address=True)
        citizens.Home.objects.filter(citizen=found).update(
            street=HIDDEN_STREET, latitude=HIDDEN_LATITUDE, longitude=HIDDEN_LONGITUDE
        )
    return found


def _doors_beside_the_roles(world: World) -> None:
    """Objections against everybody; everybody asked in; emergencies for everybody, whether they may use them or not.

    Each is herself one of the citizens, and in family with another: danger to life opens neither, but does open the
    one who has only objected.
    """
    bars = {
        Stands.BARRED: "OBJECTION", Stands.DANGER: "OBJECTION", Stands.SELF: "SELF", Stands.RELATIVE: "RELATIVE",
    }  # fmt: skip
    for person in world.people.values():
        for stands, kind in bars.items():
            citizens.Barrier.objects.create(
                citizen=world.citizens[stands], employee=person.employee, kind=kind, asked_by="Hun selv",
                valid_from=MONDAY_DATE, made_at=MONDAY,
            )  # fmt: skip
        for stands in (Stands.DANGER, Stands.SELF, Stands.RELATIVE):
            citizens.EmergencyAccess.objects.create(
                citizen=world.citizens[stands], employee=person.employee, unit=world.cast.bekkedal,
                reason="DANGER", words="Falt på butikken", opened_at=MONDAY - timedelta(hours=1),
                ends_at=MONDAY + timedelta(hours=3),
            )  # fmt: skip
        citizens.AskedIn.objects.create(
            citizen=world.citizens[Stands.ASKED_IN], employee=person.employee, purpose="Sårstell",
            valid_from=MONDAY_DATE, valid_to=MONDAY_DATE + timedelta(days=7), asked_at=MONDAY,
        )  # fmt: skip
        citizens.EmergencyAccess.objects.create(
            citizen=world.citizens[Stands.EMERGENCY], employee=person.employee, unit=world.cast.bekkedal,
            reason="FOUND", words="Falt på butikken", opened_at=MONDAY - timedelta(hours=1),
            ends_at=MONDAY + timedelta(hours=3),
        )  # fmt: skip


def _for_everybody(cast: Cast) -> dict[str, Any]:
    line = builders_authority.authority(builders_authority.services(MONDAY)["HOME_NURSING"], Role.TEAM_LEADER)
    phone = builders_delivery.a_phone(cast.frida.user, MONDAY)
    met = builders_visits.visit(cast.per, cast.fjelldal, MONDAY_DATE, cast.frida.employee)
    return {
        "phone": phone.pk,
        "phone_code": phone.code,
        "undelivered": builders_delivery.a_clash(cast.frida.user, met, MONDAY).pk,
        "delegation": line.delegation_id,
        "authority": line.pk,
        "service": line.service_id,
        "acting": builders_authority.acting_leader(cast.amir.employee, cast.solvik, MONDAY_DATE, date(2027, 1, 1)).pk,
        "area": organised.area(cast.bekkedal, codes=["6770"]).pk,
        "meeting": organised.meeting(cast.bekkedal).pk,
        "model": organised.shipped(MONDAY)[0].pk,
    }
