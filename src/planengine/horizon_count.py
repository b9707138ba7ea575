"""Counting a horizon: different helpers of each citizen, how often the same one comes, and how even the load is.

Each beside its bound: the fewest helpers and the most visits by one that the shifts allow (horizon_floor). What the
numbers mean to people, with examples by hand, is in docs/how-we-count/weeks.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from planengine.evaluate import evaluate
from planengine.horizon_floor import Need, calls_of, fewest_helpers, may_make, needs_of
from planengine.horizon_parts import Met, Part
from planengine.result import Plan
from planengine.weights import Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOf:
    """How often the same helper comes: `most` of `visits` by the one who comes most often. No visits: 0 of 0.

    A visit for two counts once, and for both.
    """

    most: int
    visits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Faces:
    """One citizen in one window of whole days. before: the window that ended before the horizon.

    planned: different helpers in the window that ends with the horizon, as planned. least: the fewest that the shifts
    allow for what is covered, others giving way, with those met in the window already. The same for how often the one
    who comes most often comes; greatest: the most that the shifts allow.
    """

    before: int
    planned: int
    least: int
    often_before: OneOf
    often_planned: OneOf
    often_greatest: OneOf


class _Counted:
    """Who has been at one citizen's in one window, visit by visit."""

    __slots__ = ("by_helper", "visits")

    def __init__(self) -> None:
        self.by_helper: Counter[str] = Counter()
        self.visits = 0

    def add(self, helpers: Iterable[str]) -> None:
        self.by_helper.update(set(helpers))
        self.visits += 1

    def often(self) -> OneOf:
        return OneOf(most=max(self.by_helper.values(), default=0), visits=self.visits)


def count_faces(
    parts: Sequence[Part], plans: Sequence[Plan | None], *, met: Iterable[Met], days: int, after: int
) -> dict[str, Faces]:
    """Count helpers of every citizen visited in the horizon, in windows of so many days.

    after: number of the first day past the horizon; the window is [after - days, after). before is counted in the
    window of as many days that ends before the first part's day. plans: None counts as nobody coming.
    """
    met = tuple(met)
    first = parts[0].day if parts else after
    behind = _visits(met, first - days, first)
    had = _visits(met, after - days, after)
    planned = _visits(met, after - days, after)
    could: dict[str, Counter[str]] = {}
    needs: dict[str, list[Need]] = {}
    for part, plan in zip(parts, plans, strict=True):
        if plan is None or part.day < after - days:
            continue
        problem, given = part.problem, plan.assignments()
        for call in calls_of(problem):
            covered = [visit for visit in call if visit in given]
            if not covered:
                continue
            citizen = problem.citizens[problem.visits[call[0]].citizen].ref
            planned.setdefault(citizen, _Counted()).add(problem.helpers[given[visit].helper].ref for visit in covered)
            could.setdefault(citizen, Counter()).update(
                helper.ref
                for helper in problem.helpers
                if any(may_make(problem, problem.visits[visit], helper) for visit in covered)
            )
        for citizen, own in needs_of(problem, covered=given).items():
            needs.setdefault(citizen, []).extend(own)
    found = {}
    for citizen in sorted({citizen.ref for part in parts for citizen in part.problem.citizens}):
        was, met_now = behind.get(citizen, _Counted()), had.get(citizen, _Counted())
        now = planned.get(citizen, _Counted())
        most = max((met_now.by_helper + could.get(citizen, Counter())).values(), default=0)
        found[citizen] = Faces(
            before=len(was.by_helper),
            planned=len(now.by_helper),
            least=fewest_helpers(needs.get(citizen, ()), met=met_now.by_helper),
            often_before=was.often(),
            often_planned=now.often(),
            often_greatest=OneOf(most=most, visits=now.visits),
        )
    return found


def _visits(met: Iterable[Met], first: int, after: int) -> dict[str, _Counted]:
    """Return what has been counted of each citizen's visits in [first, after)."""
    found: dict[str, _Counted] = {}
    together: dict[tuple[str, int, str], set[str]] = {}
    for each in met:
        if not first <= each.day < after:
            continue
        if each.visit:
            together.setdefault((each.citizen, each.day, each.visit), set()).add(each.helper)
        else:
            found.setdefault(each.citizen, _Counted()).add([each.helper])
    for (citizen, _day, _visit), helpers in together.items():
        found.setdefault(citizen, _Counted()).add(helpers)
    return found


def spread(counts: Mapping[str, int] | Iterable[int]) -> dict[int, int]:
    """Return how many citizens have each number of helpers, in rising order."""
    values = list(counts.values()) if isinstance(counts, Mapping) else list(counts)
    return {value: values.count(value) for value in sorted(set(values))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """One helper over the horizon, in minutes: at work less breaks, busy (visits, meetings, ways), and her share.

    share: of each part's busy minutes by her time at work in it, summed. A half position has half the shifts, so half
    the share: position is in the shifts and nowhere else.
    """

    working: float
    busy: float
    share: float

    @property
    def above(self) -> float:
        """Minutes above her share over the whole horizon; below it: 0. A heavy day and a light one even out."""
        return max(0.0, self.busy - self.share)


def loads(parts: Sequence[Part], plans: Sequence[Plan | None]) -> dict[str, Load]:
    """Return each helper's load over the horizon, by ref; parts without a plan are left out."""
    found: dict[str, Load] = {}
    for part, plan in zip(parts, plans, strict=True):
        if plan is None:
            continue
        minute, totals = part.problem.ticks_per_minute, evaluate(part.problem, plan, Weights()).helpers
        working, busy = sum(each.working for each in totals), sum(each.busy for each in totals)
        for each in totals:
            ref = part.problem.helpers[each.helper].ref
            was = found.get(ref, Load(working=0.0, busy=0.0, share=0.0))
            found[ref] = Load(
                working=was.working + each.working / minute,
                busy=was.busy + each.busy / minute,
                share=was.share + (each.working / working * busy / minute if working else 0.0),
            )
    return dict(sorted(found.items()))


def above_share(every: Mapping[str, Load]) -> float:
    """Return the part of all busy minutes that lies above somebody's share, 0..1; 0 when nobody is busy."""
    busy = sum(each.busy for each in every.values())
    return sum(each.above for each in every.values()) / busy if busy else 0.0
