"""What the sums of brought-in figures are made of: the tree, and what stands for the teams."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from tillit.foundation.organisation.models import Unit
from tillit.learning.insight.models import Figure
from tillit.learning.insight.rules import sums
from tillit.learning.insight.rules.figures import Found
from tillit.learning.insight.rules.indicators import Indicator


def sums_of(indicators: Iterable[Indicator], starts: Collection[date], units: Sequence[sums.Branch]) -> list[Found]:
    """Return the sums of the units above teams in these months, of the indicators that are brought in. One query.

    units: the tree.
    """
    versions = {one.code: one.version for one in indicators if one.brought}
    if not versions:
        return []
    rows = Figure.objects.filter(
        indicator__in=versions, starts_on__in=starts, imported=True, replaced_at__isnull=True,
        unit__kind__in=sums.TERMS,
    ).values_list("version", "indicator", "unit_id", "starts_on", "n", "numerator", "denominator")  # fmt: skip
    parts = [
        sums.Part(code, unit_id, starts_on, n, top, under)
        for version, code, unit_id, starts_on, n, top, under in rows
        if versions[code] == version and top is not None and under is not None
    ]
    return sums.sums(units, parts)


def tree() -> list[sums.Branch]:
    """Return all units as they lie now, those no longer in force too, in the map's order. One query."""
    rows = Unit.objects.order_by("path", "name").values_list("pk", "path", "kind", "valid_from", "valid_to")
    return [sums.Branch(*row) for row in rows]


def teams_lacking(unit: Unit, indicator: Indicator, starts_on: date) -> list[str]:
    """Return the names of the teams below a unit without a figure for a month. Three queries. Callers checked reach."""
    having = Figure.objects.filter(
        indicator=indicator.code, version=indicator.version, starts_on=starts_on, replaced_at__isnull=True,
        value__isnull=False,
    ).values_list("unit_id", flat=True)  # fmt: skip
    units = tree()
    above = next(one for one in units if one.unit_id == unit.pk)
    found = sums.lacking(units, above, starts_on, having)
    names = dict(Unit.objects.filter(pk__in=found).values_list("pk", "name"))
    return [names[one] for one in found]
