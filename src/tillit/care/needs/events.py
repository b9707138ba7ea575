"""News about what matters, for the floors above."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class WhatMattersSaid:
    """The citizen has said what matters; the newest words count from now on."""

    citizen_id: int
    what_matters_id: int
    at: datetime
