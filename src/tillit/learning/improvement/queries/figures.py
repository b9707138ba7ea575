"""Where this room gets its figures: the indicators there are, and their series for teams. From insight alone."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from tillit.foundation.access.actor import Actor
from tillit.kernel.periods import Days
from tillit.learning.insight.rules.indicators import Indicator
from tillit.learning.insight.rules.series import Series


class Figures(Protocol):
    """What is asked of insight."""

    def indicators(self) -> tuple[Indicator, ...]:
        """Return every indicator that can be chosen, in the order they are shown."""

    def series_of_units(
        self, *, actor: Actor, unit_ids: Sequence[int], codes: Sequence[str], within: Days, today: date
    ) -> Mapping[int, tuple[Series, ...]]:
        """Return the series of the units the actor reaches, in the order of the codes; others are left out.

        What may not be shown is hidden already. today: in Oslo; what is not over, or not hers to see yet, is left out.
        """


class NoFigures:
    """Before anything is counted: no indicator to choose, no series."""

    def indicators(self) -> tuple[Indicator, ...]:
        """None."""
        return ()

    def series_of_units(
        self, *, actor: Actor, unit_ids: Sequence[int], codes: Sequence[str], within: Days, today: date
    ) -> Mapping[int, tuple[Series, ...]]:
        """None."""
        return {}


_source: Figures = NoFigures()


def register(source: Figures) -> None:
    """Say where figures come from. Called by config.wiring."""
    global _source
    _source = source


def source() -> Figures:
    """Return where figures come from."""
    return _source
