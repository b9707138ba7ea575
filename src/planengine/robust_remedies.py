"""What could be done before anybody is away: a competence learnt, an hour more, a visit that may move."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from planengine.parameters import Params
from planengine.problem import Problem
from planengine.robust_repair import Absence, Hands

MOST_HELPS = 5
LONGER_MINUTES = 60
"""How much longer somebody stays, and how far a visit moves, in the remedies that are tried."""


class RemedyKind(StrEnum):
    """What could be done beforehand."""

    LEARN = "learn"
    """helper gets competence."""
    STAY_LONGER = "stay_longer"
    """helper works ticks longer."""
    MOVE = "move"
    """visit may start ticks earlier or later than now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """Something that would help. saves: importance saved, summed over the absences it was tried on; visits: which."""

    kind: RemedyKind
    helper: int | None = None
    competence: int | None = None
    visit: int | None = None
    ticks: int = 0
    saves: int = 0
    visits: tuple[int, ...] = ()


def remedies_for(
    problem: Problem,
    params: Params,
    failing: Sequence[Absence],
    *,
    covered: frozenset[int],
    learnable: frozenset[int] | None,
    look_up: Callable[[], None],
) -> tuple[Remedy, ...]:
    """Return what would help, most first; each tried on every failing set, by adding to the repair that was found.

    covered: the visits that are to have somebody. learnable: competences somebody can be taught; None = all.
    look_up: called before each is tried; what it raises ends the looking.
    """
    tried: list[Remedy] = []
    for remedy in _candidates(problem, failing, learnable):
        look_up()
        hands = Hands(with_remedy(problem, remedy), params, covered)
        saves, visits = 0, set[int]()
        for each in failing:
            if remedy.helper in each.helpers:
                continue
            again = hands.added_to(each.plan, each.helpers)
            if again is None:
                continue
            saves += max(0, each.importance - again.importance)
            visits |= set(each.uncovered) - set(again.uncovered)
        if saves:
            tried.append(replace(remedy, saves=saves, visits=tuple(sorted(visits))))
    kinds = tuple(RemedyKind)
    tried.sort(key=lambda each: (-each.saves, kinds.index(each.kind), each.helper or 0, each.visit or 0))
    best = [next(each for each in tried if each.kind is kind) for kind in dict.fromkeys(e.kind for e in tried)]
    rest = [each for each in tried if each not in best]
    chosen = [*best, *rest][:MOST_HELPS]
    return tuple(sorted(chosen, key=tried.index))


def _candidates(problem: Problem, failing: Sequence[Absence], learnable: frozenset[int] | None) -> Iterator[Remedy]:
    visits = list(dict.fromkeys(visit for each in failing for visit in each.uncovered))
    hour = LONGER_MINUTES * problem.ticks_per_minute
    seen: set[tuple[int, int]] = set()
    for number in visits:
        visit = problem.visits[number]
        for helper in problem.helpers:
            lacking = visit.competences - helper.competences
            unwanted = helper.id in problem.citizens[visit.citizen].must_not
            if not helper.periods or len(lacking) != 1 or unwanted:
                continue
            (competence,) = lacking
            if learnable is not None and competence not in learnable:
                continue
            if (helper.id, competence) not in seen:
                seen.add((helper.id, competence))
                yield Remedy(kind=RemedyKind.LEARN, helper=helper.id, competence=competence)
    if visits:
        for helper in problem.helpers:
            if helper.periods:
                yield Remedy(kind=RemedyKind.STAY_LONGER, helper=helper.id, ticks=hour)
    for number in visits:
        if not problem.visits[number].locked and not problem.visits[number].windows:
            yield Remedy(kind=RemedyKind.MOVE, visit=number, ticks=hour)


def with_remedy(problem: Problem, remedy: Remedy) -> Problem:
    """Return the day as it would be had the remedy been done beforehand."""
    helpers, visits = list(problem.helpers), list(problem.visits)
    if remedy.helper is not None:
        helper = helpers[remedy.helper]
        if remedy.competence is not None:
            helper = replace(helper, competences=helper.competences | {remedy.competence})
        if remedy.ticks:
            last = helper.periods[-1]
            helper = replace(helper, periods=(*helper.periods[:-1], replace(last, end=last.end + remedy.ticks)))
        helpers[remedy.helper] = helper
    if remedy.visit is not None:
        visit = visits[remedy.visit]
        visits[remedy.visit] = replace(
            visit,
            earliest=max(0, visit.earliest - remedy.ticks),
            latest=None if visit.latest is None else visit.latest + remedy.ticks,
        )
    return replace(problem, helpers=tuple(helpers), visits=tuple(visits))
