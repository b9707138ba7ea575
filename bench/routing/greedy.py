"""A simple first plan for peers that start better from one: patients in order of their windows, each appended at once.

Not ours and not tuned: it is what an engineer who sets up a general solver would hand it as a hint.
"""

from __future__ import annotations

from dataclasses import dataclass

from bench.routing.day import Day


@dataclass(slots=True)
class _Where:
    free: int
    place: int


def first_plan(day: Day) -> tuple[dict[int, list[int]], dict[int, int]]:
    """Return routes of calls and their starts. Late where it must be: windows' ends are not bounds here."""
    now = [_Where(carer.starts, carer.departs) for carer in day.carers]
    routes: dict[int, list[int]] = {number: [] for number in range(len(day.carers))}
    start: dict[int, int] = {}
    second_of = {pair.first: pair for pair in day.pairs}
    seconds = {pair.second for pair in day.pairs}
    firsts = [number for number in range(len(day.calls)) if number not in seconds]
    for number in sorted(firsts, key=lambda each: (day.calls[each].windows[0][1], each)):
        pair = second_of.get(number)
        others = set(day.calls[pair.second].carers) if pair is not None else set()
        only = next(iter(others)) if len(others) == 1 else None  # the one whom the second call needs
        one = _cheapest(day, now, number, day.calls[number].windows[0][0], only)
        begins = _start(day, now, one, number, day.calls[number].windows[0][0])
        if pair is None:
            _append(day, now, routes, start, one, number, begins)
            continue
        opens = day.calls[pair.second].windows[0][0] if pair.most is None else max(
            begins + pair.least, day.calls[pair.second].windows[0][0]
        )  # fmt: skip
        other = _cheapest(day, now, pair.second, opens, one)
        follows = _start(day, now, other, pair.second, opens)
        if pair.most is not None:
            begins = max(begins, follows - pair.most)
        _append(day, now, routes, start, one, number, begins)
        _append(day, now, routes, start, other, pair.second, follows)
    return routes, start


def _start(day: Day, now: list[_Where], carer: int, call: int, opens: int) -> int:
    return max(opens, now[carer].free + day.way[now[carer].place][day.calls[call].place])


def _cheapest(day: Day, now: list[_Where], call: int, opens: int, not_by: int | None) -> int:
    """Who is least late there, then closest."""
    closes = day.calls[call].windows[-1][1]
    return min(
        (carer for carer in day.calls[call].carers if carer != not_by),
        key=lambda carer: (
            max(0, _start(day, now, carer, call, opens) - closes) + day.way[now[carer].place][day.calls[call].place],
            _start(day, now, carer, call, opens),
            carer,
        ),
    )


def _append(
    day: Day, now: list[_Where], routes: dict[int, list[int]], start: dict[int, int], carer: int, call: int, begins: int
) -> None:
    routes[carer].append(call)
    start[call] = begins
    now[carer] = _Where(begins + day.calls[call].duration, day.calls[call].place)
