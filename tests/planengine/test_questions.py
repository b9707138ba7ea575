"""«Why not Kari?» is answered while one waits: measured by the work it takes, which no load on a machine changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from planengine import Params, Stop, explain, giveway, solve_day, what_gives, whatif, why_not
from planengine.timing import state_of
from tests.planengine.team_day import team_day

PLANS = 160
"""Plans that may be timed or priced for one question. With 200 visits it takes about 0.2 milliseconds to time one and
0.8 to price it, so this is a sixth of a second, with room for a slow machine."""


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """What the questions count: plans timed from scratch, and plans priced."""
    done: Counter[str] = Counter()

    def counted(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*given: Any, **named: Any) -> Any:
            done[name] += 1
            return real(*given, **named)

        return wrapped

    monkeypatch.setattr(whatif, "state_of", counted("timed", state_of))
    for module in (explain, giveway):
        monkeypatch.setattr(module, "evaluate", counted("priced", module.evaluate))
    return done


@pytest.mark.parametrize(("visits", "helpers"), [(60, 7), (200, 14)])
def test_why_not_kari_takes_little_work_however_large_the_day_R27(
    visits: int, helpers: int, work: Counter[str]
) -> None:
    day = team_day(visits, helpers, seed=1, durations=(300, 600, 900))
    result = solve_day(day, stop=Stop(iterations=5_000), seed=1, params=Params())
    dearest: Counter[str] = Counter()

    for number in range(0, visits, visits // 12):
        for kari in range(0, helpers, 3):
            work.clear()
            told = why_not(day, result, number, kari)
            assert work["timed"] <= 1 and work["priced"] <= 1
            if told.alternative is None:
                what_gives(day, result, number, kari)
            dearest |= work

    assert dearest["timed"] + dearest["priced"] <= PLANS
    assert dearest["priced"] > 1  # some question was a hard one
