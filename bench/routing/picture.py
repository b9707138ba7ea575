"""A picture of gap against time: one panel a family, one step line a participant. SVG, drawn here."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import mean
from xml.sax.saxutils import escape

from bench.routing.participants import MODULES, OURS, TITLES
from bench.routing.results import Row, Status

_LOOKS = {
    OURS: ("#0b5d57", "", 3.0),
    "routing": ("#b4540a", "7 4", 2.0),
    "cpsat": ("#5b3fa0", "2 3", 2.0),
    "pyvrp": ("#a3246a", "10 3 2 3", 2.0),
    "vroom": ("#4a5560", "1 5", 2.5),
}
_PANEL, _GAP_X, _TOP, _LEFT = (330, 220), 70, 76, 60
_FIRST = 0.05
_CEILING = 60.0
"""Gaps above this many per cent are drawn at the upper edge."""


def curve(rows: Sequence[Row], times: Sequence[float]) -> list[tuple[float, float]]:
    """Return (seconds, mean gap) of the runs that ended with a valid answer, from when all of them have a value.

    A run's value at a time is the best cost it had told of by then, and what was judged at its end.
    """
    tracks = []
    for row in rows:
        if row.status is not Status.OK or row.cost is None or not row.best:
            continue
        end = row.seconds if row.seconds is not None else row.limit
        points = [(when, cost) for when, cost in row.points if when <= end]
        tracks.append((row.best, [*points, (end, row.cost)]))
    found = []
    for moment in times:
        gaps = []
        for best, points in tracks:
            told = [cost for when, cost in points if when <= moment]
            if told:
                gaps.append(100 * (min(told) / best - 1))
        if tracks and len(gaps) == len(tracks):
            found.append((moment, mean(gaps)))
    return found


def draw(rows: Sequence[Row], title: str) -> str:
    """Return the SVG of the longest limit's runs."""
    longest = max((row.limit for row in rows), default=10.0)
    rows = [row for row in rows if row.limit == longest]
    families = list(dict.fromkeys(row.family for row in rows))
    across = min(3, max(1, len(families)))
    down = max(1, math.ceil(len(families) / across))
    width = _LEFT + across * (_PANEL[0] + _GAP_X)
    height = _TOP + down * (_PANEL[1] + 112) + 10
    times = [_FIRST * (longest * 1.1 / _FIRST) ** (step / 160) for step in range(161)]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'font-family="Inter, Arial, sans-serif" font-size="12" role="img" aria-labelledby="title">',
        f'<title id="title">{escape(title)}</title>',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text x="{_LEFT}" y="28" font-size="15" font-weight="600" fill="#1b2733">{escape(title)}</text>',
        f'<text x="{_LEFT}" y="46" fill="#45525e">Mean over the days that each answered (how many: below the panel), '
        "from when it had a plan for all of them. Log scale.</text>",
    ]
    for number, family in enumerate(families):
        left = _LEFT + (number % across) * (_PANEL[0] + _GAP_X)
        top = _TOP + (number // across) * (_PANEL[1] + 112)
        parts += _panel([row for row in rows if row.family == family], family, left, top, times, longest)
    return "\n".join([*parts, "</svg>", ""])


def _panel(
    rows: Sequence[Row], family: str, left: int, top: int, times: Sequence[float], longest: float
) -> list[str]:  # fmt: skip
    wide, high = _PANEL
    lines = {}
    answered = {}
    for who in MODULES:
        runs = [row for row in rows if row.who == who]
        if runs:
            lines[who] = curve(runs, times)
            answered[who] = (sum(row.status is Status.OK for row in runs), len(runs), runs[0].status)
    gaps = [gap for line in lines.values() for _, gap in line]
    high_gap = min(_CEILING, max([2.0, *gaps]))
    low_gap = min([0.0, *gaps])
    low_gap, high_gap = math.floor(low_gap), math.ceil(high_gap)

    def x(when: float) -> float:
        return left + wide * math.log(when / _FIRST) / math.log(times[-1] / _FIRST)

    def y(gap: float) -> float:
        return top + 18 + high * (1 - (min(gap, high_gap) - low_gap) / (high_gap - low_gap))

    parts = [f'<text x="{left}" y="{top + 6}" font-weight="600" fill="#1b2733">{escape(family)}</text>']
    for mark in _marks(low_gap, high_gap):
        colour = "#1b2733" if mark == 0 else "#dde3e8"
        parts.append(f'<path d="M{left} {y(mark):.1f}h{wide}" stroke="{colour}" stroke-width="1"/>')
        said = f"{mark:g} %" if mark < _CEILING else f"≥ {mark:g} %"
        parts.append(f'<text x="{left - 6}" y="{y(mark) + 4:.1f}" text-anchor="end" fill="#45525e">{said}</text>')
    for when in (each for each in (0.1, 1, 10, 60, 600) if _FIRST < each <= longest * 1.1):
        parts.append(f'<path d="M{x(when):.1f} {top + 18}v{high}" stroke="#eef1f4" stroke-width="1"/>')
        parts.append(
            f'<text x="{x(when):.1f}" y="{top + high + 34}" text-anchor="middle" fill="#45525e">{when:g} s</text>'
        )
    for position, (who, line) in enumerate(lines.items()):
        colour, dash, thick = _LOOKS[who]
        look = f'stroke="{colour}" stroke-width="{thick}" fill="none"' + (f' stroke-dasharray="{dash}"' if dash else "")
        if line:
            path = f"M{x(line[0][0]):.1f} {y(line[0][1]):.1f}" + "".join(
                f"H{x(when):.1f}V{y(gap):.1f}" for when, gap in line[1:]
            )
            parts.append(f'<path d="{path}" {look}/>')
        good, all_, status = answered[who]
        said = f"{good} of {all_}" if good else str(status)
        row, column = divmod(position, 2)
        at_x, at_y = left + column * 178, top + high + 54 + row * 16
        parts.append(f'<path d="M{at_x} {at_y - 4}h20" {look}/>')
        parts.append(f'<text x="{at_x + 26}" y="{at_y}" font-size="11" fill="#1b2733">{TITLES[who]}: {said}</text>')
    return parts


def _marks(low: float, high: float) -> list[float]:
    step = next(each for each in (1, 2, 5, 10, 20, 50, 100) if (high - low) / each <= 6)
    return [float(mark) for mark in range(math.ceil(low / step) * step, math.floor(high) + 1, step)]
