"""How to search: when to stop, what may be used, what things cost."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from planengine.errors import InvalidProblem
from planengine.weights import Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """When to stop: after so many seconds of wall clock, or so many iterations, whichever comes first.

    With iterations (and no time limit that bites) the answer depends on problem, parameters and seed alone.
    With seconds the search does the same steps in the same order, but a faster machine gets further.
    """

    seconds: float | None = None
    iterations: int | None = None

    def __post_init__(self) -> None:
        if self.seconds is None and self.iterations is None:
            raise InvalidProblem("stop", "neither seconds nor iterations is given", "Give one of them or both.")
        if self.seconds is not None and not (math.isfinite(self.seconds) and 0 < self.seconds <= 86_400):
            raise InvalidProblem("stop.seconds", f"{self.seconds} is outside 0..86400", "Give a time limit above 0.")
        if self.iterations is not None and (isinstance(self.iterations, bool) or not 0 <= self.iterations <= 10**12):
            raise InvalidProblem("stop.iterations", f"{self.iterations} is outside 0..10^12", "Give 0 or more.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Parameters of a search, validated when made.

    allow_overtime: helpers may work past the end of a period by up to their ``max_overtime``.
    leave_late: each helper leaves as late as her visits' times allow at no cost, so that she waits less on the way.
    hot, cold: start and end temperature of the annealing, as shares of what a decent plan costs per visit.
    ruin_share: share of iterations that take out and put back a handful of visits.
    from_reference: begin with the problem's reference plan, as far as it can still be carried out, and search near it.
    """

    weights: Weights = field(default_factory=Weights)
    allow_overtime: bool = False
    leave_late: bool = False
    hot: float = 2.5
    cold: float = 0.0025
    ruin_share: float = 0.01
    from_reference: bool = False

    def __post_init__(self) -> None:
        for name, least, most in (("hot", 1e-6, 100.0), ("cold", 1e-9, 100.0), ("ruin_share", 0.0, 1.0)):
            value = getattr(self, name)
            if not (math.isfinite(value) and least <= value <= most):
                raise InvalidProblem(f"params.{name}", f"{value} is outside {least}..{most}", "Give a value between.")
        if self.cold > self.hot:
            raise InvalidProblem("params.cold", "it is hotter than params.hot", "Give cold at most as large as hot.")
