"""An independent judge: does a plan keep every rule, and does it cost what it says?

Written from the documentation, in plain Python, sharing nothing with search and evaluation but the dataclasses.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from math import ceil

from planengine.problem import Problem
from planengine.result import Plan, Result, StopKind, Tour


class Broken(StrEnum):
    """A rule that a plan breaks."""

    UNKNOWN_TOUR = "unknown_tour"
    VISITED_TWICE = "visited_twice"
    COMPETENCE = "competence"
    MUST_NOT = "must_not"
    WRONG_HELPER = "wrong_helper"
    WINDOW = "window"
    LOCKED_START = "locked_start"
    BEFORE_PERIOD = "before_period"
    AFTER_PERIOD = "after_period"
    TRAVEL = "travel"
    BREAK = "break"
    MEETING = "meeting"
    LINK = "link"
    SAME_HELPER = "same_helper"
    TOGETHER = "together"
    TIMES = "times"
    COMPONENT = "component"
    UNCOVERED_LIST = "uncovered_list"


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule; visit and helper where there is one."""

    rule: Broken
    visit: int | None = None
    helper: int | None = None
    detail: str = ""


def check_plan(problem: Problem, plan: Plan, *, allow_overtime: bool = False) -> tuple[Violation, ...]:
    """Return every hard rule that the plan breaks; empty when it may be used."""
    found: list[Violation] = []
    wanted_tours = [(h.id, p) for h in problem.helpers for p in range(len(h.periods))]
    if [(tour.helper, tour.period) for tour in plan.tours] != wanted_tours:
        return (Violation(Broken.UNKNOWN_TOUR, detail="the tours are not the helpers' work periods in order"),)
    visited: Counter[int] = Counter()
    who: dict[int, int] = {}
    when: dict[int, int] = {}

    for tour in plan.tours:
        helper = problem.helpers[tour.helper]
        period = helper.periods[tour.period]
        clock, here, used = period.start, period.start_place, False
        breaks: Counter[int] = Counter()
        meetings: Counter[int] = Counter()
        for position, stop in enumerate(tour.stops):
            visit_id = stop.id if stop.kind is StopKind.VISIT else None

            def broken(rule: Broken, detail: str = "", visit: int | None = visit_id, who: int = helper.id) -> None:
                found.append(Violation(rule, visit, who, detail))

            if stop.kind is StopKind.VISIT:
                visit = problem.visits[stop.id]
                visited[stop.id] += 1
                who[stop.id], when[stop.id] = helper.id, stop.start
                place: int = visit.place
                duration = visit.duration
                used = True
                if not visit.competences.issubset(helper.competences):
                    broken(Broken.COMPETENCE)
                if helper.id in problem.citizens[visit.citizen].must_not:
                    broken(Broken.MUST_NOT)
                if visit.helper not in (None, helper.id):
                    broken(Broken.WRONG_HELPER)
                if visit.start not in (None, stop.start):
                    broken(Broken.LOCKED_START)
                if stop.start < visit.earliest or (visit.latest is not None and visit.latest < stop.start):
                    broken(Broken.WINDOW, f"{stop.start} outside {visit.earliest}..{visit.latest}")
                bounds = [each.earliest for each in visit.windows[1:]]
                for window, following in zip(visit.windows[:-1], bounds, strict=True):
                    if window.latest is not None and window.latest < stop.start < following:
                        broken(Broken.WINDOW, f"{stop.start} between {window.latest} and {following}")
            elif stop.kind is StopKind.BREAK:
                rest = period.breaks[stop.id]
                breaks[stop.id] += 1
                place, duration = here, rest.duration
                if rest.on_arrival:
                    place = next(_places_from(problem, tour, position), here)
                if stop.start < rest.earliest or stop.start + duration > rest.latest_end:
                    broken(Broken.BREAK, f"{stop.start} outside its window")
            else:
                meeting = period.meetings[stop.id]
                meetings[stop.id] += 1
                place = here if meeting.place is None else meeting.place
                duration = meeting.duration
                used = used or meeting.place is not None
                if stop.start != meeting.start:
                    broken(Broken.MEETING, f"{stop.start} is not {meeting.start}")
            way = int(problem.travel[helper.mode][here][place])
            if stop.start < clock + way:
                broken(Broken.TRAVEL if position else Broken.BEFORE_PERIOD, f"{stop.start} before {clock + way}")
            waits = stop.start - clock - way if position else 0
            if (stop.end, stop.travel, stop.place, stop.waiting) != (stop.start + duration, way, place, waits):
                broken(Broken.TIMES, "end, travel, place or waiting is not what follows from the starts")
            clock, here = stop.start + duration, place
        home = int(problem.travel[helper.mode][here][period.end_place]) if used else 0
        leave = tour.stops[0].start - tour.stops[0].travel if tour.stops else period.start
        if (tour.last_travel, tour.back, tour.leave) != (home, clock + home, leave):
            found.append(Violation(Broken.TIMES, None, helper.id, "leave, back or last_travel is wrong"))
        if clock + home > period.end + (helper.max_overtime if allow_overtime else 0):
            found.append(Violation(Broken.AFTER_PERIOD, None, helper.id, f"back at {clock + home}"))
        for number, rest in enumerate(period.breaks):
            if breaks[number] > 1 or (breaks[number] == 0 and rest.skip_cost is None):
                found.append(Violation(Broken.BREAK, None, helper.id, "not held exactly once"))
        if any(meetings[number] != 1 for number in range(len(period.meetings))):
            found.append(Violation(Broken.MEETING, None, helper.id, "not held exactly once"))

    found.extend(Violation(Broken.VISITED_TWICE, visit) for visit, times in visited.items() if times > 1)
    for link in problem.links:
        covered = (link.first in when, link.second in when)
        if link.together and covered[0] != covered[1]:
            found.append(Violation(Broken.TOGETHER, link.first if covered[0] else link.second))
        if covered == (True, True):
            lag = when[link.second] - when[link.first]
            if lag < link.least or (link.most is not None and lag > link.most):
                found.append(Violation(Broken.LINK, link.second, detail=f"{lag} outside {link.least}..{link.most}"))
            if link.different_helpers and who[link.first] == who[link.second]:
                found.append(Violation(Broken.SAME_HELPER, link.second, who[link.second]))
    return tuple(found)


def _places_from(problem: Problem, tour: Tour, position: int) -> Iterator[int]:
    """The places of the stops after a position, those with a place of their own."""
    meetings = problem.helpers[tour.helper].periods[tour.period].meetings
    for stop in tour.stops[position + 1 :]:
        own = problem.visits[stop.id].place if stop.kind is StopKind.VISIT else None
        if stop.kind is StopKind.MEETING:
            own = meetings[stop.id].place
        if own is not None:
            yield own


def recount(problem: Problem, plan: Plan) -> tuple[int, dict[str, Fraction]]:
    """Return the uncovered importance and every component's amount, as exact fractions where they are."""
    tick = Fraction(1, problem.ticks_per_minute)
    amount: dict[str, Fraction] = defaultdict(Fraction)
    helper_of: dict[int, int] = {}
    busy: dict[int, Fraction] = {helper.id: Fraction(0) for helper in problem.helpers}
    time: dict[int, Fraction] = {helper.id: Fraction(0) for helper in problem.helpers}
    present = [helper.id for helper in problem.helpers if len(helper.periods) > 0]
    old = {each.visit: each for each in problem.reference}
    for tour in plan.tours:
        helper = problem.helpers[tour.helper]
        period = helper.periods[tour.period]
        table = problem.travel[helper.mode]
        way = [period.start_place]
        waits = Fraction(0)
        rested = Fraction(0)
        before = None
        for number, stop in enumerate(tour.stops):
            spot: int | None
            if stop.kind is StopKind.VISIT:
                spot = problem.visits[stop.id].place
                helper_of[stop.id] = helper.id
            else:
                spot = period.meetings[stop.id].place if stop.kind is StopKind.MEETING else None
                if stop.kind is StopKind.BREAK and period.breaks[stop.id].on_arrival:
                    spot = next(_places_from(problem, tour, number), None)
            goes = int(table[way[-1]][way[-1] if spot is None else spot])
            first = tour.stops[0]
            early_rest = first.kind is StopKind.BREAK and period.breaks[first.id].on_arrival
            if before is not None and not (number == 1 and early_rest):
                waits += stop.start - before - goes
            if spot is not None:
                way.append(spot)
            if stop.kind is not StopKind.BREAK:
                busy[helper.id] += stop.end - stop.start
            else:
                rested += stop.end - stop.start
            before = stop.end
        if len(way) > 1:
            way.append(period.end_place)
        gone = sum(int(table[one][other]) for one, other in pairwise(way))
        busy[helper.id] += gone
        time[helper.id] += period.end - period.start - sum(rest.duration for rest in period.breaks)
        amount["travel"] += gone * tick
        work = sum(each.end - each.start for each in tour.stops if each.kind is not StopKind.BREAK)
        span = max(period.end, tour.back) - period.start
        amount["longest_unused"] = max(amount["longest_unused"], (span - gone - work - rested) * tick)
        amount["before_leaving"] += (tour.leave - period.start) * tick if len(way) > 1 else 0
        missed = set(range(len(period.breaks))) - {s.id for s in tour.stops if s.kind is StopKind.BREAK}
        amount["missed_break"] += sum((Fraction(period.breaks[n].skip_cost or 0) for n in missed), Fraction(0))
        amount["waiting"] += waits * tick
        amount["longest_idle"] = max(amount["longest_idle"], waits * tick)
        amount["overtime"] += max(0, tour.back - period.end) * tick
        for stop in tour.stops:
            if stop.kind is not StopKind.VISIT:
                continue
            visit = problem.visits[stop.id]
            citizen = problem.citizens[visit.citizen]
            wishes = [(visit.earliest, visit.wish_to), *((w.earliest, w.wish_to) for w in visit.windows)]
            wish_to = [wish for opens, wish in wishes if opens <= stop.start or opens == visit.earliest][-1]
            late = 0 if wish_to is None else max(0, stop.start - wish_to)
            amount["late"] += late * tick
            amount["largest_late"] = max(amount["largest_late"], late * tick)
            amount["early"] += 0 if visit.wish_from is None else max(0, visit.wish_from - stop.start) * tick
            amount["not_primary"] += citizen.primary in present and citizen.primary != helper.id
            amount["rather_not"] += helper.id in citizen.rather_not
            amount["not_preferred"] += (
                any(each in present for each in citizen.rather) and helper.id not in citizen.rather
            )
            amount["level_waste"] += max(0, helper.level - visit.level) * visit.duration * tick
            if visit.id in old:
                amount["changed_helper"] += old[visit.id].helper != helper.id
                amount["moved_start"] += abs(old[visit.id].start - stop.start) * tick
    for citizen in problem.citizens:
        faces = {helper for visit, helper in helper_of.items() if problem.visits[visit].citizen == citizen.id}
        known = dict(citizen.known)
        amount["extra_face"] += max(0, len(faces) - 1)
        amount["unknown_face"] += sum((1 - Fraction(known.get(face, 0)) for face in faces), Fraction(0))
    if sum(time.values()) > 0:
        mean = Fraction(sum(busy.values())) / Fraction(sum(time.values()))
        amount["unfair"] = sum((max(Fraction(0), busy[h] - time[h] * mean) for h in busy), Fraction(0)) * tick
        amount["uneven"] = Fraction(sum(ceil(abs(busy[h] - time[h] * mean) * tick) for h in busy))
    left = [visit for visit in problem.visits if visit.id not in helper_of]
    amount["skipped"] = sum((Fraction(visit.skip_cost) for visit in left), Fraction(0))
    return sum(visit.importance for visit in left), dict(amount)


def cost_of(problem: Problem, plan: Plan, weights: dict[str, float]) -> float:
    """Return the cost of a plan in points, counted by this module."""
    return float(sum(value * Fraction(weights[name]) for name, value in recount(problem, plan)[1].items()))


def check_result(problem: Problem, result: Result) -> tuple[Violation, ...]:
    """Return every rule broken by the plan, every component wrongly stated and every gap in the uncovered list."""
    found = list(check_plan(problem, result.plan, allow_overtime=result.params.allow_overtime))
    importance, amounts = recount(problem, result.plan)
    if importance != result.evaluation.uncovered_importance:
        found.append(Violation(Broken.COMPONENT, detail=f"uncovered importance is {importance}"))
    weights = result.params.weights.as_dict()
    for component in result.evaluation.components:
        right = amounts.get(component.name, Fraction(0))
        if abs(float(right) - component.amount) > 1e-6 * max(1.0, abs(component.amount)):
            found.append(Violation(Broken.COMPONENT, detail=f"{component.name} is {float(right)}"))
        if abs(component.cost - component.amount * weights[component.name]) > 1e-6 * max(1.0, component.cost):
            found.append(Violation(Broken.COMPONENT, detail=f"cost of {component.name}"))
    if abs(sum(c.cost for c in result.evaluation.components) - result.evaluation.cost) > 1e-6 * (
        1 + result.evaluation.cost
    ):
        found.append(Violation(Broken.COMPONENT, detail="the sum of the costs"))
    covered = set(result.plan.assignments())
    left = sorted(visit.id for visit in problem.visits if visit.id not in covered)
    if left != sorted(each.visit for each in result.uncovered):
        found.append(Violation(Broken.UNCOVERED_LIST, detail=f"uncovered are {left}"))
    return tuple(found)
