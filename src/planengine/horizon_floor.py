"""How few helpers a citizen can have over a horizon, as people are at work: the floor that a plan is held against.

One citizen at a time, as if everybody else gave way. So it is a bound that no plan can go under, not a promise that
one plan reaches it for all. Source: Gjevjon 2014 (continuity of carer cannot exceed what the shifts allow); the count
itself is a least hitting set, found exactly by deepening search. Reckoned by hand in docs/how-we-count/weeks.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from planengine.problem import Helper, Problem, Visit

MOST_NODES = 200_000
"""Choices looked at for one citizen; past it the floor is what has been proved so far, which is never too high."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Something a citizen needs once: at least `count` of these helpers (by ref). count is 1, or 2 for two at once."""

    able: frozenset[str]
    count: int = 1


def shifts_suffice(*, slots: int, shifts_each: float) -> int:
    """Return the planner's rule of thumb: helpers that `slots` visits take when each has `shifts_each` shifts.

    slots: distinct shifts in which the citizen is visited. shifts_each: weeks x hours a week x position x
    (1 - absence) / hours of a shift. Source: domain measure K-7, ceil(slots / shifts). 0 slots need 0.
    """
    if shifts_each <= 0:
        raise ValueError("shifts_each must be above 0")
    return ceil(slots / shifts_each)


def fewest_helpers(needs: Iterable[Need], *, met: Iterable[str] = ()) -> int:
    """Return the least number of different helpers that meet every need, those already met among them.

    met: helpers who have been there in the window already; they count, and may be used again at no more.
    A need that too few are able to meet asks for as many as there are. Exact, unless the search is longer than
    MOST_NODES; then a number that is certainly not too high.
    """
    had = frozenset(met)
    left = {
        Need(able=need.able, count=min(need.count, len(need.able)))
        for need in needs
        if len(need.able & had) < min(need.count, len(need.able))
    }
    open_needs = [need for need in left if not _implied(need, left)]
    nodes = [MOST_NODES]
    extra = 0
    while True:
        if _reached(open_needs, had, extra, nodes):
            return len(had) + extra
        if nodes[0] <= 0:
            return len(had) + extra
        extra += 1


def _implied(need: Need, others: Iterable[Need]) -> bool:
    """Whether another need is stricter: at least as many, of fewer."""
    return any(
        other.able <= need.able and other.count >= need.count and (other.able, other.count) != (need.able, need.count)
        for other in others
    )


def _reached(needs: Sequence[Need], chosen: frozenset[str], more: int, nodes: list[int]) -> bool:
    """Whether `more` helpers beside the chosen can meet every need. Branches on the need with fewest to choose from."""
    nodes[0] -= 1
    missing = [(need, need.count - len(need.able & chosen)) for need in needs]
    missing = [(need, lacks) for need, lacks in missing if lacks > 0]
    if not missing:
        return True
    if more < max(lacks for _need, lacks in missing) or nodes[0] <= 0:
        return False
    need, _lacks = min(missing, key=lambda each: (len(each[0].able - chosen), sorted(each[0].able)))
    barred: set[str] = set()
    for helper in sorted(need.able - chosen):
        smaller = [Need(able=each.able - barred, count=each.count) for each, _ in missing] if barred else list(needs)
        if _reached(smaller, chosen | {helper}, more - 1, nodes):
            return True
        barred.add(helper)  # every way with her has been tried
    return False


def may_make(problem: Problem, visit: Visit, helper: Helper) -> bool:
    """Whether the helper could make the visit if she had nothing else: allowed, able, and at work in its window.

    Travel is not counted, so that nobody is ruled out who could.
    """
    if helper.id in problem.citizens[visit.citizen].must_not or not visit.competences <= helper.competences:
        return False
    if visit.helper is not None and visit.helper != helper.id:
        return False
    windows = [(each.earliest, each.latest) for each in visit.windows] or [(visit.earliest, visit.latest)]
    return any(
        max(earliest, period.start) <= min(period.end - visit.duration, period.end if latest is None else latest)
        for period in helper.periods
        for earliest, latest in windows
    )


def needs_of(problem: Problem, *, covered: Iterable[int] | None = None) -> dict[str, list[Need]]:
    """Return what each citizen (by ref) needs in one part of a day; visits nobody could make need nothing.

    covered: only these visits, for holding a plan against what it covers; None: all.
    """
    chosen = None if covered is None else frozenset(covered)
    able: dict[int, frozenset[str]] = {}
    found: dict[str, list[Need]] = {}
    for visit in problem.visits:
        if chosen is not None and visit.id not in chosen:
            continue
        able[visit.id] = frozenset(helper.ref for helper in problem.helpers if may_make(problem, visit, helper))
        if able[visit.id]:
            found.setdefault(problem.citizens[visit.citizen].ref, []).append(Need(able=able[visit.id]))
    for link in problem.links:
        both = able.get(link.first, frozenset()) | able.get(link.second, frozenset())
        citizens = {problem.visits[end].citizen for end in (link.first, link.second) if able.get(end)}
        if link.different_helpers and link.first in able and link.second in able and len(citizens) == 1 and both:
            found[problem.citizens[citizens.pop()].ref].append(Need(able=both, count=2))
    return found


def calls_of(problem: Problem) -> list[tuple[int, ...]]:
    """Return the visits by the call they are parts of: what different helpers make together (at_once) is one call."""
    first = {visit.id: visit.id for visit in problem.visits}
    for link in problem.links:
        if link.together and link.different_helpers:
            one, other = first[link.first], first[link.second]
            first = {visit: one if call == other else call for visit, call in first.items()}
    found: dict[int, list[int]] = {}
    for visit, call in first.items():
        found.setdefault(call, []).append(visit)
    return [tuple(visits) for visits in found.values()]


def floors(problems: Iterable[Problem], *, met: Mapping[str, Iterable[str]] | None = None) -> dict[str, int]:
    """Return the floor of each citizen (by ref) visited in these parts of days. met: as in fewest_helpers."""
    needs: dict[str, list[Need]] = {}
    for problem in problems:
        for citizen, own in needs_of(problem).items():
            needs.setdefault(citizen, []).extend(own)
    return {citizen: fewest_helpers(own, met=(met or {}).get(citizen, ())) for citizen, own in sorted(needs.items())}
