"""Breaks and meetings of a work period: in which order they can be held."""

from __future__ import annotations

import itertools

from planengine.problem import Problem, WorkPeriod


def first_order(problem: Problem, mode: int, period: WorkPeriod) -> tuple[int, ...] | None:
    """Return an order in which a period's events (breaks, then meetings, numbered through) can be held, or None.

    Breaks that may be missed are left out when not all can be held. Tried in order of time first; all orders of up to
    six events, else only that one.
    """
    everything = list(range(len(period.breaks) + len(period.meetings)))
    needed = [n for n in everything if n >= len(period.breaks) or period.breaks[n].skip_cost is None]
    order = _order_of(problem, mode, period, everything)
    return order if order is not None or needed == everything else _order_of(problem, mode, period, needed)


def _order_of(problem: Problem, mode: int, period: WorkPeriod, numbers: list[int]) -> tuple[int, ...] | None:
    events: list[tuple[int, int, int, int | None]]
    events = [(rest.earliest, rest.latest_end - rest.duration, rest.duration, None) for rest in period.breaks]
    events += [(m.start, m.start, m.duration, m.place) for m in period.meetings]
    ahead = {number for number, rest in enumerate(period.breaks) if rest.on_arrival}
    usual = sorted(numbers, key=lambda number: (sum(events[number][:2]), events[number][0], number))
    orders = itertools.permutations(usual) if len(numbers) <= 6 else iter([tuple(usual)])
    travel = problem.travel[mode]
    for order in orders:
        clock, here, fits, used = period.start, period.start_place, True, False
        for position, number in enumerate(order):
            earliest, latest, duration, place = events[number]
            if number in ahead:
                place = next((events[n][3] for n in order[position:] if events[n][3] is not None), None)
            there = here if place is None else place
            used = used or place is not None
            clock = max(clock + int(travel[here, there]), earliest)
            fits = fits and clock <= latest
            clock, here = clock + duration, there
        if fits and clock + (int(travel[here, period.end_place]) if used else 0) <= period.end:
            return tuple(order)
    return None
