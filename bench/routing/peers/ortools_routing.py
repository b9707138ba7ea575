"""OR-Tools' routing library: guided local search, one process to a core with different settings, the better answer.

Time is a dimension with a soft upper bound at each visit (lateness); skills and incompatibilities are sets of allowed
vehicles; double visits are constraints between the time variables and different vehicles; extra time is a soft upper
bound at the vehicle's end; preferences are arcs dearer to some vehicles; optional visits are disjunctions.

The largest lateness is a second dimension that never falls along a route and is at least each visit's lateness: its
global span is the largest. Waiting is the dimension's slack. Local search is slow with both, so the second process
leaves both out and starts from a simple first plan. Not in the model: the longest idle time, workload balance, lunches
(held afterwards where there is room), and lateness between a visit's two windows. Every improvement is written as a
solution and judged; the best is answered.
"""

from __future__ import annotations

import multiprocessing
from importlib.metadata import version
from typing import Any

import numpy as np
from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from bench.routing.day import NO_LIMIT, Day, Pair, Planned, earliest, planned, read, solution_of
from bench.routing.greedy import first_plan
from bench.routing.judge import judge
from bench.routing.task import Answer, Task


def get_ready() -> None:
    """Nothing to load beyond the import."""


def described() -> str:
    """Return name and version."""
    return f"OR-Tools routing {version('ortools')}"


def solve(task: Task) -> Answer:
    """Search in one process to a core; each with another setting."""
    if task.cores == 1:
        return _search(task, 1)
    with multiprocessing.get_context("fork").Pool(task.cores) as pool:
        found = pool.starmap(_search, [(task, number) for number in range(task.cores)])
    costs = [each.trace[-1][1] if each.trace else float("inf") for each in found]
    best = found[costs.index(min(costs))]
    best.trace = _merged([each.trace for each in found])
    return best


def _merged(traces: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    best: list[tuple[float, float]] = []
    for when, cost in sorted(point for trace in traces for point in trace):
        if not best or cost < best[-1][1]:
            best.append((when, cost))
    return best


def lacks(day: Day, *, plain: bool) -> str:
    """Return what the model's objective leaves out of the real one."""
    prices = day.prices
    missing = [
        name
        for name, price in (
            ("longest idle time", prices.idle),
            ("workload balance", prices.uneven),
            ("lunches", prices.lunch),
            ("largest lateness", prices.largest_late if plain else 0),
            ("waiting", prices.waiting if plain else 0),
        )
        if price
    ]
    return ", ".join(missing)


def _search(task: Task, number: int) -> Answer:
    day = read(task.data)
    plain = number % 2 == 1
    model = _Model(day, plain=plain, seed=task.seed * 1_000 + number)
    answer = Answer(solution=None, lacks=lacks(day, plain=plain))
    best_objective = [float("inf")]

    def note() -> None:
        objective = model.routing.CostVar().Max()
        if objective >= best_objective[0]:
            return
        best_objective[0] = objective
        solution = model.solution()
        judged = judge(task.data, solution)
        if judged.holds and judged.cost is not None and (not answer.trace or judged.cost < answer.trace[-1][1]):
            answer.trace.append((task.elapsed(), judged.cost))
            answer.solution = solution

    model.routing.AddAtSolutionCallback(note)
    model.search(task, from_plan=plain and day.prices.late is not None)
    return answer


class _Model:
    def __init__(self, day: Day, *, plain: bool, seed: int) -> None:
        self.day = day
        places = sorted({place for carer in day.carers for place in (carer.departs, carer.arrives)})
        self.offset = len(places)
        where = [*places, *(call.place for call in day.calls)]
        lengths = [0] * self.offset + [call.duration for call in day.calls]
        spot = {place: number for number, place in enumerate(places)}
        self.manager = pywrapcp.RoutingIndexManager(
            len(where), len(day.carers), [spot[c.departs] for c in day.carers], [spot[c.arrives] for c in day.carers]
        )
        parameters = pywrapcp.DefaultRoutingModelParameters()
        parameters.max_callback_cache_size = 2 * len(where) ** 2
        self.routing = pywrapcp.RoutingModel(self.manager, parameters)
        self.solver = self.routing.solver()
        self.solver.ReSeed(seed)
        self._add_costs(where)
        steps = self.routing.RegisterTransitMatrix(
            [[lengths[number] + day.way[one][other] for other in where] for number, one in enumerate(where)]
        )
        horizon = self._horizon()
        self.routing.AddDimension(steps, horizon, horizon, False, "time")
        self.time = self.routing.GetDimensionOrDie("time")
        if day.prices.waiting and not plain:
            self.time.SetSlackCostCoefficientForAllVehicles(day.prices.waiting)
        for number, carer in enumerate(day.carers):
            self._add_carer(number, carer.starts, carer.ends)
        for number in range(len(day.calls)):
            self._add_call(number)
        for pair in day.pairs:
            self._add_pair(pair)
        if day.prices.largest_late and not plain:
            self._add_largest(horizon)

    def _horizon(self) -> int:
        day = self.day
        last = max(call.windows[-1][1] + call.duration for call in day.calls)
        ends = [carer.ends for carer in day.carers if carer.ends < NO_LIMIT]
        longest = max(max(row) for row in day.way)
        return max([last, *ends]) * 2 + longest

    def index(self, call: int) -> int:
        return int(self.manager.NodeToIndex(call + self.offset))

    def _add_carer(self, number: int, starts: int, ends: int) -> None:
        start, end = self.time.CumulVar(self.routing.Start(number)), self.time.CumulVar(self.routing.End(number))
        start.SetMin(starts)
        if self.day.from_shift:
            start.SetMax(starts)
        if self.day.prices.overtime is None:
            end.SetMax(ends)
        elif ends < NO_LIMIT and self.day.prices.overtime:
            self.time.SetCumulVarSoftUpperBound(self.routing.End(number), ends, self.day.prices.overtime)
        self.routing.AddVariableMinimizedByFinalizer(end)
        self.routing.AddVariableMaximizedByFinalizer(start)

    def _add_call(self, number: int) -> None:
        call, index, prices = self.day.calls[number], self.index(number), self.day.prices
        cumul = self.time.CumulVar(index)
        cumul.SetMin(call.windows[0][0])
        last = call.windows[-1][1]
        if prices.late is None:
            cumul.SetMax(last)
        elif prices.late:
            self.time.SetCumulVarSoftUpperBound(index, last, prices.late)
        for (_, closes), (opens, _) in zip(call.windows[:-1], call.windows[1:], strict=True):
            if closes + 1 <= opens - 1:
                cumul.RemoveInterval(closes + 1, opens - 1)
        vehicle = self.routing.VehicleVar(index)
        allowed = list(call.carers)
        vehicle.SetValues([-1, *allowed] if call.is_optional else allowed)
        if call.is_optional:
            share = sum(1 for each in self.day.calls if each.patient == call.patient)
            self.routing.AddDisjunction([index], prices.skipped // share)

    def _add_costs(self, where: list[int]) -> None:
        """Travel on the arcs; with preferences each caregiver has arcs of her own, dearer into who wants another."""
        day, register = self.day, self.routing.RegisterTransitMatrix
        ways = np.array(day.way)[np.ix_(where, where)] * day.prices.travel
        if not day.prices.disliked:
            self.routing.SetArcCostEvaluatorOfAllVehicles(register(ways.tolist()))
            return
        for carer in range(len(day.carers)):
            dearer = ways.copy()
            for number, call in enumerate(day.calls):
                if call.liked is not None and carer not in call.liked:
                    dearer[:, number + self.offset] += day.prices.disliked
            self.routing.SetArcCostEvaluatorOfVehicle(register(dearer.tolist()), carer)

    def _add_pair(self, pair: Pair) -> None:
        one, other = self.index(pair.first), self.index(pair.second)
        solver, first, second = self.solver, self.time.CumulVar(one), self.time.CumulVar(other)
        is_optional = self.day.calls[pair.first].is_optional
        if is_optional:
            solver.Add(self.routing.ActiveVar(one) == self.routing.ActiveVar(other))
            apart = solver.IsDifferentCstVar(self.routing.VehicleVar(one) - self.routing.VehicleVar(other), 0)
            solver.Add(apart >= self.routing.ActiveVar(one))
        else:
            solver.Add(self.routing.VehicleVar(one) != self.routing.VehicleVar(other))
        if pair.most is None:
            return
        if is_optional:
            gone = (1 - self.routing.ActiveVar(one)) * NO_LIMIT
            solver.Add(second - first + gone >= pair.least)
            solver.Add(second - first - gone <= pair.most)
        elif pair.least == pair.most == 0:
            solver.Add(first == second)
        else:
            solver.Add(second - first >= pair.least)
            solver.Add(second - first <= pair.most)

    def _add_largest(self, horizon: int) -> None:
        zero = self.routing.RegisterTransitMatrix(
            [[0] * self.manager.GetNumberOfNodes() for _ in range(self.manager.GetNumberOfNodes())]
        )
        self.routing.AddDimension(zero, horizon, horizon, True, "largest")
        largest = self.routing.GetDimensionOrDie("largest")
        largest.SetGlobalSpanCostCoefficient(self.day.prices.largest_late)
        for number, call in enumerate(self.day.calls):
            index = self.index(number)
            self.solver.Add(largest.CumulVar(index) >= self.time.CumulVar(index) - call.windows[-1][1])
        for number in range(len(self.day.carers)):
            self.routing.AddVariableMinimizedByFinalizer(largest.CumulVar(self.routing.End(number)))

    def search(self, task: Task, *, from_plan: bool) -> None:
        parameters = pywrapcp.DefaultRoutingSearchParameters()
        parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
        if from_plan:
            routes, _ = first_plan(self.day)
            self.routing.CloseModelWithParameters(parameters)
            indices = [[self.index(call) for call in routes[number]] for number in range(len(self.day.carers))]
            # Not ReadAssignmentFromRoutes: that looks for times too, for ever where waiting is dear.
            start = self.solver.Assignment()
            self._limit(parameters, task.left())
            if (
                self.routing.RoutesToAssignment(indices, True, True, start)
                and self.routing.SolveFromAssignmentWithParameters(start, parameters) is not None
            ):
                return
        strategies = routing_enums_pb2.FirstSolutionStrategy
        for strategy in (
            strategies.PARALLEL_CHEAPEST_INSERTION,
            strategies.LOCAL_CHEAPEST_INSERTION,
            strategies.PATH_CHEAPEST_ARC,
            strategies.FIRST_UNBOUND_MIN_VALUE,
        ):
            if task.elapsed() >= task.seconds:
                return
            parameters.first_solution_strategy = strategy
            self._limit(parameters, task.left())
            if self.routing.SolveWithParameters(parameters) is not None:
                return

    @staticmethod
    def _limit(parameters: Any, seconds: float) -> None:
        parameters.time_limit.FromMilliseconds(int(seconds * 1000))

    def solution(self) -> dict[str, Any]:
        routes: dict[int, list[int]] = {}
        start: dict[int, int] = {}
        for number in range(len(self.day.carers)):
            index = self.routing.NextVar(self.routing.Start(number)).Value()
            routes[number] = []
            while not self.routing.IsEnd(index):
                call = self.manager.IndexToNode(index) - self.offset
                routes[number].append(call)
                start[call] = self.time.CumulVar(index).Min()
                index = self.routing.NextVar(index).Value()
        if not self.day.prices.waiting and self.day.lunch is None:
            start = earliest(self.day, routes) or start
        return solution_of(self.day, hold_lunches(self.day, planned(routes, start)))


def hold_lunches(day: Day, routes: dict[int, list[Planned]]) -> dict[int, list[Planned]]:
    """Put each caregiver's lunch into the first gap that is long enough; leave it out where there is none."""
    if day.lunch is None:
        return routes
    held = {}
    for number, stops in routes.items():
        held[number] = stops
        if not (day.carers[number].lunch and stops):
            continue
        free, here = day.carers[number].starts, day.carers[number].departs
        for position, stop in enumerate(stops):
            assert stop.call is not None
            call = day.calls[stop.call]
            arrives = free + day.way[here][call.place]
            begins = max(arrives, day.lunch.opens)
            if begins <= day.lunch.latest and begins + day.lunch.length <= stop.start:
                held[number] = [*stops[:position], Planned(None, begins), *stops[position:]]
                break
            free, here = stop.start + call.duration, call.place
        else:
            begins = max(free, day.lunch.opens)
            if begins <= day.lunch.latest:
                held[number] = [*stops, Planned(None, begins)]
    return held
