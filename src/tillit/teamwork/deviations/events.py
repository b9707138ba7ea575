"""What happened here that others may hear of."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class DeviationReported:
    """Something went wrong, and somebody is to look at it."""

    deviation_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class DeviationAnswered:
    """The one who told it has an answer."""

    deviation_id: int
    at: datetime
