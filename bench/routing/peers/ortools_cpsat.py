"""OR-Tools' CP-SAT: one model of the whole day, as many workers as cores, hinted with a simple first plan.

Arcs between calls in multiple circuits through one base, a caregiver variable on each call that arcs keep equal, start
times along arcs, and every component of the objective: the largest lateness, longest idle time, lunches, balance too.
Above ``MANY`` calls each keeps only its nearest successors (and the hint's), else the model alone would take minutes.
"""

from __future__ import annotations

from importlib.metadata import version
from itertools import pairwise
from typing import Any

from ortools.sat.python import cp_model

from bench.routing.day import NO_LIMIT, Call, Day, Planned, earliest, planned, read, solution_of
from bench.routing.greedy import first_plan
from bench.routing.task import Answer, Task

MANY = 90
NEAREST = 20


def get_ready() -> None:
    """Nothing to load beyond the import."""


def described() -> str:
    """Return name and version."""
    return f"OR-Tools CP-SAT {version('ortools')}"


def solve(task: Task) -> Answer:
    """Build the model and solve it in what time is left."""
    day = read(task.data)
    model = _Model(day)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = task.cores
    solver.parameters.random_seed = task.seed
    unit = 3 * day.ticks if not _is_unified(task.data) else 1
    watcher = _Watcher(task, unit)
    solver.parameters.max_time_in_seconds = task.left()
    status = solver.solve(model.model, watcher)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Answer(solution=None, trace=watcher.trace)
    return Answer(solution=solution_of(day, model.routes(solver)), trace=watcher.trace)


def _is_unified(data: dict[str, Any]) -> bool:
    return "terminal_points" in data


class _Watcher(cp_model.CpSolverSolutionCallback):  # type: ignore[misc]  # the package is no part of type checking
    def __init__(self, task: Task, unit: int) -> None:
        super().__init__()
        self.task, self.unit = task, unit
        self.trace: list[tuple[float, float]] = []

    def on_solution_callback(self) -> None:
        self.trace.append((self.task.elapsed(), self.objective_value / self.unit))


class _Model:
    def __init__(self, day: Day) -> None:
        self.day = day
        self.model = cp_model.CpModel()
        self.hint = self._hint()
        self.horizon = self._horizon()
        self.counts_busy = bool(day.prices.idle or day.prices.uneven)
        self.has_lunch = bool(day.prices.lunch and day.lunch)
        self.cost: list[Any] = []
        self._add_calls()
        self._add_arcs()
        self._add_lateness()
        self._add_pairs()
        self._add_days()
        self.model.minimize(sum(self.cost))
        self._add_hint()

    def _hint(self) -> tuple[dict[int, list[int]], dict[int, int]] | None:
        """A first plan as hint, where lateness is only dear; with hard windows a simple plan would break them."""
        return None if self.day.prices.late is None else first_plan(self.day)

    def _horizon(self) -> int:
        last = max(call.windows[-1][1] + call.duration for call in self.day.calls)
        ends = [carer.ends for carer in self.day.carers if carer.ends < NO_LIMIT]
        if self.hint is not None:
            last = max(last, *(start + self.day.calls[call].duration for call, start in self.hint[1].items()))
        return max([last, *ends]) + max(max(row) for row in self.day.way)

    def _add_calls(self) -> None:
        model, day = self.model, self.day
        self.who = [
            model.new_int_var_from_domain(cp_model.Domain.from_values(call.carers), f"who{number}")
            for number, call in enumerate(day.calls)
        ]
        self.start = [
            model.new_int_var(call.windows[0][0], self._latest(call), f"start{number}")
            for number, call in enumerate(day.calls)
        ]
        self.skipped: dict[int, Any] = {}
        by_patient: dict[str, Any] = {}
        for number, call in enumerate(day.calls):
            if call.is_optional:
                if call.patient not in by_patient:
                    by_patient[call.patient] = model.new_bool_var(f"skip{number}")
                    self.cost.append(day.prices.skipped * by_patient[call.patient])
                self.skipped[number] = by_patient[call.patient]
            if day.prices.disliked and call.liked is not None:
                disliked = [carer for carer in call.carers if carer not in call.liked]
                other = model.new_bool_var(f"disliked{number}")
                liked = [carer for carer in call.carers if carer in call.liked]
                if disliked and liked:
                    model.add_linear_expression_in_domain(
                        self.who[number], cp_model.Domain.from_values(liked)
                    ).only_enforce_if(~other)
                elif disliked:
                    model.add(other == 1)
                if disliked:
                    if number in self.skipped:
                        counted = model.new_bool_var(f"counted{number}")
                        model.add(counted + self.skipped[number] >= other)
                        other = counted
                    self.cost.append(day.prices.disliked * other)

    def _latest(self, call: Call) -> int:
        return call.windows[-1][1] if self.day.prices.late is None else self.horizon

    def _add_arcs(self) -> None:
        model, day = self.model, self.day
        self.arrival = self.start
        self.lunch: list[Any] = []
        if self.has_lunch:
            assert day.lunch is not None
            self.arrival = []
            for number in range(len(day.calls)):
                ready = model.new_int_var(0, self.horizon, f"ready{number}")
                lunch = model.new_bool_var(f"lunch{number}")
                model.add(self.start[number] >= ready)
                model.add(self.start[number] >= ready + day.lunch.length).only_enforce_if(lunch)
                model.add(ready >= day.lunch.opens).only_enforce_if(lunch)
                model.add(ready <= day.lunch.latest).only_enforce_if(lunch)
                if number in self.skipped:
                    model.add_implication(self.skipped[number], ~lunch)
                self.arrival.append(ready)
                self.lunch.append(lunch)
            self.had = [model.new_int_var(0, 1, f"had{number}") for number in range(len(day.calls))]
        if self.counts_busy:
            self.busy = [model.new_int_var(0, self.horizon, f"busy{number}") for number in range(len(day.calls))]
        self.arc: dict[tuple[int, int], Any] = {}
        self.first: dict[tuple[int, int], Any] = {}
        self.last: dict[tuple[int, int], Any] = {}
        into_base: list[Any] = []
        for one, other in self._wanted_arcs():
            lit = model.new_bool_var("")
            self.arc[one, other] = lit
            before, after = day.calls[one], day.calls[other]
            way = day.way[before.place][after.place]
            model.add(self.arrival[other] >= self.start[one] + before.duration + way).only_enforce_if(lit)
            model.add(self.who[one] == self.who[other]).only_enforce_if(lit)
            if self.has_lunch:
                model.add(self.had[other] == self.had[one] + self.lunch[other]).only_enforce_if(lit)
            if self.counts_busy:
                model.add(self.busy[other] == self.busy[one] + way + after.duration).only_enforce_if(lit)
            self.cost.append(day.prices.travel * way * lit)
            into_base.append((one + 1, other + 1, lit))
        for number, call in enumerate(day.calls):
            opens, closes = model.new_bool_var(""), model.new_bool_var("")
            into_base += [(0, number + 1, opens), (number + 1, 0, closes)]
            for carer in call.carers:
                self._add_ends(number, call, carer)
            model.add(sum(self.first[number, carer] for carer in call.carers) == opens)
            model.add(sum(self.last[number, carer] for carer in call.carers) == closes)
            if number in self.skipped:
                into_base.append((number + 1, number + 1, self.skipped[number]))
        model.add_multiple_circuit(into_base)

    def _add_ends(self, number: int, call: Call, carer: int) -> None:
        model, day, person = self.model, self.day, self.day.carers[carer]
        out, home = day.way[person.departs][call.place], day.way[call.place][person.arrives]
        first = self.first[number, carer] = model.new_bool_var("")
        last = self.last[number, carer] = model.new_bool_var("")
        model.add(self.who[number] == carer).only_enforce_if(first)
        model.add(self.who[number] == carer).only_enforce_if(last)
        model.add(self.arrival[number] >= person.starts + out).only_enforce_if(first)
        if self.has_lunch:
            model.add(self.had[number] == self.lunch[number]).only_enforce_if(first)
        if self.counts_busy:
            model.add(self.busy[number] == out + call.duration).only_enforce_if(first)
        if day.prices.overtime is None:
            model.add(self.start[number] + call.duration + home <= person.ends).only_enforce_if(last)
        self.cost += [day.prices.travel * out * first, day.prices.travel * home * last]

    def _wanted_arcs(self) -> list[tuple[int, int]]:
        day = self.day
        count = len(day.calls)
        may = [set(call.carers) for call in day.calls]
        apart = {pair.first: pair.second for pair in day.pairs} | {pair.second: pair.first for pair in day.pairs}
        rows = []
        for one, before in enumerate(day.calls):
            free = before.windows[0][0] + before.duration
            later = []
            for other, after in enumerate(day.calls):
                if one == other or apart.get(one) == other or not may[one] & may[other]:
                    continue
                way = day.way[before.place][after.place]
                late = max(0, free + way - after.windows[-1][1])
                if day.prices.late is None and late:
                    continue
                waits = max(0, after.windows[0][0] - before.windows[-1][1] - before.duration - way)
                later.append((way + late + waits, other))
            later.sort()
            kept = later if count <= MANY else later[:NEAREST]
            rows += [(one, other) for _, other in kept]
        if self.hint is not None:
            rows += [pair for stops in self.hint[0].values() for pair in pairwise(stops)]
        return sorted(set(rows))

    def _add_lateness(self) -> None:
        model, prices = self.model, self.day.prices
        largest = model.new_int_var(0, self.horizon, "largest")
        for number, call in enumerate(self.day.calls):
            chosen = [model.new_bool_var("") for _ in call.windows] if len(call.windows) > 1 else []
            late = None
            if prices.late is not None and (prices.late or prices.largest_late):
                late = model.new_int_var(0, self.horizon, "")
                self.cost.append(prices.late * late)
                if prices.largest_late:
                    model.add(largest >= late)
            if chosen:
                model.add_exactly_one(chosen)
            for position, (opens, closes) in enumerate(call.windows):
                rules = []
                if chosen:
                    rules.append(model.add(self.start[number] >= opens))
                rules.append(
                    model.add(self.start[number] <= closes)
                    if late is None
                    else model.add(late >= self.start[number] - closes)
                )
                for rule in rules:
                    enforced = [chosen[position]] if chosen else []
                    if number in self.skipped:
                        enforced.append(~self.skipped[number])
                    rule.only_enforce_if(*enforced)
        if prices.largest_late and prices.late is not None:
            self.cost.append(prices.largest_late * largest)

    def _add_pairs(self) -> None:
        for pair in self.day.pairs:
            gone = self.skipped.get(pair.first)
            rules = [self.model.add(self.who[pair.first] != self.who[pair.second])]
            if pair.most is not None:
                lag = self.start[pair.second] - self.start[pair.first]
                rules += [self.model.add(lag >= pair.least), self.model.add(lag <= pair.most)]
            if gone is not None:
                for rule in rules:
                    rule.only_enforce_if(~gone)

    def _add_days(self) -> None:
        """Each caregiver at most one route; and what is counted over her whole day."""
        model, day, prices = self.model, self.day, self.day.prices
        counts_days = bool(self.counts_busy or prices.waiting or prices.overtime or self.has_lunch)
        works: list[Any] = []
        idlest = model.new_int_var(0, 2 * self.horizon, "idlest")
        self.after: dict[int, tuple[Any, Any]] = {}
        for carer, person in enumerate(day.carers):
            firsts = {number: lit for (number, who), lit in self.first.items() if who == carer}
            lasts = {number: lit for (number, who), lit in self.last.items() if who == carer}
            model.add_at_most_one(list(firsts.values()))
            model.add(sum(firsts.values()) == sum(lasts.values()))
            if not counts_days:
                continue
            used = sum(firsts.values())
            leave = model.new_int_var(person.starts, self.horizon, "")
            back = model.new_int_var(person.starts, self.horizon, "")
            after, afterwards = None, model.new_int_var(0, self.horizon, "")
            if self.has_lunch and person.lunch:
                assert day.lunch is not None
                after = model.new_bool_var("")
                model.add(after <= used)
                model.add(afterwards >= day.lunch.opens).only_enforce_if(after)
                model.add(afterwards <= day.lunch.latest).only_enforce_if(after)
                self.after[carer] = (after, afterwards)
            for number, lit in firsts.items():
                out = day.way[person.departs][day.calls[number].place]
                model.add(leave <= self.arrival[number] - out).only_enforce_if(lit)
            for number, lit in lasts.items():
                call = day.calls[number]
                home = day.way[call.place][person.arrives]
                if after is None:
                    model.add(back == self.start[number] + call.duration + home).only_enforce_if(lit)
                else:
                    model.add(afterwards >= self.start[number] + call.duration).only_enforce_if(lit)
                    model.add(back == self.start[number] + call.duration + home).only_enforce_if(lit, ~after)
                    model.add(back == afterwards + day.lunch.length + home).only_enforce_if(lit, after)  # type: ignore[union-attr]
            if day.from_shift:
                model.add(leave == person.starts)
            rested: Any = 0
            if self.has_lunch:
                rested = self._lunch_of(carer, used, lasts)
            self._price_day(carer, leave, back, used, lasts, rested, idlest, works)
        if prices.idle:
            self.cost.append(prices.idle * idlest)
        if prices.uneven:
            self._balance(works)

    def _lunch_of(self, carer: int, used: Any, lasts: dict[int, Any]) -> Any:
        """Whether she has lunch within her route (0..1). One without visits has hers for nothing."""
        model, person = self.model, self.day.carers[carer]
        held = model.new_int_var(0, 1, "")
        after = self.after[carer][0] if carer in self.after else 0
        for number, lit in lasts.items():
            model.add(held == self.had[number] + after).only_enforce_if(lit)
        if person.lunch:
            missed = model.new_bool_var("")
            model.add(missed >= used - held)
            self.cost.append(self.day.prices.lunch * missed)
            if not lasts:
                model.add(held == 0)
        else:
            model.add(held == 0)
        model.add(held <= used)
        return held

    def _price_day(
        self, carer: int, leave: Any, back: Any, used: Any, lasts: dict[int, Any], rested: Any, idlest: Any,
        works: list[Any],
    ) -> None:  # fmt: skip
        model, day, prices, person = self.model, self.day, self.day.prices, self.day.carers[carer]
        if prices.overtime:
            over = model.new_int_var(0, self.horizon, "")
            for lit in lasts.values():
                model.add(over >= back - person.ends).only_enforce_if(lit)
            self.cost.append(prices.overtime * over)
        if not (self.counts_busy or prices.waiting):
            return
        busy = model.new_int_var(0, self.horizon, "")
        if not self.counts_busy:
            return
        for number, lit in lasts.items():
            home = day.way[day.calls[number].place][person.arrives]
            model.add(busy == self.busy[number] + home).only_enforce_if(lit)
        unused = model.new_bool_var("")
        model.add(used + unused == 1)
        model.add(busy == 0).only_enforce_if(unused)
        works.append(busy)
        length = day.lunch.length if day.lunch is not None else 0
        if prices.waiting:
            waits = model.new_int_var(0, self.horizon, "")
            model.add(waits >= back - leave - busy - length * rested).only_enforce_if(~unused)
            self.cost.append(prices.waiting * waits)
        if prices.idle:
            model.add(idlest >= person.ends - person.starts).only_enforce_if(unused)
            model.add(idlest >= back - person.starts - busy - length * rested).only_enforce_if(~unused)
            model.add(idlest >= person.ends - person.starts - busy - length * rested).only_enforce_if(~unused)

    def _balance(self, works: list[Any]) -> None:
        """Sum over all caregivers of the distance to the mean, each rounded up."""
        model, count = self.model, len(works)
        total = sum(works)
        for work in works:
            off = model.new_int_var(0, self.horizon, "")
            model.add(count * off >= count * work - total)
            model.add(count * off >= total - count * work)
            self.cost.append(self.day.prices.uneven * off)

    def _add_hint(self) -> None:
        if self.hint is None:
            return
        routes, start = self.hint
        arcs = {pair for stops in routes.values() for pair in pairwise(stops)}
        for pair, lit in self.arc.items():
            self.model.add_hint(lit, pair in arcs)
        for (number, carer), lit in self.first.items():
            self.model.add_hint(lit, bool(routes[carer]) and routes[carer][0] == number)
        for (number, carer), lit in self.last.items():
            self.model.add_hint(lit, bool(routes[carer]) and routes[carer][-1] == number)
        for carer, stops in routes.items():
            for number in stops:
                self.model.add_hint(self.who[number], carer)
                self.model.add_hint(self.start[number], start[number])
        for gone in set(self.skipped.values()):
            self.model.add_hint(gone, False)

    def routes(self, solver: cp_model.CpSolver) -> dict[int, list[Planned]]:
        """Read the answer's routes, with their lunches."""
        following = {one: other for (one, other), lit in self.arc.items() if solver.boolean_value(lit)}
        found: dict[int, list[int]] = {}
        for (number, carer), lit in self.first.items():
            if solver.boolean_value(lit):
                stops = [number]
                while stops[-1] in following:
                    stops.append(following[stops[-1]])
                found[carer] = stops
        start = {number: solver.value(var) for number, var in enumerate(self.start)}
        if not self.counts_busy and not self.day.prices.waiting and self.day.lunch is None:
            start = earliest(self.day, found) or start
        routes = planned(found, start)
        for carer, row in found.items():
            for number in row:
                if self.has_lunch and solver.boolean_value(self.lunch[number]):
                    routes[carer].append(Planned(None, solver.value(self.arrival[number])))
            if carer in self.after and solver.boolean_value(self.after[carer][0]):
                routes[carer].append(Planned(None, solver.value(self.after[carer][1])))
            routes[carer].sort(key=lambda each: (each.start, each.call is not None))
        return routes
