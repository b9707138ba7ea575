"""What if two teams were one, one were two, or a boundary went elsewhere.

All of it is made of two steps: ``join`` lays two days side by side, ``select`` takes some citizens and helpers out of
one. Joining and then selecting what was there gives back the same day, field for field, when every place is used.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from planengine.errors import InvalidProblem
from planengine.problem import Citizen, Helper, IntMatrix, Place, Problem
from planengine.result import Plan, StopKind, TourStop
from planengine.scenario import Origin, Scenario, acquainted, select, settled, unchanged


@dataclass(frozen=True, slots=True, kw_only=True)
class Regard:
    """What a citizen is to a helper of the other team: neither problem knows. As in ``Citizen``, for one pair.

    must_not outranks rather_not, which outranks rather.
    """

    known: float = 0.0
    primary: bool = False
    must_not: bool = False
    rather_not: bool = False
    rather: bool = False


Ways = Callable[[tuple[Place, ...], tuple[str, ...]], Sequence[IntMatrix]]
"""Travel times between places: one matrix per mode, in ticks, as ``Problem.travel``. Asked once for all places."""
Regards = Callable[[Citizen, Helper], Regard]
"""What a citizen of one problem is to a helper of the other, both as they stand in their own."""


def stranger(citizen: Citizen, helper: Helper) -> Regard:
    """Return that they have never met and nobody has said anything: what ``join`` assumes without being told."""
    return Regard()


def split(problem: Problem, *, citizens: Collection[int], helpers: Collection[int]) -> tuple[Scenario, Scenario]:
    """Return a team as two: these citizens with these helpers, and all the others with all the others."""
    others = [each.id for each in problem.citizens if each.id not in set(citizens)]
    rest = [each.id for each in problem.helpers if each.id not in set(helpers)]
    return (
        select(problem, citizens=citizens, helpers=helpers),
        select(problem, citizens=others, helpers=rest),
    )


def join(first: Problem, second: Problem, *, ways: Ways, regards: Regards = stranger) -> Scenario:
    """Return two teams as one: everybody of the first, then everybody of the second.

    ways: asked for the ways between the teams' places, and for a mode that one of them lacks; ways within a team stay
    as they were. regards: what a citizen is to a helper of the other team. Competences must mean the same in both
    (``recoded``). Somebody who is in both is there twice, as two people.
    Raises InvalidProblem when the problems count time in different ticks.
    """
    if first.ticks_per_minute != second.ticks_per_minute:
        raise InvalidProblem("ticks_per_minute", "the problems count differently", "Give both the same.")
    places, helpers, citizens, visits = (
        len(getattr(first, name)) for name in ("places", "helpers", "citizens", "visits")
    )
    modes = (*first.modes, *(mode for mode in second.modes if mode not in first.modes))
    all_places = (*first.places, *(replace(each, id=each.id + places) for each in second.places))
    joined = Problem(
        places=all_places,
        modes=modes,
        travel=tuple(
            _laid_together(first, second, mode, matrix)
            for mode, matrix in zip(modes, ways(all_places, modes), strict=True)
        ),
        helpers=(
            *first.helpers,
            *(
                replace(
                    settled(each, each.id + helpers, {n: n + places for n in range(len(second.places))}),
                    mode=modes.index(second.modes[each.mode]),
                )
                for each in second.helpers
            ),
        ),
        citizens=(
            *(_met(each, ((h.id + helpers, regards(each, h)) for h in second.helpers)) for each in first.citizens),
            *(
                _met(
                    acquainted(each, each.id + citizens, {n: n + helpers for n in range(len(second.helpers))}),
                    ((h.id, regards(each, h)) for h in first.helpers),
                )
                for each in second.citizens
            ),
        ),
        visits=(
            *first.visits,
            *(
                replace(
                    each, id=each.id + visits, citizen=each.citizen + citizens, place=each.place + places,
                    helper=None if each.helper is None else each.helper + helpers,
                )
                for each in second.visits
            ),
        ),
        links=(
            *first.links,
            *(replace(each, first=each.first + visits, second=each.second + visits) for each in second.links),
        ),
        reference=(
            *first.reference,
            *(replace(each, visit=each.visit + visits, helper=each.helper + helpers) for each in second.reference),
        ),
        ticks_per_minute=first.ticks_per_minute,
        name=first.name,
    )  # fmt: skip
    one, two = unchanged(first), unchanged(second, 1)
    return Scenario(
        problem=joined,
        helpers=one.helpers + two.helpers,
        citizens=one.citizens + two.citizens,
        visits=one.visits + two.visits,
        places=one.places + two.places,
    )


def laid_together(joined: Scenario, plans: Sequence[Plan]) -> Plan:
    """Return the plans of two teams as a plan of the two as one: ``join`` lets everybody do what they did.

    joined: what ``join`` made of the problems that the plans are for, in the same order.
    """
    helpers = {origin: number for number, origin in enumerate(joined.helpers)}
    visits = {origin: number for number, origin in enumerate(joined.visits)}
    places = {origin: number for number, origin in enumerate(joined.places)}

    def moved(team: int, stop: TourStop) -> TourStop:
        place = places[Origin(team, stop.place)]
        return replace(stop, place=place, id=visits[Origin(team, stop.id)] if stop.kind is StopKind.VISIT else stop.id)

    return Plan(
        tuple(
            replace(
                tour,
                helper=helpers[Origin(team, tour.helper)],
                stops=tuple(moved(team, stop) for stop in tour.stops),
            )
            for team, plan in enumerate(plans)
            for tour in plan.tours
        )
    )


def move_citizens(
    source: Problem, target: Problem, *, citizens: Collection[int], ways: Ways, regards: Regards = stranger
) -> tuple[Scenario, Scenario]:
    """Return both teams' days when these citizens of source are visited by target's helpers: a boundary moved.

    All their visits go with them; what was fixed to a helper of source is freed. Helpers stay where they are. Origins
    name source 0 and target 1. Moving nobody changes nothing. ways, regards: see ``join``.
    """
    both = join(source, target, ways=ways, regards=regards)
    count = len(source.citizens)
    moving = set(citizens)
    if unknown := sorted(moving - set(range(count))):
        raise InvalidProblem("citizens", f"there is no citizen {unknown[0]}", f"Name some of the {count}.")
    staying, first = split(
        both.problem,
        citizens=[number for number in range(count) if number not in moving],
        helpers=range(len(source.helpers)),
    )
    return _through(both, staying), _through(both, first)


def recoded(problem: Problem, numbers: Mapping[int, int]) -> Problem:
    """Return the same day with other numbers for competences, so that two teams' numbers mean the same.

    numbers: old → new, for every competence that a helper has or a visit needs; each new number once.
    """
    if len(set(numbers.values())) != len(numbers):
        raise InvalidProblem("numbers", "two competences get the same number", "Give each its own.")
    return replace(
        problem,
        helpers=tuple(
            replace(h, competences=frozenset(numbers[code] for code in h.competences)) for h in problem.helpers
        ),
        visits=tuple(
            replace(v, competences=frozenset(numbers[code] for code in v.competences)) for v in problem.visits
        ),
    )


# -- pieces ------------------------------------------------------------------------------------------------------------


def _met(citizen: Citizen, others: Iterable[tuple[int, Regard]]) -> Citizen:
    """Return a citizen with bonds to the other team's helpers as well."""
    known, primary = list(citizen.known), citizen.primary
    must_not, rather_not, rather = set(citizen.must_not), set(citizen.rather_not), set(citizen.rather)
    for number, regard in others:
        if regard.known:
            known.append((number, regard.known))
        if regard.primary and primary is None:
            primary = number
        if regard.must_not:
            must_not.add(number)
        elif regard.rather_not:
            rather_not.add(number)
        elif regard.rather:
            rather.add(number)
    return replace(
        citizen, known=tuple(known), primary=primary, must_not=frozenset(must_not),
        rather_not=frozenset(rather_not), rather=frozenset(rather),
    )  # fmt: skip


def _laid_together(first: Problem, second: Problem, mode: str, between: IntMatrix) -> IntMatrix:
    """Return one matrix for both teams' places: within a team its own ways where it has them, else those given."""
    size = len(first.places)
    whole = np.array(between, dtype=np.int64)
    for problem, part in ((first, slice(0, size)), (second, slice(size, None))):
        if mode in problem.modes:
            whole[part, part] = problem.travel[problem.modes.index(mode)]
    return whole


def _through(outer: Scenario, inner: Scenario) -> Scenario:
    """Return the inner scenario, made from the outer one, with everybody named as the outer one's sources do."""
    return replace(
        inner,
        helpers=tuple(None if each is None else outer.helpers[each.id] for each in inner.helpers),
        citizens=tuple(outer.citizens[each.id] for each in inner.citizens),
        visits=tuple(outer.visits[each.id] for each in inner.visits),
        places=tuple(outer.places[each.id] for each in inner.places),
    )
