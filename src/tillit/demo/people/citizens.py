"""Citizens: who they are, where they live, who follows them."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tillit.care.careplans.rules.recurrence import PlannedHelp
from tillit.care.citizens.models import (
    Citizen,
    Following,
    Home,
    Identifier,
)
from tillit.demo.chance import Chance, weighted
from tillit.demo.people import names as name_bank
from tillit.demo.plans.archetypes import ARCHETYPES, BY_CODE, Archetype
from tillit.demo.store import Store
from tillit.demo.story.solvik import Curated
from tillit.demo.town import fjordvik
from tillit.demo.words.matters import VOICES, Voice
from tillit.kernel import names, national_id

_WAYS_IN = (
    "Ring på og vent",
    "Nøkkelboks ved døra. Ring på først",
    "Døra er åpen på dagtid",
    "Ring på, bruker åpner fra stolen",
    "Nøkkelboks bak postkassa",
    "Kalle på fra trappa",
    "E-lås. Ring på først",
)
_PRACTICAL = (
    "",
    "",
    "",
    "Parkering bak huset.",
    "Bratt innkjørsel, sett bilen ved veien.",
    "Hund, snill.",
    "Katt. Lukk døra.",
    "Ta av skoene.",
    "Glatt trapp når det fryser.",
    "Heis til tredje, så en trapp.",
)
GROUP_ARCHETYPE = "dementia"
"""Whom the work group follows, instead of the team."""
GROUP_SHARE = 3.0
"""A team with a work group for them has more of them: they come from the whole district."""
HEALTH_KINDS = frozenset({"MEDICATION", "WOUND", "NURSING"})
"""What the health team of a HELTOM pair carries out; all else is the care team's."""
_FLOORS = ("", "", "", "1. etasje", "2. etasje", "3. etasje", "Underetasjen", "Inngang fra hagen")


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
    conversation_id: int = 0
    day_pins: dict[int, tuple[int, ...]] = field(default_factory=dict)  # wished minute → helpers on the day shown
    weight: int = 0  # visits a week, for a fair sharing of contacts
    notes: set[str] = field(default_factory=set)  # what has been written already: nobody reads the same twice
    met: dict[int, list[int]] = field(default_factory=dict)  # helper → days (ordinals) she came lately
    beside: int = 0  # the unit that follows a part of the help; 0 when one team has it all
    beside_has_health: bool = False
    age: int = 0
    died: bool = False

    def follows_on(self, day: date) -> bool:
        """Whether she is with us on the day."""
        return self.first <= day and (self.after is None or day < self.after)

    def carrier(self, kind: str) -> int | None:
        """Return the unit beside her own team that carries out help of a kind; None is her own team."""
        return self.beside if self.beside and (kind in HEALTH_KINDS) == self.beside_has_health else None


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

    def add(
        self,
        given: str,
        family: str,
        gender: str,
        born_on: date,
        home: TeamHome,
        draw: random.Random,
        *,
        first: date,
        after: date | None,
        curated: Curated | None,
        archetype: str,
        died: bool = False,
        language: str = "",
        lives_alone: bool | None = None,
    ) -> Person:
        """Write one citizen with identity, home and followings."""
        self.count += 1
        store = self.store
        unknown = curated is None and archetype in BY_CODE and not self.unknown_given and self.count >= 101
        street, number, floor = self._address(draw, home, curated)
        east, north = fjordvik.house(street, number)
        latitude, longitude = fjordvik.degrees((east, north), home.copy)
        address = f"{street.name} {number}"
        if unknown:
            self.unknown_given, given, family, language = True, "Ukjent", "mann, funnet på kaia", ""
        hidden = curated is None and draw.random() < 0.004
        citizen_id = store.add(
            Citizen,
            given_name=given,
            family_name=family,
            search_name=names.search_key(given, family, "" if hidden else address),
            sort_name=names.sort_key(family, given),
            born_on=None if unknown else born_on,
            died_on=after if died else None,
            phone=f"900 {self.count // 1000 % 100:02d} {self.count % 1000:03d}",
            language=language,
            needs_interpreter=bool(curated.interpreter if curated else language and draw.random() < 0.4),
            lives_alone=(curated.lives_alone if curated else draw.random() < 0.64)
            if lives_alone is None
            else lives_alone,
            is_secret_address=hidden,
        )
        if unknown:
            store.add(Identifier, citizen_id=citizen_id, kind="UNKNOWN", value="", valid_from=first)
        else:
            kind = "DNR" if language and draw.random() < 0.25 else "FNR"
            value = self._number(born_on, kind, draw)
            store.add(
                Identifier,
                citizen_id=citizen_id,
                kind=kind,
                value=value,
                value_index=value,
                valid_from=born_on if kind == "FNR" else first,
            )
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
        unit_id = home.work_group_id if home.work_group_id and archetype == GROUP_ARCHETYPE else home.unit_id
        store.add(Following, citizen_id=citizen_id, unit_id=unit_id, valid_from=first, valid_to=after)
        if home.second_unit_id:
            store.add(
                Following,
                citizen_id=citizen_id,
                unit_id=home.second_unit_id,
                part=home.second_part,
                valid_from=first,
                valid_to=after,
            )
        return Person(
            citizen_id, given, family, gender, east, north, unit_id, archetype, first, after, curated,
            beside=home.second_unit_id, beside_has_health=not home.is_health_team, died=died,
            age=self.anchor.year - born_on.year - ((self.anchor.month, self.anchor.day) < (born_on.month, born_on.day)),
        )  # fmt: skip

    def _number(self, born_on: date, kind: str, draw: random.Random) -> str:
        while True:
            value = national_id.synthetic(
                day=born_on.day + (40 if kind == "DNR" else 0),
                month=born_on.month,
                year=born_on.year,
                serial=draw.randrange(1000),
            )
            if value is not None and value not in self.numbers:
                self.numbers.add(value)
                return value
            born_on = born_on if draw.random() < 0.9 else born_on - timedelta(days=1)

    def _address(
        self, draw: random.Random, home: TeamHome, curated: Curated | None
    ) -> tuple[fjordvik.Street, int, str]:
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
        if home.work_group_id and one.code == GROUP_ARCHETYPE:
            share *= GROUP_SHARE
        if light:  # few visits by day: those written by hand fill the lanes
            share = {
                "cleaning": 0.3,
                "errands": 0.1,
                "dosing": 0.12,
                "social": 0.05,
                "night_safety": 0.08,
                "wound": 0.03,
                "meds_morning": 0.12,
                "stockings": 0.1,
                "meals": 0.04,
                "evening_meds": 0.28,
            }.get(one.code, 0.0)
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
            voice
            for voice in VOICES
            if voice.fits in {"", fits} and voice.gender in {"", person.gender} and voice.language in {"", "nn"}
        ]
        fresh = [voice for voice in options if voice.words not in used] or options
        preferred = [voice for voice in fresh if voice.fits == fits and fits] or fresh
        person.voice = draw.choice(preferred if draw.random() < 0.6 else fresh)
        used.add(person.voice.words)
