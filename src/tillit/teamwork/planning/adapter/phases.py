"""What a proposal's time goes to: seconds on the clock and of the processor, by phase. Measured, never planned with."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from time import perf_counter, process_time

from planengine.problem import IntMatrix, Place
from planengine.travel.source import TravelSource


class Phase(StrEnum):
    """The parts of making a proposal."""

    READ = "read"
    """Reading the team's day from the database, and writing who was looked at."""
    TRAVEL = "travel"
    """Travel matrices."""
    BUILD = "build"
    """The day as the engine's problem, and its arrays."""
    SEARCH = "search"
    EXPLAIN = "explain"
    """Checking the plan, why each visit is where it is, what is uncovered, the changes and what speaks for them."""
    STORE = "store"


@dataclass(slots=True)
class Phases:
    """A stopwatch with a name for what runs. A phase inside another takes its time from the outer one."""

    clock: dict[Phase, float] = field(default_factory=dict)
    processor: dict[Phase, float] = field(default_factory=dict)
    _running: list[Phase] = field(default_factory=list)
    _since: tuple[float, float] = (0.0, 0.0)
    _mark: tuple[float, float] = (0.0, 0.0)

    @contextmanager
    def of(self, phase: Phase) -> Iterator[None]:
        """Count what happens in the block as `phase`."""
        self._turn()
        self._running.append(phase)
        try:
            yield
        finally:
            self._turn()
            self._running.pop()

    def since_last_mark(self, phase: Phase) -> None:
        """Count what has been counted as the running phase since `mark` as `phase` instead."""
        self._turn()
        running = self._running[-1]
        for kept, now, then in (
            (self.clock, self._since[0], self._mark[0]),
            (self.processor, self._since[1], self._mark[1]),
        ):
            kept[running] -= now - then
            kept[phase] = kept.get(phase, 0.0) + now - then

    def mark(self) -> None:
        """Remember this moment for `since_last_mark`."""
        self._mark = (perf_counter(), process_time())

    def _turn(self) -> None:
        now = (perf_counter(), process_time())
        if self._running:
            phase = self._running[-1]
            self.clock[phase] = self.clock.get(phase, 0.0) + now[0] - self._since[0]
            self.processor[phase] = self.processor.get(phase, 0.0) + now[1] - self._since[1]
        self._since = now

    def as_json(self) -> dict[str, list[float]]:
        """Return phase → [seconds on the clock, seconds of the processor]."""
        return {
            phase.value: [round(self.clock[phase], 4), round(self.processor[phase], 4)]
            for phase in Phase
            if phase in self.clock
        }


@dataclass(frozen=True, slots=True)
class Timed:
    """A source of travel times whose answers are counted as travel."""

    source: TravelSource
    phases: Phases

    def seconds(self, places: tuple[Place, ...], mode: str) -> IntMatrix:
        """Return what the source says."""
        with self.phases.of(Phase.TRAVEL):
            return self.source.seconds(places, mode)
