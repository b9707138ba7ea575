"""What cases tell upwards."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class CaseMoved:
    """A case took a step. step, was, became: codes of `rules.states`."""

    case_id: int
    citizen_id: int
    unit_id: int
    step: str
    was: str
    became: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DecisionMade:
    """A decision was made. It holds from `decided_on`, and is told by `CaseMoved` with step NOTIFY."""

    decision_id: int
    case_id: int
    citizen_id: int
    outcome: str
    decided_on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class HelpStartsUrgently:
    """Help begins before the decision, by the unit that the responsibility table names (R21)."""

    case_id: int
    citizen_id: int
    unit_id: int
    starts_on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class AppealMoved:
    """An appeal came or took a step."""

    appeal_id: int
    decision_id: int
    citizen_id: int
    was: str
    became: str
    at: datetime
