"""What a plan is worth: every component of the objective, from the stops' starts alone."""

from __future__ import annotations

from planengine.problem import Problem
from planengine.result import Component, Evaluation, HelperTotal, Plan, StopKind, Tour
from planengine.weights import COMPONENT_UNITS, Weights


def evaluate(problem: Problem, plan: Plan, weights: Weights) -> Evaluation:
    """Return amounts and costs of all components, totals per helper and the importance left uncovered.

    Does not judge whether the plan keeps the rules: see check.
    """
    minute = problem.ticks_per_minute
    amounts = dict.fromkeys(COMPONENT_UNITS, 0.0)
    covered = plan.assignments()
    at_work = {helper.id for helper in problem.helpers if helper.periods}
    reference = {each.visit: each for each in problem.reference}

    sums = {helper.id: _Sums() for helper in problem.helpers}
    longest_idle = longest_unused = before_leaving = 0
    for tour in plan.tours:
        idle, unused, before = sums[tour.helper].add(problem, tour)
        longest_idle = max(longest_idle, idle)
        longest_unused = max(longest_unused, unused)
        before_leaving += before
        held = {stop.id for stop in tour.stops if stop.kind is StopKind.BREAK}
        breaks = problem.helpers[tour.helper].periods[tour.period].breaks
        amounts["missed_break"] += sum(rest.skip_cost or 0.0 for n, rest in enumerate(breaks) if n not in held)
    amounts["longest_unused"] = longest_unused / minute
    amounts["before_leaving"] = before_leaving / minute
    amounts["travel"] = sum(each.travel for each in sums.values()) / minute
    amounts["waiting"] = sum(each.waiting for each in sums.values()) / minute
    amounts["longest_idle"] = longest_idle / minute
    amounts["overtime"] = sum(each.overtime for each in sums.values()) / minute

    meets: dict[int, set[int]] = {}
    late = early = moved = largest = 0
    for visit_id, assignment in covered.items():
        visit = problem.visits[visit_id]
        citizen = problem.citizens[visit.citizen]
        helper = assignment.helper
        meets.setdefault(visit.citizen, set()).add(helper)
        if visit.wish_from is not None:
            early += max(0, visit.wish_from - assignment.start)
        wish_to = visit.window_at(assignment.start).wish_to
        if wish_to is not None:
            over = max(0, assignment.start - wish_to)
            late += over
            largest = max(largest, over)
        if citizen.primary in at_work and helper != citizen.primary:
            amounts["not_primary"] += 1
        if helper in citizen.rather_not:
            amounts["rather_not"] += 1
        if citizen.rather & at_work and helper not in citizen.rather:
            amounts["not_preferred"] += 1
        above = max(0, problem.helpers[helper].level - visit.level)
        amounts["level_waste"] += above * visit.duration / minute
        if visit_id in reference:
            if reference[visit_id].helper != helper:
                amounts["changed_helper"] += 1
            moved += abs(assignment.start - reference[visit_id].start)
    amounts["late"] = late / minute
    amounts["early"] = early / minute
    amounts["largest_late"] = largest / minute
    amounts["moved_start"] = moved / minute
    for citizen_id, helpers in meets.items():
        amounts["extra_face"] += len(helpers) - 1
        amounts["unknown_face"] += sum(1.0 - problem.known(citizen_id, helper) for helper in sorted(helpers))

    working = sum(each.working for each in sums.values())
    busy = sum(each.busy for each in sums.values())
    if working:
        amounts["unfair"] = sum(max(0.0, s.busy - s.working / working * busy) for s in sums.values()) / minute
        off = [abs(s.busy * working - s.working * busy) for s in sums.values()]
        amounts["uneven"] = float(sum(-(-each // (working * minute)) for each in off))
    left = [visit for visit in problem.visits if visit.id not in covered]
    amounts["skipped"] = float(sum(visit.skip_cost for visit in left))

    prices = weights.as_dict()
    components = tuple(
        Component(name=name, amount=float(amounts[name]), unit=unit, weight=prices[name],
                  cost=float(amounts[name] * prices[name]))
        for name, unit in COMPONENT_UNITS.items()
    )  # fmt: skip
    strangers = dict.fromkeys(sums, 0)
    for citizen_id, helpers in meets.items():
        for helper in helpers:
            strangers[helper] += problem.known(citizen_id, helper) == 0
    return Evaluation(
        uncovered_importance=sum(visit.importance for visit in left),
        cost=sum(component.cost for component in components),
        components=components,
        helpers=tuple(
            HelperTotal(
                helper=helper, visits=each.visits, working=each.working, busy=each.busy, care=each.care,
                travel=each.travel, waiting=each.waiting, overtime=each.overtime, unknown_faces=strangers[helper],
            )
            for helper, each in sums.items()
        ),
    )  # fmt: skip


class _Sums:
    """One helper's ticks, added up tour by tour."""

    def __init__(self) -> None:
        self.visits = self.working = self.busy = self.care = self.travel = self.waiting = self.overtime = 0

    def add(self, problem: Problem, tour: Tour) -> tuple[int, int, int]:
        """Add a tour; return what it waits in all, its unused time, and the time before leaving if it is travelled."""
        helper = problem.helpers[tour.helper]
        period = helper.periods[tour.period]
        matrix = problem.travel[helper.mode]
        here, free, idle, used, gone, at_stops = period.start_place, period.start, 0, False, 0, 0
        begun, leave = False, period.start
        self.working += period.end - period.start - sum(rest.duration for rest in period.breaks)
        for position, stop in enumerate(tour.stops):
            place: int | None = None
            if stop.kind is StopKind.VISIT:
                visit = problem.visits[stop.id]
                place, length = visit.place, visit.duration
                self.visits += 1
                self.care += length
                self.busy += length
            elif stop.kind is StopKind.MEETING:
                place, length = period.meetings[stop.id].place, period.meetings[stop.id].duration
                self.busy += length
            else:
                length = period.breaks[stop.id].duration
                if period.breaks[stop.id].on_arrival:
                    place = _next_place(problem, tour, position)
            used = used or place is not None
            there = here if place is None else place
            way = int(matrix[here, there])
            if begun:
                idle += stop.start - free - way
            # A break on arrival that comes first does not begin the day: she could have come later.
            begun = begun or stop.kind is not StopKind.BREAK or position > 0 or not period.breaks[stop.id].on_arrival
            if not position:
                leave = stop.start - way
            gone += way
            at_stops += length
            free, here = stop.start + length, there
        home = int(matrix[here, period.end_place]) if used else 0
        gone += home
        self.travel += gone
        self.busy += gone
        self.waiting += idle
        self.overtime += max(0, free + home - period.end)
        unused = max(period.end, free + home) - period.start - gone - at_stops
        return idle, unused, leave - period.start if used else 0


def _next_place(problem: Problem, tour: Tour, position: int) -> int | None:
    """Return the place of the next stop that has one of its own."""
    for stop in tour.stops[position + 1 :]:
        if stop.kind is StopKind.VISIT:
            return problem.visits[stop.id].place
        if stop.kind is StopKind.MEETING:
            place = problem.helpers[tour.helper].periods[tour.period].meetings[stop.id].place
            if place is not None:
                return place
    return None
