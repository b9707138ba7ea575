"""Many shifts at once: the rules of the single acts, what they were in the audit trail, one piece of news."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import holds
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.actions.shifts import ShiftRefused, change_of
from tillit.foundation.workforce.events import ShiftsTakenIn
from tillit.foundation.workforce.models import Employee, Employment, PositionShare, Shift
from tillit.foundation.workforce.permissions import TAKE_IN
from tillit.foundation.workforce.rules import Held, ShiftProblem, Span, held_against
from tillit.kernel import events, oslo


@dataclass(frozen=True, slots=True)
class ShiftTold:
    """What a file says of one shift: whose by number, for which unit by code. Moments are aware UTC."""

    number: str
    unit: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    office: bool = False

    @property
    def span(self) -> Span:
        """From when to when."""
        return Span(self.starts_at, self.ends_at)


@dataclass(frozen=True, slots=True)
class ShiftOutlook:
    """What taking in one shift would do. refused: why it cannot be. has_begun: it is left as it stands.

    meets: the index of the row it meets, when that is why.
    """

    is_new: bool = False
    is_changed: bool = False
    has_begun: bool = False
    refused: ShiftRefused | None = None
    meets: int | None = None
    shift: Shift | None = None


@dataclass(frozen=True, slots=True)
class ShiftsIn:
    """How many shifts are new, and how many others than they were."""

    new: int
    changed: int


def foresee_shifts(
    *, actor: Actor, rows: Sequence[ShiftTold], at: datetime, coming: Collection[str] = (), hiring: Collection[str] = ()
) -> list[ShiftOutlook]:
    """Say what `take_in_shifts` would do with each row, and why not, in three queries.

    coming, hiring: codes of units and numbers of employees that the same file makes first.
    """
    people = dict(Employee.objects.filter(number__in={row.number for row in rows}).values_list("number", "pk"))
    units = {unit.code: unit for unit in Unit.objects.filter(code__in={row.unit for row in rows})}
    return _look(actor, rows, at, people, units, _stored(rows, people), frozenset(coming), frozenset(hiring))


@transaction.atomic
def take_in_shifts(*, actor: Actor, rows: Sequence[ShiftTold], at: datetime) -> ShiftsIn:
    """Store new shifts and change those that are others now, in a constant number of queries.

    The audit trail tells of each what it is and what it was. Shifts that the file does not tell of stay, and so do
    those that have begun. Told twice, nothing is written the second time. All rows of a person come together. Raises
    the first refusal that `foresee_shifts` tells of. Publishes ShiftsTakenIn, once, unless nothing is different.
    """
    locked = Employee.objects.select_for_update().filter(number__in={row.number for row in rows}).order_by("pk")
    people = dict(locked.values_list("number", "pk"))
    units = {unit.code: unit for unit in Unit.objects.filter(code__in={row.unit for row in rows})}
    outlooks = _look(actor, rows, at, people, units, _stored(rows, people), frozenset(), frozenset())
    refused = next((one.refused for one in outlooks if one.refused is not None), None)
    if refused is not None:
        raise refused
    temps = _temps(people.values())
    fresh: list[Shift] = []
    changed: list[tuple[Shift, dict[str, str | int | bool]]] = []
    touched = set()
    for row, one in zip(rows, outlooks, strict=True):
        if one.is_new:
            pk = people[row.number]
            fresh.append(_put(Shift(employee_id=pk, is_extra=pk in temps), row, units))
            touched.add((units[row.unit].pk, fresh[-1].on))
        elif one.is_changed and one.shift is not None:
            touched.add((one.shift.unit_id, one.shift.on))
            was = change_of(one.shift)
            changed.append((_put(one.shift, row, units), was))
            touched.add((one.shift.unit_id, one.shift.on))
    Shift.objects.bulk_create(fresh, batch_size=500)
    fields = ["unit", "kind", "on", "starts_at", "ends_at", "office"]
    Shift.objects.bulk_update([shift for shift, _was in changed], fields, batch_size=100)
    told: list[tuple[Shift, dict[str, object]]] = [(shift, {}) for shift in fresh]
    told += [(shift, {"was": was}) for shift, was in changed]
    audit.record_all(
        actor,
        (
            audit.Entry(
                TAKE_IN, f"shift:{shift.pk}", Scope((shift.unit.path,)),
                {**change_of(shift), **more, "by": TAKE_IN.code},
            )
            for shift, more in told
        ),
        at=at,
    )  # fmt: skip
    if touched:
        events.publish(ShiftsTakenIn(tuple(sorted(touched)), at=at))
    return ShiftsIn(len(fresh), len(changed))


def _stored(rows: Sequence[ShiftTold], people: Mapping[str, int]) -> QuerySet[Shift]:
    """The shifts of these people that any of the rows could meet."""
    if not rows:
        return Shift.objects.none()
    return Shift.objects.filter(
        employee_id__in=people.values(),
        starts_at__lt=max(row.ends_at for row in rows),
        ends_at__gt=min(row.starts_at for row in rows),
    ).select_related("unit")


def _look(
    actor: Actor,
    rows: Sequence[ShiftTold],
    at: datetime,
    people: Mapping[str, int],
    units: Mapping[str, Unit],
    stored: QuerySet[Shift],
    coming: frozenset[str],
    hiring: frozenset[str],
) -> list[ShiftOutlook]:
    theirs: dict[int, dict[int, Shift]] = defaultdict(dict)
    for shift in stored:
        theirs[shift.employee_id][shift.pk] = shift
    places: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        places[row.number].append(place)
    found: dict[int, ShiftOutlook] = {}
    for number, mine in places.items():
        shifts = theirs[people[number]] if number in people else {}
        spans = {pk: Span(shift.starts_at, shift.ends_at) for pk, shift in shifts.items()}
        for place, held in zip(mine, held_against([rows[place].span for place in mine], spans), strict=True):
            try:
                _refuse_strangers(actor, rows[place], people, units, coming, hiring)
                found[place] = _outlook(actor, rows[place], held, shifts, at)
            except ShiftRefused as refused:
                met = held.other if held.problem is ShiftProblem.MEETS_TOLD else None
                found[place] = ShiftOutlook(refused=refused, meets=None if met is None else mine[met])
    return [found[place] for place in range(len(rows))]


def _refuse_strangers(
    actor: Actor,
    row: ShiftTold,
    people: Mapping[str, int],
    units: Mapping[str, Unit],
    coming: frozenset[str],
    hiring: frozenset[str],
) -> None:
    if row.number not in people and row.number not in hiring:
        text = _("Ansattnummer «%(number)s» finnes ikke. Ta det med i arket Ansatte.") % {"number": row.number}
        raise ShiftRefused(text, field="number")
    if row.unit not in units and row.unit not in coming:
        text = _("Enheten «%(code)s» finnes ikke. Ta den med i arket Enheter.") % {"code": row.unit}
        raise ShiftRefused(text, field="unit")
    if row.unit in units and not holds(actor, TAKE_IN, Scope((units[row.unit].path,))):
        raise ShiftRefused(_("Du kan bare lese inn for dine egne team."), field="unit")


def _outlook(actor: Actor, row: ShiftTold, held: Held, shifts: Mapping[int, Shift], at: datetime) -> ShiftOutlook:
    match held.problem:
        case ShiftProblem.LENGTH:
            raise ShiftRefused(_("Vakta er lengre enn 16 timer. Er klokkeslettet rett?"), field="ends")
        case ShiftProblem.MEETS_TOLD:
            raise ShiftRefused(_("Vakta går over en annen vakt for samme person."), field="starts")
        case ShiftProblem.MEETS_STORED:
            met = shifts[held.other or 0]
            text = _("Vakta går over en vakt som står her fra før, %(on)s kl. %(from)s–%(to)s. Ta bort den ene.")
            clock = {"from": f"{oslo.clock_of(met.starts_at):%H.%M}", "to": f"{oslo.clock_of(met.ends_at):%H.%M}"}
            raise ShiftRefused(text % {"on": f"{met.on:%d.%m.%Y}", **clock}, field="starts")
    if held.stored_id is None:
        return ShiftOutlook(is_new=True)
    shift = shifts[held.stored_id]
    stands = (shift.unit.code, shift.kind, shift.starts_at, shift.ends_at, shift.office)
    if stands == (row.unit, row.kind, row.starts_at, row.ends_at, row.office):
        return ShiftOutlook(shift=shift)
    if not holds(actor, TAKE_IN, Scope((shift.unit.path,))):
        raise ShiftRefused(_("Den ansatte har en vakt i et team du ikke leder på denne tida."), field="number")
    if shift.starts_at <= at:
        return ShiftOutlook(has_begun=True, shift=shift)
    return ShiftOutlook(is_changed=True, shift=shift)


def _temps(employee_ids: Collection[int]) -> frozenset[int]:
    """Whose newest position is a temp's: their shifts are extra ones."""
    rows = PositionShare.objects.filter(position__employee_id__in=employee_ids).order_by("position__valid_from", "pk")
    newest = dict(rows.values_list("position__employee_id", "position__employment"))
    return frozenset(pk for pk, employment in newest.items() if employment == Employment.TEMPORARY)


def _put(shift: Shift, row: ShiftTold, units: Mapping[str, Unit]) -> Shift:
    shift.unit, shift.kind, shift.office = units[row.unit], row.kind, row.office
    shift.starts_at, shift.ends_at, shift.on = row.starts_at, row.ends_at, oslo.day_of(row.starts_at)
    return shift
