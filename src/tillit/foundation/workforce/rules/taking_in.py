"""What a file says of an employee, held against what stands: what becomes different, and what people must look at.

An empty cell says nothing: what stands, stays. Told twice, nothing is different the second time. A file gives roles
and competences and takes none away; those are ended where they are given.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum

from tillit.foundation.workforce.rules.work import WITHOUT_COLOUR

#: The role in the team that a profession begins with, unless the file names one.
_ROLE_OF = {
    "NURSE": "NURSE",
    "OCCUPATIONAL_THERAPIST": "THERAPIST",
    "PHYSIOTHERAPIST": "THERAPIST",
    "CASE_WORKER": "CASE_WORKER",
    "LEADER": "TEAM_LEADER",
}
_HUNDREDTH = Decimal("0.01")


class Remark(StrEnum):
    """What people should know about a row. All but RENEWED say that a part of it is left out."""

    SEVERAL_POSITIONS = "SEVERAL_POSITIONS"
    OTHER_USERNAME = "OTHER_USERNAME"
    RENEWED = "RENEWED"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is told of the person herself. Codes as stored; employed_to: the first day she no longer works here."""

    given_name: str = ""
    family_name: str = ""
    profession: str = ""
    phone: str = ""
    travel: str = ""
    employed_to: date | None = None


@dataclass(frozen=True, slots=True)
class ShareTold:
    """A unit by its code, how many per cent of the position belong to it, and the role there; empty says nothing."""

    unit: str
    share: Decimal = Decimal(100)
    role: str = ""


@dataclass(frozen=True, slots=True)
class EmployeeTold:
    """What a file says of one employee, known by her number. username: in small letters."""

    number: str
    facts: Facts
    percent: Decimal
    shares: tuple[ShareTold, ...]
    employment: str = ""
    competences: frozenset[str] = frozenset()
    username: str = ""
    employed_from: date | None = None


@dataclass(frozen=True, slots=True)
class PositionFacts:
    """A position: per cent of full time, how employed, and per cent of it by unit code."""

    percent: Decimal
    employment: str
    shares: frozenset[tuple[str, Decimal]]


@dataclass(frozen=True, slots=True)
class PositionStands:
    """A position that is in force or begins later. colours: by unit code."""

    position_id: int
    facts: PositionFacts
    valid_from: date
    valid_to: date | None
    colours: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands of an employee: positions, roles and competences that are not over."""

    facts: Facts = field(default_factory=Facts)
    username: str = ""
    employed_from: date | None = None
    positions: tuple[PositionStands, ...] = ()
    roles: frozenset[tuple[str, str]] = field(default=frozenset(), metadata={"help": "(unit code, role)"})
    competences: frozenset[str] = frozenset()
    ran_out: frozenset[str] = field(default=frozenset(), metadata={"help": "Held before, and not any more"})


NOBODY = Standing()


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact that becomes another, and what it was, as text; days as 2026-01-31, empty: nothing stood there."""

    field: str
    was: str


@dataclass(frozen=True, slots=True)
class Steps:
    """What must be done so that what stands is what was told."""

    facts: Facts
    corrected: tuple[Difference, ...] = ()
    position: PositionFacts | None = None
    roles: tuple[tuple[str, str], ...] = ()
    competences: tuple[str, ...] = ()
    username: str = field(default="", metadata={"help": "The account to make; empty: none"})
    remarks: tuple[tuple[Remark, str], ...] = field(default=(), metadata={"help": "With the code concerned, if any"})

    @property
    def is_nothing(self) -> bool:
        """Whether all stands already."""
        return not (self.corrected or self.position or self.roles or self.competences or self.username)


def steps(told: EmployeeTold, stands: Standing) -> Steps:
    """Return what becomes different. stands: `NOBODY` for somebody new, of whom nothing is corrected.

    A role is given when the file names one that is not held; where it names none, only with a unit that is new to her
    or another profession: a role that people have ended does not come back by itself. Somebody with several positions
    keeps them as they are.
    """
    is_new = stands == NOBODY
    facts = _facts(told.facts, stands.facts)
    corrected = [] if is_new else _differences(stands.facts, facts)
    remarks: list[tuple[Remark, str]] = []
    position, several = _position(told, stands, facts.profession)
    if several:
        remarks.append((Remark.SEVERAL_POSITIONS, ""))
    if told.username and stands.username and told.username != stands.username:
        remarks.append((Remark.OTHER_USERNAME, ""))
    remarks += [(Remark.RENEWED, code) for code in sorted(told.competences & stands.ran_out - stands.competences)]
    return Steps(
        facts=facts,
        corrected=tuple(corrected),
        position=position,
        roles=tuple(_roles(told, stands, facts.profession)),
        competences=tuple(sorted(told.competences - stands.competences)),
        username="" if stands.username else told.username,
        remarks=tuple(remarks),
    )


def _facts(told: Facts, stands: Facts) -> Facts:
    return Facts(
        given_name=told.given_name.strip() or stands.given_name,
        family_name=told.family_name.strip() or stands.family_name,
        profession=told.profession or stands.profession,
        phone=told.phone.strip() or stands.phone,
        travel=told.travel or stands.travel,
        employed_to=told.employed_to or stands.employed_to,
    )


def _differences(before: Facts, now: Facts) -> list[Difference]:
    return [
        Difference(one.name, _as_text(getattr(before, one.name)))
        for one in fields(Facts)
        if getattr(before, one.name) != getattr(now, one.name)
    ]


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _position(told: EmployeeTold, stands: Standing, profession: str) -> tuple[PositionFacts | None, bool]:
    """Return the position to write, if any, and whether there are several so that none is written."""
    employment = told.employment or (stands.positions[-1].facts.employment if stands.positions else "PERMANENT")
    wanted = PositionFacts(
        told.percent.quantize(_HUNDREDTH),
        employment,
        frozenset((one.unit, one.share.quantize(_HUNDREDTH)) for one in told.shares),
    )
    if len(stands.positions) > 1:
        return None, all(one.facts != wanted for one in stands.positions)
    if stands.positions and stands.positions[0].facts == wanted:
        begins_to_visit = stands.facts.profession in WITHOUT_COLOUR and profession not in WITHOUT_COLOUR
        if not begins_to_visit or any(stands.positions[0].colours.values()):
            return None, False
    return wanted, False


def _roles(told: EmployeeTold, stands: Standing, profession: str) -> list[tuple[str, str]]:
    known_units = {unit for one in stands.positions for unit, _share in one.facts.shares}
    known_units |= {unit for unit, _role in stands.roles}
    is_other = profession != stands.facts.profession
    found = []
    for one in told.shares:
        role = one.role or (_ROLE_OF.get(profession, "CARE_WORKER") if is_other or one.unit not in known_units else "")
        if role and (one.unit, role) not in stands.roles:
            found.append((one.unit, role))
    return sorted(set(found))
