"""Citizens: who they are, where they live, who stands around them, who answers for them, when they were away."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from tillit.care.careplans.rules.recurrence import PlannedHelp
from tillit.care.citizens.models import (
    Alert,
    Citizen,
    Following,
    HelperWish,
    Home,
    Identifier,
    NetworkMember,
    Responsible,
    Whereabouts,
)
from tillit.demo.chance import Chance, weighted
from tillit.demo.people import names as name_bank
from tillit.demo.people.staff import Member
from tillit.demo.plans.archetypes import ARCHETYPES, BY_CODE, Archetype
from tillit.demo.store import Store
from tillit.demo.story.solvik import Curated, Kin
from tillit.demo.town import fjordvik
from tillit.demo.words.matters import VOICES, Voice
from tillit.kernel import names, national_id, oslo

#: (kind, shortest and longest stay in days, weight, what comes next).
_STAYS = (
    ("HOSPITAL", 3, 9, 0.5, "Samtale med avdelingen før utskriving"),
    ("ACUTE_UNIT", 1, 3, 0.2, "Ny vurdering i morgen kl. 10"),
    ("SHORT_STAY", 10, 21, 0.15, "Hjem med økt hjelp de første dagene"),
    ("HEALTH_HOUSE", 8, 20, 0.07, "Trener til trappa går"),
    ("AWAY", 2, 7, 0.08, "Hos familien"),
)  # fmt: skip
_PLACES = {"HOSPITAL": "Nordfjord sjukehus", "ACUTE_UNIT": "KAD Fjordvik", "SHORT_STAY": "Fjordvik bo- og behandlingssenter",
           "HEALTH_HOUSE": "Fjordvik helsehus", "AWAY": ""}  # fmt: skip
_WAYS_IN = ("Ring på og vent", "Nøkkelboks ved døra. Ring på først", "Døra er åpen på dagtid", "Ring på, bruker åpner fra stolen",
            "Nøkkelboks bak postkassa", "Kalle på fra trappa", "E-lås. Ring på først")  # fmt: skip
_PRACTICAL = ("", "", "", "Parkering bak huset.", "Bratt innkjørsel, sett bilen ved veien.", "Hund, snill.", "Katt. Lukk døra.",
              "Ta av skoene.", "Glatt trapp når det fryser.", "Heis til tredje, så en trapp.")  # fmt: skip
_FLOORS = ("", "", "", "1. etasje", "2. etasje", "3. etasje", "Underetasjen", "Inngang fra hagen")
_ALERTS = (
    ("FALL", "Har falt to ganger siste halvår"), ("ALLERGY", "Penicillin"), ("ALLERGY", "Nøtter"), ("AID", "Går med rullator"),
    ("AID", "Høreapparat i begge ører"), ("SAFETY", "Hund i huset"), ("SAFETY", "Komfyrvakt, skal være på"), ("INFECTION", "MRSA. Hansker og frakk"),
    ("OTHER", "Hører dårlig på venstre øre"), ("OTHER", "Blodfortynnende"), ("FALL", "Svimmel når hun reiser seg"), ("OTHER", "Ser dårlig"),
)  # fmt: skip


@dataclass(slots=True)
class PlanPeriod:
    """A plan and the moments it was in use."""

    plan_id: int
    first: date
    after: date | None
    helps: tuple[PlannedHelp, ...]


@dataclass(slots=True)
class Person:
    """A citizen, as the days that follow need to know her."""

    id: int
    given: str
    family: str
    gender: str
    east: float  # kilometres in the town, for ways between doors
    north: float
    unit_id: int
    archetype: str
    first: date
    after: date | None
    curated: Curated | None = None
    affinity: dict[int, float] = field(default_factory=dict)
    refused: frozenset[int] = frozenset()
    plans: list[PlanPeriod] = field(default_factory=list)
    away: list[tuple[datetime, datetime | None, str]] = field(default_factory=list)
    slowness: dict[int, float] = field(default_factory=dict)  # line → how long it takes, 1 is as planned
    primary_id: int = 0
    service_id: int = 0
    service_deputy_id: int = 0
    therapist_id: int = 0
    kin: list[int] = field(default_factory=list)
    voice: Voice | None = None
    matters_id: int = 0
    day_pins: dict[int, tuple[int, ...]] = field(default_factory=dict)  # wished minute → helpers on the day shown
    weight: int = 0  # visits a week, for a fair sharing of contacts
    responsibles: list[dict[str, object]] = field(default_factory=list)

    def follows_on(self, day: date) -> bool:
        """Whether she is with us on the day."""
        return self.first <= day and (self.after is None or day < self.after)


@dataclass(frozen=True, slots=True)
class TeamHome:
    """Where a team's citizens live and who follows them. second: another unit that takes a part, and which."""

    unit_id: int
    land: str
    copy: int
    second_unit_id: int = 0
    second_part: str = ""
    is_health_team: bool = False
    work_group_id: int = 0


class Registry:
    """Writes citizens. One for the whole town: identity numbers and addresses are given once."""

    def __init__(self, store: Store, chance: Chance, anchor: date) -> None:
        self.store = store
        self.chance = chance
        self.anchor = anchor
        self.numbers: set[str] = set()
        self.houses: set[tuple[int, str, int, str]] = set()
        self.count = 0
        self.unknown_given = False

    def add(self, given: str, family: str, gender: str, born_on: date, home: TeamHome, draw: random.Random, *, first: date,
            after: date | None, curated: Curated | None, archetype: str, died: bool = False, language: str = "",
            lives_alone: bool | None = None) -> Person:  # fmt: skip
        """Write one citizen with identity, home and followings."""
        self.count += 1
        store = self.store
        unknown = curated is None and not self.unknown_given and self.count == 101
        street, number, floor = self._address(draw, home, curated)
        east, north = fjordvik.house(street, number)
        latitude, longitude = fjordvik.degrees((east, north), home.copy)
        address = f"{street.name} {number}"
        if unknown:
            self.unknown_given, given, family, language = True, "Ukjent", "mann, funnet på kaia", ""
        citizen_id = store.add(
            Citizen,
            given_name=given,
            family_name=family,
            search_name=names.search_key(given, family, address),
            sort_name=names.sort_key(family, given),
            born_on=None if unknown else born_on,
            died_on=after if died else None,
            phone=f"900 {self.count // 1000 % 100:02d} {self.count % 1000:03d}",
            language=language,
            needs_interpreter=bool(curated.interpreter if curated else language and draw.random() < 0.4),
            lives_alone=(curated.lives_alone if curated else draw.random() < 0.64) if lives_alone is None else lives_alone,
            is_secret_address=curated is None and draw.random() < 0.004,
        )
        if unknown:
            store.add(Identifier, citizen_id=citizen_id, kind="UNKNOWN", value="", valid_from=first)
        else:
            kind = "DNR" if language and draw.random() < 0.25 else "FNR"
            value = self._number(born_on, kind, draw)
            store.add(Identifier, citizen_id=citizen_id, kind=kind, value=value, valid_from=born_on if kind == "FNR" else first)
        way_in = curated.way_in if curated else draw.choice(_WAYS_IN)
        code = curated.door_code if curated else (f"{draw.randrange(1000, 9999)}" if "oks" in way_in else "")
        store.add(
            Home,
            citizen_id=citizen_id,
            street=address,
            postal_code=street.postal_code,
            place="Fjordvik",
            floor=floor,
            latitude=latitude,
            longitude=longitude,
            way_in=way_in,
            door_code=code,
            practical=curated.practical if curated else draw.choice(_PRACTICAL),
            valid_from=min(first, self.anchor) - timedelta(days=draw.randrange(400, 9000)),
            valid_to=after if died else None,
        )
        store.add(Following, citizen_id=citizen_id, unit_id=home.unit_id, valid_from=first, valid_to=after)
        if home.second_unit_id:
            store.add(Following, citizen_id=citizen_id, unit_id=home.second_unit_id, part=home.second_part, valid_from=first, valid_to=after)  # fmt: skip
        if home.work_group_id and archetype == "dementia":
            store.add(Following, citizen_id=citizen_id, unit_id=home.work_group_id, part="Demens", valid_from=first, valid_to=after)
        return Person(citizen_id, given, family, gender, east, north, home.unit_id, archetype, first, after, curated)

    def _number(self, born_on: date, kind: str, draw: random.Random) -> str:
        while True:
            value = national_id.synthetic(
                day=born_on.day + (40 if kind == "DNR" else 0), month=born_on.month, year=born_on.year, serial=draw.randrange(1000)
            )
            if value is not None and value not in self.numbers:
                self.numbers.add(value)
                return value
            born_on = born_on if draw.random() < 0.9 else born_on - timedelta(days=1)

    def _address(self, draw: random.Random, home: TeamHome, curated: Curated | None) -> tuple[fjordvik.Street, int, str]:
        streets = fjordvik.streets(home.land)
        if curated is not None:
            street = next(one for one in streets if one.name == curated.street)
            self.houses.add((home.copy, street.name, curated.number, curated.floor))
            return street, curated.number, curated.floor
        for _ in range(50):
            street = weighted(draw, [(one, fjordvik.length_m(one)) for one in streets])
            number, floor = draw.randrange(1, fjordvik.highest_number(street)), draw.choice(_FLOORS)
            if (home.copy, street.name, number, floor) not in self.houses:
                break
        self.houses.add((home.copy, street.name, number, floor))
        return street, number, floor


def archetype_for(draw: random.Random, home: TeamHome, *, light: bool, nights: bool) -> Archetype:
    """Draw a shape of help. A health-service team gets those who need health care; light: little help by day."""
    options = []
    for one in ARCHETYPES:
        share = one.share
        if home.is_health_team:
            share = share if one.health_service else 0.0
        elif home.second_unit_id and one.health_service:
            share = 0.0
        if one.code in {"night_safety", "lift", "palliative"} and not nights:
            share = share * 0.6 if one.code != "night_safety" else 0.0
        if light:
            share = {"cleaning": 0.42, "errands": 0.14, "dosing": 0.16, "social": 0.05, "night_safety": 0.08, "wound": 0.03,
                     "evening_meds": 0.3}.get(one.code, 0.0)  # fmt: skip
        options.append((one, share))
    return weighted(draw, options)


def somebody(draw: random.Random) -> tuple[str, str, str, str]:
    """Return given name, family name, gender and language of a citizen."""
    if draw.random() < 0.055:
        given, family, gender, language = draw.choice(name_bank.FROM_ELSEWHERE)
        return given, family, gender, language
    gender = "K" if draw.random() < 0.64 else "M"
    family = draw.choice(name_bank.FAMILY)
    if draw.random() < 0.09:
        other = draw.choice(name_bank.FAMILY)
        family = f"{family} {other}" if other != family else family
    return draw.choice(name_bank.WOMEN_OLD if gender == "K" else name_bank.MEN_OLD), family, gender, ""


def voices_for(draw: random.Random, people: list[Person]) -> None:
    """Give each who has none words of her own, fitting what she gets help with, nobody's twice while there are left."""
    used: set[str] = set()
    for person in people:
        if person.curated is not None:
            continue
        fits = BY_CODE[person.archetype].voice if person.archetype in BY_CODE else ""
        options = [
            voice for voice in VOICES
            if voice.fits in {"", fits} and voice.gender in {"", person.gender} and voice.language in {"", "nn"}
        ]  # fmt: skip
        fresh = [voice for voice in options if voice.words not in used] or options
        preferred = [voice for voice in fresh if voice.fits == fits and fits] or fresh
        person.voice = draw.choice(preferred if draw.random() < 0.7 else fresh)
        used.add(person.voice.words)


def answer_for(store: Store, draw: random.Random, person: Person, members: list[Member], anchor: date, load: dict[int, float]) -> None:
    """Name service-responsible, primary contact and deputies, and decide how well each helper is known."""
    carers = [one for one in members if one.visits and not one.is_temp and one.flavour != "NIGHT"]
    nurses = [one for one in carers if one.level == 2] or carers
    if person.archetype in {"cleaning", "errands"}:
        near = [one for one in carers if one.profession == "HOME_HELPER"] or carers
    else:
        near = [one for one in carers if one.profession != "HOME_HELPER" and one.flavour == "MIXED"] or carers
    weight = max(person.weight, 1)

    def least(options: list[Member], taken: set[int]) -> Member:
        free = [one for one in options if one.id not in taken] or [one for one in carers if one.id not in taken] or options
        return min(free, key=lambda one: (load.get(one.id, 0.0) / max(one.percent, 20) + draw.random() * 0.02, one.id))

    by_initials = {one.initials: one for one in reversed(members)}
    story = person.curated
    if story is not None and story.is_new:
        return
    chosen: dict[tuple[str, bool], Member] = {}
    if story is not None:
        for key, initials in ((("PRIMARY_CONTACT", False), story.primary), (("PRIMARY_CONTACT", True), story.primary_deputy),
                              (("SERVICE_RESPONSIBLE", False), story.service), (("SERVICE_RESPONSIBLE", True), story.service_deputy),
                              (("THERAPIST", False), story.therapist)):  # fmt: skip
            if initials in by_initials:
                chosen[key] = by_initials[initials]
        if chosen[("PRIMARY_CONTACT", False)] is chosen.get(("PRIMARY_CONTACT", True)):
            chosen[("PRIMARY_CONTACT", True)] = by_initials["HL"]
    else:
        without_primary = draw.random() < 0.025
        primary = least(near, set())
        if not without_primary:
            chosen[("PRIMARY_CONTACT", False)] = primary
            chosen[("PRIMARY_CONTACT", True)] = least(near, {primary.id})
        service = least(nurses, set() if primary.level < 2 else {primary.id})
        chosen[("SERVICE_RESPONSIBLE", False)] = service
        if draw.random() < 0.9:
            chosen[("SERVICE_RESPONSIBLE", True)] = least(nurses, {service.id})
    since = max(person.first, anchor - timedelta(days=draw.randrange(40, 900)))
    for (kind, is_deputy), member in sorted(chosen.items(), key=lambda item: (item[0][0], item[0][1])):
        valid_from = min(max(since, member.employed_from), person.after or anchor)
        store.add(Responsible, citizen_id=person.id, employee_id=member.id, kind=kind, is_deputy=is_deputy,
                  valid_from=valid_from, valid_to=person.after)  # fmt: skip
        load[member.id] = load.get(member.id, 0.0) + (weight if kind == "PRIMARY_CONTACT" else 2.0) * (0.4 if is_deputy else 1.0)
        strength = {"PRIMARY_CONTACT": 3.0, "SERVICE_RESPONSIBLE": 1.6, "THERAPIST": 1.0}[kind] * (0.65 if is_deputy else 1.0)
        person.affinity[member.id] = max(person.affinity.get(member.id, 0.0), strength)
    person.primary_id = chosen[("PRIMARY_CONTACT", False)].id if ("PRIMARY_CONTACT", False) in chosen else 0
    person.service_id = chosen[("SERVICE_RESPONSIBLE", False)].id
    person.service_deputy_id = chosen[("SERVICE_RESPONSIBLE", True)].id if ("SERVICE_RESPONSIBLE", True) in chosen else 0
    person.therapist_id = chosen[("THERAPIST", False)].id if ("THERAPIST", False) in chosen else 0
    for initials in story.knows if story else ():
        person.affinity[by_initials[initials].id] = max(person.affinity.get(by_initials[initials].id, 0.0), 2.2)
    evening = [one for one in carers if one.flavour == "EVENING"]
    regulars = draw.sample(carers, min(2, len(carers))) + (draw.sample(evening, 1) if evening else [])
    for one in regulars:
        person.affinity.setdefault(one.id, 1.0)


def surround(store: Store, draw: random.Random, person: Person, members: list[Member], anchor: date) -> None:
    """Write network, alerts, wishes and where she has been."""
    story = person.curated
    _network(store, draw, person, story)
    alerts = list(story.alerts) if story else [one for one in _ALERTS if draw.random() < 0.075]
    if story is None and person.archetype == "reablement" and not alerts:
        alerts = [("AID", "Går med rullator")]
    for kind, text in alerts[:3]:
        store.add(Alert, citizen_id=person.id, kind=kind, text=text, valid_from=person.first, valid_to=person.after)
    _wishes(store, draw, person, members, story)
    if story is None:
        _stays(store, draw, person, anchor)
    elif story.is_new:
        since = datetime.combine(anchor - timedelta(days=6), time(14, 20), tzinfo=oslo.OSLO)
        store.add(Whereabouts, citizen_id=person.id, kind="HOSPITAL", place="Nordfjord sjukehus, ortopedisk", from_at=since,
                  next_step="Utskrives i overmorgen. Startsamtale hjemme samme dag.")  # fmt: skip
        person.away.append((since, None, "HOSPITAL"))


def _network(store: Store, draw: random.Random, person: Person, story: Curated | None) -> None:
    members: list[Kin] = list(story.kin) if story else []
    if not members and draw.random() < 0.9:
        for number in range(1 if draw.random() < 0.5 else 2):
            relation, gender = draw.choice(name_bank.RELATIVES)
            given = draw.choice(name_bank.STAFF_WOMEN if gender == "K" else name_bank.STAFF_MEN)
            family = person.family.split(" ")[-1] if draw.random() < 0.7 else draw.choice(name_bank.FAMILY)
            members.append(Kin("RELATIVE", f"{given} {family}", relation, f"901 {draw.randrange(100):02d} {draw.randrange(1000):03d}",
                               draw.choice(name_bank.RELATIVE_NOTES), number == 0))  # fmt: skip
        if draw.random() < 0.35:
            given = draw.choice(name_bank.WOMEN_OLD + name_bank.MEN_OLD)
            members.append(Kin("FRIEND", f"{given} {draw.choice(name_bank.FAMILY)}", draw.choice(name_bank.NEIGHBOURS)))
        if draw.random() < 0.22:
            name, relation = draw.choice(name_bank.SERVICES)
            members.append(Kin("SERVICE", name, relation, "555 00 210"))
        if draw.random() < 0.05 or person.archetype == "dementia" and draw.random() < 0.25:
            given = draw.choice(name_bank.STAFF_WOMEN)
            members.append(Kin("GUARDIAN", f"{given} {draw.choice(name_bank.FAMILY)}", "Verge i økonomiske saker", "902 00 000"))
    members.append(Kin("GP", f"Lege {draw.choice(name_bank.DOCTORS)}", f"Fastlege, {draw.choice(name_bank.PRACTICES)}", "555 00 300"))
    for rank, one in enumerate(members):
        number = store.add(NetworkMember, citizen_id=person.id, kind=one.kind, name=one.name, relation=one.relation, phone=one.phone,
                           is_next_of_kin=one.is_next_of_kin, note=one.note, rank=rank, valid_from=person.first)  # fmt: skip
        if one.kind == "RELATIVE":
            person.kin.append(number)


def _wishes(store: Store, draw: random.Random, person: Person, members: list[Member], story: Curated | None) -> None:
    wishes: list[tuple[str, int | None, str, str]] = []
    by_initials = {one.initials: one for one in reversed(members)}
    if story:
        for kind, who, reason in story.wishes:
            if who in {"K", "M"}:
                wishes.append((kind, None, who, reason))
            elif who in by_initials:
                wishes.append((kind, by_initials[who].id, "", reason))
    elif draw.random() < 0.05 and person.gender == "K":
        wishes.append(("RATHER_NOT", None, "M", "Vil helst ha kvinne til stell"))
    elif draw.random() < 0.015:
        wishes.append(("MUST_NOT", None, "M", "Må være kvinne"))
    elif draw.random() < 0.05:
        known = [one for one in members if one.visits and not one.is_temp and one.id != person.primary_id]
        if known:
            wishes.append((draw.choice(("RATHER_NOT", "GLADLY", "MUST_NOT")), draw.choice(known).id, "", ""))
    for kind, employee_id, gender, reason in wishes:
        store.add(HelperWish, citizen_id=person.id, kind=kind, employee_id=employee_id, gender=gender, reason=reason,
                  valid_from=person.first, valid_to=person.after)  # fmt: skip
    person.refused = frozenset(
        one.id for one in members for kind, employee_id, gender, _ in wishes
        if kind == "MUST_NOT" and (employee_id == one.id or (gender and gender == one.gender))
    )  # fmt: skip
    for kind, employee_id, _gender, _ in wishes:
        if employee_id is not None and kind != "MUST_NOT":
            person.affinity[employee_id] = person.affinity.get(employee_id, 0.0) + (1.0 if kind == "GLADLY" else -2.0)


def _stays(store: Store, draw: random.Random, person: Person, anchor: date) -> None:
    frail = person.archetype in {"frail", "palliative", "dementia", "insulin", "lift"}
    day = person.first + timedelta(days=draw.randrange(25))
    while day <= anchor:
        if person.after is not None and day >= person.after - timedelta(days=25):
            return
        if draw.random() < (0.0045 if frail else 0.0017):
            kind, shortest, longest, _, step = _stay(draw)
            start = datetime.combine(day, time(draw.randrange(9, 20), draw.choice((0, 20, 40))), tzinfo=oslo.OSLO)
            end_day = day + timedelta(days=draw.randint(shortest, longest))
            now = datetime.combine(anchor, time(7, 42), tzinfo=oslo.OSLO)
            if start >= now:
                return
            end: datetime | None = datetime.combine(end_day, time(draw.randrange(11, 16), 30), tzinfo=oslo.OSLO)
            if end_day >= anchor:
                end = None
            store.add(Whereabouts, citizen_id=person.id, kind=kind, place=_PLACES[kind], from_at=start, to_at=end,
                      next_step=step if end is None else "")  # fmt: skip
            person.away.append((start, end, kind))
            if end is None:
                return
            day = end_day + timedelta(days=10)
        day += timedelta(days=1)


def _stay(draw: random.Random) -> tuple[str, int, int, float, str]:
    left = draw.random()
    for stay in _STAYS:
        left -= stay[3]
        if left < 0:
            return stay
    return _STAYS[0]
