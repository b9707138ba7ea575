"""News from the map of the organisation."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class AreaChanged:
    """A team got, or gave up, an area: citizens who live there may belong to another team from `valid_from`."""

    area_id: int
    unit_id: int
    valid_from: date
    at: datetime
