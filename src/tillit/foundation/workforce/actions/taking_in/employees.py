"""Many employees at once: the rules of the single acts, history instead of overwriting, one piece of news."""

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.models import User
from tillit.foundation.access.permissions import holds
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce import queries, rules
from tillit.foundation.workforce.actions.logins import LoginRefused, not_to_oneself, opens_too_much, refuse_username
from tillit.foundation.workforce.actions.taking_in.writing import Line, Places, write_lines
from tillit.foundation.workforce.competence_catalogue import COMPETENCES
from tillit.foundation.workforce.events import EmployeesTakenIn
from tillit.foundation.workforce.models import Employee
from tillit.foundation.workforce.permissions import GIVE_LOGIN, TAKE_IN
from tillit.foundation.workforce.queries.standing import Stored, competence_terms, standing_of
from tillit.foundation.workforce.rules import EmployeeTold, Steps
from tillit.kernel import events
from tillit.kernel.errors import ActionRefused


class EmployeeRefused(ActionRefused):
    """The employee cannot be taken in as told. `field` is what to mend, `unit` the code of the unit concerned."""

    def __init__(self, text: str, *, field: str = "", unit: str = "") -> None:
        super().__init__(text)
        self.field, self.unit = field, unit


@dataclass(frozen=True, slots=True)
class Outlook:
    """What taking in one employee would do. refused: why nothing of it can be; then there are no steps."""

    is_new: bool
    steps: Steps | None = None
    refused: EmployeeRefused | None = None


@dataclass(frozen=True, slots=True)
class EmployeesIn:
    """Who is new and whose data are others, by id."""

    new: frozenset[int]
    changed: frozenset[int]


def foresee_employees(
    *, actor: Actor, rows: Sequence[EmployeeTold], on: date, coming: Collection[str] = ()
) -> list[Outlook]:
    """Say what `take_in_employees` would do with each, and why not, in a constant number of queries.

    rows: each number once. coming: codes of units that the same file makes first, which nobody can look up yet: what
    may be done there is asked when they are there.
    """
    places = _places(rows)
    codes = places.competences.keys() | {entry.code for entry in COMPETENCES}  # the shipped ones are stored first
    return _look(actor, rows, on, frozenset(coming), _known(rows, lock=False), places, codes)[0]


@transaction.atomic
def take_in_employees(*, actor: Actor, rows: Sequence[EmployeeTold], on: date, at: datetime) -> EmployeesIn:
    """Store new employees and what is different about known ones, from a day, in a constant number of queries.

    What facts were is kept (`EmployeeChange`); a position ends that day and another begins; roles, competences and
    accounts are added, by those who may give them one by one, and never taken away. An account opens nothing before
    somebody makes a link to it. Parts that a person must look at are left out (`rules.Remark`). Told twice, nothing is
    written the second time. Raises the first refusal that `foresee_employees` tells of. Publishes EmployeesTakenIn,
    once, unless nothing is different.
    """
    people, places = _known(rows, lock=True), _places(rows)
    outlooks, stored = _look(actor, rows, on, frozenset(), people, places, places.competences.keys())
    refused = next((one.refused for one in outlooks if one.refused is not None), None)
    if refused is not None:
        raise refused
    lines = [
        Line(row, one.steps, people.get(row.number), stored[row.number].standing)
        for row, one in zip(rows, outlooks, strict=True)
        if one.steps is not None and (one.is_new or not one.steps.is_nothing)
    ]
    if not lines:
        return EmployeesIn(frozenset(), frozenset())
    made = write_lines(actor, lines, places, on=on, at=at)
    ids = [person.pk for person in made]
    new = {pk for pk, line in zip(ids, lines, strict=True) if line.person is None}
    corrected = {pk for pk, line in zip(ids, lines, strict=True) if line.steps.corrected}
    moved = {pk for pk, line in zip(ids, lines, strict=True) if line.steps.position} - new
    events.publish(
        EmployeesTakenIn(tuple(sorted(new)), tuple(sorted(corrected)), tuple(sorted(moved)), valid_from=on, at=at)
    )
    return EmployeesIn(frozenset(new), frozenset(ids) - new)


def _known(rows: Sequence[EmployeeTold], *, lock: bool) -> dict[str, Employee]:
    found = Employee.objects.filter(number__in={row.number for row in rows}).select_related("user").order_by("pk")
    if lock:
        found = found.select_for_update(of=("self",))
    return {person.number: person for person in found}


def _places(rows: Sequence[EmployeeTold]) -> Places:
    codes = {one.unit for row in rows for one in row.shares}
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=codes)}
    return Places(units, competence_terms({code for row in rows for code in row.competences}))


def _look(
    actor: Actor,
    rows: Sequence[EmployeeTold],
    on: date,
    coming: frozenset[str],
    people: Mapping[str, Employee],
    places: Places,
    codes: Set[str],
) -> tuple[list[Outlook], dict[str, Stored]]:
    """Return what each row comes to, and what stands. codes: the competences that are there when rows are written."""
    nobody = Stored(rules.NOBODY, frozenset(), frozenset())
    stands = standing_of(people.values(), on=on)
    stored = {row.number: stands[people[row.number].pk] if row.number in people else nobody for row in rows}
    usernames = {row.username for row in rows if row.username}
    taken = dict.fromkeys(User.objects.filter(username__in=usernames).values_list("username", flat=True), "")
    found = []
    for row in rows:
        before = stored[row.number]
        is_new = row.number not in people
        person = people.get(row.number)
        try:
            _refuse_strange(row, before, on)
            _refuse_out_of_reach(actor, row, before, places, coming)
            steps = rules.steps(row, before.standing)
            _refuse_roles(actor, steps, person, places, coming)
            if steps.username:
                _refuse_account(actor, row, before, steps.username, taken, places)
            if unknown := sorted(set(steps.competences) - codes):
                text = _("Kompetansen «%(code)s» finnes ikke. Kodene står i malen.") % {"code": unknown[0]}
                raise EmployeeRefused(text, field="competences")
        except EmployeeRefused as refused:
            found.append(Outlook(is_new, refused=refused))
        else:
            found.append(Outlook(is_new, steps))
    return found, stored


def _refuse_strange(row: EmployeeTold, before: Stored, on: date) -> None:
    if not (row.facts.given_name.strip() or row.facts.family_name.strip()):
        raise EmployeeRefused(_("Skriv et navn."), field="given_name")
    if len({one.unit for one in row.shares}) < len(row.shares):
        raise EmployeeRefused(_("Den ansatte står to ganger i samme team."), field="unit", unit=row.shares[-1].unit)
    if sum(one.share for one in row.shares) > 100:
        text = _("Andelene til denne ansatte er over 100 prosent til sammen.")
        raise EmployeeRefused(text, field="share", unit=row.shares[-1].unit)
    begins = before.standing.employed_from or row.employed_from or on
    if row.facts.employed_to is not None and row.facts.employed_to < begins:
        raise EmployeeRefused(_("Ansettelsen slutter før den begynner."), field="employed_to")


def _refuse_out_of_reach(
    actor: Actor, row: EmployeeTold, before: Stored, places: Places, coming: Collection[str]
) -> None:
    for one in row.shares:
        unit = places.units.get(one.unit)
        if unit is None and one.unit not in coming:
            text = _("Enheten «%(code)s» finnes ikke. Ta den med i arket Enheter.") % {"code": one.unit}
            raise EmployeeRefused(text, field="unit", unit=one.unit)
        if unit is not None and not holds(actor, TAKE_IN, Scope((unit.path,))):
            raise EmployeeRefused(_("Du kan bare lese inn for dine egne team."), field="unit", unit=one.unit)
    if not all(holds(actor, TAKE_IN, Scope((path,))) for path in before.paths):
        text = _("Den ansatte arbeider også i et team du ikke leder. Be systemansvarlig lese inn raden.")
        raise EmployeeRefused(text, field="number")


def _refuse_roles(actor: Actor, steps: Steps, person: Employee | None, places: Places, coming: Collection[str]) -> None:
    for code, role in steps.roles:
        if code not in coming and not queries.may_give(actor, Role(role), places.units[code].path):
            text = _("Du kan ikke gi denne rollen her. Lederroller gir lederen i distriktet eller systemansvarlig.")
            raise EmployeeRefused(text, field="role", unit=code)
        if person is not None and person.pk == actor.employee_id:
            raise EmployeeRefused(not_to_oneself(), field="role", unit=code)


def _refuse_account(
    actor: Actor, row: EmployeeTold, before: Stored, username: str, taken: dict[str, str], places: Places
) -> None:
    """Refuse an account that the actor could not have made on the page. taken: username → number, grows."""
    try:
        refuse_username(username, is_taken=taken.setdefault(username, row.number) != row.number)
    except LoginRefused as refused:
        raise EmployeeRefused(refused.text, field="username") from None
    paths = before.paths | {places.units[one.unit].path for one in row.shares if one.unit in places.units}
    if paths and not holds(actor, GIVE_LOGIN, Scope(tuple(paths))):
        raise EmployeeRefused(opens_too_much(), field="username")
    if not all(queries.may_give(actor, Role(role), path) for path, role in before.roles):
        raise EmployeeRefused(opens_too_much(), field="username")
