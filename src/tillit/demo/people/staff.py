"""Employees with positions, competences, roles and logins; their absences, shifts and who steps in."""

import random
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from tillit.demo.chance import Chance
from tillit.demo.people import names as name_bank
from tillit.demo.people import rosters
from tillit.demo.people.rosters import DAY, EVENING, NIGHT, Away, Rota
from tillit.demo.people.teams import Named, TeamPlan
from tillit.demo.store import Store
from tillit.demo.town import fjordvik
from tillit.foundation.access.models import User
from tillit.foundation.access.roles import Role
from tillit.foundation.workforce.competence_catalogue import COMPETENCES
from tillit.foundation.workforce.models import (
    Absence,
    Employee,
    HeldCompetence,
    Position,
    PositionShare,
    RoleHolding,
    Shift,
)
from tillit.foundation.workforce.rules import level_of
from tillit.kernel import names, oslo

#: Shifts are made this many days ahead: six weeks.
SHIFTS_AHEAD = 42
#: Somebody to cover for those away is looked for this many days ahead.
COVER_AHEAD = 7
_ROLE_OF = {
    "NURSE": Role.NURSE,
    "SOCIAL_EDUCATOR": Role.NURSE,
    "HEALTH_WORKER": Role.CARE_WORKER,
    "HOME_HELPER": Role.CARE_WORKER,
    "OTHER": Role.CARE_WORKER,
    "OCCUPATIONAL_THERAPIST": Role.THERAPIST,
    "PHYSIOTHERAPIST": Role.THERAPIST,
    "CASE_WORKER": Role.CASE_WORKER,
    "LEADER": Role.TEAM_LEADER,
}


@dataclass(slots=True)
class Member:
    """Somebody who works in a team, as the days that follow need to know her."""

    id: int
    initials: str
    given: str
    family: str
    profession: str
    gender: str
    percent: int
    colour: int
    flavour: str
    starts: int
    is_temp: bool
    pace: float  # minutes by kilometre
    competences: frozenset[str]
    employed_from: date
    away: list[Away] = field(default_factory=list)

    @property
    def level(self) -> int:
        """0 home helper, 1 health worker, 2 nurse."""
        return level_of(self.profession)

    @property
    def visits(self) -> bool:
        """Whether she goes to people."""
        return self.flavour in {"MIXED", "EVENING", "WEEKDAY", "NIGHT", "TEMP"}

    def is_away(self, day: date) -> bool:
        """Whether she is absent on the day."""
        return any(one.holds_on(day) for one in self.away)


@dataclass(frozen=True, slots=True)
class OnShift:
    """Somebody at work and going to people: start and end in minutes after the day's first moment."""

    member: Member
    kind: str
    start: int
    end: int


@dataclass(slots=True)
class Staff:
    """A team's people and, day by day, who was at work and not away."""

    members: list[Member]
    present: dict[date, list[OnShift]] = field(default_factory=lambda: defaultdict(list))


class Hiring:
    """Writes employees. One for the whole town, so that numbers and user names are given once."""

    def __init__(self, store: Store, chance: Chance, anchor: date, competences: dict[str, int]) -> None:
        self.store = store
        self.chance = chance
        self.anchor = anchor
        self.competences = competences
        self.taken: set[str] = set()
        self.count = 0

    def names_for(self, draw: random.Random) -> tuple[str, str, str]:
        """Return given name, family name and gender of somebody new."""
        for _ in range(60):
            if draw.random() < 0.22:
                given, family, gender = draw.choice(name_bank.STAFF_FROM_ELSEWHERE)
                if self.count > 300:
                    family = draw.choice(name_bank.STAFF_FROM_ELSEWHERE)[1]
            else:
                gender = "K" if draw.random() < 0.82 else "M"
                given = draw.choice(name_bank.STAFF_WOMEN if gender == "K" else name_bank.STAFF_MEN)
                family = draw.choice(name_bank.FAMILY)
            if _username(given, family) not in self.taken:
                break
        return given, family, gender

    def hire(
        self,
        *,
        given: str,
        family: str,
        gender: str,
        profession: str,
        percent: int,
        shares: list[tuple[int, int, int]],
        is_temp: bool = False,
        travel: str = "CAR",
        starts_at_home: bool = False,
        home: tuple[float, float] | None = None,
        employed_from: date,
        held: dict[str, tuple[date, date | None]],
        roles: list[tuple[Role, int]],
    ) -> int:
        """Write one employee with everything that belongs to her. shares: (unit, per cent of the position, colour)."""
        self.count += 1
        base = _username(given, family)
        username, number = base, 2
        while username in self.taken:
            username, number = f"{base}{number}", number + 1
        self.taken.add(username)
        store = self.store
        created = datetime.combine(employed_from, time(8), tzinfo=oslo.OSLO)
        user_id = store.add(
            User,
            username=username,
            name=f"{given} {family}",
            password="!demo",  # noqa: S106 – unusable: nobody logs in with a password here
            created_at=created,
        )
        employee_id = store.add(
            Employee,
            user_id=user_id,
            number=f"F{self.count:05d}",
            given_name=given,
            family_name=family,
            sort_name=names.sort_key(family, given),
            profession=profession,
            phone=f"555 {self.count // 100 % 90 + 10:02d} {self.count % 100:02d}{self.count % 7}",
            travel=travel,
            starts_at_home=starts_at_home,
            home_latitude=home[0] if home else None,
            home_longitude=home[1] if home else None,
            gender=gender,
            employed_from=employed_from,
        )
        position_id = store.add(
            Position,
            employee_id=employee_id,
            percent=Decimal(percent),
            employment="TEMPORARY" if is_temp else "PERMANENT",
            valid_from=employed_from,
        )
        for unit_id, share, colour in shares:
            store.add(PositionShare, position_id=position_id, unit_id=unit_id, share=Decimal(share), colour=colour)
        for code in sorted(held):
            valid_from, valid_to = held[code]
            store.add(
                HeldCompetence,
                employee_id=employee_id,
                competence_id=self.competences[code],
                valid_from=valid_from,
                valid_to=valid_to,
            )
        for role, unit_id in roles:
            store.add(RoleHolding, employee_id=employee_id, unit_id=unit_id, role=role.value, valid_from=employed_from)
        return employee_id

    def held(self, draw: random.Random, codes: tuple[str, ...], employed_from: date) -> dict[str, tuple[date, date | None]]:
        """Return when each competence was got and runs out: most have a year to go, one in nine has six weeks."""
        months = {entry.code: entry.months_valid for entry in COMPETENCES}
        found: dict[str, tuple[date, date | None]] = {}
        for code in codes:
            valid = months[code]
            if valid is None:
                found[code] = (employed_from, None)
                continue
            left = draw.randrange(4, 42) if draw.random() < 0.11 else draw.randrange(60, valid * 30)
            ends = self.anchor + timedelta(days=left)
            found[code] = (ends - timedelta(days=round(valid * 30.44)), ends)
        return found


def brought_by(profession: str) -> frozenset[str]:
    """Return the competences that come with the profession."""
    return frozenset(entry.code for entry in COMPETENCES if profession in entry.professions)


def hire_team(hiring: Hiring, plan: TeamPlan, unit_id: int, copy: int, shares: dict[str, list[tuple[int, int]]]) -> list[Member]:
    """Hire a team: those named first, then the others. shares: initials → (unit, per cent) of those shared with others."""
    draw = hiring.chance.stream("staff", copy, plan.name)
    members = [_hire_named(hiring, one, unit_id, shares.get(one.initials), draw) for one in plan.named]
    staff = plan.staff
    # Those hired longest ago come first; colours go round among those who visit.
    wanted = (
        [("NURSE", False)] * staff.nurses
        + [("HEALTH_WORKER", False)] * staff.health_workers
        + [("HOME_HELPER", False)] * staff.home_helpers
        + [("HEALTH_WORKER", True)] * staff.temps
    )
    visiting = sum(1 for one in plan.named if one.colour)
    allocators = sum("FORDELER" in one.competences for one in plan.named)
    for number, (profession, is_temp) in enumerate(wanted):
        wants_allocator = not is_temp and profession != "HOME_HELPER" and allocators < (1 if plan.name.endswith("åsen") else 3)
        colour = 0 if is_temp else (visiting + number) % 12 + 1
        member = _hire_other(hiring, plan, unit_id, copy, profession, is_temp, colour, wants_allocator, draw)
        allocators += "FORDELER" in member.competences
        members.append(member)
    if plan.nights:
        for number in range(3):
            profession = "NURSE" if number == 0 else "HEALTH_WORKER"
            members.append(_hire_other(hiring, plan, unit_id, copy, profession, False, number + 1, False, draw, "NIGHT"))
    return members


def _hire_named(
    hiring: Hiring, one: Named, unit_id: int, shared: list[tuple[int, int]] | None, draw: random.Random
) -> Member:
    employed_from = hiring.anchor - timedelta(days=draw.randrange(400, 4000))
    units = shared or [(unit_id, 100)]
    role = _ROLE_OF[one.profession]
    employee_id = hiring.hire(
        given=one.given,
        family=one.family,
        gender=one.gender,
        profession=one.profession,
        percent=one.percent,
        shares=[(unit, share, one.colour) for unit, share in units],
        is_temp=one.is_temp,
        travel=one.travel,
        employed_from=employed_from,
        held=hiring.held(draw, one.competences, employed_from),
        roles=[(role, unit) for unit, _ in units],
    )
    return Member(
        employee_id, one.initials, one.given, one.family, one.profession, one.gender, one.percent, one.colour, one.rota,
        one.starts, one.is_temp, _pace(one.travel), brought_by(one.profession) | frozenset(one.competences), employed_from,
    )  # fmt: skip


def _hire_other(
    hiring: Hiring, plan: TeamPlan, unit_id: int, copy: int, profession: str, is_temp: bool, colour: int,
    wants_allocator: bool, draw: random.Random, flavour: str = "",
) -> Member:  # fmt: skip
    given, family, gender = hiring.names_for(draw)
    percent = draw.choice((20, 30, 40)) if is_temp else draw.choice((100, 100, 100, 90, 80, 80, 75, 60))
    employed_from = hiring.anchor - timedelta(days=draw.randrange(90, 500) if is_temp else draw.randrange(250, 5000))
    if flavour == "NIGHT":
        percent = 65
    elif is_temp:
        flavour = "TEMP"
    elif profession == "HOME_HELPER":
        flavour = "WEEKDAY"
    else:
        flavour = "EVENING" if draw.random() < 0.16 else "MIXED"
    codes = _codes(draw, profession, is_temp, wants_allocator)
    travel = draw.choice(("CAR",) * 8 + ("BIKE",))
    at_home = draw.random() < 0.12
    home = _somewhere(draw, plan.land, copy) if at_home else None
    employee_id = hiring.hire(
        given=given,
        family=family,
        gender=gender,
        profession=profession,
        percent=percent,
        shares=[(unit_id, 100, colour)],
        is_temp=is_temp,
        travel=travel,
        starts_at_home=at_home,
        home=home,
        employed_from=employed_from,
        held=hiring.held(draw, codes, employed_from),
        roles=[(_ROLE_OF[profession], unit_id)],
    )
    starts = draw.choice((450, 450, 450, 465, 480))
    return Member(
        employee_id, names.initials(given, family), given, family, profession, gender, percent, colour, flavour, starts,
        is_temp, _pace(travel), brought_by(profession) | frozenset(codes), employed_from,
    )  # fmt: skip


def _codes(draw: random.Random, profession: str, is_temp: bool, allocator: bool) -> tuple[str, ...]:
    codes: list[str] = []
    if profession == "NURSE":
        codes += ["PALLIASJON"] if draw.random() < 0.85 else []
        codes += ["DEMENS"] if draw.random() < 0.6 else []
    if profession == "HEALTH_WORKER":
        codes += ["LEGEMIDLER"] if draw.random() < (0.7 if is_temp else 0.92) else []
        codes += ["INJEKSJON"] if draw.random() < (0.1 if is_temp else 0.6) else []
        codes += ["DEMENS"] if draw.random() < (0.2 if is_temp else 0.65) else []
        codes += ["SAR"] if not is_temp and draw.random() < 0.25 else []
        codes += ["REHAB"] if not is_temp and draw.random() < 0.4 else []
    if allocator:
        codes.append("FORDELER")
    return tuple(codes)


def make_shifts(
    store: Store, chance: Chance, plan: TeamPlan, members: list[Member], unit_id: int, *, anchor: date, first: date, copy: int
) -> Staff:  # fmt: skip
    """Roll the base roster over [first, anchor + 42 days), write shifts and absences, and let others step in."""
    draw = chance.stream("roster", copy, plan.name)
    rotas = [Rota(one.percent, one.flavour, one.level == 2) for one in members]
    pins, closed = _pins(plan, members, anchor)
    roster = rosters.base_roster(draw, rotas, plan.demand, pins, closed)
    after = anchor + timedelta(days=SHIFTS_AHEAD)
    changed = anchor - timedelta(days=plan.changed_days_ago)
    for one in members:
        away_draw = chance.stream("absence", copy, plan.name, one.id)
        one.away = rosters.absences(
            away_draw, first - timedelta(days=21), after + timedelta(days=21), anchor=anchor, sick=plan.sick,
            changed=changed, well_on=bool(plan.named) and one.initials in {named.initials for named in plan.named},
        )  # fmt: skip
        if plan.named and one.initials == "JB":
            one.away = [spell for spell in one.away if spell.after is None or spell.after <= anchor]
            one.away.append(Away("SELF_CERTIFIED", anchor, anchor + timedelta(days=2)))
        if plan.named and one.initials == "SS":
            one.away = [spell for spell in one.away if spell.kind != "COURSE"]
            one.away.append(Away("COURSE", anchor + timedelta(days=3), anchor + timedelta(days=4)))
        for spell in one.away:
            reported = min(datetime.combine(spell.first, time(6, 10), tzinfo=oslo.OSLO), _moment(anchor, 370))
            store.add(
                Absence, employee_id=one.id, kind=spell.kind, valid_from=spell.first, valid_to=spell.after, reported_at=reported
            )
    staff = Staff(members)
    _roll(store, draw, plan, staff, roster, unit_id, first=first, after=after, anchor=anchor)
    return staff


def _pins(plan: TeamPlan, members: list[Member], anchor: date) -> tuple[dict[tuple[int, int], str], frozenset[tuple[int, int]]]:
    if not plan.named:
        return {}, frozenset()
    place = {one.initials: number for number, one in reversed(list(enumerate(members)))}
    day = anchor.weekday()
    by_day = ("KN", "IS", "PN", "HL", "JB") if day >= 5 else ("KN", "IS", "AY", "PN", "HL", "SH", "TD", "JB")
    days = (5, 6) if day >= 5 else (day,)
    pins = {(place[initials], each): DAY for initials in by_day for each in days}
    pins |= {(place[initials], each): EVENING for initials in ("OV", "EM") for each in days}
    closed = frozenset((number, day) for number, one in enumerate(members) if one.visits and (number, day) not in pins)
    return pins, frozenset() if day >= 5 else closed


def _roll(
    store: Store, draw: random.Random, plan: TeamPlan, staff: Staff, roster: rosters.BaseRoster, unit_id: int, *,
    first: date, after: date, anchor: date,
) -> None:  # fmt: skip
    monday = anchor - timedelta(days=anchor.weekday())
    worked: dict[int, dict[date, str]] = {one.id: {} for one in staff.members}
    day = first
    while day < after:
        cycle_day = (day - monday).days % rosters.CYCLE
        missing: list[str] = []
        for number, one in enumerate(staff.members):
            kind = roster.of(number, cycle_day)
            if kind and day >= one.employed_from:
                _add_shift(store, staff, one, unit_id, day, kind, extra=False)
                if one.is_away(day):
                    missing.append(kind)
                else:
                    worked[one.id][day] = kind
        if day == anchor and plan.named:
            emil = next(one for one in staff.members if one.initials == "ES")
            _add_shift(store, staff, emil, unit_id, day, EVENING, extra=True)
            worked[emil.id][day] = EVENING
        elif day < anchor + timedelta(days=COVER_AHEAD):
            for kind in missing:
                if draw.random() < (0.62 if plan.sick[1] > 0.12 else 0.85):
                    _step_in(store, draw, staff, roster, worked, unit_id, day, cycle_day, kind)
        day += timedelta(days=1)


def _step_in(
    store: Store, draw: random.Random, staff: Staff, roster: rosters.BaseRoster, worked: dict[int, dict[date, str]],
    unit_id: int, day: date, cycle_day: int, kind: str,
) -> None:  # fmt: skip
    best: tuple[float, int] | None = None
    for number, one in enumerate(staff.members):
        if kind == NIGHT:
            suits = one.flavour == "NIGHT"
        else:
            suits = one.flavour == "TEMP" or (one.flavour in {"MIXED", "EVENING"} and one.percent < 100)
        if not suits or one.is_away(day) or day < one.employed_from or roster.of(number, cycle_day) or day in worked[one.id]:
            continue
        before = worked[one.id].get(day - timedelta(days=1), "")
        next_ = roster.of(number, cycle_day + 1)
        if (kind == DAY and before in {EVENING, NIGHT}) or (kind != DAY and next_ == DAY) or (kind == EVENING and before == NIGHT):
            continue
        lately = sum(day - timedelta(days=back) in worked[one.id] for back in range(1, 7))
        ahead = sum(bool(roster.of(number, cycle_day + step)) for step in range(1, 7))
        run = 0
        while day - timedelta(days=run + 1) in worked[one.id]:
            run += 1
        while roster.of(number, cycle_day + run + 1) and run < 6 and run == 0:
            run += 1
        if lately >= 5 or run >= 5 or lately + ahead >= 9:
            continue
        cost = lately + (0 if one.is_temp else 2.5) + draw.random()
        if best is None or cost < best[0]:
            best = (cost, number)
    if best is not None:
        one = staff.members[best[1]]
        worked[one.id][day] = kind
        _add_shift(store, staff, one, unit_id, day, kind, extra=True)


def _add_shift(store: Store, staff: Staff, one: Member, unit_id: int, day: date, kind: str, *, extra: bool) -> None:
    if kind == DAY:
        clock = one.starts
    else:
        clock = rosters.EVENING_START if kind == EVENING else rosters.NIGHT_START
    starts_at = _moment(day, clock)
    ends_at = _moment(day, clock + (rosters.NIGHT_LENGTH if kind == NIGHT else rosters.LENGTH))
    store.add(
        Shift, employee_id=one.id, unit_id=unit_id, kind=kind, on=day, starts_at=starts_at, ends_at=ends_at, is_extra=extra
    )
    if not one.is_away(day) and one.visits:
        base = _moment(day, 0)
        staff.present[day].append(
            OnShift(one, kind, int((starts_at - base).total_seconds()) // 60, int((ends_at - base).total_seconds()) // 60)
        )


def add_office_shifts(
    store: Store, employee_id: int, unit_id: int, *, first: date, after: date, on: tuple[int, ...] = (0, 1, 2, 3, 4),
    start: int = 480, end: int = 930, office: bool = True, every_other_from: date | None = None, odd: bool = False,
) -> None:  # fmt: skip
    """Write shifts on weekdays for those with office hours. every_other_from: only days an even (or odd) number away."""
    day = first
    while day < after:
        if day.weekday() in on and (every_other_from is None or ((day - every_other_from).days % 2 == 1) == odd):
            store.add(
                Shift, employee_id=employee_id, unit_id=unit_id, kind=DAY, on=day, starts_at=_moment(day, start),
                ends_at=_moment(day, end), office=office,
            )  # fmt: skip
        day += timedelta(days=1)


def _moment(day: date, minutes: int) -> datetime:
    """The moment when the clock shows so many minutes after midnight, the next day's when past 24 hours."""
    days, rest = divmod(minutes, 1440)
    return oslo.moment(day + timedelta(days=days), time(rest // 60, rest % 60))


def _pace(travel: str) -> float:
    return {"CAR": 2.0, "BIKE": 4.0, "FOOT": 12.0}[travel]


def _somewhere(draw: random.Random, land: str, copy: int) -> tuple[float, float]:
    street = draw.choice(fjordvik.streets(land))
    return fjordvik.degrees(fjordvik.house(street, draw.randrange(1, fjordvik.highest_number(street))), copy)


def _username(given: str, family: str) -> str:
    text = f"{given.split(' ')[0]}.{family}".lower()
    for sign, plain in (("æ", "ae"), ("ø", "o"), ("å", "a"), ("ı", "i"), ("ł", "l")):
        text = text.replace(sign, plain)
    plain = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in plain if sign.isascii() and (sign.isalnum() or sign == "."))
