"""Employees: known again by their number. A row for each team they share their position between."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from tillit.exchange.files.checking import Problem, Row
from tillit.exchange.files.loading.outcome import Outcome
from tillit.exchange.files.loading.reach import Known
from tillit.foundation.access.models import User
from tillit.foundation.access.roles import IN_THE_TEAM, Role
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import (
    Competence,
    Employee,
    Employment,
    HeldCompetence,
    Position,
    PositionShare,
    Profession,
    RoleHolding,
    Travel,
)
from tillit.kernel import names

_DEFAULT_ROLE = {
    Profession.NURSE: Role.NURSE,
    Profession.OCCUPATIONAL_THERAPIST: Role.THERAPIST,
    Profession.PHYSIOTHERAPIST: Role.THERAPIST,
    Profession.CASE_WORKER: Role.CASE_WORKER,
    Profession.LEADER: Role.TEAM_LEADER,
}
_DOES_NOT_VISIT = frozenset({Profession.CASE_WORKER, Profession.LEADER, Profession.OTHER})
#: Leaders read in these; other roles are handed out by the administrator.
_ROLES_A_LEADER_GIVES = IN_THE_TEAM - {Role.TEAM_LEADER}


def compare(rows: Sequence[Row], known: Known) -> Outcome:
    """Return what writing the rows would do, and what is wrong with them. Counts people."""
    outcome = Outcome(problems=_problems(rows, known))
    bad = {problem.row for problem in outcome.problems if problem.stops}
    stored = _stored([str(row.values["number"]) for row in rows])
    for number, theirs in _by_number(row for row in rows if row.number not in bad).items():
        before = stored.get(number)
        if before is None:
            outcome.created += 1
        elif before == _signature(theirs, before):
            outcome.unchanged += 1
        else:
            outcome.changed += 1
    return outcome


def write(rows: Sequence[Row], known: Known, *, today: date) -> Outcome:
    """Store new and changed employees with position, shares, roles, competences and login. Rows passed `compare`."""
    outcome = Outcome()
    grouped = _by_number(rows)
    stored = _stored(list(grouped))
    units = {unit.code: unit for unit in Unit.objects.filter(code__in={str(row.values["unit"]) for row in rows})}
    competences = {found.code: found for found in Competence.objects.all()}
    for number, theirs in grouped.items():
        before = stored.get(number)
        if before is not None and before == _signature(theirs, before):
            outcome.unchanged += 1
            continue
        _put(number, theirs, units, competences, today)
        if before is None:
            outcome.created += 1
        else:
            outcome.changed += 1
    return outcome


def _by_number(rows: object) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:  # type: ignore[attr-defined]
        found[str(row.values["number"])].append(row)
    return dict(found)


def _role(row: Row) -> Role:
    if row.values["role"]:
        return Role(str(row.values["role"]))
    return _DEFAULT_ROLE.get(Profession(str(row.values["profession"])), Role.CARE_WORKER)


def _share(row: Row) -> Decimal:
    found = row.values["share"]
    return found if isinstance(found, Decimal) else Decimal(100)


Signature = Mapping[str, object]


def _signature(theirs: Sequence[Row], before: Signature) -> dict[str, object]:
    """Everything the file says of one person, to hold against what is stored. Empty cells leave what is stored."""
    first = theirs[0].values
    competences = {code for row in theirs for code in _codes(row)}
    return {
        "name": (first["given_name"], first["family_name"]),
        "profession": first["profession"],
        "phone": first["phone"] or before["phone"],
        "travel": first["travel"] or before["travel"],
        "employed_to": first["employed_to"] or before["employed_to"],
        "username": first["username"] or before["username"],
        "percent": Decimal(str(first["percent"])).quantize(Decimal("0.01")),
        "employment": first["employment"] or before["employment"],
        "shares": frozenset((str(row.values["unit"]), _share(row).quantize(Decimal("0.01"))) for row in theirs),
        "roles": frozenset((str(row.values["unit"]), _role(row).value) for row in theirs) | before["roles"],  # type: ignore[operator]
        "competences": frozenset(competences) | before["competences"],  # type: ignore[operator]
    }


def _codes(row: Row) -> tuple[str, ...]:
    return tuple(code.upper() for code in row.texts("competences"))


def _stored(numbers: Sequence[str]) -> dict[str, Signature]:
    """What is stored of these people, in five queries."""
    found: dict[str, dict[str, object]] = {}
    people = Employee.objects.filter(number__in=numbers).select_related("user")
    by_id = {person.pk: person for person in people}
    for person in by_id.values():
        found[person.number] = {
            "name": (person.given_name, person.family_name),
            "profession": person.profession,
            "phone": person.phone,
            "travel": person.travel,
            "employed_to": person.employed_to,
            "username": person.user.username if person.user else "",
            "percent": None,
            "employment": Employment.PERMANENT.value,
            "shares": frozenset(),
            "roles": frozenset(),
            "competences": frozenset(),
        }
    shares = PositionShare.objects.filter(position__employee_id__in=by_id, position__valid_to__isnull=True).values_list(
        "position__employee_id", "unit__code", "share"
    )
    for employee_id, code, share in shares:
        entry = found[by_id[employee_id].number]
        entry["shares"] = entry["shares"] | {(code, share)}  # type: ignore[operator]
    positions = Position.objects.filter(employee_id__in=by_id, valid_to__isnull=True)
    for position in positions:
        found[by_id[position.employee_id].number]["percent"] = position.percent
        found[by_id[position.employee_id].number]["employment"] = position.employment
    roles = RoleHolding.objects.filter(employee_id__in=by_id, valid_to__isnull=True)
    for employee_id, code, role in roles.values_list("employee_id", "unit__code", "role"):
        entry = found[by_id[employee_id].number]
        entry["roles"] = entry["roles"] | {(code, role)}  # type: ignore[operator]
    held = HeldCompetence.objects.filter(employee_id__in=by_id, valid_to__isnull=True)
    for employee_id, code in held.values_list("employee_id", "competence__code"):
        entry = found[by_id[employee_id].number]
        entry["competences"] = entry["competences"] | {code}  # type: ignore[operator]
    return dict(found)


def _problems(rows: Sequence[Row], known: Known) -> list[Problem]:
    found: list[Problem] = []
    taken = {name: number or "" for name, number in User.objects.values_list("username", "employee__number")}
    numbers = {str(row.values["number"]) for row in rows}
    own_number = Employee.objects.filter(pk=known.actor.employee_id or 0).values_list("number", flat=True).first()
    works_in: dict[str, set[str]] = defaultdict(set)
    shares_now = PositionShare.objects.filter(position__employee__number__in=numbers, position__valid_to__isnull=True)
    for number, code in shares_now.values_list("position__employee__number", "unit__code"):
        works_in[number].add(code)
    roles: dict[str, set[tuple[str, str]]] = defaultdict(set)
    held = RoleHolding.objects.filter(employee__number__in=numbers, valid_to__isnull=True)
    for number, code, role_code in held.values_list("employee__number", "unit__code", "role"):
        roles[number].add((code, role_code))
        works_in[number].add(code)
    shares: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        number = str(row.values["number"])
        problem = known.unit_problem("employees", row.number, _("Team"), str(row.values["unit"]))
        if problem:
            found.append(problem)
            continue
        if not known.is_administrator and any(not known.reaches(code) for code in works_in.get(number, ())):
            found.append(
                Problem(
                    "employees",
                    row.number,
                    _("Ansattnummer"),
                    _("Den ansatte arbeider også i et team du ikke leder. Be systemansvarlig lese inn raden."),
                )
            )
        role = (str(row.values["unit"]), _role(row).value)
        if not known.is_administrator and role not in roles.get(number, ()):
            if _role(row) not in _ROLES_A_LEADER_GIVES:
                text = _("Lederroller settes opp av systemansvarlig.")
                found.append(Problem("employees", row.number, _("Rolle"), text))
            elif number == own_number:
                text = _("Ingen gir eller avslutter sine egne roller. Spør lederen din.")
                found.append(Problem("employees", row.number, _("Rolle"), text))
        found += [
            Problem(
                "employees",
                row.number,
                _("Kompetanse"),
                _("Kompetansen «%(code)s» finnes ikke. Kodene står i malen.") % {"code": code},
            )
            for code in _codes(row)
            if code not in known.competence_codes
        ]
        username = str(row.values["username"] or "").lower()
        if username and taken.setdefault(username, number) != number:
            found.append(
                Problem("employees", row.number, _("Brukernavn"), _("Brukernavnet er i bruk av en annen ansatt."))
            )
        shares[number] += _share(row)
        if shares[number] > 100:
            found.append(
                Problem(
                    "employees",
                    row.number,
                    _("Andel i teamet"),
                    _("Andelene til denne ansatte er over 100 prosent til sammen."),
                )
            )
    return found


def _put(
    number: str,
    theirs: Sequence[Row],
    units: Mapping[str, Unit],
    competences: Mapping[str, Competence],
    today: date,
) -> None:
    first = theirs[0].values
    person = Employee.objects.filter(number=number).select_related("user").first() or Employee(
        number=number, employed_from=theirs[0].day("employed_from") or today, travel=Travel.CAR
    )
    person.given_name, person.family_name = str(first["given_name"]), str(first["family_name"])
    person.sort_name = names.sort_key(person.family_name, person.given_name)
    person.profession = str(first["profession"])
    person.phone = str(first["phone"] or person.phone)
    person.travel = str(first["travel"] or person.travel)
    person.employed_to = theirs[0].day("employed_to") or person.employed_to
    username = str(first["username"] or "").lower()
    if username and person.user is None:
        person.user = User.objects.create_user(username, None, name=person.name)  # a taken one did not pass `compare`
    person.save()
    _put_position(person, theirs, units, today)
    for row in theirs:
        RoleHolding.objects.get_or_create(
            employee=person,
            unit=units[str(row.values["unit"])],
            role=_role(row).value,
            valid_to=None,
            defaults={"valid_from": today},
        )
    held = set(
        HeldCompetence.objects.filter(employee=person, valid_to__isnull=True).values_list("competence__code", flat=True)
    )
    HeldCompetence.objects.bulk_create(
        HeldCompetence(employee=person, competence=competences[code], valid_from=today)
        for code in sorted({code for row in theirs for code in _codes(row)} - held)
    )


def _put_position(person: Employee, theirs: Sequence[Row], units: Mapping[str, Unit], today: date) -> None:
    first = theirs[0].values
    wanted = {str(row.values["unit"]): _share(row) for row in theirs}
    percent = Decimal(str(first["percent"]))
    current = Position.objects.filter(employee=person, valid_to__isnull=True).order_by("pk").last()
    employment = str(first["employment"] or (current.employment if current else Employment.PERMANENT))
    if current is not None:
        shares = dict(current.shares.values_list("unit__code", "share"))
        if current.percent == percent and current.employment == employment and shares == wanted:
            return
    colours = dict(current.shares.values_list("unit__code", "colour")) if current else {}
    if current is not None and current.valid_from >= today:
        current.shares.all().delete()
        position = current
        position.percent, position.employment = percent, employment
        position.save()
    else:
        if current is not None:
            current.valid_to = today
            current.save(update_fields=["valid_to"])
        position = Position.objects.create(
            employee=person,
            percent=percent,
            employment=employment,
            valid_from=today if current else person.employed_from,
        )
    for code, share in wanted.items():
        PositionShare.objects.create(
            position=position,
            unit=units[code],
            share=share,
            colour=colours.get(code, _next_colour(units[code], person)),
        )


def _next_colour(unit: Unit, person: Employee) -> int:
    """Return the least used of the twelve colours in the team, so that neighbours differ; 0 for those at the office."""
    if person.profession in _DOES_NOT_VISIT:
        return 0
    used = list(
        PositionShare.objects.filter(unit=unit, position__valid_to__isnull=True, colour__gt=0).values_list(
            "colour", flat=True
        )
    )
    return min(range(1, 13), key=lambda colour: (used.count(colour), colour))
