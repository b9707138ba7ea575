"""The question: a team's day as places, helpers, citizens, visits and the links between visits.

Times are whole ticks from the start of the horizon. In Tillit's own problems a tick is a second
(``ticks_per_minute = 60``); benchmark readers may use finer ticks. Ids are small integers: the id of a helper,
a citizen, a visit or a place is its position in its tuple, from 0. ``ref`` carries the caller's own name through.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from planengine.errors import InvalidProblem

IntMatrix = NDArray[np.int64]

LARGEST_TIME = 10**9
"""Every time and duration is below this many ticks."""

NO_LEAST = -LARGEST_TIME
"""``Link.least`` that binds nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Somewhere to travel from or to. Coordinates are WGS 84 degrees, needed only when travel is estimated."""

    id: int
    ref: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A break held within [earliest, latest_end), wherever the helper then is.

    skip_cost: None = it must be held; else it may be missed, at this amount of component ``missed_break``.
    on_arrival: she travels to her next stop first and holds it there; else she holds it before she travels on.
    """

    duration: int
    earliest: int
    latest_end: int
    skip_cost: float | None = None
    on_arrival: bool = False
    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Time that is taken: from start, for duration; at a place, or (None) wherever the helper then is."""

    start: int
    duration: int
    place: int | None = None
    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkPeriod:
    """One stretch of work: the helper leaves start_place at start or later and is at end_place by end."""

    start: int
    end: int
    start_place: int
    end_place: int
    breaks: tuple[Break, ...] = ()
    meetings: tuple[Meeting, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Helper:
    """An employee at work today (norsk: medarbeider på vakt).

    level: cost class, 0 = cheapest; compared with ``Visit.level`` to price overqualification.
    mode: index into ``Problem.modes``, how she travels.
    max_overtime: ticks past the end of a work period that may be used when the parameters allow overtime.
    """

    id: int
    periods: tuple[WorkPeriod, ...]
    competences: frozenset[int] = frozenset()
    level: int = 0
    mode: int = 0
    max_overtime: int = 0
    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citizen:
    """Someone who is visited (norsk: bruker, tjenestemottaker).

    known: pairs (helper id, how well known 0..1 over the last 28 days); a helper not named is unknown, 0.
    primary: helper id of the primary contact, if she is at work today.
    must_not, rather_not, rather: helper ids.
    """

    id: int
    known: tuple[tuple[int, float], ...] = ()
    primary: int | None = None
    must_not: frozenset[int] = frozenset()
    rather_not: frozenset[int] = frozenset()
    rather: frozenset[int] = frozenset()
    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """One of several windows to choose from: it holds from earliest until the next one opens.

    latest: hard bound on the start within it (None = until the next opens). wish_to: as ``Visit.wish_to``.
    """

    earliest: int
    latest: int | None = None
    wish_to: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One helper's part of one planned call; a call that needs two helpers is two visits with a link.

    earliest, latest: hard bounds on the start; latest None = open.
    wish_from, wish_to: wished bounds on the start, priced by weights ``early`` and ``late``.
    windows: several windows to choose from, in order of time, parted; a start belongs to the last that is open by
    then. earliest and latest are then the first one's and the last one's, and each has its own wish_to.
    level: the cheapest level that suffices (see ``Helper.level``).
    importance: weight of leaving it uncovered, 0..1000; sums are compared before any cost. 0 = optional.
    skip_cost: amount of component ``skipped`` when uncovered, for optional visits.
    helper: must be with this helper. start: and must start exactly then (locked; needs ``helper``).
    """

    id: int
    citizen: int
    place: int
    duration: int
    earliest: int = 0
    latest: int | None = None
    wish_from: int | None = None
    wish_to: int | None = None
    windows: tuple[Window, ...] = ()
    competences: frozenset[int] = frozenset()
    level: int = 0
    importance: int = 1
    skip_cost: float = 0.0
    helper: int | None = None
    start: int | None = None
    ref: str = ""

    @property
    def locked(self) -> bool:
        """Whether both helper and start are given."""
        return self.start is not None

    def window_at(self, start: int) -> Window:
        """Return the window that a start belongs to; the first for a start before all of them."""
        if not self.windows:
            return Window(earliest=self.earliest, latest=self.latest, wish_to=self.wish_to)
        return next((each for each in reversed(self.windows) if each.earliest <= start), self.windows[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """least <= start of second - start of first <= most (None = open), whenever both are covered.

    least = NO_LEAST (and most None): their times have nothing to do with each other.
    together: cover both or neither. different_helpers: the two are never the same helper's.
    Two helpers at once is least = most = 0 with both flags set: see ``at_once``.
    """

    first: int
    second: int
    least: int
    most: int | None = None
    together: bool = False
    different_helpers: bool = False


def at_once(first: int, second: int) -> Link:
    """Return the link that makes two visits one call by two helpers at the same time."""
    return Link(first=first, second=second, least=0, most=0, together=True, different_helpers=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceAssignment:
    """Where a visit stood in the plan that should be changed as little as possible."""

    visit: int
    helper: int
    start: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Problem:
    """A day to plan. Validated when made: raises InvalidProblem naming field, fault and remedy.

    travel: one matrix per mode, ticks from row place to column place, whole numbers >= 0, diagonal 0.
    """

    places: tuple[Place, ...]
    modes: tuple[str, ...]
    travel: tuple[IntMatrix, ...] = field(repr=False)
    helpers: tuple[Helper, ...]
    citizens: tuple[Citizen, ...]
    visits: tuple[Visit, ...]
    links: tuple[Link, ...] = ()
    reference: tuple[ReferenceAssignment, ...] = ()
    ticks_per_minute: int = 60
    name: str = ""

    def __post_init__(self) -> None:
        validate(self)

    def known(self, citizen: int, helper: int) -> float:
        """How well helper is known to citizen, 0..1."""
        return next((value for who, value in self.citizens[citizen].known if who == helper), 0.0)


# -- validation ------------------------------------------------------------------------------------------------


def _refuse(where: str, wrong: str, remedy: str) -> InvalidProblem:
    return InvalidProblem(where, wrong, remedy)


def _whole(where: str, value: object, least: int = 0, most: int = LARGEST_TIME) -> None:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _refuse(where, f"{value!r} is not a whole number", "Give a whole number.")
    if not least <= value <= most:
        raise _refuse(where, f"{value} is outside {least}..{most}", f"Give a number from {least} to {most}.")


def _amount(where: str, value: object) -> None:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 <= value <= 1e6:
        raise _refuse(where, f"{value!r} is outside 0..1000000", "Give 0 or more.")


def _known_id(where: str, value: object, count: int, what: str) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < count:
        raise _refuse(where, f"there is no {what} {value!r}", f"Name one of the {count} {what}s, counted from 0.")


def _numbered(where: str, ids: Iterable[int]) -> None:
    for position, each in enumerate(ids):
        if each != position or isinstance(each, bool):
            raise _refuse(f"{where}[{position}].id", f"{each!r} is not its position", f"Give it id {position}.")


def validate(problem: Problem) -> None:
    """Raise InvalidProblem for the first fault found; return None when the problem can be solved."""
    _whole("ticks_per_minute", problem.ticks_per_minute, 1, 10**6)
    if not problem.places:
        raise _refuse("places", "there is none", "Give at least the base.")
    if not problem.modes:
        raise _refuse("modes", "there is none", "Give at least one way of travelling.")
    for name in ("places", "helpers", "citizens", "visits"):
        _numbered(name, (each.id for each in getattr(problem, name)))
    _validate_travel(problem)
    for helper in problem.helpers:
        _validate_helper(problem, helper)
    for citizen in problem.citizens:
        _validate_citizen(problem, citizen)
    for visit in problem.visits:
        _validate_visit(problem, visit)
    _validate_links(problem)
    seen: set[int] = set()
    for position, each in enumerate(problem.reference):
        where = f"reference[{position}]"
        _known_id(f"{where}.visit", each.visit, len(problem.visits), "visit")
        _known_id(f"{where}.helper", each.helper, len(problem.helpers), "helper")
        _whole(f"{where}.start", each.start)
        if each.visit in seen:
            raise _refuse(f"{where}.visit", f"visit {each.visit} is named twice", "Name each visit once.")
        seen.add(each.visit)


def _validate_travel(problem: Problem) -> None:
    size = len(problem.places)
    if len(problem.travel) != len(problem.modes):
        raise _refuse(
            "travel",
            f"{len(problem.travel)} matrices for {len(problem.modes)} modes",
            "Give one matrix per mode.",
        )
    for mode, matrix in zip(problem.modes, problem.travel, strict=True):
        where = f"travel.{mode}"
        if matrix.shape != (size, size):
            raise _refuse(where, f"shape {matrix.shape} for {size} places", "Give a square matrix, a row per place.")
        if not np.issubdtype(matrix.dtype, np.integer):
            raise _refuse(where, f"entries are {matrix.dtype}", "Give whole ticks.")
        if matrix.min() < 0 or matrix.max() > LARGEST_TIME // 10:
            raise _refuse(where, f"an entry is outside 0..{LARGEST_TIME // 10}", "Give travel times of 0 or more.")
        if np.diagonal(matrix).any():
            raise _refuse(where, "an entry on the diagonal is not 0", "Give 0 from a place to itself.")


def _validate_helper(problem: Problem, helper: Helper) -> None:
    where = f"helpers[{helper.id}]"
    _known_id(f"{where}.mode", helper.mode, len(problem.modes), "mode")
    _whole(f"{where}.level", helper.level, 0, 100)
    _whole(f"{where}.max_overtime", helper.max_overtime)
    for competence in helper.competences:
        _whole(f"{where}.competences", competence, 0, 10**6)
    free_from = 0
    for position, period in enumerate(helper.periods):
        here = f"{where}.periods[{position}]"
        _whole(f"{here}.start", period.start)
        _whole(f"{here}.end", period.end)
        _known_id(f"{here}.start_place", period.start_place, len(problem.places), "place")
        _known_id(f"{here}.end_place", period.end_place, len(problem.places), "place")
        if period.end <= period.start:
            raise _refuse(f"{here}.end", f"{period.end} is not after start {period.start}", "Let work end later.")
        if period.start < free_from:
            raise _refuse(
                f"{here}.start",
                f"{period.start} is before the end of the period before",
                "Order and part the periods.",
            )
        free_from = period.end
        for index, rest in enumerate(period.breaks):
            spot = f"{here}.breaks[{index}]"
            _whole(f"{spot}.duration", rest.duration)
            _whole(f"{spot}.earliest", rest.earliest)
            _whole(f"{spot}.latest_end", rest.latest_end)
            if rest.skip_cost is not None:
                _amount(f"{spot}.skip_cost", rest.skip_cost)
            elif max(rest.earliest, period.start) + rest.duration > min(rest.latest_end, period.end):
                raise _refuse(spot, f"{rest.duration} does not fit in its window and the period", "Widen the window.")
        for index, meeting in enumerate(period.meetings):
            spot = f"{here}.meetings[{index}]"
            _whole(f"{spot}.start", meeting.start)
            _whole(f"{spot}.duration", meeting.duration)
            if meeting.place is not None:
                _known_id(f"{spot}.place", meeting.place, len(problem.places), "place")
            if meeting.start < period.start or meeting.start + meeting.duration > period.end:
                raise _refuse(spot, "it is outside the work period", "Move the meeting or the period.")


def _validate_citizen(problem: Problem, citizen: Citizen) -> None:
    where = f"citizens[{citizen.id}]"
    helpers = len(problem.helpers)
    named: set[int] = set()
    for helper, value in citizen.known:
        _known_id(f"{where}.known", helper, helpers, "helper")
        if helper in named:
            raise _refuse(f"{where}.known", f"helper {helper} is named twice", "Name each helper once.")
        named.add(helper)
        if not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 <= value <= 1:
            raise _refuse(f"{where}.known", f"{value!r} for helper {helper} is outside 0..1", "Give 0..1.")
    if citizen.primary is not None:
        _known_id(f"{where}.primary", citizen.primary, helpers, "helper")
    for name in ("must_not", "rather_not", "rather"):
        for helper in getattr(citizen, name):
            _known_id(f"{where}.{name}", helper, helpers, "helper")
    if both := citizen.rather & (citizen.must_not | citizen.rather_not):
        raise _refuse(f"{where}.rather", f"helper {min(both)} is both wanted and unwanted", "Choose one.")


def _validate_visit(problem: Problem, visit: Visit) -> None:
    where = f"visits[{visit.id}]"
    _known_id(f"{where}.citizen", visit.citizen, len(problem.citizens), "citizen")
    _known_id(f"{where}.place", visit.place, len(problem.places), "place")
    _whole(f"{where}.duration", visit.duration)
    _whole(f"{where}.earliest", visit.earliest)
    _whole(f"{where}.level", visit.level, 0, 100)
    _whole(f"{where}.importance", visit.importance, 0, 1000)
    _amount(f"{where}.skip_cost", visit.skip_cost)
    for competence in visit.competences:
        _whole(f"{where}.competences", competence, 0, 10**6)
    for name in ("latest", "wish_from", "wish_to", "start"):
        if (value := getattr(visit, name)) is not None:
            _whole(f"{where}.{name}", value)
    if visit.latest is not None and visit.latest < visit.earliest:
        raise _refuse(
            f"{where}.latest",
            f"{visit.latest} is before earliest {visit.earliest}",
            "Let latest be earliest or later.",
        )
    if visit.wish_from is not None and visit.wish_to is not None and visit.wish_to < visit.wish_from:
        raise _refuse(f"{where}.wish_to", "it is before wish_from", "Let the wished time end after it begins.")
    _validate_windows(where, visit)
    if visit.helper is not None:
        _known_id(f"{where}.helper", visit.helper, len(problem.helpers), "helper")
    if visit.start is not None:
        if visit.helper is None:
            raise _refuse(f"{where}.start", "a locked start needs a helper", "Give helper as well, or no start.")
        if visit.start < visit.earliest or (visit.latest is not None and visit.start > visit.latest):
            raise _refuse(f"{where}.start", f"{visit.start} is outside the window", "Move the start or the window.")


def _validate_windows(where: str, visit: Visit) -> None:
    if not visit.windows:
        return
    if visit.wish_to is not None:
        raise _refuse(f"{where}.wish_to", "the windows have their own", "Give wish_to in each window.")
    if visit.start is not None:
        latest = visit.window_at(visit.start).latest
        if latest is not None and visit.start > latest:
            raise _refuse(f"{where}.start", f"{visit.start} is between two windows", "Move the start or a window.")
    opens = -1
    for position, window in enumerate(visit.windows):
        here = f"{where}.windows[{position}]"
        _whole(f"{here}.earliest", window.earliest)
        for name in ("latest", "wish_to"):
            if (value := getattr(window, name)) is not None:
                _whole(f"{here}.{name}", value)
        if window.latest is not None and window.latest < window.earliest:
            raise _refuse(f"{here}.latest", "it is before earliest", "Let latest be earliest or later.")
        if window.earliest <= opens:
            raise _refuse(f"{here}.earliest", "it is not after the window before", "Order and part the windows.")
        opens = window.earliest if window.latest is None else window.latest
    if (visit.earliest, visit.latest) != (visit.windows[0].earliest, visit.windows[-1].latest):
        raise _refuse(
            f"{where}.windows",
            "earliest and latest are not the first one's earliest and the last one's latest",
            "Let them be the same.",
        )


def _validate_links(problem: Problem) -> None:
    for position, link in enumerate(problem.links):
        where = f"links[{position}]"
        _known_id(f"{where}.first", link.first, len(problem.visits), "visit")
        _known_id(f"{where}.second", link.second, len(problem.visits), "visit")
        if link.first == link.second:
            raise _refuse(where, f"it joins visit {link.first} with itself", "Name two visits.")
        _whole(f"{where}.least", link.least, -LARGEST_TIME)
        if link.most is not None:
            _whole(f"{where}.most", link.most, -LARGEST_TIME)
            if link.most < link.least:
                raise _refuse(
                    f"{where}.most", f"{link.most} is below least {link.least}", "Let most be at least least."
                )
    lags = longest_lags(problem)
    for visit in range(len(problem.visits)):
        for members, matrix in (lags.get(visit, ((), None)),):
            if matrix is not None and matrix[members.index(visit)][members.index(visit)] > 0:
                raise _refuse("links", f"those around visit {visit} contradict each other", "Loosen least or most.")


Lags = list[list[float]]


def link_clusters(problem: Problem) -> list[tuple[int, ...]]:
    """Group the visits that links join, directly or through others; groups and members in rising order."""
    above = list(range(len(problem.visits)))

    def root(visit: int) -> int:
        while above[visit] != visit:
            above[visit] = above[above[visit]]
            visit = above[visit]
        return visit

    for link in problem.links:
        if link.least > NO_LEAST or link.most is not None:
            one, other = sorted((root(link.first), root(link.second)))
            above[other] = one
    groups: dict[int, list[int]] = {}
    for visit in range(len(problem.visits)):
        groups.setdefault(root(visit), []).append(visit)
    return [tuple(group) for group in groups.values() if len(group) > 1]


def longest_lags(problem: Problem) -> dict[int, tuple[tuple[int, ...], Lags]]:
    """For every linked visit: its cluster and the matrix of least lags start(column) - start(row).

    -inf where nothing binds. Closed under addition (Floyd and Warshall), so a positive number on the diagonal
    means that the links contradict each other.
    """
    clusters = link_clusters(problem)
    place = {visit: (number, members.index(visit)) for number, members in enumerate(clusters) for visit in members}
    matrices: list[Lags] = [
        [[0.0 if row == column else -np.inf for column in members] for row in members] for members in clusters
    ]
    for link in problem.links:
        if link.least <= NO_LEAST and link.most is None:
            continue
        number, first = place[link.first]
        second = place[link.second][1]
        matrix = matrices[number]
        matrix[first][second] = max(matrix[first][second], link.least)
        if link.most is not None:
            matrix[second][first] = max(matrix[second][first], -link.most)
    for matrix in matrices:
        size = range(len(matrix))
        for middle in size:
            for row in size:
                for column in size:
                    through = matrix[row][middle] + matrix[middle][column]
                    matrix[row][column] = max(matrix[row][column], through)
    return {visit: (clusters[number], matrices[number]) for visit, (number, _) in place.items()}
