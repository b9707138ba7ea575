"""Nelson's eight rules and the fourth of Western Electric on standardised values."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from measures.answer import Found, Warned
from measures.charts.series import Floats, read_series
from measures.measure import measure

Flags = npt.NDArray[np.bool_]


def _all_of(marked: Flags, length: int) -> Flags:
    """Return where the last `length` points are all marked."""
    return _at_least(marked, length, length)


def _at_least(marked: Flags, least: int, length: int) -> Flags:
    """Return where at least `least` of the last `length` points are marked, and there are so many points."""
    summed = np.concatenate([[0], np.cumsum(marked)])
    found = np.zeros(marked.shape, dtype=bool)
    if marked.size >= length:
        found[length - 1 :] = summed[length:] - summed[:-length] >= least
    return found


def _either(side: Flags, other: Flags, least: int, length: int) -> Flags:
    """Return where `least` of `length` lie on one side, the point itself among them."""
    return (_at_least(side, least, length) & side) | (_at_least(other, least, length) & other)


def flagged(z: Floats) -> dict[str, Flags]:
    """Return for each rule which points end its pattern. «Beyond» is strict.

    r1 beyond 3; r2 nine on one side; r3 six rising or falling (five steps); r4 fourteen up and down in turn; r5 two of
    three beyond 2 on one side; r6 four of five beyond 1 on one side; r7 fifteen within 1; r8 eight beyond 1 on either
    side; we4 eight on one side. In r5 and r6 the last point itself lies beyond.
    """
    step = np.diff(z)
    up, down = step > 0, step < 0
    turn = np.zeros(step.shape, dtype=bool)
    turn[1:] = (step[1:] * step[:-1]) < 0

    def after(steps: Flags) -> Flags:
        return np.concatenate([[False], steps]) if z.size else steps

    return {
        "r1": np.abs(z) > 3,
        "r2": _all_of(z > 0, 9) | _all_of(z < 0, 9),
        "r3": after(_all_of(up, 5) | _all_of(down, 5)),
        "r4": after(_all_of(turn, 12)),
        "r5": _either(z > 2, z < -2, 2, 3),
        "r6": _either(z > 1, z < -1, 4, 5),
        "r7": _all_of(np.abs(z) < 1, 15),
        "r8": _all_of(np.abs(z) > 1, 8),
        "we4": _all_of(z > 0, 8) | _all_of(z < 0, 8),
    }


@measure("nelson", version=1, source="Nelson 1984, J Quality Technology 16(4):237–239; Western Electric 1956.")
def nelson(data: pl.DataFrame) -> Found:
    """Which points end a pattern of Nelson's rules, by their 1-based number.

    data: z (standardised), in order of t. More rules are more false alarms: all eight give one on 19 per cent of stable
    series of 24 points. The default of our charts is Anhøj's rules and three sigma.
    """
    series = read_series(data, ("z",))
    values = {
        rule: [int(each) for each in series.points[where]] for rule, where in flagged(series.columns["z"]).items()
    }
    warnings = [Warned("many_rules", "Eight rules together give false alarms on 19 per cent of stable series of 24.")]
    return Found(values, n=series.n, excluded={"missing": series.missing}, warnings=warnings)
