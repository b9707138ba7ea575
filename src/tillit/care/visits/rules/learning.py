"""How long an intervention takes for one citizen, learned from what helpers said (R29): to plan by, never to control.

Nothing here knows who went, and nothing can: an observation has no helper. Formula, guarantees, source and an
example reckoned by hand: docs/how-we-count/learned-minutes.md.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

FEWEST = 5
"""Visits before anything is learned."""
WEIGHT_OF_PLAN = 8
"""The plan counts as much as so many visits."""
MOST_SEEN = 60
"""Only the newest visits count, so that the number follows the citizen."""
LOWEST, HIGHEST = 0.5, 2.0
"""Never below half or above twice what the plan says: beyond that people should look at the plan."""
STEP = 5
LEAST_SPREAD = 0.25
HUBER_K = 1.345
_ROUNDS = 50


@dataclass(frozen=True, slots=True)
class Observation:
    """One visit in which the intervention was done: how many minutes it took, as far as was said."""

    minutes: float


@dataclass(frozen=True, slots=True)
class Learned:
    """Minutes to plan with, and how many visits the number builds on (0: it is the plan's own)."""

    minutes: int
    basis: int


def share_of_visit(task_minutes: int, *, said_minutes: int, planned_minutes: int) -> float:
    """Return how long one task took in a visit that took `said_minutes` instead of `planned_minutes`.

    planned_minutes: of the tasks that were done. The difference is shared by what each was planned to take.
    Raises ValueError when nothing was planned.
    """
    if planned_minutes < 1:
        raise ValueError("A visit with tasks that were done has planned minutes.")
    return task_minutes * said_minutes / planned_minutes


def learned_minutes(observations: Sequence[Observation], planned: int) -> Learned:
    """Return how many minutes to plan with.

    observations: newest first; planned: the plan's minutes, at least 1. The middle of the ratios (Huber's estimate
    on the logarithm) is drawn towards the plan as if the plan were eight visits, kept within half and twice the
    plan, and rounded to five minutes; a difference below two and a half minutes is no difference. Fewer than five
    visits: the plan, basis 0. Source of the estimate: Huber 1964.
    """
    if planned < 1:
        raise ValueError("An intervention takes at least one minute.")
    seen = [max(one.minutes, 1.0) for one in observations[:MOST_SEEN]]
    if len(seen) < FEWEST:
        return Learned(planned, 0)
    middle = _huber([math.log(minutes / planned) for minutes in seen])
    weight = len(seen) / (len(seen) + WEIGHT_OF_PLAN)
    factor = min(HIGHEST, max(LOWEST, math.exp(weight * middle)))
    estimate = planned * factor
    if abs(estimate - planned) < STEP / 2:
        return Learned(planned, len(seen))
    return Learned(max(STEP, _to_step(estimate)), len(seen))


def _to_step(minutes: float) -> int:
    """To the nearest five minutes, half way upwards."""
    return int((minutes + STEP / 2) // STEP) * STEP


def _huber(values: Sequence[float]) -> float:
    """Huber's M-estimate of the middle: far values pull no more than near ones. Found by weighted repetition."""
    middle = median(values)
    spread = max(LEAST_SPREAD, median(abs(value - middle) for value in values) * 1.4826)
    reach = HUBER_K * spread
    for _ in range(_ROUNDS):
        weights = [1.0 if abs(value - middle) <= reach else reach / abs(value - middle) for value in values]
        better = sum(weight * value for weight, value in zip(weights, values, strict=True)) / sum(weights)
        if abs(better - middle) < 1e-9:
            return better
        middle = better
    return middle
