"""A small day that has something of everything: for warming up, documentation and tests."""

from __future__ import annotations

import numpy as np

from planengine.problem import (
    Break,
    Citizen,
    Helper,
    Link,
    Meeting,
    Place,
    Problem,
    ReferenceAssignment,
    Visit,
    WorkPeriod,
    at_once,
)

HOUR = 3_600


def small_day() -> Problem:
    """Return a morning with two helpers, three citizens and five visits, two of them at once."""
    return Problem(
        name="a small morning",
        places=tuple(Place(id=number) for number in range(4)),
        modes=("car",),
        travel=(np.array([[0, 300, 420, 600], [300, 0, 240, 360], [420, 240, 0, 300], [600, 360, 300, 0]]),),
        helpers=(
            Helper(
                id=0,
                level=1,
                competences=frozenset({7}),
                max_overtime=1800,
                periods=(
                    WorkPeriod(
                        start=8 * HOUR, end=15 * HOUR, start_place=0, end_place=0,
                        breaks=(Break(duration=1800, earliest=11 * HOUR, latest_end=13 * HOUR),),
                    ),
                ),
            ),
            Helper(
                id=1,
                periods=(
                    WorkPeriod(
                        start=8 * HOUR, end=15 * HOUR, start_place=0, end_place=0,
                        meetings=(Meeting(start=14 * HOUR, duration=1800, place=0),),
                    ),
                ),
            ),
        ),
        citizens=(
            Citizen(id=0, known=((0, 0.8),), primary=0),
            Citizen(id=1, known=((1, 1.0),), primary=1, rather=frozenset({1})),
            Citizen(id=2, rather_not=frozenset({0})),
        ),
        visits=(
            Visit(id=0, citizen=0, place=1, duration=900, earliest=8 * HOUR, latest=9 * HOUR,
                  competences=frozenset({7}), level=1, importance=100),
            Visit(id=1, citizen=0, place=1, duration=900, earliest=10 * HOUR, latest=14 * HOUR,
                  competences=frozenset({7}), level=1, importance=100),
            Visit(id=2, citizen=1, place=2, duration=1800, earliest=8 * HOUR, latest=12 * HOUR,
                  wish_from=9 * HOUR + 1800, wish_to=10 * HOUR, importance=10),
            Visit(id=3, citizen=1, place=2, duration=1800, earliest=8 * HOUR, latest=12 * HOUR,
                  wish_from=9 * HOUR + 1800, wish_to=10 * HOUR, importance=10),
            Visit(id=4, citizen=2, place=3, duration=1200, latest=14 * HOUR, importance=1),
        ),
        links=(Link(first=0, second=1, least=4 * HOUR, most=6 * HOUR), at_once(2, 3)),
        reference=(ReferenceAssignment(visit=4, helper=1, start=12 * HOUR),),
    )  # fmt: skip
