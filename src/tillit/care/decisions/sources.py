"""Questions that cases ask the floors above: what the care plan says, and what was really delivered (R20).

The answers are registered at start-up (`config.wiring`). Without them nothing is known, and a frame cannot start.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from tillit.care.decisions.rules.frame import PlanFacts


class PlanSource(Protocol):
    """Knows the citizens' care plans."""

    def plan_facts(self, citizen_ids: Iterable[int], *, on: date) -> dict[int, PlanFacts]:
        """Return what the plan in use, or else the draft, says of each citizen who has one. Constant queries."""


class DeliverySource(Protocol):
    """Knows the visits."""

    def minutes_by_week(self, citizen_ids: Iterable[int], *, mondays: Sequence[date]) -> dict[int, list[int | None]]:
        """Return minutes of help given in each ISO week; None for a week she was away for some of. Constant queries."""


_plans: PlanSource | None = None
_deliveries: DeliverySource | None = None


def register_plan_source(source: PlanSource | None) -> None:
    """Let `source` answer for plans for the rest of the process."""
    global _plans
    _plans = source


def register_delivery_source(source: DeliverySource | None) -> None:
    """Let `source` answer for what was delivered for the rest of the process."""
    global _deliveries
    _deliveries = source


def plan_facts(citizen_ids: Iterable[int], *, on: date) -> dict[int, PlanFacts]:
    """Return what plans say, by citizen. Callers have checked reach."""
    return _plans.plan_facts(citizen_ids, on=on) if _plans else {}


def minutes_by_week(citizen_ids: Iterable[int], *, mondays: Sequence[date]) -> dict[int, list[int | None]]:
    """Return what was delivered each week, by citizen. Callers have checked reach."""
    return _deliveries.minutes_by_week(citizen_ids, mondays=mondays) if _deliveries else {}
