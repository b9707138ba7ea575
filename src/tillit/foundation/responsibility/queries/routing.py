"""Who holds a responsibility, for a unit on a day, by the table of the version that the unit follows.

The product asks here where an application, a message or a task goes; pages ask here why something lies where it lies.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from tillit.foundation.organisation.models import Unit, UnitKind, UnitPurpose
from tillit.foundation.organisation.queries import in_force
from tillit.foundation.organisation.rules import ids_in
from tillit.foundation.responsibility.models import HolderKind
from tillit.foundation.responsibility.queries.models_in_use import FollowedModel, followed_models, table_of
from tillit.foundation.responsibility.rules.routing import ROLES, Found, Held, MapUnit, Problem, place_holder
from tillit.foundation.responsibility.rules.tables import Cell
from tillit.foundation.workforce.models import RoleHolding
from tillit.foundation.workforce.queries.employment import employed
from tillit.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Ask:
    """One question: who holds this, for a citizen or a task of this unit? beside: units that share the citizen."""

    code: str
    unit_id: int
    beside: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Why:
    """The row of the table that answered, and who decided that it counts."""

    asked_unit_id: int
    asked_unit_name: str
    code: str = field(metadata={"help": "The responsibility: a code from the catalogue"})
    holder: str = field(metadata={"help": "A HolderKind, NOBODY when the table says nothing"})
    terms: str = field(metadata={"help": "The row's own words: «Inntil fire uker»"})
    weeks: int | None = field(metadata={"help": "At most so many weeks, then it goes on; None: the row sets no limit"})
    version_id: int | None = field(metadata={"help": "None: no model is chosen"})
    model_name: str
    number: int
    since: date | None
    decided_by_id: int | None = field(metadata={"help": "The unit that chose the model for this one, often one above"})
    decided_by_name: str


@dataclass(frozen=True, slots=True)
class Routed:
    """Who holds a responsibility. `unit_ids` has two when two teams hold it together, none with a problem."""

    code: str
    unit_ids: tuple[int, ...]
    unit_names: tuple[str, ...]
    people: tuple[Held, ...] = field(metadata={"help": "For a role: those who hold it, by name; else empty"})
    problem: Problem
    missing: str = field(metadata={"help": "The UnitPurpose no unit has, or the role nobody holds"})
    why: Why

    @property
    def unit_id(self) -> int | None:
        """The unit that holds it: the first of them, or None."""
        return self.unit_ids[0] if self.unit_ids else None

    @property
    def is_held(self) -> bool:
        """Whether somebody has it, with nothing missing."""
        return not self.problem


def holder_for(*, code: str, unit_id: int, on: date, beside: Iterable[int] = ()) -> Routed:
    """Return who holds a responsibility for the unit that day. beside: units that share the citizen.

    Raises NotFound for an unknown unit. A responsibility outside the catalogue, or one nobody holds, is answered with
    a problem: what arrives is never refused because a table has a hole.
    """
    return holders_for(codes=(code,), unit_id=unit_id, on=on, beside=beside)[code]


def holders_for(*, codes: Iterable[str], unit_id: int, on: date, beside: Iterable[int] = ()) -> dict[str, Routed]:
    """Return code → who holds it, for one unit, in as many queries as for one code. Raises NotFound."""
    shared = frozenset(beside)
    asks = [Ask(code, unit_id, shared) for code in codes]
    return {ask.code: routed for ask, routed in route_many(asks, on=on).items()}


def route_many(asks: Iterable[Ask], *, on: date) -> dict[Ask, Routed]:
    """Answer many questions at once, in four queries. Raises NotFound when a unit is unknown."""
    wanted = tuple(dict.fromkeys(asks))
    if not wanted:
        return {}
    stored, drawn = _units(on)
    lacking = {ask.unit_id for ask in wanted} - stored.keys()
    former = {unit.pk: unit for unit in Unit.objects.filter(pk__in=lacking)} if lacking else {}
    if lacking - former.keys():
        raise NotFound(_("Fant ikke enheten."))
    asking = {ask.unit_id: stored.get(ask.unit_id) or former[ask.unit_id] for ask in wanted}
    followed = followed_models(on=on, units=asking.values())
    tables = table_of({model.version_id for model in followed.values()})
    held = _role_holders(on)
    names = {pk: unit.name for pk, unit in (stored | former).items()}
    answers = {}
    for ask in wanted:
        model = followed.get(ask.unit_id)
        cell = tables[model.version_id].get(ask.code) if model else None
        found = (
            place_holder(
                cell,
                asking=_drawn(asking[ask.unit_id]),
                units=drawn.values(),
                roles=held,
                beside=ask.beside,
            )
            if model
            else Found((), (), Problem.NO_MODEL)
        )
        answers[ask] = _routed(ask, found, cell, model, names)
    return answers


def unit_map(*, on: date) -> tuple[dict[int, MapUnit], dict[tuple[int, str], tuple[Held, ...]]]:
    """Return the units in force and who holds the roles the table can name, as `place_holder` wants them: two queries.

    For those who try out tables that nobody follows yet. The organisation is no secret.
    """
    return _units(on)[1], _role_holders(on)


def _units(on: date) -> tuple[dict[int, Unit], dict[int, MapUnit]]:
    stored = {unit.pk: unit for unit in Unit.objects.filter(in_force(on))}
    return stored, {pk: _drawn(unit) for pk, unit in stored.items()}


def _role_holders(on: date) -> dict[tuple[int, str], tuple[Held, ...]]:
    """(unit, role) → those employed who hold it that day, each once, by name. For the roles the table can name."""
    rows = (
        RoleHolding.objects.filter(
            in_force(on),
            employed(on, "employee__"),
            role__in=ROLES,
        )
        .order_by("employee__sort_name", "employee_id")
        .values_list("unit_id", "role", "employee_id", "employee__given_name", "employee__family_name")
    )
    found: dict[tuple[int, str], dict[int, Held]] = defaultdict(dict)
    for unit_id, role, employee_id, given_name, family_name in rows:
        found[unit_id, role][employee_id] = Held(employee_id, f"{given_name} {family_name}".strip())
    return {key: tuple(people.values()) for key, people in found.items()}


def _routed(ask: Ask, found: Found, cell: Cell | None, model: FollowedModel | None, names: Mapping[int, str]) -> Routed:
    return Routed(
        code=ask.code,
        unit_ids=found.unit_ids,
        unit_names=tuple(names[unit_id] for unit_id in found.unit_ids),
        people=found.people,
        problem=found.problem,
        missing=found.missing,
        why=Why(
            asked_unit_id=ask.unit_id,
            asked_unit_name=names[ask.unit_id],
            code=ask.code,
            holder=cell.holder if cell else HolderKind.NOBODY.value,
            terms=cell.note if cell else "",
            weeks=cell.weeks if cell else None,
            version_id=model.version_id if model else None,
            model_name=model.name if model else "",
            number=model.number if model else 0,
            since=model.valid_from if model else None,
            decided_by_id=model.decided_by_id if model else None,
            decided_by_name=names.get(model.decided_by_id, "") if model else "",
        ),
    )


def _drawn(unit: Unit) -> MapUnit:
    """A unit as the rules see it. An office without a purpose of its own is where applications are handled."""
    purpose = unit.purpose or (UnitPurpose.ALLOCATION.value if unit.kind == UnitKind.OFFICE else "")
    return MapUnit(unit.pk, unit.name, unit.kind, purpose, tuple(ids_in(unit.path)))
