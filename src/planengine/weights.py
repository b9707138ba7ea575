"""What each component of a plan costs: the weights of the objective.

One point is, in the default weights, one minute of travel. A component's cost is its amount times its weight;
``docs/how-we-plan.md`` defines every amount. Nothing here can buy a broken rule or a covered visit: hard rules
come first, then the importance of what stays uncovered, then the sum of these.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, fields

from planengine.errors import InvalidProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Points per unit of each component; every weight is finite and at least 0."""

    travel: float = field(default=1.0, metadata={"unit": "minute"})
    """Minutes on the way, start place to end place of every work period in use."""
    waiting: float = field(default=0.2, metadata={"unit": "minute"})
    """Minutes between arriving at and starting a stop; before the first stop she waits at her start place: free."""
    longest_idle: float = field(default=0.0, metadata={"unit": "minute"})
    """The most minutes any one work period waits in all."""
    longest_unused: float = field(default=0.0, metadata={"unit": "minute"})
    """The most minutes any one work period is neither busy nor a break, counted until she is back if that is later."""
    before_leaving: float = field(default=0.0, metadata={"unit": "minute"})
    """Minutes from the start of a work period until she leaves, over the tours that are travelled."""
    early: float = field(default=1.0, metadata={"unit": "minute"})
    """Minutes that visits start before their wished time."""
    late: float = field(default=1.0, metadata={"unit": "minute"})
    """Minutes that visits start after their wished time."""
    largest_late: float = field(default=0.0, metadata={"unit": "minute"})
    """The largest single lateness after a wished time."""
    overtime: float = field(default=4.0, metadata={"unit": "minute"})
    """Minutes at work after the end of a work period (possible only when the parameters allow overtime)."""
    unknown_face: float = field(default=30.0, metadata={"unit": "face"})
    """For each pair of citizen and helper who meet today: 1 - how well the helper is known (0..1)."""
    extra_face: float = field(default=10.0, metadata={"unit": "face"})
    """Different helpers to one citizen today beyond the first."""
    not_primary: float = field(default=6.0, metadata={"unit": "visit"})
    """Visits by another than the primary contact, for citizens who have one at work today."""
    level_waste: float = field(default=0.25, metadata={"unit": "level-minute"})
    """Minutes of visits times levels above the cheapest sufficient level."""
    rather_not: float = field(default=40.0, metadata={"unit": "visit"})
    """Visits by a helper whom the citizen would rather not have."""
    not_preferred: float = field(default=15.0, metadata={"unit": "visit"})
    """Visits by another than the helpers the citizen would rather have, when one of those is at work today."""
    unfair: float = field(default=0.3, metadata={"unit": "minute"})
    """Busy minutes above a helper's fair share, share counted by working time, summed over helpers."""
    uneven: float = field(default=0.0, metadata={"unit": "minute"})
    """Busy minutes above or below a helper's fair share, rounded up to whole minutes, summed over helpers."""
    changed_helper: float = field(default=30.0, metadata={"unit": "visit"})
    """Visits by another helper than in the reference plan."""
    moved_start: float = field(default=0.5, metadata={"unit": "minute"})
    """Minutes that visits start away from their start in the reference plan."""
    skipped: float = field(default=1.0, metadata={"unit": "skip cost"})
    """Sum of ``skip_cost`` over the uncovered visits that have one (optional visits)."""
    missed_break: float = field(default=1.0, metadata={"unit": "skip cost"})
    """Sum of ``skip_cost`` over the breaks that are not held."""

    def __post_init__(self) -> None:
        for each in fields(self):
            value = getattr(self, each.name)
            if not isinstance(value, (int, float)) or isinstance(value, bool) or not math.isfinite(value):
                raise InvalidProblem(f"weights.{each.name}", f"{value!r} is not a number", "Give a finite number.")
            if not 0 <= value <= 1e6:
                raise InvalidProblem(
                    f"weights.{each.name}", f"{value} is outside 0..1000000", "Give a weight of 0 or more."
                )

    def as_dict(self) -> dict[str, float]:
        """Return every weight by name, in the order of the components of a result."""
        return {each.name: float(getattr(self, each.name)) for each in fields(self)}


COMPONENT_UNITS: dict[str, str] = {each.name: str(each.metadata["unit"]) for each in fields(Weights)}
"""Unit of each component's amount, by the weight's name; minutes are the problem's minutes."""
