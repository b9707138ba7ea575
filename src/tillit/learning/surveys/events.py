"""What surveys tell the floors above."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SurveyClosed:
    """The urns are opened: there are numbers, for the teams first."""

    campaign_id: int
    at: datetime
