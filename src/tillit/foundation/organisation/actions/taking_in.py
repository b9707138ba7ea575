"""Many units at once, as a file tells of them: each is made, moved and changed by the single acts, parents first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import holds, require
from tillit.foundation.organisation import queries, rules
from tillit.foundation.organisation.actions.areas import draw_area, end_area, redraw_area
from tillit.foundation.organisation.actions.units import UnitRefused, change_unit, make_unit, move_unit
from tillit.foundation.organisation.models import Area, Unit
from tillit.foundation.organisation.permissions import MAKE_UNIT
from tillit.kernel.geo import Place


@dataclass(frozen=True, slots=True)
class UnitTold:
    """What a file says of one unit. parent: its code, empty for the municipality. Other empty fields say nothing."""

    code: str
    name: str
    kind: str
    parent: str = ""
    phone: str = ""
    base_street: str = ""
    base: Place | None = None
    postal_codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class UnitOutlook:
    """What taking in one unit would do. refused: why it cannot be, with the field concerned."""

    is_new: bool
    is_changed: bool = False
    refused: UnitRefused | None = None


@dataclass(slots=True)
class _Map:
    """All units and their postal codes as they stand, by code."""

    units: dict[str, Unit] = field(default_factory=dict)
    lists: dict[str, Area] = field(default_factory=dict)  # the area of postal codes alone, which a file may change
    drawn: dict[str, frozenset[str]] = field(default_factory=dict)  # codes of the unit's other areas: left alone

    def codes(self, code: str) -> frozenset[str]:
        """Return the postal codes of the list a file may change."""
        return frozenset(self.lists[code].postal_codes) if code in self.lists else frozenset()

    def wanted(self, told: UnitTold) -> frozenset[str]:
        """Return what that list becomes; an empty cell says nothing."""
        if not told.postal_codes:
            return self.codes(told.code)
        return told.postal_codes - self.drawn.get(told.code, frozenset())


def foresee_units(*, actor: Actor, rows: Sequence[UnitTold]) -> list[UnitOutlook]:
    """Say what `take_in_units` would do with each row, and why not, in two queries."""
    seen = _map()
    kinds = {code: unit.kind for code, unit in seen.units.items()} | {row.code: row.kind for row in rows}
    parents = {code: unit.parent.code if unit.parent else "" for code, unit in seen.units.items()}
    parents |= {row.code: row.parent for row in rows}
    owners = _owners(rows, seen)
    found = []
    for row in rows:
        unit = seen.units.get(row.code)
        try:
            _refuse(actor, row, seen, kinds, parents, owners)
        except UnitRefused as refused:
            found.append(UnitOutlook(unit is None, refused=refused))
        else:
            changed = unit is not None and (
                _told(unit, row) != _stands(unit)
                or unit.kind != row.kind
                or (unit.parent.code if unit.parent else "") != row.parent
                or seen.wanted(row) != seen.codes(row.code)
            )
            found.append(UnitOutlook(unit is None, changed))
    return found


@transaction.atomic
def take_in_units(*, actor: Actor, rows: Sequence[UnitTold], on: date, at: datetime) -> list[UnitOutlook]:
    """Make, move and change units from a day, whatever the order of the rows; return what was done with each.

    Each act is the page's own: its rules, its audit entry, its event. A new team lets everybody allocate until it says
    otherwise. Told twice, nothing is done the second time. Raises the first refusal that `foresee_units` tells of, and
    what the single acts raise.
    """
    outlooks = foresee_units(actor=actor, rows=rows)
    refused = next((one.refused for one in outlooks if one.refused is not None), None)
    if refused is not None:
        raise refused
    touched = {row.code for row, one in zip(rows, outlooks, strict=True) if one.is_new or one.is_changed}
    for row in _parents_first(rows):
        if row.code in touched:
            _put(actor, row, on=on, at=at)
    seen = _map()
    # Codes that somebody gives up are free before another gets them: an address never has two units.
    for keep_only in (True, False):
        for row in rows:
            wanted = seen.wanted(row)
            _put_codes(actor, seen, row.code, wanted & seen.codes(row.code) if keep_only else wanted, on=on, at=at)
        seen = _map()
    return outlooks


def _map() -> _Map:
    found = _Map({unit.code: unit for unit in Unit.objects.select_related("parent")})
    drawn: dict[str, set[str]] = {}
    for area in Area.objects.filter(valid_to__isnull=True).select_related("unit").order_by("pk"):
        code = area.unit.code
        if area.ring or code in found.lists:
            drawn.setdefault(code, set()).update(area.postal_codes)
        else:
            found.lists[code] = area
    found.drawn = {code: frozenset(codes) for code, codes in drawn.items()}
    return found


def _owners(rows: Sequence[UnitTold], seen: _Map) -> dict[str, str]:
    """Postal code → the unit that has it when the rows are taken in; of two in the file, the first."""
    told = {row.code: row for row in rows}
    owners: dict[str, str] = {}
    for code in seen.units:
        if code not in told:
            owners |= dict.fromkeys(seen.codes(code), code)
        owners |= dict.fromkeys(seen.drawn.get(code, ()), code)
    for row in rows:
        for postal_code in seen.wanted(row):
            owners.setdefault(postal_code, row.code)
    return owners


def _refuse(
    actor: Actor,
    row: UnitTold,
    seen: _Map,
    kinds: Mapping[str, str],
    parents: Mapping[str, str],
    owners: Mapping[str, str],
) -> None:
    stored = [code for code, unit in seen.units.items() if unit.kind == "MUNICIPALITY"]
    top = next((code for code in (*stored, *kinds) if kinds[code] == "MUNICIPALITY"), row.code)
    if row.parent and row.parent not in kinds:
        raise UnitRefused(_("Enheten «%(code)s» finnes ikke.") % {"code": row.parent}, field="parent")
    if row.kind == "MUNICIPALITY" and row.parent:
        raise UnitRefused(_("Kommunen ligger øverst. La feltet stå tomt."), field="parent")
    if row.kind == "MUNICIPALITY" and row.code != top:
        raise UnitRefused(_("Kommunen finnes fra før med koden «%(code)s».") % {"code": top}, field="code")
    if row.kind != "MUNICIPALITY" and not row.parent:
        raise UnitRefused(_("Skriv koden til enheten denne ligger under."), field="parent")
    if _in_circle(row.code, parents):
        raise UnitRefused(_("Enhetene ligger under hverandre i ring."), field="parent")
    if not rules.may_lie_below(row.kind, kinds[row.parent] if row.parent else None):
        raise UnitRefused(_("En slik enhet kan ikke ligge der."), field="parent")
    below = [code for code, parent in parents.items() if parent == row.code]
    if any(not rules.may_lie_below(kinds[code], row.kind) for code in below):
        raise UnitRefused(_("Det ligger enheter under denne som ikke kan ligge under en slik enhet."), field="kind")
    concerned = [seen.units[code].path for code in (row.code, row.parent) if code in seen.units]
    if not all(holds(actor, MAKE_UNIT, Scope((path,))) for path in concerned):
        raise UnitRefused(_("Enheten ligger utenfor det du har tilgang til."))
    taken = next((code for code in sorted(seen.wanted(row)) if owners[code] != row.code), None)
    if taken is not None:
        raise UnitRefused(
            _("%(postal_code)s hører alt til «%(unit)s». En adresse kan bare høre til ett team.")
            % {"postal_code": taken, "unit": owners[taken]},
            field="postal_codes",
        )


def _in_circle(code: str, parents: Mapping[str, str]) -> bool:
    seen: set[str] = set()
    while code and code not in seen:
        seen.add(code)
        code = parents.get(code, "")
    return bool(code)


def _parents_first(rows: Sequence[UnitTold]) -> list[UnitTold]:
    told = {row.code: row for row in rows}

    def depth(row: UnitTold) -> int:
        return 1 + depth(told[row.parent]) if row.parent in told else 0

    return sorted(rows, key=depth)


def _stands(unit: Unit) -> UnitTold:
    """What stands of a unit, without what is changed by acts of their own."""
    base = None if unit.base_latitude is None or unit.base_longitude is None else _place(unit)
    return UnitTold(unit.code, unit.name, "", phone=unit.phone, base_street=unit.base_street, base=base)


def _place(unit: Unit) -> Place:
    return Place(float(unit.base_latitude or 0), float(unit.base_longitude or 0))


def _told(unit: Unit, row: UnitTold) -> UnitTold:
    """What a unit becomes; an empty field says nothing."""
    now = _stands(unit)
    base = row.base or now.base
    if now.base is not None and base is not None and abs(now.base.latitude - base.latitude) < 1e-9:
        base = now.base if abs(now.base.longitude - base.longitude) < 1e-9 else base
    return replace(
        now,
        name=row.name.strip(),
        phone=row.phone.strip() or now.phone,
        base_street=row.base_street.strip() or now.base_street,
        base=base,
    )


def _put(actor: Actor, row: UnitTold, *, on: date, at: datetime) -> None:
    parent = queries.unit_by_code(row.parent) if row.parent else None
    unit = queries.unit_by_code(row.code)
    is_new = unit is None
    if unit is None:
        parent_id = parent.pk if parent else None
        unit = make_unit(
            actor=actor, kind=row.kind, name=row.name, code=row.code, parent_id=parent_id, valid_from=on, at=at
        )
    else:
        if unit.kind != row.kind:
            _change_kind(actor, unit, row.kind, at=at)
        if parent is not None and unit.parent_id != parent.pk:
            unit = move_unit(actor=actor, unit_id=unit.pk, parent_id=parent.pk, at=at)
    told = _told(unit, row)
    change_unit(
        actor=actor,
        unit_id=unit.pk,
        edition=unit.edition,
        name=told.name,
        phone=told.phone,
        base_name=unit.base_name,
        base_street=told.base_street,
        base=told.base,
        everyone_may_allocate=is_new or unit.everyone_may_allocate,
        at=at,
    )


def _change_kind(actor: Actor, unit: Unit, kind: str, *, at: datetime) -> None:
    """Let a unit be of another kind. Where it may lie has been checked, with what lies below it."""
    scope = Scope((unit.path,))
    require(actor, MAKE_UNIT, scope)
    was, unit.kind = unit.kind, kind
    unit.save(update_fields=["kind"])
    audit.record(actor, MAKE_UNIT, f"unit:{unit.pk}", scope, at=at, change={"kind": kind, "was": was})


def _put_codes(actor: Actor, seen: _Map, code: str, wanted: frozenset[str], *, on: date, at: datetime) -> None:
    area, unit = seen.lists.get(code), seen.units[code]
    if wanted == seen.codes(code):
        return
    if area is None:
        draw_area(actor=actor, unit_id=unit.pk, name=unit.name, postal_codes=sorted(wanted), valid_from=on, at=at)
    elif wanted:
        redraw_area(actor=actor, area_id=area.pk, name=area.name, postal_codes=sorted(wanted), valid_from=on, at=at)
    else:
        end_area(actor=actor, area_id=area.pk, valid_to=on, at=at)
