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
    UNCOVERED,
    W_UNEVEN,
    Ints,
    Model,
    empty_desk,
    empty_state,
)
from planengine.search.load import copy_state, load_empty, place_events
from planengine.search.worth import total
from planengine.standing import homes, standing_state

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
NEAR_RUIN = 0.03
"""The least share of its steps that take out and put back a handful of visits: they are what makes room."""
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
        self._order = _first_order(problem, compiled)
        self._near = params.from_reference and bool(problem.reference)
        self._home = _homes(problem, compiled) if self._near and _is_dear(params) else np.zeros(0, dtype=np.int64)
        self._ruin = max(params.ruin_share, NEAR_RUIN) if self._near else params.ruin_share
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
        elif self._near and (stands := standing_state(problem, compiled)) is not None:
            copy_state(stands, self._state)
        self.ready = not self.events_placed
        copy_state(self._state, self._first)
        copy_state(self._state, self.best)

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
        if self._near:
            hot = max(cold, NEAR * hot)
        else:
            hot = max(cold, hot * min(1.0, max(LEAST_HOT, length / (LONG * max(1, self.visits)))))
        self._anneal(steps, hot * (cold / hot) ** (place - walk))

    def _anneal(self, steps: int, temperature: float) -> None:
        anneal(
            self._model, self._state, self.best, self._spare, self._desk, self._generator, steps, temperature,
            temperature * 0.999999, self._ruin, self._home,
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


def _first_order(problem: Problem, compiled: Compiled) -> Ints:
    """Return groups in the order they are first inserted: locked, fixed, important, bundled, then early ones."""
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
    return np.array(sorted(range(len(groups)), key=lambda number: key(groups[number])), dtype=np.int64)


def _is_dear(params: Params) -> bool:
    """Whether it costs to differ from the reference plan: then what differs is where to look."""
    return params.weights.changed_helper > 0 or params.weights.moved_start > 0


def _homes(problem: Problem, compiled: Compiled) -> Ints:
    """Return each visit's tour in the reference plan, -1 for none."""
    found = np.full(len(problem.visits), -1, dtype=np.int64)
    for each, tour in zip(problem.reference, homes(problem, compiled, problem.reference), strict=True):
        found[each.visit] = tour
    return found
