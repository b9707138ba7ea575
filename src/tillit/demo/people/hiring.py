"""Employees with positions, competences, roles and logins."""

import random
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from tillit.demo.chance import Chance
from tillit.demo.people import names as name_bank
from tillit.demo.people.staff import Member
from tillit.demo.people.teams import Named, StaffPlan, TeamPlan
from tillit.demo.store import Store
from tillit.demo.town import fjordvik
from tillit.foundation.access.models import User
from tillit.foundation.access.roles import Role
from tillit.foundation.workforce.competence_catalogue import COMPETENCES
from tillit.foundation.workforce.models import (
    Employee,
    HeldCompetence,
    Position,
    PositionShare,
    RoleHolding,
)
from tillit.foundation.workforce.rules import COLOURS
from tillit.kernel import names, oslo

ROLE_OF = {
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


class Hiring:
    """Writes employees. One for the whole town, so that numbers and user names are given once."""

    def __init__(self, store: Store, chance: Chance, anchor: date, competences: dict[str, int]) -> None:
        self.store = store
        self.chance = chance
        self.anchor = anchor
        self.competences = competences
        self.taken: set[str] = set()
        self.count = 0
        self.known: dict[int, tuple[str, str]] = {}  # employee → name, profession
        self.roles: dict[tuple[int, Role], list[tuple[int, date]]] = {}  # (unit, role) → who, since when

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
            phone=f"555 {10 + self.count // 1000:02d} {self.count % 1000:03d}",
            travel=travel,
            starts_at_home=starts_at_home,
            home_latitude=home[0] if home else None,
            home_longitude=home[1] if home else None,
            gender=gender,
            employed_from=employed_from,
        )
        self.known[employee_id] = (f"{given} {family}", profession)
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
            self.roles.setdefault((unit_id, role), []).append((employee_id, employed_from))
        return employee_id

    def held(
        self, draw: random.Random, codes: tuple[str, ...], employed_from: date
    ) -> dict[str, tuple[date, date | None]]:
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


def hire_team(
    hiring: Hiring,
    plan: TeamPlan,
    unit_id: int,
    copy: int,
    shares: dict[str, list[tuple[int, int]]],
    group_id: int = 0,
) -> list[Member]:
    """Hire a team: those named first, then the others. shares: initials → (unit, per cent). group_id: work group."""
    draw = hiring.chance.stream("staff", copy, plan.name)
    members = [_hire_named(hiring, one, unit_id, shares.get(one.initials), draw) for one in plan.named]
    staff = plan.staff
    # Those hired longest ago come first; colours go round among those who visit.
    group = plan.group_staff if group_id else StaffPlan()
    wanted = (
        [("NURSE", False, 0)] * (staff.nurses - group.nurses)
        + [("NURSE", False, group_id)] * group.nurses
        + [("HEALTH_WORKER", False, 0)] * (staff.health_workers - group.health_workers)
        + [("HEALTH_WORKER", False, group_id)] * group.health_workers
        + [("HOME_HELPER", False, 0)] * staff.home_helpers
        + [("HEALTH_WORKER", True, 0)] * staff.temps
    )
    visiting = sum(1 for one in plan.named if one.colour)
    allocators = sum("FORDELER" in one.competences for one in plan.named)
    trainers = sum("REHAB" in one.competences and bool(one.colour) for one in plan.named)
    for number, (profession, is_temp, in_group) in enumerate(wanted):
        # Nurses have the acute duty: where there are health workers enough, allocating is theirs.
        allocates = profession == "HEALTH_WORKER" or staff.health_workers < plan.allocators
        wants_allocator = not is_temp and profession != "HOME_HELPER" and allocates and allocators < plan.allocators
        colour = 0 if is_temp else _colour(visiting, number)
        wants_trainer = not is_temp and profession != "HOME_HELPER" and trainers < 6
        extra = tuple(code for code, wanted_ in (("FORDELER", wants_allocator), ("REHAB", wants_trainer)) if wanted_)
        flavour = ""
        if in_group:  # every other one by day on weekdays only, so that the group is never without anybody
            extra, flavour = (*extra, "DEMENS", "LEGEMIDLER"), "MIXED" if number % 2 else "WEEKDAY"
        is_face = plan.face is not None and number == 0
        member = _hire_other(
            hiring,
            plan,
            unit_id,
            copy,
            profession,
            is_temp,
            colour,
            extra,
            draw,
            "MIXED" if is_face and not copy else flavour,
            plan.face if is_face and not copy else None,
            in_group,
        )
        allocators += "FORDELER" in member.competences
        trainers += "REHAB" in member.competences
        members.append(member)
    if plan.nights:
        for number in range(3):
            profession = "NURSE" if number == 0 else "HEALTH_WORKER"
            members.append(_hire_other(hiring, plan, unit_id, copy, profession, False, number + 1, (), draw, "NIGHT"))
    return members


def _colour(visiting: int, number: int) -> int:
    """The next colour nobody has; when all twelve are taken, those of the ones seen least: the last first."""
    return visiting + number + 1 if visiting + number < COLOURS else COLOURS - (visiting + number) % COLOURS


def _hire_named(
    hiring: Hiring, one: Named, unit_id: int, shared: list[tuple[int, int]] | None, draw: random.Random
) -> Member:
    employed_from = hiring.anchor - timedelta(days=draw.randrange(400, 4000))
    units = shared or [(unit_id, 100)]
    role = ROLE_OF[one.profession]
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
        employee_id,
        one.initials,
        one.given,
        one.family,
        one.profession,
        one.gender,
        one.percent,
        one.colour,
        one.rota,
        one.starts,
        one.is_temp,
        _pace(one.travel),
        brought_by(one.profession) | frozenset(one.competences),
        employed_from,
        travel=one.travel,
    )


def _hire_other(
    hiring: Hiring,
    plan: TeamPlan,
    unit_id: int,
    copy: int,
    profession: str,
    is_temp: bool,
    colour: int,
    extra: tuple[str, ...],
    draw: random.Random,
    flavour: str = "",
    name: tuple[str, str, str] | None = None,
    group_id: int = 0,
) -> Member:
    given, family, gender = name or hiring.names_for(draw)
    percent = draw.choice((20, 30, 40)) if is_temp else draw.choice((100, 100, 100, 100, 90, 80, 80, 75))
    employed_from = hiring.anchor - timedelta(days=draw.randrange(90, 500) if is_temp else draw.randrange(250, 5000))
    if flavour == "NIGHT":
        percent = 65
    elif is_temp:
        flavour = "TEMP"
    elif profession == "HOME_HELPER":
        flavour = "WEEKDAY"
    elif not flavour:
        flavour = "EVENING" if draw.random() < 0.16 else "MIXED"
    codes = _codes(draw, profession, is_temp, extra)
    travel = draw.choice(("CAR",) * 8 + ("BIKE",))
    at_home = draw.random() < 0.12
    home = _somewhere(draw, plan.land, copy) if at_home else None
    employee_id = hiring.hire(
        given=given,
        family=family,
        gender=gender,
        profession=profession,
        percent=percent,
        shares=[(group_id or unit_id, 100, colour)],
        is_temp=is_temp,
        travel=travel,
        starts_at_home=at_home,
        home=home,
        employed_from=employed_from,
        held=hiring.held(draw, codes, employed_from),
        roles=[(ROLE_OF[profession], group_id or unit_id)],
    )
    starts = draw.choice((450, 450, 450, 465, 480))
    return Member(
        employee_id,
        names.initials(given, family),
        given,
        family,
        profession,
        gender,
        percent,
        colour,
        flavour,
        starts,
        is_temp,
        _pace(travel),
        brought_by(profession) | frozenset(codes),
        employed_from,
        travel=travel,
        home=home,
        group_id=group_id,
    )


def _codes(draw: random.Random, profession: str, is_temp: bool, extra: tuple[str, ...]) -> tuple[str, ...]:
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
    return tuple(dict.fromkeys([*codes, *extra]))


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
