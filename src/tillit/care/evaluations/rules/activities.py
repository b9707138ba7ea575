"""What COPM and PSFS have in common: activities in the citizen's words, scored again later.

Formulas and examples by hand: docs/how-we-count/copm.md and psfs.md. A score that is missing is missing: never 0.
"""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Protocol, TypeVar

MOST_ACTIVITIES = 5


class Named(Protocol):
    """An activity."""

    @property
    def text(self) -> str:
        """The activity in the citizen's words."""


A = TypeVar("A", bound=Named)


def common(before: Sequence[A], after: Sequence[A]) -> tuple[list[tuple[A, A]], list[str]]:
    """Return the activities that stand in both, in the order of `before`; and the words of those in one only.

    Told apart by their words, without regard to capitals and spaces.
    """
    later = {_key(one.text): one for one in after}
    pairs = [(one, later[_key(one.text)]) for one in before if _key(one.text) in later]
    known = {_key(one.text) for one, _ in pairs}
    return pairs, [one.text for one in (*before, *after) if _key(one.text) not in known]


def mean(scores: Iterable[int | None]) -> Fraction | None:
    """Return the mean of those that are given; None without any."""
    given = [score for score in scores if score is not None]
    return Fraction(sum(given), len(given)) if given else None


def shown(exact: Fraction | None) -> Decimal | None:
    """Return a mean or a change to two decimals, halves up."""
    if exact is None:
        return None
    return (Decimal(exact.numerator) / exact.denominator).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()
