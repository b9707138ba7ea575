"""Districts' and municipalities' figures of what is brought in for teams: sums of numerators over sums of denominators.

A unit has its sum when every team below it that is in force on the month's last day has its figure; before that there
is none, for a sum of some of the teams would be read as that of all. A special team is in it when it has a figure: many
have no budget of their own. docs/how-we-count/brought-in.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from measures.answer import ratio
from tillit.learning.insight.rules import periods
from tillit.learning.insight.rules.facts import COUNTED_KINDS
from tillit.learning.insight.rules.figures import DECIMALS, Found
from tillit.learning.insight.rules.indicators import Step

TERMS = ("SPECIAL_TEAM", "TEAM")
"""Kinds of unit that are the terms of a sum."""
AWAITED = ("TEAM",)
"""Kinds of unit that a sum waits for."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit in the tree, as `organisation.models.Unit`. Days half-open; after: None has not ended."""

    unit_id: int
    path: str
    kind: str
    first: date
    after: date | None


@dataclass(frozen=True, slots=True)
class Part:
    """A team's figure as it was brought in, of one indicator in one month."""

    code: str
    unit_id: int
    starts_on: date
    n: int
    numerator: float
    denominator: float


def lacking(tree: Sequence[Branch], above: Branch, starts_on: date, having: Iterable[int]) -> tuple[int, ...]:
    """Return the teams below a unit without a figure for a month, of those in force on its last day. In tree order."""
    there = frozenset(having)
    last = periods.end(Step.MONTH, starts_on) - timedelta(days=1)
    return tuple(
        one.unit_id
        for one in tree
        if one.kind in AWAITED
        and one.unit_id not in there
        and one.unit_id != above.unit_id
        and one.path.startswith(above.path)
        and one.first <= last
        and (one.after is None or one.after > last)
    )


def sums(tree: Sequence[Branch], parts: Iterable[Part]) -> list[Found]:
    """Return the sums of every unit above teams that has them, for each indicator and month there are parts of.

    n is the sum of the teams' n: somebody with a position in two counts in both, as in the teams' own figures.
    """
    by_month: dict[tuple[str, date], dict[int, Part]] = {}
    for part in parts:
        by_month.setdefault((part.code, part.starts_on), {})[part.unit_id] = part
    paths = {one.unit_id: one.path for one in tree}
    found: list[Found] = []
    for (code, starts_on), mine in sorted(by_month.items()):
        for above in tree:
            if above.kind not in COUNTED_KINDS or above.kind in TERMS or lacking(tree, above, starts_on, mine):
                continue
            terms = [part for unit_id, part in sorted(mine.items()) if paths.get(unit_id, "").startswith(above.path)]
            if not terms:
                continue
            top, under = sum(one.numerator for one in terms), sum(one.denominator for one in terms)
            value = ratio(top, under)
            found.append(
                Found(
                    code, above.unit_id, starts_on, None if value is None else round(value, DECIMALS),
                    sum(one.n for one in terms), round(top, DECIMALS), round(under, DECIMALS),
                )
            )  # fmt: skip
    return found
