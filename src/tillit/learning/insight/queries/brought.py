"""What pasted figures are set against: the units one may bring them for, and what stands already."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import TEAM_KINDS, in_force, scope_of, within_reach
from tillit.learning.insight.models import BroughtIn, Figure
from tillit.learning.insight.permissions import BRING_IN
from tillit.learning.insight.queries.definitions import by_code, indicators
from tillit.learning.insight.queries.placing import get_unit_with_figures
from tillit.learning.insight.rules.brought import Brought, Fault, Known, Sheet, Wrong, read
from tillit.learning.insight.rules.facts import COUNTED_KINDS
from tillit.learning.insight.rules.indicators import Indicator

Key = tuple[str, int, date]


@dataclass(frozen=True, slots=True)
class Looked:
    """A sheet set against what stands: what is new, what corrects an earlier one; what stands already is left out."""

    sheet: Sheet
    new: tuple[Brought, ...]
    corrected: tuple[Brought, ...]
    stands: Mapping[Key, Figure]
    names: Mapping[int, str]


def unit_to_bring_for(*, actor: Actor, unit_id: int) -> Unit:
    """Return a unit the actor may bring figures for. Raises NotFound, NotAllowed."""
    found = get_unit_with_figures(actor=actor, unit_id=unit_id)
    require(actor, BRING_IN, scope_of(found))
    return found


def units_below(*, actor: Actor, unit: Unit) -> dict[int, str]:
    """Return the names of the units a line may name: this one and those below it. One query."""
    rows = within_reach(actor, BRING_IN).filter(path__startswith=unit.path, kind__in=COUNTED_KINDS)
    return dict(rows.order_by("-path").values_list("pk", "name"))


def teams_to_bring_for(*, actor: Actor, unit: Unit, on: date) -> list[Unit]:
    """Return the teams at or below a unit that figures are brought in for, in the map's order. One query."""
    rows = within_reach(actor, BRING_IN).filter(in_force(on), path__startswith=unit.path, kind__in=TEAM_KINDS)
    return list(rows.order_by("path", "name"))


def count_there(*, teams: Iterable[int], indicators: Iterable[Indicator], month: date) -> int:
    """Return how many of these teams' figures of a month have been brought in. One query. Callers checked reach."""
    rows = Figure.objects.filter(
        unit_id__in=teams, indicator__in=[one.code for one in indicators], starts_on=month, imported=True,
        value__isnull=False, replaced_at__isnull=True,
    )  # fmt: skip
    return rows.count()


def look(*, actor: Actor, unit: Unit, text: str, today: date) -> Looked:
    """Read a pasted sheet and set it against what stands. What Tillit has counted itself is not replaced. Two queries.

    unit: one the actor may bring figures for.
    """
    names = units_below(actor=actor, unit=unit)
    known = Known(indicators(), {name.casefold(): pk for pk, name in names.items()}, unit.pk, today)
    sheet = read(text, known)
    stands = _standing(sheet.rows)
    summed = {one.code for one in known.indicators if one.brought}
    counted = [
        Fault(row.line, Wrong.SUMMED if row.code in summed else Wrong.COUNTED)
        for row in sheet.rows
        if row.key in stands and not stands[row.key].imported and stands[row.key].value is not None
    ]
    faults = tuple(sorted((*sheet.faults, *counted), key=lambda one: one.line))
    changed = [row for row in sheet.rows if row.key not in stands or not _is_like(row, stands[row.key])]
    return Looked(
        sheet=replace(sheet, faults=faults),
        new=tuple(row for row in changed if row.key not in stands or not stands[row.key].imported),
        corrected=tuple(row for row in changed if row.key in stands and stands[row.key].imported),
        stands=stands,
        names=names,
    )


def list_brought(unit: Unit) -> list[BroughtIn]:
    """Return what was brought in for a unit, the newest first. One query. Callers checked reach."""
    return list(BroughtIn.objects.filter(unit=unit).select_related("brought_by").order_by("-brought_at", "-pk")[:50])


def _standing(rows: Iterable[Brought]) -> dict[Key, Figure]:
    wanted = {row.key for row in rows}
    if not wanted:
        return {}
    known = by_code()
    found = Figure.objects.filter(
        indicator__in={key[0] for key in wanted}, unit_id__in={key[1] for key in wanted},
        starts_on__in={key[2] for key in wanted}, replaced_at__isnull=True,
    )  # fmt: skip
    return {
        key: one
        for one in found
        if (key := (one.indicator, one.unit_id, one.starts_on)) in wanted
        and known[one.indicator].version == one.version
    }


def _is_like(row: Brought, stands: Figure) -> bool:
    if not stands.imported:
        return False
    return (row.value, row.n, row.numerator, row.denominator) == (
        stands.value, stands.n, stands.numerator, stands.denominator,
    )  # fmt: skip
