"""What if: days that differ from a given one by who is at work, who visits whom, or where a team's boundary goes.

Every function takes problems and returns problems; none of them is changed. Ids are positions, so a changed day has
new ids: a ``Scenario`` says whom each of them was. Here is who is at work and which part of a day one looks at;
``scenario_teams`` has two teams' days; ``scenario_compare`` asks the search on both sides.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from planengine.errors import InvalidProblem
from planengine.events import first_order
from planengine.problem import Citizen, Helper, Problem, Visit, WorkPeriod


class Origin(NamedTuple):
    """Who somebody was: which of the problems asked about, from 0, and the id there."""

    problem: int
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A changed day and who is who in it.

    helpers, citizens, visits, places: the new id is the position; None for somebody who was nowhere before.
    freed: visits (new ids) that were fixed or locked to a helper who is not there, or not then, any more. They may go
    to anybody who can make them, at any time in their window.
    """

    problem: Problem
    helpers: tuple[Origin | None, ...]
    citizens: tuple[Origin, ...]
    visits: tuple[Origin, ...]
    places: tuple[Origin, ...]
    freed: tuple[int, ...] = ()


def unchanged(problem: Problem, number: int = 0) -> Scenario:
    """Return a problem as a scenario in which everybody is who she was. number: which of those asked about it is."""
    return Scenario(
        problem=problem,
        helpers=tuple(Origin(number, each.id) for each in problem.helpers),
        citizens=tuple(Origin(number, each.id) for each in problem.citizens),
        visits=tuple(Origin(number, each.id) for each in problem.visits),
        places=tuple(Origin(number, each.id) for each in problem.places),
    )


# -- who is at work --------------------------------------------------------------------------------------------


def add_helper(problem: Problem, helper: Helper) -> Scenario:
    """Return the day with one more at work; she gets the last id, and nobody else's changes.

    helper: described by the caller or made by ``copy_of``; its id is ignored, its places and mode are the problem's.
    No citizen knows her, wants her or refuses her. Raises InvalidProblem when she is not a helper of this problem.
    """
    same = unchanged(problem)
    more = replace(problem, helpers=(*problem.helpers, replace(helper, id=len(problem.helpers))))
    return replace(same, problem=more, helpers=(*same.helpers, None))


def copy_of(problem: Problem, helper: int, *, ref: str = "") -> Helper:
    """Return somebody new who can the same, travels the same way and works the same hours as a helper at work."""
    return replace(problem.helpers[_there(problem, helper)], ref=ref)


def remove_helper(problem: Problem, helper: int) -> Scenario:
    """Return the day with one fewer at work. What was fixed to her is freed; her rows of the reference are gone."""
    _there(problem, helper)
    return select(
        problem,
        citizens=range(len(problem.citizens)),
        helpers=[each.id for each in problem.helpers if each.id != helper],
    )


def change_period(problem: Problem, helper: int, period: int, becomes: WorkPeriod) -> Scenario:
    """Return the day with one work period changed; ids stay. ``fit_period`` makes a period for other hours.

    Visits locked to her that no longer lie in any of her periods are freed; visits that must be hers stay hers.
    Raises InvalidProblem when the period overlaps another of hers, or cannot hold its breaks and meetings.
    """
    _there(problem, helper)
    her = problem.helpers[helper]
    if not 0 <= period < len(her.periods):
        raise InvalidProblem("period", f"helper {helper} has no period {period}", "Name one of hers, from 0.")
    periods = tuple(becomes if number == period else each for number, each in enumerate(her.periods))
    now = replace(her, periods=periods)
    if first_order(problem, her.mode, becomes) is None:
        raise InvalidProblem(
            f"helpers[{helper}].periods[{period}]", "its breaks and meetings cannot all be held", "Leave some out."
        )
    visits, freed = [], []
    for visit in problem.visits:
        if visit.helper == helper and visit.start is not None and not _within(visit, now):
            visit = replace(visit, helper=None, start=None)
            freed.append(visit.id)
        visits.append(visit)
    helpers = tuple(now if each.id == helper else each for each in problem.helpers)
    changed = replace(problem, helpers=helpers, visits=tuple(visits))
    return replace(unchanged(problem), problem=changed, freed=tuple(freed))


def fit_period(problem: Problem, helper: int, period: int, *, start: int, end: int) -> WorkPeriod:
    """Return a helper's period with other hours, in ticks.

    A break keeps its window as far as it lies within the hours; when it no longer fits there its window moves as much
    as the start does; when it fits nowhere it falls away. So do meetings outside the hours. When the breaks cannot be
    held beside the meetings that are left, the meetings stand.
    """
    her = problem.helpers[_there(problem, helper)]
    was = her.periods[period]
    breaks = []
    for rest in was.breaks:
        for moved in (0, start - was.start):
            earliest, latest = max(start, rest.earliest + moved), min(end, rest.latest_end + moved)
            if earliest + rest.duration <= latest:
                breaks.append(replace(rest, earliest=earliest, latest_end=latest))
                break
    meetings = tuple(each for each in was.meetings if start <= each.start and each.start + each.duration <= end)
    found = replace(was, start=start, end=end, breaks=tuple(breaks), meetings=meetings)
    return found if first_order(problem, her.mode, found) is not None else replace(found, breaks=())


# -- a part of a day -----------------------------------------------------------------------------------------------


def select(problem: Problem, *, citizens: Collection[int], helpers: Collection[int]) -> Scenario:
    """Return the part of a day that is these citizens' visits and these helpers; the order is the old one.

    Places nobody goes to any more are left out (one is kept if none is left), modes are not. Visits fixed to a helper
    who is not among them are freed. Links and rows of the reference that reach outside are left out: a visit for two
    is always one citizen's, and so stays whole. Raises InvalidProblem for an id that is not there.
    """
    wanted, at_work = set(citizens), set(helpers)
    for name, asked, count in (("citizen", wanted, len(problem.citizens)), ("helper", at_work, len(problem.helpers))):
        if unknown := sorted(asked - set(range(count))):
            raise InvalidProblem(f"{name}s", f"there is no {name} {unknown[0]}", f"Name some of the {count}.")
    visits = [each for each in problem.visits if each.citizen in wanted]
    staff = [each for each in problem.helpers if each.id in at_work]
    used = {each.place for each in visits} | {place for each in staff for place in _places_of(each)}
    kept = sorted(used) or [0]
    place, helper, citizen, visit = (
        {old: new for new, old in enumerate(old_ids)}
        for old_ids in (kept, [each.id for each in staff], sorted(wanted), [each.id for each in visits])
    )
    new_visits, freed = [], []
    for number, each in enumerate(visits):
        moved = replace(each, id=number, citizen=citizen[each.citizen], place=place[each.place])
        if each.helper is not None:
            gone = each.helper not in helper
            moved = replace(moved, helper=None if gone else helper[each.helper], start=None if gone else each.start)
            freed += [number] if gone else []
        new_visits.append(moved)
    return Scenario(
        problem=replace(
            problem,
            places=tuple(replace(problem.places[old], id=new) for new, old in enumerate(kept)),
            travel=tuple(np.ascontiguousarray(matrix[np.ix_(kept, kept)]) for matrix in problem.travel),
            helpers=tuple(settled(each, helper[each.id], place) for each in staff),
            citizens=tuple(acquainted(problem.citizens[old], new, helper) for old, new in citizen.items()),
            visits=tuple(new_visits),
            links=tuple(
                replace(link, first=visit[link.first], second=visit[link.second])
                for link in problem.links
                if link.first in visit and link.second in visit
            ),
            reference=tuple(
                replace(each, visit=visit[each.visit], helper=helper[each.helper])
                for each in problem.reference
                if each.visit in visit and each.helper in helper
            ),
        ),
        helpers=tuple(Origin(0, old) for old in helper),
        citizens=tuple(Origin(0, old) for old in citizen),
        visits=tuple(Origin(0, old) for old in visit),
        places=tuple(Origin(0, old) for old in kept),
        freed=tuple(freed),
    )


# -- pieces ----------------------------------------------------------------------------------------------------


def _there(problem: Problem, helper: int) -> int:
    if not 0 <= helper < len(problem.helpers):
        count = len(problem.helpers)
        raise InvalidProblem("helper", f"there is no helper {helper}", f"Name one of the {count}, counted from 0.")
    return helper


def _within(visit: Visit, helper: Helper) -> bool:
    start = visit.start or 0
    return any(each.start <= start and start + visit.duration <= each.end for each in helper.periods)


def _places_of(helper: Helper) -> set[int]:
    found = {place for each in helper.periods for place in (each.start_place, each.end_place)}
    return found | {m.place for each in helper.periods for m in each.meetings if m.place is not None}


def settled(helper: Helper, number: int, place: Mapping[int, int]) -> Helper:
    """Return a helper with another id, at the same places by their new ids."""
    return replace(
        helper,
        id=number,
        periods=tuple(
            replace(
                each,
                start_place=place[each.start_place],
                end_place=place[each.end_place],
                meetings=tuple(replace(m, place=None if m.place is None else place[m.place]) for m in each.meetings),
            )
            for each in helper.periods
        ),
    )


def acquainted(citizen: Citizen, number: int, helper: Mapping[int, int]) -> Citizen:
    """Return a citizen with another id and the same bonds to the helpers that are still there, by their new ids."""
    return replace(
        citizen,
        id=number,
        known=tuple((helper[who], value) for who, value in citizen.known if who in helper),
        primary=None if citizen.primary is None else helper.get(citizen.primary),
        must_not=frozenset(helper[who] for who in citizen.must_not if who in helper),
        rather_not=frozenset(helper[who] for who in citizen.rather_not if who in helper),
        rather=frozenset(helper[who] for who in citizen.rather if who in helper),
    )
