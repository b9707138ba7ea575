"""Who is at work: shifts with the people, their competences and whether they are away."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q

from tillit.foundation.organisation.queries import team_and_groups
from tillit.foundation.workforce import rules
from tillit.foundation.workforce.models import Absence, Employee, HeldCompetence, Profession, Shift
from tillit.foundation.workforce.queries.competences import brought
from tillit.foundation.workforce.queries.people import Mark, shares_of
from tillit.kernel import names
from tillit.kernel.periods import Days

_SHIFT = ("pk", "employee_id", "unit_id", "on", "kind", "starts_at", "ends_at", "office", "is_extra")
_OF_EMPLOYEE = (
    "given_name", "family_name", "profession", "phone", "travel", "starts_at_home", "home_latitude", "home_longitude",
    "gender",
)  # fmt: skip
_PERSON = tuple(f"employee__{field}" for field in _OF_EMPLOYEE)


@dataclass(frozen=True, slots=True)
class AtWork:
    """One person's shift on one day, with what planning and the team board need. Absent people are included."""

    employee_id: int
    name: str
    given_name: str
    initials: str
    profession: str
    profession_name: str
    level: int = field(metadata={"help": "0 home helper and others, 1 health worker and therapist, 2 nurse"})
    colour: int
    is_temp: bool
    shift_id: int
    unit_id: int
    on: date
    shift_kind: str
    starts_at: datetime
    ends_at: datetime
    is_office: bool = field(metadata={"help": "At the office: takes no visits"})
    is_extra: bool
    travel: str
    starts_at_home: bool
    home_latitude: float | None
    home_longitude: float | None
    gender: str
    phone: str
    competences: frozenset[str]
    is_absent: bool = field(metadata={"help": "Away that day. Why is not said here: only leaders see it"})
    is_visiting_unit: bool = field(
        default=False, metadata={"help": "Has no share of her position in this team: lent, or from the pool"}
    )


def mark_at_work(each: AtWork) -> Mark:
    """Return the mark of somebody at work, in the colour she has on the board."""
    return Mark(
        employee_id=each.employee_id,
        name=each.name,
        given_name=each.given_name,
        initials=each.initials,
        colour=each.colour,
        is_temp=each.is_temp,
        profession_name=each.profession_name,
    )


def at_work(*, unit_id: int, on: date, kind: str | None = None) -> list[AtWork]:
    """Return the unit's shifts that start on the day, also those of people who are away, by start then name.

    kind: DAY, EVENING or NIGHT; None is all. Five queries. The team's work groups are included, also where they have
    lists of their own: it is one team (R02). Who is on which lists, `unit_id` and `organisation.family_of` say.
    """
    return at_work_between(unit_id=unit_id, first=on, after=on + timedelta(days=1), kind=kind)


def at_work_between(*, unit_id: int, first: date, after: date, kind: str | None = None) -> list[AtWork]:
    """Return the same for several days, [first, after), in the same five queries."""
    shifts = Shift.objects.filter(team_and_groups(unit_id), on__gte=first, on__lt=after)
    if kind is not None:
        shifts = shifts.filter(kind=kind)
    rows = list(shifts.order_by("starts_at", "employee__sort_name", "pk").values_list(*_SHIFT, *_PERSON))
    if not rows:
        return []
    people: dict[int, Employee] = {}
    for row in rows:
        if row[1] not in people:  # most have several shifts in a week
            people[row[1]] = Employee(pk=row[1], **dict(zip(_OF_EMPLOYEE, row[len(_SHIFT) :], strict=True)))
    away = absences_between(people, first=first, after=after)
    shares = shares_of(people, unit_id=unit_id)
    able = _Ability({pk: employee.profession for pk, employee in people.items()}, first=first, after=after)
    initials = {pk: names.initials(employee.given_name, employee.family_name) for pk, employee in people.items()}
    professions = {
        profession: str(Profession(profession).label) for profession in {one.profession for one in people.values()}
    }
    return [
        AtWork(
            employee_id=employee_id,
            name=person.name,
            given_name=person.given_name,
            initials=initials[employee_id],
            profession=person.profession,
            profession_name=professions[person.profession],
            level=rules.level_of(person.profession),
            colour=shares.colours.get(employee_id, _colour_of_a_guest(employee_id, is_office=office)),
            is_temp=employee_id in shares.temps,
            shift_id=shift_id,
            unit_id=unit,
            on=on,
            shift_kind=shift_kind,
            starts_at=starts_at,
            ends_at=ends_at,
            is_office=office,
            is_extra=is_extra,
            travel=person.travel,
            starts_at_home=person.starts_at_home,
            home_latitude=person.home_latitude,
            home_longitude=person.home_longitude,
            gender=person.gender,
            phone=person.phone,
            competences=able.on(employee_id, on),
            is_absent=any(days.contains(on) for days in away.get(employee_id, ())),
            is_visiting_unit=employee_id not in shares.belong,
        )
        for shift_id, employee_id, unit, on, shift_kind, starts_at, ends_at, office, is_extra, *_person in rows
        for person in [people[employee_id]]
    ]


class _Ability:
    """Competences by employee and day, read once for several days."""

    def __init__(self, professions: dict[int, str], *, first: date, after: date) -> None:
        self._professions = professions
        self._brings = brought()
        self._held: dict[int, list[rules.Holding]] = defaultdict(list)
        held = HeldCompetence.objects.filter(_touches(first, after), employee_id__in=list(professions))
        for employee, code, start, end in held.values_list("employee_id", "competence__code", "valid_from", "valid_to"):
            self._held[employee].append(rules.Holding(employee, code, Days(start, end)))
        self._known: dict[tuple[int, date], frozenset[str]] = {}

    def on(self, employee_id: int, day: date) -> frozenset[str]:
        """Return the codes in force for her on the day."""
        key = (employee_id, day)
        if key not in self._known:
            profession = {employee_id: self._professions[employee_id]}
            self._known |= {
                (employee, day): codes
                for employee, codes in rules.competences_in_force(
                    profession, self._brings, self._held[employee_id], day
                ).items()
            }
        return self._known[key]


def absences_between(employee_ids: Iterable[int], *, first: date, after: date) -> dict[int, list[Days]]:
    """Return employee id → the days she is away, for absences that touch [first, after). Never why."""
    found: dict[int, list[Days]] = defaultdict(list)
    rows = Absence.objects.filter(_touches(first, after), employee_id__in=set(employee_ids))
    for employee, start, end in rows.values_list("employee_id", "valid_from", "valid_to"):
        found[employee].append(Days(start, end))
    return found


def _touches(first: date, after: date) -> Q:
    return Q(valid_from__lt=after) & (Q(valid_to__isnull=True) | Q(valid_to__gt=first))


def _colour_of_a_guest(employee_id: int, *, is_office: bool) -> int:
    """Somebody without any position here still needs a colour on the board, the same every day."""
    return 0 if is_office else employee_id % rules.COLOURS + 1
