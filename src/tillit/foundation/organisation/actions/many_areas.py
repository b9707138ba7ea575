"""Many areas at once, as a map file tells of them: each becomes or replaces an area, all on the same day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds
from tillit.foundation.organisation import queries, rules, sources
from tillit.foundation.organisation.actions import areas
from tillit.foundation.organisation.actions.areas import AreaRefused
from tillit.foundation.organisation.models import Area, Unit, UnitKind
from tillit.foundation.organisation.permissions import DRAW_AREA
from tillit.foundation.organisation.rules import AreaLine, Collision, Move
from tillit.kernel import geo, oslo
from tillit.kernel.geo import Ring
from tillit.kernel.periods import Days


@dataclass(frozen=True, slots=True)
class AreaTold:
    """What a file says of one area. unit_id: None when nobody has said whose it is. left_out: somebody said not to."""

    unit_id: int | None
    name: str
    ring: Ring
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class AreaOutlook:
    """What taking in one area would do."""

    replaces: int | None = field(default=None, metadata={"help": "The area of the same unit with the same name"})
    is_changed: bool = True
    refused: AreaRefused | None = None
    shares_with: tuple[int, ...] = field(
        default=(), metadata={"help": "Rows of the file that it shares ground with, from 0"}
    )


@dataclass(frozen=True, slots=True)
class ForeseenAreas:
    """What many areas would do together, before anything is stored."""

    rows: tuple[AreaOutlook, ...]
    after: tuple[AreaLine, ...] = field(metadata={"help": "All areas as they would be; the new ones last, in order"})
    moves: tuple[Move, ...] | None = field(
        metadata={"help": "As in Foreseen. None also while a row is refused: then nothing would be done"}
    )

    @property
    def is_refused(self) -> bool:
        """Whether something must be put right first."""
        return any(row.refused is not None for row in self.rows)

    @property
    def to_store(self) -> int:
        """How many areas would be new or changed."""
        return sum(row.is_changed for row in self.rows)


@dataclass(slots=True)
class _Row:
    """One area on its way in."""

    told: AreaTold
    unit: Unit | None = None
    old: Area | None = None
    line: AreaLine | None = None
    is_changed: bool = True
    refused: AreaRefused | None = None
    shares_with: tuple[int, ...] = ()


def foresee_areas(*, actor: Actor, rows: Sequence[AreaTold], valid_from: date, at: datetime) -> ForeseenAreas:
    """Say what `take_in_areas` would do with each row, and why not, in a constant number of queries. Stores nothing.

    Raises AreaRefused for a day before today.
    """
    return _foreseen(actor, _read(actor, rows, valid_from, at), valid_from, at=at)


@transaction.atomic
def take_in_areas(*, actor: Actor, rows: Sequence[AreaTold], valid_from: date, at: datetime) -> list[Area]:
    """Let the areas hold from a day; return those that are new or changed. All of them, or none.

    An area with the same name in the same unit is replaced, and keeps its postal codes; what it was before the day
    stays. One that stands so already is left alone. They are looked at together, so that neighbours may trade ground.
    Raises AreaRefused, the first that `foresee_areas` tells of. One audit entry and one AreaChanged for each.
    """
    areas.hold_all_areas()
    found = _read(actor, rows, valid_from, at)
    foreseen = _foreseen(actor, found, valid_from, at=at)
    refused = next((row.refused for row in foreseen.rows if row.refused is not None), None)
    if refused is not None:
        raise refused
    changed = [row for row in found if row.is_changed]
    for row in changed:
        if row.old is not None:
            row.old.valid_to = valid_from
            row.old.save(update_fields=["valid_to"])
    return [
        areas.store_area(
            actor, row.unit, row.told.name, row.line, replaces=row.old.pk if row.old is not None else None, at=at
        )
        for row in changed
        if row.unit is not None and row.line is not None
    ]


def may_draw_for(actor: Actor, *, on: date) -> list[Unit]:
    """Return the units in force on a day whose areas the actor may draw, by name."""
    kinds = (*queries.TEAM_KINDS, UnitKind.WORK_GROUP)
    units = queries.within_reach(actor).filter(queries.in_force(on), kind__in=kinds).order_by("name", "pk")
    return [unit for unit in units if holds(actor, DRAW_AREA, queries.scope_of(unit))]


def _read(actor: Actor, told: Sequence[AreaTold], valid_from: date, at: datetime) -> list[_Row]:
    """Find whose each area is, which one it replaces, and what is wrong with it on its own."""
    if valid_from < oslo.day_of(at):
        raise AreaRefused(_("Velg i dag eller en senere dag. Det som har vært, står som det var."), field="valid_from")
    units = {unit.pk: unit for unit in may_draw_for(actor, on=valid_from)}
    standing: dict[tuple[int, str], list[Area]] = {}
    lasting = Q(valid_to__isnull=True) | (Q(valid_to__gt=valid_from) & Q(valid_to__gt=F("valid_from")))
    for area in Area.objects.filter(lasting, unit_id__in=units).order_by("pk"):
        standing.setdefault((area.unit_id, _plain(area.name)), []).append(area)
    found: list[_Row] = []
    names: set[tuple[int, str]] = set()
    for number, one in enumerate(told):
        row = _Row(one, units.get(one.unit_id or 0), is_changed=not one.left_out)
        try:
            if not one.left_out:
                _complete(row, number, standing, names, valid_from, at)
        except AreaRefused as refused:
            row.refused = refused
        found.append(row)
    return found


def _complete(
    row: _Row,
    number: int,
    standing: Mapping[tuple[int, str], list[Area]],
    names: set[tuple[int, str]],
    valid_from: date,
    at: datetime,
) -> None:
    told, unit = row.told, row.unit
    if not told.name.strip():
        raise AreaRefused(_("Skriv hva dere kaller området."), field="name")
    if unit is None:
        raise AreaRefused(_("Velg hvilket team som har området."), field="unit")
    key = (unit.pk, _plain(told.name))
    if key in names:
        raise AreaRefused(_("To områder i fila heter det samme i dette teamet. Gi dem hvert sitt navn."), field="name")
    names.add(key)
    same = standing.get(key, ())
    if len(same) > 1:
        raise AreaRefused(
            _("Teamet har flere områder som heter dette. Avslutt eller endre dem på siden til teamet."), field="name"
        )
    row.old = same[0] if same else None
    if row.old is not None:
        areas.check_days(row.old, valid_from, at)
        row.is_changed = queries.stored_ring(row.old) != told.ring
    row.line = AreaLine(
        areas.LAST + number,
        unit.pk,
        told.ring,
        frozenset(row.old.postal_codes) if row.old is not None else frozenset(),
        Days(valid_from, row.old.valid_to if row.old is not None else None),
    )


def _foreseen(actor: Actor, rows: list[_Row], valid_from: date, *, at: datetime) -> ForeseenAreas:
    """Look at all of them together: the ground they share, and the addresses that change unit."""
    lines = queries.area_lines()
    for row in rows:
        if row.line is not None and row.refused is None and not _is_area(row.line.ring):
            row.refused = AreaRefused(areas.crossed_line(), field="ring")
    new = {
        line.area_id: (number, line)
        for number, row in enumerate(rows)
        if (line := row.line) is not None and row.is_changed and row.refused is None
    }
    gone = {old.pk for number, _line in new.values() if (old := rows[number].old) is not None}
    kept = [line for line in lines if line.area_id not in gone]
    everything = [*kept, *(line for _number, line in new.values())]
    for number, line in new.values():
        found = rules.collisions(line, everything)
        rows[number].shares_with = tuple(sorted(new[one.area_id][0] for one in found if one.area_id in new))
        standing = tuple(one for one in found if one.area_id not in new)
        if found:
            text = _standing_text(standing) if standing else _shared_text(rows, rows[number])
            rows[number].refused = AreaRefused(text, field="ring", collisions=found)
    outlooks = tuple(
        AreaOutlook(row.old.pk if row.old is not None else None, row.is_changed, row.refused, row.shares_with)
        for row in rows
    )
    foreseen = ForeseenAreas(outlooks, tuple(everything), None)
    if foreseen.is_refused:
        return foreseen
    found_addresses = sources.addresses(actor=actor, on=oslo.day_of(at))
    if found_addresses is None:
        return foreseen
    before, after = rules.AreaMap(lines, valid_from), rules.AreaMap(everything, valid_from)
    return replace(foreseen, moves=rules.moves(before, after, found_addresses))


def _standing_text(found: Sequence[Collision]) -> str:
    names = ", ".join(sorted(set(queries.names_of(one.unit_id for one in found).values())))
    return _("Området dekker noe av et område %(units)s har fra før. Rett det i kartet, eller velg «Ikke med».") % {
        "units": names
    }


def _shared_text(rows: Sequence[_Row], row: _Row) -> str:
    names = ", ".join(f"«{rows[number].told.name}»" for number in row.shares_with[:5])
    return _(
        "Området dekker noe av det samme som %(names)s i fila. Rett det i kartet, eller velg «Ikke med» for ett av dem."
    ) % {"names": names}


def _is_area(ring: Ring) -> bool:
    try:
        geo.polygon(ring)
    except geo.UnusablePolygon:
        return False
    return True


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
