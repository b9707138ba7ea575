"""Which teams Fjordvik has, how they work, and who was put in them on purpose."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class StaffPlan:
    """How many of each, beside those named: nurses, health workers, home helpers, temps."""

    nurses: int = 0
    health_workers: int = 0
    home_helpers: int = 0
    temps: int = 0


@dataclass(frozen=True, slots=True)
class Demand:
    """People wanted on visits: weekday day and evening, weekend day and evening, night."""

    day: int
    evening: int
    weekend_day: int
    weekend_evening: int
    night: int = 0


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody the screens need by name. `colour` 0 does not visit. `rota`: see rosters.Flavour."""

    initials: str
    given: str
    family: str
    profession: str
    gender: str
    percent: int
    colour: int
    rota: str = "MIXED"
    starts: int = 450
    competences: tuple[str, ...] = ()
    travel: str = "CAR"
    is_temp: bool = False


@dataclass(frozen=True, slots=True)
class TeamPlan:
    """One team. `land`: its part of the map. `knows`: how much the allocator minds known faces, 0–1, before and after
    `changed_days_ago`. `sick`: share of absence, before and after."""

    name: str
    land: str
    district: str
    model: str
    citizens: int
    staff: StaffPlan
    demand: Demand
    base: str
    knows: tuple[float, float] = (0.6, 0.6)
    sick: tuple[float, float] = (0.085, 0.085)
    changed_days_ago: int = 60
    former_model: str = ""
    partner: str = ""  # the health-service team of a HELTOM pair
    partner_of: str = ""
    everyone_may_allocate: bool = False
    named: tuple[Named, ...] = ()
    published: bool = False
    work_group: str = ""
    group_staff: StaffPlan = StaffPlan()  # those of the staff who work in the work group
    phone: str = "555 00 100"
    nights: bool = field(default=False)
    allocators: int = 6  # enough that somebody who may is at work on nearly every day
    face: tuple[str, str, str] | None = None  # the first nurse's name and gender: somebody to log in as, at work today


SOLVIK_STAFF: tuple[Named, ...] = (
    Named("IS", "Ingrid", "Solheim", "NURSE", "K", 100, 1, competences=("PALLIASJON", "DEMENS")),
    Named("KN", "Kari", "Nilsen", "HEALTH_WORKER", "K", 90, 2,
          competences=("LEGEMIDLER", "INJEKSJON", "FORDELER", "DEMENS")),
    Named("AY", "Amina", "Yusuf", "NURSE", "K", 80, 3, competences=("PALLIASJON",)),
    Named("PN", "Piotr", "Nowak", "HEALTH_WORKER", "M", 100, 4, competences=("LEGEMIDLER", "INJEKSJON", "DEMENS")),
    Named("HL", "Hanne", "Lie", "HEALTH_WORKER", "K", 80, 5,
          competences=("LEGEMIDLER", "DEMENS", "REHAB", "SAR")),
    Named("SH", "Samira", "Haddad", "HEALTH_WORKER", "K", 75, 6, starts=480,
          competences=("LEGEMIDLER", "INJEKSJON", "FORDELER", "REHAB")),
    Named("JB", "Jonas", "Berg", "NURSE", "M", 100, 7, competences=("PALLIASJON",)),
    Named("OV", "Ole Kristian", "Vik", "HEALTH_WORKER", "M", 80, 8, rota="EVENING",
          competences=("LEGEMIDLER", "INJEKSJON", "DEMENS")),
    Named("TD", "Tuva", "Dahl", "HOME_HELPER", "K", 80, 9, rota="WEEKDAY", starts=480, travel="BIKE"),
    Named("EM", "Elin", "Moen", "HOME_HELPER", "K", 75, 10, rota="EVENING"),
    Named("LE", "Lars", "Eide", "OCCUPATIONAL_THERAPIST", "M", 100, 11, rota="SHARED", competences=("REHAB",)),
    Named("SS", "Silje", "Strand", "PHYSIOTHERAPIST", "K", 100, 12, rota="SHARED", competences=("REHAB",)),
    Named("MA", "Marit", "Aune", "LEADER", "K", 100, 0, rota="OFFICE"),
    Named("NB", "Nora", "Bakke", "CASE_WORKER", "K", 100, 0, rota="OFFICE"),
    Named("ES", "Emil", "Sørli", "HEALTH_WORKER", "M", 40, 0, rota="TEMP", is_temp=True, competences=("LEGEMIDLER",)),
)  # fmt: skip

TEAMS: tuple[TeamPlan, ...] = (
    TeamPlan("Team Solvik", "Solvik", "Sør", "MODEL_1", 68, StaffPlan(1, 3, 0, 3), Demand(8, 3, 4, 2, 1),
             "Solvikgata 20", knows=(0.7, 0.7), sick=(0.08, 0.08), named=SOLVIK_STAFF, nights=True),
    TeamPlan("Team Havna", "Havna", "Sør", "BUURTZORG", 76, StaffPlan(6, 6, 0, 3), Demand(7, 2, 4, 2), "Kaigata 12",
             knows=(0.08, 1.0), face=("Sunniva", "Rekdal", "K"), sick=(0.10, 0.06),
             former_model="PURCHASER_PROVIDER", published=True,
             everyone_may_allocate=True, phone="555 00 110"),
    TeamPlan("Team Lia", "Lia", "Sør", "MODEL_2", 78, StaffPlan(4, 12, 1, 3), Demand(8, 3, 4, 2), "Kapellbakken 4",
             knows=(0.55, 0.55), sick=(0.09, 0.09), published=True, work_group="Arbeidslag demens",
             group_staff=StaffPlan(health_workers=3), phone="555 00 120"),
    TeamPlan("Team Neset omsorg", "Neset", "Nord", "HELTOM", 116, StaffPlan(2, 16, 2, 4), Demand(11, 5, 7, 4, 1),
             "Storgata 8", knows=(0.55, 0.55), sick=(0.085, 0.085), partner="Team Neset helse", phone="555 00 130",
             nights=True),
    TeamPlan("Team Neset helse", "Neset", "Nord", "HELTOM", 30, StaffPlan(6, 5, 0, 1), Demand(4, 3, 3, 3), "Storgata 8",
             knows=(0.6, 0.6), sick=(0.08, 0.08), partner_of="Team Neset omsorg", phone="555 00 135"),
    TeamPlan("Team Bjørkåsen", "Bjørkåsen", "Nord", "PURCHASER_PROVIDER", 74, StaffPlan(3, 9, 1, 4), Demand(7, 3, 4, 2),
             "Bjørkåsveien 30", knows=(0.5, 0.1), sick=(0.08, 0.18), changed_days_ago=56, phone="555 00 140",
             allocators=1),
)  # fmt: skip

#: The team that has just been set up: an area, a leader and a base, nobody else yet.
NEW_TEAM = ("Team Vika", "Vika", "Sør", "MODEL_1", "Nye Vika 1", "555 00 160")
