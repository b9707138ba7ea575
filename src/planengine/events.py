"""Breaks and meetings of a work period: in which order they can be held."""

from __future__ import annotations

import itertools

from planengine.problem import Problem, WorkPeriod


def first_order(problem: Problem, mode: int, period: WorkPeriod) -> tuple[int, ...] | None:
    """Return an order in which a period's events (breaks, then meetings, numbered through) can be held, or None.

    Tried in order of time first; all orders of up to six events, else only that one.
    """
    events = [(rest.earliest, rest.latest_end - rest.duration, rest.duration, None) for rest in period.breaks]
    events += [(m.start, m.start, m.duration, m.place) for m in period.meetings]  # type: ignore[misc]
    usual = sorted(range(len(events)), key=lambda number: (sum(events[number][:2]), events[number][0], number))
    orders = itertools.permutations(usual) if len(events) <= 6 else iter([tuple(usual)])
    travel = problem.travel[mode]
    for order in orders:
        clock, here, fits, used = period.start, period.start_place, True, False
        for number in order:
            earliest, latest, duration, place = events[number]
            there = here if place is None else place
            used = used or place is not None
            clock = max(clock + int(travel[here, there]), earliest)
            fits = fits and clock <= latest
            clock, here = clock + duration, there
        if fits and clock + (int(travel[here, period.end_place]) if used else 0) <= period.end:
            return tuple(order)
    return None
