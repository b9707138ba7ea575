"""What insight asks the floor above: which baselines are frozen, how it stood then. Answered from `config.wiring`."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from tillit.kernel.periods import Days
from tillit.learning.insight.rules.before_after import FrozenBaseline

#: By unit and indicator: the days that the frozen baseline covers.
Baselines = Mapping[int, Mapping[str, Days]]


class BaselineSource(Protocol):
    """Knows the frozen baselines of units."""

    def __call__(self, unit_ids: Sequence[int]) -> Baselines:
        """Return the newest frozen baseline for each unit and indicator that has one, in one query."""


def _none(unit_ids: Sequence[int]) -> Baselines:
    return {}


_baseline_source: BaselineSource = _none


def register_baseline_source(source: BaselineSource) -> None:
    """Let `source` answer for the rest of the process."""
    global _baseline_source
    _baseline_source = source


def baselines_of(unit_ids: Sequence[int]) -> Baselines:
    """Return the frozen baselines of the units; none where nobody answers."""
    return _baseline_source(unit_ids) if unit_ids else {}


class FrozenSource(Protocol):
    """Knows how one indicator stood in one unit when it was frozen."""

    def __call__(self, unit_id: int, code: str) -> FrozenBaseline | None:
        """Return the newest frozen baseline, None where there is none, in one query."""


def _nothing(unit_id: int, code: str) -> FrozenBaseline | None:
    return None


_frozen_source: FrozenSource = _nothing


def register_frozen_source(source: FrozenSource) -> None:
    """Let `source` answer for the rest of the process."""
    global _frozen_source
    _frozen_source = source


def frozen_of(unit_id: int, code: str) -> FrozenBaseline | None:
    """Return how an indicator stood in a unit before it changed how it works; None where nothing is frozen."""
    return _frozen_source(unit_id, code)
