"""Several searchers side by side, watching the clock and the caller's wishes: the best plan of them all.

Compiled code lets go of Python's lock, so searchers run in threads of their own, one to a core, on the same model.
They do not speak to each other: the answer depends on problem, parameters, seed, number of searchers and steps alone.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event

from planengine.compiled import Compiled
from planengine.errors import InvalidProblem
from planengine.parameters import Params, Stop
from planengine.problem import Problem
from planengine.result import Ended, Progress
from planengine.search.arrays import State
from planengine.search.polish import polish
from planengine.walker import Walker, annealings

STEPS = 2_000
"""Steps between two looks at the clock."""
NOTICE_SECONDS = 0.1
"""Least time between two progress calls."""
LEARN_SHARE, LEARN_SECONDS = 0.03, 0.5
"""How long the speed is measured before the time is shared between annealings: the least of the two."""
MOST_WORKERS = 64
APART = 1_000_003
"""Between the seeds of two searchers."""


@dataclass(frozen=True, slots=True)
class Found:
    """The best state found and how the search ended. iterations: steps of all searchers together."""

    state: State
    iterations: int
    seconds: float
    ended: Ended
    events_placed: bool


def search(
    problem: Problem,
    compiled: Compiled,
    stop: Stop,
    seed: int,
    params: Params,
    progress: Callable[[Progress], None] | None,
    cancelled: Callable[[], bool] | None,
    workers: int = 1,
) -> Found:
    """Build and anneal with so many searchers until stop; return the best. Each does stop.iterations steps.

    Deterministic for a given seed, number of searchers and number of steps. Only the caller's own thread calls
    progress and cancelled.
    """
    if isinstance(workers, bool) or not 1 <= workers <= MOST_WORKERS:
        raise InvalidProblem("workers", f"{workers!r} is outside 1..{MOST_WORKERS}", "Give the number of cores to use.")
    walkers = [Walker(problem, compiled, params, seed + number * APART) for number in range(workers)]
    race = _Race(stop)
    with ThreadPoolExecutor(max(1, workers - 1)) as pool:
        others = [pool.submit(race.run, walker) for walker in walkers[1:]]
        try:
            ended = race.run(walkers[0], _Caller(walkers, progress, cancelled))
        except BaseException:
            race.halt.set()
            raise
        for other in others:
            other.result()
    best = min(walkers, key=lambda walker: (walker.uncovered(), walker.cost()))
    done = sum(walker.done for walker in walkers)
    seconds = race.seconds()
    if best.events_placed:
        polish(compiled.model, best.best)
    if progress is not None:
        progress(Progress(
            seconds=seconds, iterations=done, share=race.share(walkers[0]), uncovered_importance=best.uncovered(),
            cost=best.cost(),
        ))  # fmt: skip
    return Found(best.best, done, seconds, ended, best.events_placed)


class _Caller:
    """Speaks with whoever asked for the plan, between two steps of the first searcher."""

    def __init__(
        self,
        walkers: list[Walker],
        progress: Callable[[Progress], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self._walkers = walkers
        self._progress = progress
        self._cancelled = cancelled
        self._told = -NOTICE_SECONDS
        self._least = (0, 0.0)

    def calls_off(self) -> bool:
        """Whether the caller wants no more."""
        return self._cancelled is not None and self._cancelled()

    def tell(self, seconds: float, share: float) -> None:
        """Tell how far the first searcher has come, at most ten times a second."""
        if self._progress is None or seconds - self._told < NOTICE_SECONDS:
            return
        self._told = seconds
        first = self._walkers[0]
        self._progress(Progress(
            seconds=seconds, iterations=sum(walker.done for walker in self._walkers), share=share,
            uncovered_importance=first.uncovered(), cost=first.cost(),
        ))  # fmt: skip


@dataclass(slots=True)
class _Race:
    """What all searchers of one search share: when it began, when it is over."""

    stop: Stop
    began: float = field(default_factory=time.monotonic)
    halt: Event = field(default_factory=Event)

    def seconds(self) -> float:
        """Return the seconds since it began."""
        return time.monotonic() - self.began

    def share(self, walker: Walker) -> float:
        """Return how much of a searcher's work is behind it: by steps, where their number is given, else by time."""
        if self.stop.iterations is not None:
            return walker.done / self.stop.iterations if self.stop.iterations else 1.0
        assert self.stop.seconds is not None
        return min(1.0, self.seconds() / self.stop.seconds)

    def run(self, walker: Walker, caller: _Caller | None = None) -> Ended:
        """Let one searcher search until it is over. caller: who is asked and told, for the first one."""
        whole = float(self.stop.iterations or 0)
        walks = 0 if self.stop.iterations is None else annealings(walker.visits, whole)
        if not walker.planned:
            walker.build_some()  # whoever calls off at once still gets something
        while True:
            share = self.share(walker)
            if caller is not None and walker.planned:
                caller.tell(self.seconds(), share)
            if caller is not None and caller.calls_off():
                self.halt.set()
            if self.halt.is_set():
                return Ended.CANCELLED
            if not walker.planned:
                walker.build_some()
                continue
            if ended := self._ended(walker):
                return ended
            if not walker.ready:
                walker.descend(STEPS, self.stop.iterations)
                continue
            if walks == 0 and (share >= LEARN_SHARE or self.seconds() >= LEARN_SECONDS):
                whole = walker.done / share
                walks = annealings(walker.visits, whole)
            steps = STEPS if self.stop.iterations is None else min(STEPS, self.stop.iterations - walker.done)
            walker.walk(steps, share, max(1, walks), whole / walks if walks else math.inf)

    def _ended(self, walker: Walker) -> Ended | None:
        if self.stop.iterations is not None and walker.done >= self.stop.iterations:
            return Ended.ITERATIONS
        if self.stop.seconds is not None and self.seconds() >= self.stop.seconds:
            return Ended.SECONDS
        return None
