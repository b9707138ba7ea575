"""Running the search: from a Problem to orders and start times, watching the clock and the caller's wishes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from planengine.compiled import Compiled, together_groups
from planengine.parameters import Params, Stop
from planengine.problem import Problem
from planengine.result import Ended, Progress
from planengine.search.anneal import anneal, build
from planengine.search.arrays import (
    DURATION,
    EARLIEST,
    MINUTE,
    UNCOVERED,
    W_UNEVEN,
    Ints,
    Model,
    State,
    empty_desk,
    empty_state,
)
from planengine.search.load import copy_state, load_empty, place_events
from planengine.search.polish import polish
from planengine.search.worth import total

CHUNK = 2_000
"""Iterations between two looks at the clock."""
NOTICE_SECONDS = 0.1
"""Least time between two progress calls."""


@dataclass(frozen=True, slots=True)
class Found:
    """The best state found and how the search ended."""

    state: State
    iterations: int
    seconds: float
    ended: Ended
    events_placed: bool


def search(
    problem: Problem,
    compiled: Compiled,
    stop: Stop,
    seed: int,
    params: Params,
    progress: Callable[[Progress], None] | None,
    cancelled: Callable[[], bool] | None,
) -> Found:
    """Build a plan, then anneal until stop. Deterministic for a given seed and number of iterations."""
    began = time.monotonic()
    model = compiled.model
    state, best, spare = (empty_state(model) for _ in range(3))
    load_empty(model, state)
    placed = bool(place_events(model, state, compiled.event_orders()))
    generator = np.array([_scramble(seed)], dtype=np.int64)
    desk = empty_desk(model)
    done = 0
    if placed:
        build(model, state, _first_order(problem, compiled), generator, desk.spot)
        copy_state(state, best)
    else:
        load_empty(model, state)
        copy_state(state, best)
        return Found(best, 0, time.monotonic() - began, Ended.ITERATIONS, False)
    scale = _scale(model, float(total(model, best)))
    hot, cold = params.hot * scale, params.cold * scale
    noticed = -1.0
    while True:
        seconds = time.monotonic() - began
        if stop.iterations is not None:
            share = done / stop.iterations if stop.iterations else 1.0
        else:
            assert stop.seconds is not None
            share = min(1.0, seconds / stop.seconds)
        ended = None
        if stop.iterations is not None and done >= stop.iterations:
            ended = Ended.ITERATIONS
        elif stop.seconds is not None and seconds >= stop.seconds:
            ended = Ended.SECONDS
        elif cancelled is not None and cancelled():
            ended = Ended.CANCELLED
        if progress is not None and (ended is not None or seconds - noticed >= NOTICE_SECONDS):
            noticed = seconds
            progress(Progress(
                seconds=seconds, iterations=done, share=share,
                uncovered_importance=int(best.number[UNCOVERED]), cost=float(total(model, best)),
            ))  # fmt: skip
        if ended is not None:
            polish(model, best)
            return Found(best, done, seconds, ended, True)
        steps = CHUNK if stop.iterations is None else min(CHUNK, stop.iterations - done)
        temperature = hot * (cold / hot) ** share
        ruin = params.ruin_share
        anneal(model, state, best, spare, desk, generator, steps, temperature, temperature * 0.999999, ruin)
        done += steps


def _scale(model: Model, cost: float) -> float:
    """Return what a visit weighs: its part of the first plan's cost, and what moving it does to even shares of work."""
    visits = int(model.sizes[0])
    scale = cost / max(1, visits)
    if model.weight[W_UNEVEN] > 0 and visits:
        ticks = float(model.node[:visits, DURATION].mean()) + float(model.travel.mean())
        scale += 2 * float(model.weight[W_UNEVEN]) * ticks / float(model.weight[MINUTE])
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
    """Return groups in the order they are first inserted: locked, important, bundled, then early ones."""
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
