"""How many were helped to answer, and by whom: what of it may be shown. Pure.

What is ever released is fixed beforehand, for everybody alike: each team's own counts, and the sum of the teams in the
unit above. A count of one to four is hidden, and with it the fewest others from which it could be reckoned
(`measures.suppression`): in the team, where the number that answered this is known, and among the teams, where each
kind's sum is. Larger sums are sums of those, and tell nothing more.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import polars as pl

from measures.disclosure.display import LEAST, may_show
from measures.disclosure.suppression import suppression
from tillit.learning.surveys.rules.instruments import Instrument, Item, about_answering

#: Of those who answered this, the share helped by those whom the survey is about, from which it is many.
MANY = 0.2
ALONE, RELATIVE, STAFF, OTHERS = 1, 2, 3, 4
KINDS = (ALONE, RELATIVE, STAFF, OTHERS)
PROTECTED = "protected"
MOST_TOGETHER = 8
"""Groups whose sum is released as one; more are cut, and their sum is that of the pieces. Keeps the search short."""
_REST = "~rest"


@dataclass(frozen=True, slots=True)
class Group:
    """The answers of one group. invited: how many were asked."""

    answers: Sequence[Mapping[str, Any]]
    invited: int


@dataclass(frozen=True, slots=True)
class Helped:
    """How many of each kind. counts: by KINDS; None is hidden. said: how many answered this.

    why: why nothing is shown («too_few», «low_response», PROTECTED); empty when something is.
    """

    counts: Mapping[int, int | None]
    said: int = 0
    why: tuple[str, ...] = ()

    @property
    def helped(self) -> int | None:
        """How many were helped, by whomever; None when it cannot be told."""
        alone = self.counts.get(ALONE)
        return None if alone is None else self.said - alone

    @property
    def many_by_staff(self) -> bool | None:
        """Whether many were helped by those who work there; None when it cannot be told from what is shown."""
        by_staff = self.counts.get(STAFF)
        return None if by_staff is None else by_staff >= MANY * self.said


def question_of(instrument: Instrument) -> Item | None:
    """Return the question of who helped, None in an instrument that does not ask."""
    return next((item for item in about_answering(instrument) if item.scale == "HELPED"), None)


def counted(group: Group, code: str) -> dict[int, int]:
    """Return how many of each kind there are. Never to be shown as it is."""
    found = dict.fromkeys(KINDS, 0)
    for one in group.answers:
        if (kind := one.get(code)) in found:
            found[kind] += 1
    return found


@dataclass(frozen=True, slots=True)
class Released:
    """All that is ever released. each: by group; sums: by the names of the groups in it."""

    each: Mapping[str, Helped]
    sums: Mapping[frozenset[str], Helped]

    def of(self, names: Collection[str]) -> Helped:
        """Return one group's counts, or the sum of several: it tells nothing that what is released does not."""
        left, parts = set(names), []
        for inside, found in self.sums.items():
            if inside <= left:
                left -= inside
                parts.append(found)
        return _together([*parts, *(self.each[name] for name in sorted(left))])


def released(groups: Mapping[str, Group], code: str, *, above: Mapping[str, str]) -> Released:
    """Return what may be shown of each group, and of all in a unit above.

    code: the question's. above: group → the unit above it. A group shows nothing under ten who said whether, or when
    they are under half of those asked. What such groups are together could be reckoned from the sum, so a sum needs
    them to be none, or ten or more. Without a sum each group is protected by itself.
    """
    each: dict[str, Helped] = {}
    sums: dict[frozenset[str], Helped] = {}
    inside: dict[str, list[str]] = defaultdict(list)
    for name in sorted(groups):
        inside[above[name]].append(name)
    for unit in sorted(inside):
        for first in range(0, len(inside[unit]), MOST_TOGETHER):
            names = inside[unit][first : first + MOST_TOGETHER]
            found, whole = _block({name: groups[name] for name in names}, code)
            each |= found
            if len(names) > 1:
                sums[frozenset(names)] = whole
    return Released(each, sums)


def _block(groups: Mapping[str, Group], code: str) -> tuple[dict[str, Helped], Helped]:
    counts = {name: counted(group, code) for name, group in groups.items()}
    why = {name: _why(group.invited, counts[name]) for name, group in groups.items()}
    shown = {name: found for name, found in counts.items() if not why[name]}
    rest = {kind: sum(counts[name][kind] for name in counts if why[name]) for kind in KINDS}
    whole = {kind: sum(found[kind] for found in counts.values()) for kind in KINDS}
    no_sum = _why(sum(group.invited for group in groups.values()), whole)
    if 0 < sum(rest.values()) < LEAST["survey_distribution"]:
        no_sum = (*no_sum, PROTECTED)
    rows = {**shown, _REST: rest} if sum(rest.values()) else shown
    hidden = None if no_sum else _hidden(_plain(rows))
    if hidden is None:
        no_sum = no_sum or (PROTECTED,)
        hidden = frozenset(cell for name in shown for cell in _hidden(_plain({name: shown[name]})) or ())
    each = {
        name: Helped({}, why=why[name])
        if why[name]
        else Helped(
            {kind: None if (name, kind) in hidden else shown[name][kind] for kind in KINDS}, sum(shown[name].values())
        )
        for name in groups
    }
    return each, Helped({}, why=no_sum) if no_sum else Helped(dict(whole), sum(whole.values()))


def _together(parts: Sequence[Helped]) -> Helped:
    """Return the sum of what is released: the kinds that every part shows."""
    if len(parts) == 1:
        return parts[0]
    if any(one.why for one in parts):
        return Helped({}, why=(PROTECTED,))
    columns = {kind: [one.counts[kind] for one in parts] for kind in KINDS}
    return Helped(
        {kind: None if None in found else sum(one or 0 for one in found) for kind, found in columns.items()},
        sum(one.said for one in parts),
    )


def _why(invited: int, counts: Mapping[int, int]) -> tuple[str, ...]:
    return tuple(may_show(kind="survey_distribution", n=sum(counts.values()), invited=invited)["why_not"])


def _plain(rows: Mapping[str, Mapping[int, int]]) -> tuple[tuple[str, int, int], ...]:
    return tuple((name, kind, count) for name, row in sorted(rows.items()) for kind, count in row.items())


@lru_cache(maxsize=256)  # the answers of a closed survey do not change, and the search for the fewest takes its time
def _hidden(cells: tuple[tuple[str, int, int], ...]) -> frozenset[tuple[str, int]] | None:
    """Return the cells (group, kind) to hide when all totals are known; None when a total would have to be hidden too.

    cells: (group, kind, count). Of one group the kinds are a list with its total; of several each kind's sum is known.
    """
    rows = [(name, str(kind), count) for name, kind, count in cells]
    found = suppression(pl.DataFrame(rows, schema=["row", "col", "n"], orient="row"))
    if found["suppressed_margins"] or not found["publishable"]:
        return None
    return frozenset((str(name), int(kind)) for name, kind in found["suppressed"])
