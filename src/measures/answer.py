"""What every measure answers with: numbers, what they rest on, and what to be careful about."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Value = Any
"""A number, text, truth value, None (undefined: do not show), or lists and mappings of these."""


@dataclass(frozen=True, slots=True)
class Warned:
    """One thing a reader must know before using the numbers.

    code: stable, for programs. text: English, for a person who reads the answer.
    """

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a formula found, before it is signed with its method.

    values: by name; None means undefined.
    n: how many units (visits, citizens, answers …) the values rest on.
    excluded: reason → how many rows or units were left out.
    seed: of the random draws, None when nothing was drawn.
    """

    values: Mapping[str, Value]
    n: int
    excluded: Mapping[str, int] = field(default_factory=dict)
    warnings: Sequence[Warned] = ()
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, with the method that found it."""

    method: str
    version: int
    source: str
    values: Mapping[str, Value]
    n: int
    excluded: Mapping[str, int]
    warnings: tuple[Warned, ...]
    seed: int | None = None

    def __getitem__(self, name: str) -> Value:
        return self.values[name]

    def as_json(self) -> dict[str, Value]:
        """Return plain values; numbers that are not finite become None."""
        return {
            "method": self.method,
            "version": self.version,
            "source": self.source,
            "n": self.n,
            "excluded": dict(self.excluded),
            "warnings": [{"code": each.code, "text": each.text} for each in self.warnings],
            "seed": self.seed,
            "values": plain(self.values),
        }


def plain(value: Value) -> Value:
    """Return the value as JSON can carry it: no numpy, no NaN, no infinity, lists for tuples."""
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value


def ratio(part: float, whole: float) -> float | None:
    """Return part / whole, or None when there is nothing to divide by."""
    return part / whole if whole else None
