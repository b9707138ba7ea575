"""One searcher: builds a plan and anneals it, again and again from the first plan while there is time for it.

First it goes straight downhill, to see what a decent plan costs: temperatures are shares of a visit's part of that.

A long annealing finds better plans than a short one, but now and then it ends in a poor valley. When there is time for
more steps than one annealing needs, the time is shared between several, and the best plan of all counts. How many
steps one needs was measured on the public instances: see docs/how-we-plan.md.
"""

from __future__ import annotations

import numpy as np

from planengine.compiled import Compiled, together_groups
from planengine.parameters import Params
from planengine.problem import Problem
from planengine.search.anneal import anneal, build
from planengine.search.arrays import (
    DURATION,
    EARLIEST,
    MINUTE,
    TOUR,
    UNCOVERED,
    W_UNEVEN,
    Ints,
    Model,
    empty_desk,
    empty_state,
)
from planengine.search.insertion import cheapest, put, take_group
from planengine.search.load import copy_state, load_empty, place_events
from planengine.search.worth import total

ENOUGH = 20_000
"""Steps per visit after which another annealing pays better than a longer one."""
MOST = 8
"""Annealings that time is shared between, at most."""
LONG = 10_000
"""Steps per visit from which an annealing begins as hot as it may; a shorter one begins cooler in proportion."""
LEAST_HOT = 0.4
"""The coolest beginning of a short one, as a share of the hottest."""
NEAR = 0.012
"""How hot an annealing begins that searches near the plan it starts from, as a share of the usual."""
DESCENT = 100
"""Steps per visit straight downhill from the first plan, at most: they tell what a decent plan costs. The temperature
is measured by that: first plans cost 1.3 to 3.7 times the best ones, decent ones 1.0 to 2.0 times."""
DESCENT_SHARE = 0.1
"""And at most this share of the steps that are given."""
DOWNHILL = 1e-6
"""How hot it is on the way downhill, as a share of what a visit weighs: nothing dearer is taken."""
EVEN = 0.4
"""What a visit's minutes weigh in what it costs, where minutes off an even share are dear: a guess that did well."""
AT_ONCE = 25
"""Groups of visits put into the first plan between two looks at the caller's wishes."""


def annealings(visits: int, iterations: float) -> int:
    """Return how many annealings so many steps are shared between."""
    return max(1, min(MOST, int(iterations // max(1, visits * ENOUGH))))


class Walker:
    """A search with its own random numbers: ``build_some`` until ``planned``, ``descend`` until ``ready``, ``walk``."""

    def __init__(self, problem: Problem, compiled: Compiled, params: Params, seed: int) -> None:
        self._model = compiled.model
        self._params = params
        self._order, self._bound = _first_order(problem, compiled)
        self._kept = _kept_places(problem, compiled) if params.from_reference else []
        self._first, self._state, self._spare, self.best = (empty_state(self._model) for _ in range(4))
        self._desk = empty_desk(self._model)
        self._generator = np.array([_scramble(seed)], dtype=np.int64)
        self.visits = int(self._model.sizes[0])
        self._walk = 0
        self._put_in = 0
        self._scale = 0.0
        self.done = 0
        load_empty(self._model, self._state)
        self.events_placed = bool(place_events(self._model, self._state, compiled.event_orders()))
        if not self.events_placed:
            load_empty(self._model, self._state)
            self._put_in = len(self._order)
        else:
            self._keep()
        self.ready = not self.events_placed
        copy_state(self._state, self._first)
        copy_state(self._state, self.best)

    def _keep(self) -> None:
        """Put visits where the reference plan has them, the earliest first. Those that no longer fit are left out.

        What is locked or fixed goes before it. Of a bundle all or none are put in.
        """
        if not self._kept:
            return
        model, state, spot = self._model, self._state, self._desk.spot
        build(model, state, self._order[: self._bound], self._generator, spot)
        for visit, tours in self._kept:
            for tour in tours if state.row[visit, TOUR] < 0 else ():
                cheapest(model, state, visit, tour, 0.0, self._generator, spot)
                if spot[0] >= 0:
                    put(model, state, visit, int(spot[0]), int(spot[1]))
                    break
        for group in range(int(model.sizes[3])):
            members = model.group[model.group_first[group] : model.group_first[group + 1]]
            placed = int((state.row[members, TOUR] >= 0).sum())
            if 0 < placed < len(members):
                take_group(model, state, group)

    @property
    def planned(self) -> bool:
        """Whether the first plan is complete."""
        return self._put_in >= len(self._order)

    def build_some(self) -> None:
        """Put some more visits into the first plan."""
        some = self._order[self._put_in : self._put_in + AT_ONCE]
        self._put_in += AT_ONCE
        build(self._model, self._state, some, self._generator, self._desk.spot)
        copy_state(self._state, self._first)
        copy_state(self._state, self.best)

    def descend(self, steps: int, iterations: int | None) -> None:
        """Go downhill from the first plan for so many steps at most. iterations: how many the search has in all."""
        whole = DESCENT * self.visits
        if iterations is not None:
            whole = min(whole, int(DESCENT_SHARE * iterations))
        steps = min(steps, whole - self.done)
        if steps > 0:
            self._anneal(steps, DOWNHILL * _scale(self._model, self.cost()))
        if self.done >= whole:
            self._scale = _scale(self._model, self.cost())
            copy_state(self._first, self._state)
            self.ready = True

    def walk(self, steps: int, share: float, walks: int, length: float) -> None:
        """Anneal for so many steps.

        share: how much of the whole search is behind us. walks: annealings in all. length: steps of each of them.
        """
        if not self.events_placed:
            self.done += steps
            return
        place = share * walks
        walk = min(int(place), walks - 1)
        if walk > self._walk:
            copy_state(self._first, self._state)
            self._walk = walk
        hot, cold = self._params.hot * self._scale, self._params.cold * self._scale
        if self._kept:
            hot = max(cold, NEAR * hot)
        else:
            hot = max(cold, hot * min(1.0, max(LEAST_HOT, length / (LONG * max(1, self.visits)))))
        self._anneal(steps, hot * (cold / hot) ** (place - walk))

    def _anneal(self, steps: int, temperature: float) -> None:
        anneal(
            self._model, self._state, self.best, self._spare, self._desk, self._generator, steps, temperature,
            temperature * 0.999999, self._params.ruin_share,
        )  # fmt: skip
        self.done += steps

    def cost(self) -> float:
        """Points of the best plan."""
        return float(total(self._model, self.best))

    def uncovered(self) -> int:
        """Importance that the best plan leaves uncovered."""
        return int(self.best.number[UNCOVERED])


def _scale(model: Model, cost: float) -> float:
    """Return what a visit weighs: its part of a plan's cost, and some of what moving it does to even shares of work."""
    visits = int(model.sizes[0])
    scale = cost / max(1, visits)
    if model.weight[W_UNEVEN] > 0 and visits:
        ticks = float(model.node[:visits, DURATION].mean()) + float(model.travel.mean())
        scale += EVEN * float(model.weight[W_UNEVEN]) * ticks / float(model.weight[MINUTE])
    return max(1e-6, scale)


def _scramble(seed: int) -> int:
    """Turn a seed into a well mixed state that is not 0 (splitmix64), as a signed 64-bit number."""
    mask = (1 << 64) - 1
    mixed = (seed + 0x9E3779B97F4A7C15) & mask
    mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & mask
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & mask
    mixed = (mixed ^ (mixed >> 31)) or 1
    return mixed - (1 << 64) if mixed >= 1 << 63 else mixed


def _first_order(problem: Problem, compiled: Compiled) -> tuple[Ints, int]:
    """Return groups in the order they are first inserted: locked, fixed, important, bundled, then early ones.

    Also how many of them are locked or fixed.
    """
    node = compiled.model.node

    def key(members: list[int]) -> tuple[bool, bool, int, int, int, int]:
        visits = [problem.visits[member] for member in members]
        return (
            not any(visit.locked for visit in visits),
            not any(visit.helper is not None for visit in visits),
            -max(visit.importance for visit in visits),
            -len(members),
            min(int(node[member, EARLIEST]) for member in members),
            members[0],
        )

    groups = together_groups(problem)
    order = sorted(range(len(groups)), key=lambda number: key(groups[number]))
    bound = sum(any(problem.visits[each].helper is not None for each in group) for group in groups)
    return np.array(order, dtype=np.int64), bound


def _kept_places(problem: Problem, compiled: Compiled) -> list[tuple[int, list[int]]]:
    """Return visits of the reference plan by their start, each with the tours of its helper, that of its time first."""
    found = []
    for each in sorted(problem.reference, key=lambda one: (one.start, one.visit)):
        tours = [number for number, (helper, _period) in enumerate(compiled.tours) if helper == each.helper]
        periods = {number: problem.helpers[each.helper].periods[compiled.tours[number][1]] for number in tours}
        tours.sort(key=lambda number: (not periods[number].start <= each.start < periods[number].end, number))
        found.append((each.visit, tours))
    return found
