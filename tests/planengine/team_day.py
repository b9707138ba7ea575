"""An invented team's day of any size, for tests and for the numbers in docs/how-we-plan.md.

Run it: ``PYTHONPATH=src:. .venv/bin/python -m tests.planengine.team_day 10`` (seconds per plan).
"""

from __future__ import annotations

import random
import sys
from dataclasses import replace

from planengine import (
    Break,
    Citizen,
    Helper,
    Link,
    Meeting,
    Params,
    Place,
    Problem,
    Stop,
    Visit,
    Weights,
    WorkPeriod,
    at_once,
    check_result,
    evaluate,
    solve_day,
    warm_up,
)
from planengine.travel.source import travel_matrices

HOUR = 3_600
MODES = ("car", "bike")
IMPORTANCE = (1, 10, 100)


def team_day(visits: int, helpers: int, seed: int, durations: tuple[int, ...] = (600, 900, 1_200, 1_800)) -> Problem:
    """A town team: nurses, care workers and home helps on day and late shifts, each citizen known to four or more."""
    dice = random.Random(seed)
    count = int(visits * 0.62)
    places = (
        Place(id=0, latitude=59.92, longitude=10.75),
        *(
            Place(id=n + 1, latitude=59.92 + dice.gauss(0, 0.015), longitude=10.75 + dice.gauss(0, 0.03))
            for n in range(count)
        ),
    )
    citizens = []
    for number in range(count):
        group = dice.sample(range(helpers), min(helpers, 4))
        well = [(helper, round(1 - 0.2 * rank - 0.1 * dice.random(), 2)) for rank, helper in enumerate(group)]
        little = [
            (helper, round(dice.random() * 0.3, 2))
            for helper in range(helpers)
            if helper not in group and dice.random() < 0.2
        ]
        barred = frozenset({dice.randrange(helpers)}) - {group[0]} if dice.random() < 0.05 else frozenset()
        citizens.append(Citizen(id=number, known=(*well, *little), primary=group[0], must_not=barred))
    calls: list[Visit] = []
    links: list[Link] = []
    while len(calls) < visits:
        number, citizen = len(calls), dice.randrange(count)
        morning = dice.random() < 0.75
        middle = dice.randint(8 * HOUR, 13 * HOUR) if morning else dice.randint(15 * HOUR + 1_800, 20 * HOUR)
        half, need = dice.choice([1_800, 3_600, 5_400]), dice.choices([0, 1, 2], [0.4, 0.4, 0.2])[0]
        call = Visit(
            id=number, citizen=citizen, place=citizen + 1, duration=dice.choice(durations), earliest=middle - half,
            latest=middle + half, wish_from=middle - 900, wish_to=middle + 900, competences=frozenset({need}),
            level=need, importance=IMPORTANCE[need],
        )  # fmt: skip
        calls.append(call)
        if dice.random() < 0.08 and len(calls) < visits:
            calls.append(replace(call, id=number + 1))
            links.append(at_once(number, number + 1))
    return Problem(
        places=places,
        modes=MODES,
        travel=travel_matrices(places, MODES),
        helpers=tuple(_employee(number) for number in range(helpers)),
        citizens=tuple(citizens),
        visits=tuple(calls),
        links=tuple(links),
    )


def _employee(number: int) -> Helper:
    late = number % 4 == 3
    start, end = (14 * HOUR + 1_800, 22 * HOUR) if late else (7 * HOUR + 1_800, 15 * HOUR)
    level = {0: 2, 1: 1, 2: 0}[number % 3]
    return Helper(
        id=number,
        level=level,
        competences=frozenset(range(level + 1)),
        mode=number % 2,
        max_overtime=1_800,
        periods=(
            WorkPeriod(
                start=start, end=end, start_place=0, end_place=0,
                breaks=(Break(duration=1_800, earliest=start + 3 * HOUR, latest_end=start + 5 * HOUR + 1_800),),
                meetings=(Meeting(start=14 * HOUR + 1_800, duration=1_500, place=0),),
            ),
        ),
    )  # fmt: skip


WITHOUT_CONTINUITY = replace(Weights(), unknown_face=0.0, extra_face=0.0, not_primary=0.0)


def main(seconds: float) -> None:
    """Print what looking at continuity changes."""
    warm_up()
    names = ("unknown_face", "extra_face", "not_primary", "travel", "early", "late")
    for visits, helpers, durations in ((110, 12, (600, 900, 1_200, 1_800)), (200, 14, (300, 600, 900))):
        for seed in (1, 2):
            day = team_day(visits, helpers, seed, durations)
            for label, weights in (("with", Weights()), ("without", WITHOUT_CONTINUITY)):
                result = solve_day(day, stop=Stop(seconds=seconds), seed=1, params=Params(weights=weights))
                assert check_result(day, result) == ()
                judged = evaluate(day, result.plan, Weights())
                strangers = sum(each.unknown_faces for each in judged.helpers)
                amounts = " ".join(f"{name} {judged.amount(name):.0f}" for name in names)
                print(visits, seed, label, "uncovered", len(result.uncovered), "strangers", strangers, amounts)


if __name__ == "__main__":
    main(float(sys.argv[1]))
