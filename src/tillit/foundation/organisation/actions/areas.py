"""Areas: which addresses a unit answers for, from a day to a day. Never two units for one address."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation import queries, rules, sources
from tillit.foundation.organisation.events import AreaChanged
from tillit.foundation.organisation.models import Area, Unit
from tillit.foundation.organisation.permissions import DRAW_AREA
from tillit.foundation.organisation.rules import AreaLine, Collision, Move
from tillit.kernel import events, oslo
from tillit.kernel.errors import ActionRefused
from tillit.kernel.geo import UnusablePolygon
from tillit.kernel.periods import Days

#: The number a new area has until it is stored: after all others, as the border belongs to the area stored first.
LAST = 2**62


class AreaRefused(ActionRefused):
    """The area cannot be like this; `collisions` says which areas it would share addresses with."""

    def __init__(self, text: str, *, field: str = "", collisions: tuple[Collision, ...] = ()) -> None:
        super().__init__(text)
        self.field = field
        self.collisions = collisions


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What an area would do, before anything is stored."""

    area: AreaLine
    moves: tuple[Move, ...] | None = field(
        metadata={"help": "Addresses within the actor's reach that would change unit; None: she sees no addresses"}
    )


@transaction.atomic
def draw_area(
    *,
    actor: Actor,
    unit_id: int,
    name: str,
    ring: Sequence[Sequence[float]] = (),
    postal_codes: Sequence[str] = (),
    valid_from: date,
    valid_to: date | None = None,
    at: datetime,
) -> Area:
    """Give a unit an area: a drawn ring of [longitude, latitude], postal codes, or both.

    Refused when an address would then belong to two areas on the same day; the text names the other unit.
    Citizens keep the unit that follows them: the area only says where new ones belong.
    Raises NotFound, NotAllowed, AreaRefused. Publishes AreaChanged.
    """
    unit = queries.get_unit(actor=actor, unit_id=unit_id)
    require(actor, DRAW_AREA, Scope((unit.path,)))
    hold_all_areas()
    new = _accepted(unit.pk, ring, postal_codes, valid_from, valid_to, queries.area_lines())
    return store_area(actor, unit, name, new, replaces=None, at=at)


@transaction.atomic
def redraw_area(
    *,
    actor: Actor,
    area_id: int,
    name: str,
    ring: Sequence[Sequence[float]] = (),
    postal_codes: Sequence[str] = (),
    valid_from: date,
    at: datetime,
) -> Area:
    """Change an area from a day: the old one ends that day and a new one begins, so that earlier days keep theirs.

    Raises NotFound, NotAllowed, AreaRefused. Publishes AreaChanged for the new one.
    """
    area = queries.get_area(actor=actor, area_id=area_id)
    require(actor, DRAW_AREA, Scope((area.unit.path,)))
    hold_all_areas()
    area.refresh_from_db(fields=["valid_from", "valid_to"])
    check_days(area, valid_from, at)
    new = _accepted(area.unit_id, ring, postal_codes, valid_from, area.valid_to, queries.area_lines(), replaces=area.pk)
    area.valid_to = valid_from
    area.save(update_fields=["valid_to"])
    return store_area(actor, area.unit, name, new, replaces=area.pk, at=at)


def foresee_area(
    *,
    actor: Actor,
    unit_id: int,
    replaces: int | None = None,
    ring: Sequence[Sequence[float]] = (),
    postal_codes: Sequence[str] = (),
    valid_from: date,
    at: datetime,
) -> Foreseen:
    """Say what `draw_area`, or `redraw_area` of `replaces`, would refuse or move. Stores nothing.

    Counts the addresses of today's citizens within the actor's reach. Raises what the other two raise.
    """
    unit = queries.get_unit(actor=actor, unit_id=unit_id)
    require(actor, DRAW_AREA, Scope((unit.path,)))
    old = None if replaces is None else queries.get_area(actor=actor, area_id=replaces)
    if old is not None:
        check_days(old, valid_from, at)
    lines = queries.area_lines()
    new = _accepted(unit.pk, ring, postal_codes, valid_from, old.valid_to if old else None, lines, replaces=replaces)
    before = rules.AreaMap(lines, valid_from)
    kept = [line for line in lines if line.area_id != replaces]
    after = rules.AreaMap([*kept, replace(new, area_id=LAST)], valid_from)
    found = sources.addresses(actor=actor, on=oslo.day_of(at))
    return Foreseen(new, None if found is None else rules.moves(before, after, found))


def foresee_end(*, actor: Actor, area_id: int, valid_to: date, at: datetime) -> Foreseen:
    """Say which addresses `end_area` would leave without a unit, or give to another one. Stores nothing.

    Counts the addresses of today's citizens within the actor's reach. Raises what `end_area` raises.
    """
    area = queries.get_area(actor=actor, area_id=area_id)
    require(actor, DRAW_AREA, Scope((area.unit.path,)))
    _refuse_early_end(area, valid_to)
    lines = queries.area_lines()
    found = sources.addresses(actor=actor, on=oslo.day_of(at))
    before = rules.AreaMap(lines, valid_to)
    after = rules.AreaMap([line for line in lines if line.area_id != area.pk], valid_to)
    ended = next(line for line in lines if line.area_id == area.pk)
    return Foreseen(ended, None if found is None else rules.moves(before, after, found))


@transaction.atomic
def end_area(*, actor: Actor, area_id: int, valid_to: date, at: datetime) -> Area:
    """Let an area end: `valid_to` is the first day the unit no longer answers for it.

    Raises NotFound, NotAllowed, AreaRefused. Publishes AreaChanged.
    """
    area = queries.get_area(actor=actor, area_id=area_id)
    scope = Scope((area.unit.path,))
    require(actor, DRAW_AREA, scope)
    _refuse_early_end(area, valid_to)
    area.valid_to = valid_to
    area.save(update_fields=["valid_to"])
    audit.record(actor, DRAW_AREA, f"area:{area.pk}", scope, at=at, change={"to": valid_to.isoformat()})
    events.publish(AreaChanged(area.pk, area.unit_id, valid_to, at))
    return area


def _refuse_early_end(area: Area, valid_to: date) -> None:
    if valid_to < area.valid_from:
        raise AreaRefused(_("Området kan ikke slutte før det begynner."), field="valid_to")


def hold_all_areas() -> None:
    """Hold every area until the transaction ends."""
    list(Area.objects.select_for_update().values_list("pk", flat=True))  # two areas drawn at once must see each other


def check_days(area: Area, valid_from: date, at: datetime) -> None:
    """Refuse a day on which an area cannot be changed."""
    if valid_from < oslo.day_of(at):
        raise AreaRefused(_("Velg i dag eller en senere dag. Det som har vært, står som det var."), field="valid_from")
    if valid_from < area.valid_from:
        raise AreaRefused(_("Området begynner senere enn den dagen. Velg en senere dag."), field="valid_from")
    if area.valid_to is not None and valid_from >= area.valid_to:
        raise AreaRefused(_("Området er avsluttet før den dagen. Velg en tidligere dag."), field="valid_from")


def _accepted(
    unit_id: int,
    ring: Sequence[Sequence[float]],
    postal_codes: Sequence[str],
    valid_from: date,
    valid_to: date | None,
    others: Sequence[AreaLine],
    *,
    replaces: int | None = None,
) -> AreaLine:
    """Return the area as the rules see it. Raises AreaRefused."""
    if not ring and not postal_codes:
        raise AreaRefused(_("Skriv postnumre eller tegn området på kartet."), field="postal_codes")
    if valid_to is not None and valid_to <= valid_from:
        raise AreaRefused(_("Området må gjelde minst én dag."), field="valid_from")
    new = AreaLine(
        0,
        unit_id,
        tuple((float(corner[0]), float(corner[1])) for corner in ring),
        frozenset(postal_codes),
        Days(valid_from, valid_to),
    )
    try:
        found = rules.collisions(new, [line for line in others if line.area_id != replaces])
    except UnusablePolygon:
        raise AreaRefused(crossed_line(), field="ring") from None
    if found:
        first = next((one for one in found if one.postal_codes), found[0])
        raise AreaRefused(
            _collision_text(found, unit_id), field="postal_codes" if first.postal_codes else "ring", collisions=found
        )
    return new


def store_area(actor: Actor, unit: Unit, name: str, new: AreaLine, *, replaces: int | None, at: datetime) -> Area:
    """Store an area that has been accepted, with its audit entry and its event. replaces: the one it comes after."""
    scope = Scope((unit.path,))
    area = Area.objects.create(
        unit=unit,
        name=name.strip() or unit.name,
        ring=[list(corner) for corner in new.ring],
        postal_codes=sorted(new.postal_codes),
        valid_from=new.days.first,
        valid_to=new.days.after,
    )
    audit.record(
        actor,
        DRAW_AREA,
        f"area:{area.pk}",
        scope,
        at=at,
        change={
            "unit": unit.pk,
            "corners": len(new.ring),
            "postal_codes": sorted(new.postal_codes),
            "from": new.days.first.isoformat(),
            **({} if replaces is None else {"instead_of": replaces}),
        },
    )
    events.publish(AreaChanged(area.pk, unit.pk, new.days.first, at))
    return area


def crossed_line() -> str:
    """Say that a ring is no area."""
    return _("Linja rundt området krysser seg selv, eller har færre enn tre hjørner.")


def _collision_text(found: Sequence[Collision], unit_id: int) -> str:
    names = queries.names_of(one.unit_id for one in found)
    by_code = next((one for one in found if one.postal_codes), None)
    if by_code is not None:
        return _("%(codes)s hører alt til %(unit)s. Avslutt det området først, eller velg en senere dag.") % {
            "codes": ", ".join(by_code.postal_codes[:5]),
            "unit": names[by_code.unit_id],
        }
    if {one.unit_id for one in found} == {unit_id}:
        return _("Området dekker noe av et annet område dere har. Endre det området i stedet, eller tegn utenom.")
    others = sorted({names[one.unit_id] for one in found if one.unit_id != unit_id})
    return _(
        "Området dekker noe av området til %(unit)s. Flytt linja ut av det, eller klipp bort det som er felles."
    ) % {"unit": ", ".join(others)}
