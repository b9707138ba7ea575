"""Chance that can be repeated: every thing in town draws from a stream of its own, named after the thing.

A stream depends on the seed and its name only, so that one citizen more changes nothing for the others, and the
order in which things are made plays no part.
"""

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """Streams of chance below one seed."""

    def __init__(self, seed: int | str) -> None:
        self._seed = str(seed)

    def stream(self, *name: object) -> random.Random:
        """Return a fresh stream with this name; the same name gives the same draws."""
        return random.Random(f"{self._seed}/{'/'.join(str(part) for part in name)}")


def weighted(draw: random.Random, options: Sequence[tuple[T, float]]) -> T:
    """Return one of the options by weight."""
    left = draw.random() * sum(weight for _, weight in options)
    for option, weight in options:
        left -= weight
        if left < 0:
            return option
    return options[-1][0]


def sheaf(draw: random.Random, items: Sequence[T], count: int) -> list[T]:
    """Return `count` items, each as often as the next: the whole shuffled sequence again and again."""
    drawn: list[T] = []
    while len(drawn) < count:
        round_ = list(items)
        draw.shuffle(round_)
        drawn.extend(round_)
    return drawn[:count]
