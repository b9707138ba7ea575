"""Small problems that are valid from the start; override only what the test is about."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from planengine import (
    Break,
    Citizen,
    Helper,
    Link,
    Meeting,
    Params,
    Place,
    Problem,
    ReferenceAssignment,
    Result,
    Stop,
    Visit,
    Weights,
    Window,
    WorkPeriod,
    at_once,
    check_result,
    solve_day,
)

HOUR = 3_600
MINUTE = 60
NOTHING = Weights(**dict.fromkeys(Weights().as_dict(), 0.0))
BENCHMARKS = Path(__file__).resolve().parents[2].parent / "shared" / "benchmarks" / "routing"


def only(**weights: float) -> Params:
    """Parameters in which only the named weights count."""
    return Params(weights=Weights(**{**NOTHING.as_dict(), **weights}))


def helper(number: int, **more: Any) -> Helper:
    """A helper at work from 08:00 to 16:00, from and to the base (place 0)."""
    period: dict[str, Any] = {"start": 8 * HOUR, "end": 16 * HOUR, "start_place": 0, "end_place": 0}
    period.update({name: more.pop(name) for name in (*period, "breaks", "meetings") if name in more})
    return Helper(id=number, **{"periods": (WorkPeriod(**period),), **more})


def visit(number: int, place: int, **more: Any) -> Visit:
    """Half an hour at a place, by default to citizen place - 1, any time of day."""
    return Visit(**{"id": number, "citizen": place - 1, "place": place, "duration": 30 * MINUTE, **more})


def problem(
    minutes: Sequence[Sequence[int]], helpers: Sequence[Helper], visits: Sequence[Visit], **more: Any
) -> Problem:
    """A day with travel times in minutes; place 0 is the base, place n the home of citizen n - 1."""
    table = np.array(minutes, dtype=np.int64) * MINUTE
    size = table.shape[0]
    return Problem(
        **{
            "places": tuple(Place(id=number) for number in range(size)),
            "modes": ("car",),
            "travel": (table,),
            "helpers": tuple(helpers),
            "citizens": tuple(Citizen(id=number) for number in range(size - 1)),
            "visits": tuple(visits),
            **more,
        }
    )


LINE = [[0, 10, 20, 30], [10, 0, 10, 20], [20, 10, 0, 10], [30, 20, 10, 0]]
"""Base and three homes on a line, ten minutes apart."""


def solved(day: Problem, params: Params | None = None, *, iterations: int = 2_000, seed: int = 1) -> Result:
    """Solve and let the independent checker judge: every test's answer passes it."""
    result = solve_day(day, stop=Stop(iterations=iterations), seed=seed, params=params)
    assert check_result(day, result) == ()
    return result


def random_day(seed: int) -> Problem:
    """A small day with something of everything, often too tight to cover; valid (events may still clash)."""
    dice = random.Random(seed)
    helper_count, citizen_count = dice.randint(1, 4), dice.randint(1, 6)
    places = citizen_count + 2
    spots = [(dice.random() * 2000, dice.random() * 2000) for _ in range(places)]
    car = np.array([[int(abs(a[0] - b[0]) + abs(a[1] - b[1])) for b in spots] for a in spots])
    if dice.random() < 0.2:  # no triangle inequality
        car = np.array([[0 if i == j else dice.randint(0, 1500) for j in range(places)] for i in range(places)])
    helpers = tuple(_random_helper(dice, number, places) for number in range(helper_count))
    citizens = tuple(_random_citizen(dice, number, helper_count) for number in range(citizen_count))
    visits: list[Visit] = []
    links: list[Link] = []
    wanted = dice.randint(1, 14)
    while len(visits) < wanted:
        _add_visits(dice, visits, links, citizen_count, helper_count)
    reference = tuple(
        ReferenceAssignment(visit=each.id, helper=dice.randrange(helper_count), start=dice.randint(0, 25_000))
        for each in visits
        if dice.random() < 0.3
    )
    return Problem(
        places=tuple(Place(id=number) for number in range(places)),
        modes=("car", "foot"),
        travel=(car, car * 2),
        helpers=helpers,
        citizens=citizens,
        visits=tuple(visits),
        links=tuple(links),
        reference=reference if dice.random() < 0.5 else (),
    )


def _random_helper(dice: random.Random, number: int, places: int) -> Helper:
    periods = []
    clock = dice.randint(0, 7_200)
    for _ in range(dice.choice([0, 1, 1, 1, 2])):
        start, end = clock, clock + dice.randint(5_000, 25_000)
        clock = end + dice.randint(0, 5_000)
        breaks: tuple[Break, ...] = ()
        meetings: tuple[Meeting, ...] = ()
        if dice.random() < 0.5:
            length = dice.randint(300, 1_800)
            opens = dice.randint(start, end - length)
            closes = min(end, opens + length + dice.randint(0, 6_000))
            breaks = (Break(duration=length, earliest=opens, latest_end=closes),)
        if dice.random() < 0.3:
            length = dice.randint(300, 1_200)
            where = dice.choice([None, dice.randrange(places)])
            meetings = (Meeting(start=dice.randint(start, end - length), duration=length, place=where),)
        periods.append(
            WorkPeriod(
                start=start, end=end, start_place=dice.randrange(2), end_place=dice.randrange(2),
                breaks=breaks, meetings=meetings,
            )
        )  # fmt: skip
    return Helper(
        id=number,
        periods=tuple(periods),
        competences=frozenset(each for each in range(3) if dice.random() < 0.6),
        level=dice.randint(0, 2),
        mode=dice.randrange(2),
        max_overtime=dice.choice([0, 3_600]),
    )


def _random_citizen(dice: random.Random, number: int, helpers: int) -> Citizen:
    def some(chance: float) -> frozenset[int]:
        return frozenset(each for each in range(helpers) if dice.random() < chance)

    rather = some(0.2)
    return Citizen(
        id=number,
        known=tuple((each, round(dice.random(), 2)) for each in range(helpers) if dice.random() < 0.4),
        primary=dice.choice([None, *range(helpers)]),
        must_not=some(0.15) - rather,
        rather_not=some(0.15) - rather,
        rather=rather,
    )


def _add_visits(dice: random.Random, visits: list[Visit], links: list[Link], citizens: int, helpers: int) -> None:
    citizen, opens = dice.randrange(citizens), dice.randint(0, 20_000)
    closes = dice.choice([None, opens + dice.randint(0, 9_000)])
    wished = dice.choice([None, dice.randint(0, 25_000)])
    importance = dice.choice([0, 1, 5, 100])
    kind: dict[str, Any] = {
        "citizen": citizen,
        "place": citizen + 2,
        "duration": dice.randint(0, 2_400),
        "earliest": opens,
        "latest": closes,
        "wish_from": wished,
        "wish_to": None if dice.random() < 0.5 else (wished or 0) + dice.randint(0, 5_000),
        "competences": frozenset({dice.randrange(3)}) if dice.random() < 0.5 else frozenset(),
        "level": dice.randint(0, 2),
        "importance": importance,
        "skip_cost": 0.0 if importance else round(dice.random() * 50, 2),
    }
    number = len(visits)
    lock: dict[str, Any] = {}
    if dice.random() < 0.15:
        lock["helper"] = dice.randrange(helpers)
        if dice.random() < 0.4:
            lock["start"] = opens if closes is None else dice.randint(opens, closes)
    visits.append(Visit(id=number, **kind, **lock))
    chance = dice.random()
    if chance < 0.15:
        visits.append(Visit(id=number + 1, **kind))
        links.append(at_once(number, number + 1))
    elif chance < 0.3 and number > 0:
        least = dice.randint(0, 5_000)
        links.append(
            Link(
                first=dice.randrange(number), second=number, least=least,
                most=dice.choice([None, least + dice.randint(0, 4_000)]),
                together=dice.random() < 0.3, different_helpers=dice.random() < 0.3,
            )
        )  # fmt: skip


def enriched_day(seed: int) -> tuple[Problem, Params]:
    """A random day with several windows, breaks that may be missed or are held on arrival, and all weights counting."""
    dice = random.Random(-seed - 1)
    day = random_day(seed)
    helpers = tuple(
        replace(each, periods=tuple(replace(p, breaks=_freer(dice, p.breaks)) for p in each.periods))
        for each in day.helpers
    )
    visits = tuple(each if each.locked or dice.random() < 0.5 else _windowed(dice, each) for each in day.visits)
    extra = {
        name: round(dice.random() * 3, 2)
        for name in ("longest_idle", "longest_unused", "before_leaving", "uneven", "largest_late", "missed_break")
        if dice.random() < 0.6
    }
    params = Params(
        weights=replace(Weights(), waiting=dice.choice([0.0, 0.2, 3.0]), **extra),
        allow_overtime=dice.random() < 0.3,
        leave_late=dice.random() < 0.6,
        ruin_share=0.05,
    )
    return replace(day, helpers=helpers, visits=visits), params


def _freer(dice: random.Random, breaks: tuple[Break, ...]) -> tuple[Break, ...]:
    prices = (None, 0.0, 5.0, 60.0)
    return tuple(replace(b, skip_cost=dice.choice(prices), on_arrival=dice.random() < 0.7) for b in breaks)


def _windowed(dice: random.Random, each: Visit) -> Visit:
    windows = []
    opens = each.earliest
    for _ in range(dice.randint(2, 3)):
        closes = dice.choice([None, opens + dice.randint(0, 3_000)])
        wish = dice.choice([None, opens + dice.randint(0, 3_000)])
        windows.append(Window(earliest=opens, latest=closes, wish_to=wish))
        opens = (opens if closes is None else closes) + dice.randint(1, 6_000)
    return replace(each, latest=windows[-1].latest, wish_to=None, windows=tuple(windows))
