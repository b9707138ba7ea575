"""News about care plans, for the floors above."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PlanStarted:
    """A plan was taken into use from `at`, and replaced the one before it if there was any."""

    plan_id: int
    citizen_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class PlansTakenIn:
    """A file told of services: these citizens have another plan in use from `at`.

    new_minutes: (citizen, line) of interventions that go on with other minutes than before.
    """

    citizen_ids: tuple[int, ...]
    new_minutes: tuple[tuple[int, int], ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class GoalReached:
    """A goal in the plan in use was reached on a day."""

    goal_id: int
    citizen_id: int
    at: datetime
