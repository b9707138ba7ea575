"""Small groups are not shown, nor what would let somebody reckon them; and a team has its numbers first.

docs/how-we-count/figures.md has the rules with examples. Source: measures.md §3 (A-1, A-4).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tillit.learning.insight.rules.series import Point

TEAM_FIRST = timedelta(days=14)
"""So long after a week or month is over leaders above the team do not see it: the team looks at its own first."""

Key = tuple[str, date]
"""An indicator and the first day of a week or month."""


@dataclass(frozen=True, slots=True)
class Cell:
    """How many a unit's figure rests on. parent: the nearest unit above with figures; None: the top.

    held: hidden whatever n is, since it would give away a small number beside it.
    """

    unit_id: int
    parent_id: int | None
    n: int
    held: bool = False


def too_few(n: int, least: int) -> bool:
    """Whether a value may not be shown for so few. Nobody at all is no secret."""
    return 0 < n < least


def shown(point: Point, *, least: int, withheld: bool = False) -> Point:
    """Return the point as it may be shown. withheld: hidden because others could be reckoned from it."""
    if not withheld and not too_few(point.n, least):
        return point
    return replace(
        point, value=None, n=0, numerator=None, denominator=None, low=None, high=None, excluded=0, hidden=True
    )


def last_for_leaders(today: date) -> date:
    """Return the day by which a week or month must be over for those above the team to see it."""
    return today - TEAM_FIRST


def withheld(cells: Sequence[Cell], *, least: int) -> frozenset[int]:
    """Return the units whose figure is held back for one who sees all: the small ones, and those that give them away.

    cells: all units of one indicator in one week or month. A unit is the sum of those directly below it. Wherever
    something is hidden in such a sum, at least two terms are, and what is hidden below a shown sum is `least` or more
    together; the next smallest is hidden until it is so, and the sum itself when there is no other.
    """
    below: dict[int, list[Cell]] = {}
    known = {cell.unit_id: cell for cell in cells}
    for cell in cells:
        if cell.parent_id in known and cell.n:
            below.setdefault(cell.parent_id, []).append(cell)
    hidden = {cell.unit_id for cell in cells if cell.held or too_few(cell.n, least)}
    changed = True
    while changed:
        changed = False
        for parent_id, terms in sorted(below.items()):
            more = _one_more(known[parent_id], terms, hidden, least)
            if more is not None:
                hidden.add(more)
                changed = True
    return frozenset(hidden)


def _one_more(total: Cell, terms: Sequence[Cell], hidden: set[int], least: int) -> int | None:
    """Return the unit to hide so that this sum tells less, or None where it tells nothing."""
    away = [cell for cell in terms if cell.unit_id in hidden]
    left = sorted((cell for cell in terms if cell.unit_id not in hidden), key=lambda cell: (cell.n, cell.unit_id))
    if total.unit_id in hidden:
        # With all below shown, the hidden sum is their sum.
        return left[0].unit_id if not away and left else None
    if not away:
        return None
    if len(away) >= 2 and sum(cell.n for cell in away) >= least:
        return None
    return left[0].unit_id if left else total.unit_id


def parents(paths: Mapping[int, str]) -> dict[int, int | None]:
    """Return for each unit with figures the nearest one above that has figures too. paths: of those units."""
    found: dict[int, int | None] = {}
    for unit_id, path in paths.items():
        above = [int(part) for part in path.split(".") if part][:-1]
        found[unit_id] = next((one for one in reversed(above) if one in paths), None)
    return found


def gives_away(parts: Mapping[str, int], value: str, *, least: int) -> bool:
    """Whether the number of rows with one value may not be shown, as it lets a small one beside it be reckoned.

    parts: how many rows of the same unit, week or month have each value; together they are all there is, and that may
    stand on another indicator. The same rule as for the units of a sum (`withheld`), with the values as its terms.
    """
    codes = sorted(parts)
    terms = [Cell(number, 0, parts[code]) for number, code in enumerate(codes, start=1)]
    return value in parts and 1 + codes.index(value) in withheld(
        [Cell(0, None, sum(parts.values())), *terms], least=least
    )


def gather(rows: Iterable[tuple[str, date, int, int, bool]], paths: Mapping[int, str]) -> dict[Key, list[Cell]]:
    """Return the cells of each indicator and week or month. rows: (code, starts_on, unit id, n, held)."""
    above = parents(paths)
    found: dict[Key, list[Cell]] = {}
    for code, starts_on, unit_id, n, held in rows:
        if unit_id in above:
            found.setdefault((code, starts_on), []).append(Cell(unit_id, above[unit_id], n, held))
    return found
