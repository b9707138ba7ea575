"""What each participant is asked, and what it answers."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any


class CannotExpress(Exception):
    """The instance asks for what this solver has no words for. The text says what."""


@dataclass(slots=True)
class Task:
    """Plan this instance within so many seconds on so many cores. The clock starts when the task is made."""

    data: dict[str, Any]
    name: str
    seconds: float
    seed: int
    cores: int
    began: float = field(default_factory=time.monotonic)

    def elapsed(self) -> float:
        """Seconds since the clock started."""
        return time.monotonic() - self.began

    def left(self) -> float:
        """Seconds until time is up; never below a tenth, so that a solver always gets a limit it accepts."""
        return max(0.1, self.seconds - self.elapsed())


@dataclass(slots=True)
class Answer:
    """A solution file's content, or None when nothing was found. trace: (seconds, cost) each time it got better.

    The trace's costs are the participant's own; only the last answer is judged. lacks: what its objective leaves out.
    """

    solution: dict[str, Any] | None
    trace: list[tuple[float, float]] = field(default_factory=list)
    lacks: str = ""
