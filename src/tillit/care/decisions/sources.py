"""Questions that cases ask the floors above: what the care plan says, and what was really delivered (R20).

The answers are registered at start-up (`config.wiring`). Without them nothing is known, and a frame cannot start.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from tillit.care.decisions.rules.frame import Frame, PlanFacts
from tillit.foundation.access.actor import Actor, Scope
from tillit.ui.parts.part import Part


@dataclass(frozen=True, slots=True)
class PlanAdjusted:
    """One step that the plan was adjusted with, within the frame. text: «Morgenstell: 25 min, før 30 min»."""

    at: datetime
    by_name: str
    text: str
    why: str


class PlanSource(Protocol):
    """Knows the citizens' care plans."""

    def plan_facts(self, citizen_ids: Iterable[int], *, on: date) -> dict[int, PlanFacts]:
        """Return what the plan in use, or else the draft, says of each citizen who has one. Constant queries."""

    def adjusted(self, citizen_id: int, *, since: date) -> list[PlanAdjusted]:
        """Return the steps taken within a frame since a day, the newest first. One query."""

    def adjusting(
        self, *, actor: Actor, citizen_id: int, scope: Scope, frame: Frame, case_id: int, on: date
    ) -> Part | None:
        """Return the part of the case page where the plan is adjusted within the frame; None when she may not.

        scope: the units that follow the citizen.
        """


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


def adjusted(citizen_id: int, *, since: date) -> list[PlanAdjusted]:
    """Return how the plan was adjusted within the frame since a day, the newest first. Callers have checked reach."""
    return _plans.adjusted(citizen_id, since=since) if _plans else []


def adjusting(*, actor: Actor, citizen_id: int, scope: Scope, frame: Frame, case_id: int, on: date) -> Part | None:
    """Return where the plan is adjusted, for the case page. Callers have reached the case."""
    if _plans is None:
        return None
    return _plans.adjusting(actor=actor, citizen_id=citizen_id, scope=scope, frame=frame, case_id=case_id, on=on)


def minutes_by_week(citizen_ids: Iterable[int], *, mondays: Sequence[date]) -> dict[int, list[int | None]]:
    """Return what was delivered each week, by citizen. Callers have checked reach."""
    return _deliveries.minutes_by_week(citizen_ids, mondays=mondays) if _deliveries else {}
