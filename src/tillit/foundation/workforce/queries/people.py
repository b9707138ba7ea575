"""Colleagues: their marks, who is in a team, who leads it, how many full-time equivalents it has."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import ExpressionWrapper, F, FloatField, Q, Sum
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.models import Unit, UnitKind
from tillit.foundation.organisation.queries import in_force, team_and_groups
from tillit.foundation.workforce import competence_catalogue, rules
from tillit.foundation.workforce.models import (
    Competence,
    Employee,
    Employment,
    PositionShare,
    Profession,
    RoleHolding,
    Shift,
)
from tillit.foundation.workforce.queries.competences import competences_of
from tillit.kernel import names
from tillit.kernel.errors import NotFound

#: Competences that only repeat the profession's name: left out where the profession stands beside.
SAID_BY_PROFESSION = (
    competence_catalogue.NURSING,
    competence_catalogue.HEALTH_CARE,
    competence_catalogue.OCCUPATIONAL_THERAPY,
    competence_catalogue.PHYSIOTHERAPY,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A colleague as she is shown everywhere: two letters, one colour, a name."""

    employee_id: int
    name: str
    given_name: str
    initials: str
    colour: int = field(metadata={"help": "1–12, kept in the team; 0 for those who do not visit"})
    is_temp: bool
    profession_name: str


@dataclass(frozen=True, slots=True)
class Staffing:
    """Positions of one profession in one unit."""

    unit_id: int
    profession: str
    profession_name: str
    people: int
    full_time_equivalents: float


_Share = tuple[int, int, int | None, int, str]
"""A share of a position: whose, in which unit, that unit's parent, the colour and the kind of employment."""
_SHOWN = ("pk", "given_name", "family_name", "profession")
_OF_SHARE = ("shares__unit_id", "shares__unit__parent_id", "shares__colour", "employment")


def first_names(user_ids: Iterable[int]) -> dict[int, str]:
    """Return user id → the employee's first name, also for those who have left. One query."""
    return dict(Employee.objects.filter(user_id__in=list(user_ids)).values_list("user_id", "given_name"))


def marks(*, employee_ids: Iterable[int], unit_id: int | None = None) -> dict[int, Mark]:
    """Return employee id → mark, also for those who have left: what they did is still shown. One query.

    unit_id: whose colours to use; somebody without a share there keeps the colour of her newest share.
    """
    wanted = set(employee_ids)
    if not wanted:
        return {}
    people: dict[int, Employee] = {}
    shares: list[_Share] = []
    rows = (
        Employee.objects.filter(pk__in=wanted)
        .order_by("positions__valid_from", "positions__shares__pk")
        .values_list(*_SHOWN, *(f"positions__{column}" for column in _OF_SHARE))
    )
    for pk, given_name, family_name, profession, *share in rows:
        people[pk] = Employee(pk=pk, given_name=given_name, family_name=family_name, profession=profession)
        if share[0] is not None:
            shares.append((pk, *share))
    drawn = _shares(shares, unit_id=unit_id)
    return {
        pk: mark_of(employee, drawn.colours.get(pk, 0), is_temp=pk in drawn.temps) for pk, employee in people.items()
    }


def mark_of(employee: Employee, colour: int, *, is_temp: bool) -> Mark:
    """Return the mark of an employee whose colour is known."""
    return Mark(
        employee_id=employee.pk,
        name=employee.name,
        given_name=employee.given_name,
        initials=names.initials(employee.given_name, employee.family_name),
        colour=colour,
        is_temp=is_temp,
        profession_name=str(Profession(employee.profession).label),
    )


@dataclass(frozen=True, slots=True)
class Shares:
    """What positions say about how people are shown in one unit."""

    colours: dict[int, int]
    temps: frozenset[int] = field(metadata={"help": "Whose newest position is temporary"})
    belong: frozenset[int] = field(metadata={"help": "Who has, or had, a share of a position in the unit"})


def shares_of(employee_ids: Iterable[int], *, unit_id: int | None) -> Shares:
    """Return colours, temps and who belongs to the unit, in one query."""
    rows = (
        PositionShare.objects.filter(position__employee_id__in=set(employee_ids))
        .order_by("position__valid_from", "pk")
        .values_list("position__employee_id", "unit_id", "unit__parent_id", "colour", "position__employment")
    )
    return _shares(rows, unit_id=unit_id)


def _shares(rows: Iterable[_Share], *, unit_id: int | None) -> Shares:
    """Read the shares from the oldest to the newest."""
    colours: dict[int, int] = {}
    belong: set[int] = set()
    employment: dict[int, str] = {}
    for employee_id, unit, parent, colour, kind in rows:
        employment[employee_id] = kind
        here = unit_id is not None and unit_id in (unit, parent)
        if here or employee_id not in belong:
            colours[employee_id] = colour
        if here:
            belong.add(employee_id)
    temps = frozenset(employee for employee, kind in employment.items() if kind == Employment.TEMPORARY)
    return Shares(colours, temps, frozenset(belong))


def team_members(*, unit_id: int, on: date) -> list[Mark]:
    """Return those who have a share of their position in the unit (or a work group in it) on the day, by name."""
    rows = (
        PositionShare.objects.filter(team_and_groups(unit_id))
        .filter(_position_in_force(on))
        .select_related("position__employee")
        .order_by("position__employee__sort_name", "position__employee_id", "pk")
    )
    found: dict[int, Mark] = {}
    for row in rows:
        employee = row.position.employee
        if employee.pk not in found:
            temp = row.position.employment == Employment.TEMPORARY
            found[employee.pk] = mark_of(employee, row.colour, is_temp=temp)
    return list(found.values())


def count_visiting(*, unit_id: int, on: date) -> int:
    """Return how many who go on visits have a share of a position in the unit (or a work group in it) on the day."""
    visiting = PositionShare.objects.filter(team_and_groups(unit_id), colour__gt=0).filter(_position_in_force(on))
    return visiting.values("position__employee_id").distinct().count()


def has_shifts(*, unit_id: int) -> bool:
    """Whether anybody has ever been put on a shift in the unit (or a work group in it)."""
    return Shift.objects.filter(team_and_groups(unit_id)).exists()


@dataclass(frozen=True, slots=True)
class HelperElsewhere:
    """Somebody who goes on visits in another team."""

    employee_id: int
    name: str
    unit_name: str


def helpers_elsewhere(*, unit: Unit, on: date) -> list[HelperElsewhere]:
    """Return those who visit in other teams of the municipality on the day, by team and name: who could be lent."""
    rows = (
        PositionShare.objects.filter(_position_in_force(on), colour__gt=0)
        .exclude(team_and_groups(unit.pk))
        .order_by("unit__name", "position__employee__sort_name", "pk")
        .select_related("position__employee", "unit")
    )
    return [HelperElsewhere(row.position.employee_id, row.position.employee.name, row.unit.name) for row in rows]


@dataclass(frozen=True, slots=True)
class MemberLine:
    """Somebody in a team with one share of a position there. Somebody with two positions has two lines."""

    mark: Mark
    profession: str
    percent: float = field(metadata={"help": "Per cent of full time"})
    share: float = field(metadata={"help": "Per cent of that position given to this unit (R01: 50/50)"})
    group_name: str = field(metadata={"help": "The work group, when the share is there; else empty"})
    phone: str
    competence_names: tuple[str, ...] = field(metadata={"help": "In force on the day, without the profession's name"})


def members_with_positions(*, unit_id: int, on: date) -> list[MemberLine]:
    """Return the shares of positions in the unit and its work groups on the day, by profession and name."""
    rows = list(
        PositionShare.objects.filter(team_and_groups(unit_id))
        .filter(_position_in_force(on))
        .select_related("position__employee", "unit")
        .order_by("position__employee__sort_name", "position__employee_id", "pk")
    )
    professions = {row.position.employee_id: row.position.employee.profession for row in rows}
    can = competences_of(employee_ids=professions, on=on, professions=professions)
    named = dict(Competence.objects.exclude(code__in=SAID_BY_PROFESSION).order_by("name").values_list("code", "name"))
    order = {profession: number for number, profession in enumerate(Profession.values)}
    return sorted(
        (
            MemberLine(
                mark=mark_of(
                    row.position.employee, row.colour, is_temp=row.position.employment == Employment.TEMPORARY
                ),
                profession=row.position.employee.profession,
                percent=float(row.position.percent),
                share=float(row.share),
                group_name=row.unit.name if row.unit_id != unit_id else "",
                phone=row.position.employee.phone,
                competence_names=tuple(
                    name for code, name in named.items() if code in can.get(row.position.employee_id, frozenset())
                ),
            )
            for row in rows
        ),
        key=lambda line: order[line.profession],
    )


def employee_units(*, employee_id: int, on: date) -> list[Unit]:
    """Return the units where she has a share of a position or a role on the day, by path."""
    by_share = PositionShare.objects.filter(_position_in_force(on), position__employee_id=employee_id)
    by_role = RoleHolding.objects.filter(in_force(on), employee_id=employee_id)
    return list(
        Unit.objects.filter(Q(pk__in=by_share.values("unit_id")) | Q(pk__in=by_role.values("unit_id"))).order_by("path")
    )


def get_employee(*, actor: Actor, employee_id: int) -> Employee:
    """Return a colleague to anybody who works in the municipality: names and phones are no secret among colleagues.

    Raises NotFound.
    """
    found = Employee.objects.filter(pk=employee_id).first() if actor.grants else None
    if found is None:
        raise NotFound(_("Fant ikke medarbeideren."))
    return found


@dataclass(frozen=True, slots=True)
class Reachable:
    """Somebody to ring."""

    employee_id: int
    name: str
    profession_name: str
    phone: str


def people_to_ring(employee_ids: Iterable[int]) -> dict[int, Reachable]:
    """Return each of them with a phone, which may be empty. One query."""
    rows = Employee.objects.filter(pk__in=list(employee_ids))
    return {
        row.pk: Reachable(row.pk, row.name, str(Profession(row.profession).label).lower(), row.phone) for row in rows
    }


def leaders_of(unit_ids: Sequence[int], *, on: date) -> dict[int, tuple[Mark, ...]]:
    """Return unit id → those who hold the leader's role in just that unit, by name."""
    rows = (
        RoleHolding.objects.filter(
            in_force(on), unit_id__in=list(unit_ids), role__in=[Role.TEAM_LEADER, Role.DISTRICT_LEADER]
        )
        .select_related("employee")
        .order_by("employee__sort_name", "pk")
    )
    found: dict[int, dict[int, Mark]] = defaultdict(dict)
    for row in rows:
        found[row.unit_id][row.employee_id] = mark_of(row.employee, 0, is_temp=False)
    return {unit: tuple(people.values()) for unit, people in found.items()}


def staffing(unit_ids: Sequence[int], *, on: date) -> list[Staffing]:
    """Return positions by unit and profession on the day: people and full-time equivalents (R01), in one query.

    Somebody who shares her position between two teams counts as a person in both and as her share in each.
    """
    rows = PositionShare.objects.filter(_position_in_force(on), unit_id__in=list(unit_ids)).values_list(
        "unit_id", "position__employee__profession", "position__employee_id", "position__percent", "share"
    )
    people: dict[tuple[int, str], set[int]] = defaultdict(set)
    parts: dict[tuple[int, str], list[tuple[float, float]]] = defaultdict(list)
    for unit, profession, employee, percent, share in rows:
        people[unit, profession].add(employee)
        parts[unit, profession].append((float(percent), float(share)))
    order = list(Profession.values)
    return [
        Staffing(
            unit,
            profession,
            str(Profession(profession).label),
            len(people[unit, profession]),
            rules.full_time_equivalents(parts[unit, profession]),
        )
        for unit, profession in sorted(people, key=lambda key: (key[0], order.index(key[1])))
    ]


def total_full_time_equivalents(*, on: date) -> float:
    """Return the full-time equivalents of the whole municipality on the day (R01), summed by the database."""
    part = ExpressionWrapper(F("position__percent") * F("share"), output_field=FloatField())
    total = PositionShare.objects.filter(_position_in_force(on)).aggregate(total=Sum(part))["total"]
    return float(total or 0) / 10_000


def may_allocate(*, employee_id: int | None, unit: Unit, on: date) -> bool:
    """Whether she may make the unit's work lists: everybody where the team has said so, else allocators only (R24).

    What the team has said holds for its work groups too.
    """
    if employee_id is None:
        return False
    team = unit.parent if unit.kind == UnitKind.WORK_GROUP else None
    if unit.everyone_may_allocate or (team is not None and team.everyone_may_allocate):
        return True
    held = competences_of(employee_ids=[employee_id], on=on)
    return competence_catalogue.ALLOCATOR in held.get(employee_id, frozenset())


def _position_in_force(on: date) -> Q:
    return in_force(on, "position__") & (
        Q(position__employee__employed_to__isnull=True) | Q(position__employee__employed_to__gt=on)
    )
