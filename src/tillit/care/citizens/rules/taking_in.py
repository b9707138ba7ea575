"""What a record system's file says of a citizen, held against what stands: what is written, what is left out.

An empty cell says nothing. What people have written here and the file does not tell of stays: what she wants to be
called, the door code, those who follow a part of the help. Told twice, nothing is different the second time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from enum import StrEnum

from tillit.care.citizens.rules.correcting import Difference, Facts, differences
from tillit.care.citizens.rules.days import may_replace
from tillit.care.citizens.rules.home import HomeText
from tillit.care.citizens.rules.responsible import may_answer

#: About as exact as a coordinate is kept: one metre is 0.00001 degrees.
_SAME_PLACE = 1e-7


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody whom a file names as answering for a citizen: her training, and the paths of the units she works in."""

    number: str
    profession: str
    paths: frozenset[str]


@dataclass(frozen=True, slots=True)
class Kin:
    """The next of kin."""

    name: str
    relation: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What a file says of one citizen. Empty text and None: nothing.

    key: the record system's own id of her; empty leaves the one that stands. path: of the unit that follows her.
    responsible: a ResponsibleKind → who.
    """

    facts: Facts
    home: HomeText
    path: str
    key: str = ""
    number: str = ""
    responsible: Mapping[str, Worker] = field(default_factory=dict)
    kin: Kin | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands about one citizen, as far as a file can tell of it.

    home: the one without an end. main: the path of the unit that has everything the others do not, with its first day;
    parts: of those that follow a part. responsible: a ResponsibleKind → number of the employee, and the first day.
    kin: row → the next of kin, in their order.
    """

    facts: Facts
    key: str = ""
    home: HomeText | None = None
    home_from: date = date.min
    main: Mapping[str, date] = field(default_factory=dict)
    parts: frozenset[str] = frozenset()
    number: str = ""
    responsible: Mapping[str, tuple[str, date]] = field(default_factory=dict)
    kin: Mapping[int, Kin] = field(default_factory=dict)


class LeftOut(StrEnum):
    """A part of what the file says that is not written, because a person has to look at it."""

    HOME_AHEAD = "HOME_AHEAD"  # an address that begins later stands there already
    UNIT_AHEAD = "UNIT_AHEAD"  # a team that begins later stands there already
    UNIT_HAS_PART = "UNIT_HAS_PART"  # the team follows a part of the help already
    NOT_A_COLLEAGUE = "NOT_A_COLLEAGUE"
    NOT_TRAINED = "NOT_TRAINED"
    RESPONSIBLE_AHEAD = "RESPONSIBLE_AHEAD"


@dataclass(frozen=True, slots=True)
class Steps:
    """What taking in one row writes. Nothing different: all of it is empty."""

    facts: Facts
    corrected: tuple[Difference, ...] = ()
    key: str = ""
    home: HomeText | None = None
    path: str = ""
    number: str = ""
    responsible: tuple[tuple[str, str], ...] = ()  # (kind, employee's number)
    kin: Kin | None = None
    kin_instead_of: int | None = None
    left_out: tuple[tuple[LeftOut, str], ...] = ()  # with the kind of responsible, or empty

    @property
    def is_nothing(self) -> bool:
        """Whether everything stands as the file says."""
        return not (self.corrected or self.key or self.home or self.path or self.number or self.responsible or self.kin)


NOBODY = Standing(Facts("", ""))
"""What stands about somebody new."""


def steps(told: Told, standing: Standing, *, on: date) -> Steps:
    """Return what to write, from a day, of what a file says of one citizen. For somebody new: all of it."""
    left_out: list[tuple[LeftOut, str]] = []
    facts = _facts(told.facts, standing.facts)
    home = _home(told.home, standing.home)
    if home is not None and not may_replace(held_from=standing.home_from, new_from=on):
        home = None
        left_out.append((LeftOut.HOME_AHEAD, ""))
    path = "" if told.path in standing.main else told.path
    if path in standing.parts:
        path = ""
        left_out.append((LeftOut.UNIT_HAS_PART, ""))
    if path and not all(may_replace(held_from=since, new_from=on) for since in standing.main.values()):
        path = ""
        left_out.append((LeftOut.UNIT_AHEAD, ""))
    following = ({path} if path else set(standing.main)) | standing.parts
    responsible = []
    for kind, worker in told.responsible.items():
        number, since = standing.responsible.get(kind, ("", date.min))
        if worker.number == number:
            continue
        if why := _why_not(kind, worker, following, since, on):
            left_out.append((why, kind))
        else:
            responsible.append((kind, worker.number))
    kin, instead_of = _kin(told.kin, standing.kin)
    return Steps(
        facts=facts,
        corrected=differences(standing.facts, facts),
        key=told.key if told.key != standing.key and not standing.key else "",
        home=home,
        path=path,
        number=told.number if told.number != standing.number else "",
        responsible=tuple(responsible),
        kin=kin,
        kin_instead_of=instead_of,
        left_out=tuple(left_out),
    )


def _facts(told: Facts, now: Facts) -> Facts:
    said = told.trimmed()
    heard = {
        one.name: getattr(said, one.name) for one in fields(Facts) if getattr(said, one.name) not in ("", None, False)
    }
    return replace(now, **heard)


def _home(told: HomeText, now: HomeText | None) -> HomeText | None:
    """Return the home to write: a new address without what stood of the old one, or the same with what is new."""
    said = told.trimmed()
    if now is None or said.is_at != now.is_at:
        return said
    heard = {one.name: getattr(said, one.name) for one in fields(HomeText) if getattr(said, one.name) not in ("", None)}
    for name in ("latitude", "longitude"):
        stood = getattr(now, name)
        if name in heard and stood is not None and abs(heard[name] - stood) < _SAME_PLACE:
            del heard[name]
    found = replace(now, **heard)
    return None if found == now else found


def _why_not(kind: str, worker: Worker, following: Iterable[str], since: date, on: date) -> LeftOut | None:
    if not any(path.startswith(unit) for path in worker.paths for unit in following):
        return LeftOut.NOT_A_COLLEAGUE
    if not may_answer(kind, profession=worker.profession):
        return LeftOut.NOT_TRAINED
    if not may_replace(held_from=since, new_from=on):
        return LeftOut.RESPONSIBLE_AHEAD
    return None


def _kin(told: Kin | None, now: Mapping[int, Kin]) -> tuple[Kin | None, int | None]:
    """Return the next of kin to write, and the row it is instead of: the one of that name, or the only one there is."""
    if told is None or not told.name.strip():
        return None, None
    name = told.name.strip()
    row = next((row for row, kin in now.items() if kin.name == name), None)
    if row is not None:
        stood = now[row]
        found = Kin(name, told.relation.strip() or stood.relation, told.phone.strip() or stood.phone)
        return (None, None) if found == stood else (found, row)
    only = next(iter(now)) if len(now) == 1 else None
    return Kin(name, told.relation.strip(), told.phone.strip()), only
