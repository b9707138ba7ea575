"""Reads of handouts. One is opened by the one who made it, for as long as she reaches the person it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tillit.care.citizens.queries import get_citizen, scope_of
from tillit.exchange.person import gathered, rules
from tillit.exchange.person.collecting import Row, Table, text_columns
from tillit.exchange.person.models import Handout, HeldBack
from tillit.exchange.person.permissions import EXPORT_PERSON
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import SIGNED_IN, Permission, holds, require
from tillit.foundation.workforce.models import Employee
from tillit.foundation.workforce.permissions import EXPORT_EMPLOYEE
from tillit.foundation.workforce.queries.people import employee_units
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class About:
    """Whom a file is about, to somebody who may take it out. is_own: her own, as an employee."""

    citizen_id: int | None
    employee_id: int | None
    name: str
    scope: Scope
    permission: Permission
    is_own: bool = False

    @property
    def scope_with_citizen(self) -> Scope:
        """The scope, naming the citizen when it is about one."""
        return Scope(self.scope.paths, self.citizen_id)


def about_citizen(*, actor: Actor, citizen_id: int, at: datetime) -> About:
    """Return a citizen to somebody who may take out all about her. Raises NotFound, NotAllowed."""
    citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=at)
    scope = scope_of(citizen.pk, on=oslo.day_of(at))
    require(actor, EXPORT_PERSON, scope)
    return About(citizen.pk, None, citizen.name, scope, EXPORT_PERSON)


def about_employee(*, actor: Actor, employee_id: int, at: datetime) -> About:
    """Return an employee to her leader, or to herself. Raises NotFound out of reach too."""
    found = Employee.objects.filter(pk=employee_id).first()
    if found is not None:
        paths = tuple(unit.path for unit in employee_units(employee_id=found.pk, on=oslo.day_of(at)))
        if found.pk == actor.employee_id:
            return About(None, found.pk, found.name, Scope(paths), SIGNED_IN, is_own=True)
        if holds(actor, EXPORT_EMPLOYEE, Scope(paths)):
            return About(None, found.pk, found.name, Scope(paths), EXPORT_EMPLOYEE)
    raise NotFound(_("Fant ikke medarbeideren."))


def about(handout: Handout, *, actor: Actor, at: datetime) -> About:
    """Return whom a handout is about. Raises NotFound, NotAllowed when she is no longer in reach."""
    if handout.citizen_id is not None:
        return about_citizen(actor=actor, citizen_id=handout.citizen_id, at=at)
    assert handout.employee_id is not None
    return about_employee(actor=actor, employee_id=handout.employee_id, at=at)


def get_handout(*, actor: Actor, handout_id: int, at: datetime, lock: bool = False) -> tuple[Handout, About]:
    """Return a handout to the one who made it. Raises NotFound for everybody else, and when she reaches no longer."""
    found = Handout.objects.filter(pk=handout_id, made_by_id=actor.user_id or 0)
    handout = (found.select_for_update() if lock else found.select_related("job")).first()
    if handout is None:
        raise NotFound(_("Fant ikke utleveringen."))
    return handout, about(handout, actor=actor, at=at)


def handouts_about(whom: About) -> QuerySet[Handout]:
    """Return the traces of what was taken out about somebody, the newest first. Callers have asked `about_…`."""
    one = {"employee_id": whom.employee_id} if whom.citizen_id is None else {"citizen_id": whom.citizen_id}
    found = Handout.objects.filter(**one)
    return found.select_related("made_by").order_by("-made_at", "-pk")


def newest_handouts(*, most: int) -> list[Handout]:
    """Return the newest traces of what was taken out, for those who look after it. They hand on nobody's name."""
    return list(Handout.objects.select_related("made_by").order_by("-made_at", "-pk")[:most])


@dataclass(frozen=True, slots=True)
class Text:
    """One row with what somebody wrote in it. parts: (column, text). mentions: seems to tell of somebody else."""

    row_id: int
    parts: tuple[tuple[str, str], ...]
    mentions: bool
    held: HeldBack | None


def tables(handout: Handout) -> list[Table]:
    """Return what was gathered. Callers have asked `get_handout`; notes the reading."""
    if handout.citizen_id is not None:
        reading.note(handout.citizen_id)
    return gathered.tables_in(bytes(handout.file.content), handout)


def others_in(found: Sequence[Table], *, own_name: str) -> frozenset[str]:
    """Return the words of the names of those around the citizen, without her own."""
    names = [str(row["name"]) for table in found if table.label == "citizens.NetworkMember" for row in table.rows]
    return rules.words_of(names) - rules.words_of([own_name])


def texts(table: Table, *, others: frozenset[str], held: dict[int, HeldBack]) -> list[Text]:
    """Return the rows of a table in which somebody wrote something: those that seem to tell of others first."""
    columns = text_columns(table.label, table.part)
    found = [
        Text(int(str(row["id"])), parts, rules.mentions(" ".join(text for _name, text in parts), others), None)
        for row in table.rows
        if (parts := _written(row, columns))
    ]
    placed = [Text(one.row_id, one.parts, one.mentions, held.get(one.row_id)) for one in found]
    return sorted(placed, key=lambda one: (not one.mentions, -one.row_id))


def _written(row: Row, columns: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, _plain(row[name])) for name in columns if row.get(name) not in (None, "", [], {}))


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_plain(one)}" for name, one in value.items())
    if isinstance(value, list):
        return "; ".join(map(_plain, value))
    return str(value)
