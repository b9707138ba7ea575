"""What happened here that others may hear of."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class WatchOpened:
    """Something is not as usual with a citizen, and is followed until it is closed."""

    watch_id: int
    citizen_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class WatchClosed:
    """It is followed no more."""

    watch_id: int
    citizen_id: int
    ending: str
    at: datetime
