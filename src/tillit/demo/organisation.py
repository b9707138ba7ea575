"""Units, areas, meetings, the models teams follow, and duties."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from tillit.demo.people.teams import NEW_TEAM, TEAMS, TeamPlan
from tillit.demo.store import Store
from tillit.demo.town import fjordvik
from tillit.foundation.organisation.models import Area, TeamMeeting, Unit
from tillit.foundation.responsibility.models import TeamModel

FOUNDED = date(2019, 1, 1)


@dataclass(frozen=True, slots=True)
class Town:
    """Unit ids of one copy of the town, by name."""

    municipality: int
    districts: dict[str, int]
    teams: dict[str, int]
    new_team: int
    office: int
    special: dict[str, int]
    work_group: int


class Builder:
    """Writes units with their paths."""

    def __init__(self, store: Store, anchor: date, versions: dict[str, int]) -> None:
        self.store = store
        self.anchor = anchor
        self.versions = versions
        self.paths: dict[int, str] = {}
        self.municipality = 0
        self.office = 0

    def unit(self, kind: str, name: str, code: str, parent: int, **more: object) -> int:
        """Write one unit below its parent."""
        number = self.store.add(
            Unit, kind=kind, name=name, code=code, parent_id=parent or None, path="", valid_from=FOUNDED, **more
        )
        path = f"{self.paths.get(parent, '')}{number}."
        self.paths[number] = path
        self.store.change_last(Unit, path=path)
        return number

    def build(self, copy: int, teams: tuple[TeamPlan, ...]) -> Town:
        """Write one copy of the town: the municipality and the office come with the first."""
        mark, tail = (f"-{copy + 1}", f" {copy + 1}") if copy else ("", "")
        special: dict[str, int] = {}
        if not self.municipality:
            self.municipality = self.unit("MUNICIPALITY", "Fjordvik kommune", "fjordvik", 0, phone="555 00 000")
            self.office = self.unit(
                "OFFICE",
                "Tjenestekontoret",
                "tjenestekontoret",
                self.municipality,
                phone="555 00 050",
                purpose="ALLOCATION",
                **_base("Kaigata 1", "Havna", 0),
            )
        districts = {
            name: self.unit("DISTRICT", f"Distrikt {name}{tail}", f"distrikt-{name.lower()}{mark}", self.municipality)
            for name in ("Sør", "Nord")
        }
        if not copy:
            for name, code, phone, purpose in (
                ("Vurderingsteamet", "vurderingsteamet", "555 00 060", "ASSESSMENT"),
                ("Innsatsteamet", "innsatsteamet", "555 00 070", "RAPID_RESPONSE"),
                ("Hverdagsrehabiliteringsteamet", "rehabiliteringsteamet", "555 00 080", "REABLEMENT"),
            ):
                special[name] = self.unit(
                    "SPECIAL_TEAM",
                    name,
                    code,
                    self.municipality,
                    phone=phone,
                    purpose=purpose,
                    **_base("Kaigata 1", "Havna", 0),
                )
        found: dict[str, int] = {}
        work_group = 0
        for plan in teams:
            code = plan.name.lower().replace(" ", "-").replace("ø", "o").replace("å", "a")
            number = self.add_team(plan, f"{code}{mark}", tail, districts[plan.district], copy=copy)
            found[plan.name] = number
            if plan.work_group:
                work_group = self.unit(
                    "WORK_GROUP",
                    f"{plan.work_group}{tail}",
                    f"arbeidslag-demens{mark}",
                    number,
                    purpose="DEMENTIA",
                    **_base(plan.base, plan.land, copy),
                )
        name, land, district, model, base, phone = NEW_TEAM
        new_team = 0
        if not copy:
            new_team = self.unit("TEAM", name, "team-vika", districts[district], phone=phone, **_base(base, land, copy))
            self.store.change_last(Unit, valid_from=self.anchor - timedelta(days=6))
            self.store.add(
                TeamModel, unit_id=new_team, version_id=self.versions[model], valid_from=self.anchor - timedelta(days=6)
            )
        self._area(new_team or found["Team Havna"], land, copy, tail)
        self._area(new_team or found["Team Bjørkåsen"], "Fjellgrend", copy, tail)
        return Town(self.municipality, districts, found, new_team, self.office, special, work_group)

    def add_team(self, plan: TeamPlan, code: str, tail: str, district: int, *, copy: int) -> int:
        """Write one team with its base, model, meetings and area."""
        number = self.unit(
            "TEAM",
            f"{plan.name}{tail}",
            code,
            district,
            phone=plan.phone,
            everyone_may_allocate=plan.everyone_may_allocate,
            purpose="CARE" if plan.partner else "HEALTH" if plan.partner_of else "",
            **_base(plan.base, plan.land, copy),
        )
        self._follow(number, plan)
        self._meetings(number, plan)
        if not plan.partner_of:
            self._area(number, plan.land, copy, tail)
        return number

    def _follow(self, unit_id: int, plan: TeamPlan) -> None:
        changed = self.anchor - timedelta(days=plan.changed_days_ago)
        if plan.former_model:
            self.store.add(
                TeamModel,
                unit_id=unit_id,
                version_id=self.versions[plan.former_model],
                valid_from=FOUNDED,
                valid_to=changed,
            )
        self.store.add(
            TeamModel,
            unit_id=unit_id,
            version_id=self.versions[plan.model],
            valid_from=changed if plan.former_model else FOUNDED,
        )

    def _meetings(self, unit_id: int, plan: TeamPlan) -> None:
        team, citizens = meeting_days(self.anchor)
        self.store.add(
            TeamMeeting,
            unit_id=unit_id,
            name="Teammøte",
            weekdays=str(team + 1),
            starts=time(14),
            minutes=30,
            valid_from=FOUNDED,
        )
        if plan.model != "PURCHASER_PROVIDER":
            self.store.add(
                TeamMeeting,
                unit_id=unit_id,
                name="Brukermøte",
                weekdays=str(citizens + 1),
                starts=time(13),
                minutes=45,
                valid_from=FOUNDED,
            )

    def _area(self, unit_id: int, land: str, copy: int, tail: str) -> None:
        self.store.add(
            Area,
            unit_id=unit_id,
            name=f"{land}{tail}",
            ring=fjordvik.ring(land, copy),
            postal_codes=[],
            valid_from=FOUNDED,
        )


def meeting_days(anchor: date) -> tuple[int, int]:
    """Return the weekdays of the team meeting (the day shown, if it is one) and of the citizens' meeting after it."""
    team = anchor.weekday() if anchor.weekday() < 4 else 1
    return team, team + 1


def base_corner(plan: TeamPlan) -> tuple[float, float]:
    """Return where the team's base stands, in kilometres in the town."""
    name, number = plan.base.rsplit(" ", 1)
    street = next(one for one in fjordvik.streets(plan.land) if one.name == name)
    return fjordvik.house(street, int(number))


def _base(address: str, land: str, copy: int) -> dict[str, object]:
    name, number = address.rsplit(" ", 1)
    street = next(one for one in fjordvik.streets(land) if one.name == name)
    latitude, longitude = fjordvik.degrees(fjordvik.house(street, int(number)), copy)
    return {"base_name": "Basen", "base_street": address, "base_latitude": latitude, "base_longitude": longitude}


def team_by_name(name: str) -> TeamPlan:
    """Return the plan of a team."""
    return next(one for one in TEAMS if one.name == name)
