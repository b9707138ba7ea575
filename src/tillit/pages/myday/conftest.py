"""The clock of these tests: the views read it, so it is set here."""

from collections.abc import Callable
from datetime import datetime

import pytest

from tests.cast import MONDAY
from tillit.kernel import clock

SetClock = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def at(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """Set what the clock shows; 08.00 in Oslo on MONDAY until somebody sets it."""

    def set_clock(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    set_clock(MONDAY)
    return set_clock
