"""Measures in numbers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tillit.care.evaluations.models import Measurement, Tool


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One measure, as it is stored (rules.numbers reads it). Empty numbers: it is removed from the journal."""

    measurement_id: int
    citizen_id: int
    tool: str
    tool_name: str
    measured_on: date
    numbers: Mapping[str, Any]
    by_name: str


def measures_of_citizen(citizen_id: int) -> list[MeasureLine]:
    """Return every measure of a citizen, the oldest first. One query."""
    return measures_of_citizens((citizen_id,)).get(citizen_id, [])


def measures_of_citizens(citizen_ids: Iterable[int]) -> dict[int, list[MeasureLine]]:
    """Return every measure of each citizen who has any, the oldest first. One query."""
    found: dict[int, list[MeasureLine]] = defaultdict(list)
    rows = Measurement.objects.filter(citizen_id__in=list(citizen_ids)).select_related("measured_by")
    for row in rows.order_by("measured_on", "pk"):
        if row.numbers:
            found[row.citizen_id].append(_line(row))
    return dict(found)


def _line(row: Measurement) -> MeasureLine:
    return MeasureLine(
        measurement_id=row.pk,
        citizen_id=row.citizen_id,
        tool=row.tool,
        tool_name=str(Tool(row.tool).label),
        measured_on=row.measured_on,
        numbers=row.numbers,
        by_name=row.measured_by.name if row.measured_by else "",
    )
