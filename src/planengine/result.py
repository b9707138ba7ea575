"""The answer: who visits whom when, what it costs, and what could not be covered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from planengine.parameters import Params


class StopKind(StrEnum):
    """What a helper does at a stop."""

    VISIT = "visit"
    BREAK = "break"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True, kw_only=True)
class TourStop:
    """One stop of a tour. id: the visit's id, or the break's or meeting's position in its work period."""

    kind: StopKind
    id: int
    start: int
    end: int
    travel: int
    """Ticks of travel just before it."""
    waiting: int
    """Ticks between arriving and starting; 0 at a tour's first stop: she leaves later instead."""
    place: int
    """Where it is held; a break or a placeless meeting is held where the helper already is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tour:
    """One helper's one work period. With no visit and no placed meeting the helper stays at her start place."""

    helper: int
    period: int
    leave: int
    """When she leaves the start place (as late as the first stop allows)."""
    back: int
    """When she is at the end place."""
    last_travel: int
    """Ticks of travel from the last stop to the end place."""
    stops: tuple[TourStop, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """All tours, ordered by helper and period: one per work period, also the empty ones."""

    tours: tuple[Tour, ...]
    _covered: dict[int, Assignment] = field(default_factory=dict, init=False, repr=False, compare=False)

    def assignments(self) -> Mapping[int, Assignment]:
        """Return the covered visits by id. Made once: explaining a plan asks for it thousands of times."""
        if not self._covered:
            self._covered.update(self._read())
        return self._covered

    def _read(self) -> dict[int, Assignment]:
        return {
            stop.id: Assignment(
                visit=stop.id, helper=tour.helper, period=tour.period, position=position, start=stop.start,
                end=stop.end, travel=stop.travel, waiting=stop.waiting,
            )
            for tour in self.tours
            for position, stop in enumerate(tour.stops)
            if stop.kind is StopKind.VISIT
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Who makes one visit and when. position: place among the stops of the tour, from 0."""

    visit: int
    helper: int
    period: int
    position: int
    start: int
    end: int
    travel: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One part of the objective. name: as in Weights; cost = amount * weight."""

    name: str
    amount: float
    unit: str
    weight: float
    cost: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HelperTotal:
    """One helper's day in ticks and counts."""

    helper: int
    visits: int
    working: int
    """Length of the work periods less the breaks."""
    busy: int
    """Visits, meetings and travel."""
    care: int
    travel: int
    waiting: int
    overtime: int
    unknown_faces: int
    """Citizens she meets today who do not know her at all (known = 0)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What a plan is worth: importance left uncovered first, then cost, the sum of the components."""

    uncovered_importance: int
    cost: float
    components: tuple[Component, ...]
    helpers: tuple[HelperTotal, ...]

    def amount(self, name: str) -> float:
        """Return the amount of the named component."""
        return next(each.amount for each in self.components if each.name == name)


class Rule(StrEnum):
    """Why a helper cannot make a visit."""

    NOT_AT_WORK = "not_at_work"
    """No work period today."""
    LACKS_COMPETENCE = "lacks_competence"
    """competences: what is missing."""
    MUST_NOT = "must_not"
    """The citizen must not have this helper."""
    OTHER_HELPER_FIXED = "other_helper_fixed"
    """The visit is fixed to another helper (helper)."""
    WINDOW_OUTSIDE_SHIFT = "window_outside_shift"
    """Window and work periods do not meet, travel counted; seconds: how far apart."""
    OTHER_HALF_SAME_HELPER = "other_half_same_helper"
    """She already makes a linked visit that needs somebody else (visit)."""
    NO_ROOM = "no_room"
    """No position in her tours keeps every hard rule, other tours in order."""
    LOCKED = "locked"
    """The visit is locked to its helper and start and stays there."""


class Why(StrEnum):
    """Why a visit stayed uncovered."""

    NOBODY_HAS_COMPETENCE = "nobody_has_competence"
    """Nobody at work has all of competences."""
    NOBODY_ALLOWED = "nobody_allowed"
    """All who have the competences must not visit this citizen, or the visit is fixed to someone who cannot."""
    WINDOW_OUTSIDE_SHIFTS = "window_outside_shifts"
    """No allowed helper is at work within the window; seconds: the smallest gap."""
    ALL_BUSY = "all_busy"
    """Allowed helpers are at work, but none has room; helpers: who they are."""
    OTHER_HALF_UNCOVERED = "other_half_uncovered"
    """It belongs together with visit, which cannot be covered."""
    LOCK_CONFLICT = "lock_conflict"
    """It is locked, and the lock breaks a hard rule with what else is locked or fixed."""
    NOT_WORTH_IT = "not_worth_it"
    """There is room, but an optional visit costs more than skipping it; cost: by how much."""
    SEARCH_STOPPED = "search_stopped"
    """There is room: a longer search would cover it."""


class WayOutKind(StrEnum):
    """What people could change so that the visit is covered."""

    OVERTIME = "overtime"
    """helper works seconds past the end of her period, at cost."""
    MOVE_WINDOW = "move_window"
    """helper can start at start: seconds outside the hard window."""
    LEAVE_OUT = "leave_out"
    """Leave out visit (of no higher importance) in helper's tour instead."""
    GIVE_COMPETENCE = "give_competence"
    """helper has room but lacks competences."""
    ASK_CITIZEN = "ask_citizen"
    """helper has room, but is among those the citizen must not have: only the citizen can say otherwise."""
    UNLOCK = "unlock"
    """The visit is locked to, or must be with, somebody else: whoever did that would have to let it go."""
    HAND_ON = "hand_on"
    """Another visit of helper's (visit) goes to somebody else."""
    BOOK = "book"
    """Nobody at work can: book somebody with competences from start for seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a visit stayed uncovered: a code and its numbers."""

    why: Why
    helpers: tuple[int, ...] = ()
    competences: tuple[int, ...] = ()
    visit: int | None = None
    ticks: int | None = None
    cost: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """One way to cover a visit all the same. cost: change of the objective's cost, in points, where known.

    also: what must give way together with it, in the same plan; cost and start are then those of them all.
    """

    kind: WayOutKind
    helper: int | None = None
    start: int | None = None
    ticks: int = 0
    visit: int | None = None
    competences: tuple[int, ...] = ()
    cost: float | None = None
    also: tuple[WayOut, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncovered:
    """A visit that nobody makes in this plan, why, and the least costly ways out (cheapest first)."""

    visit: int
    reasons: tuple[Reason, ...]
    ways_out: tuple[WayOut, ...] = ()


class Ended(StrEnum):
    """Why the search stopped."""

    SECONDS = "seconds"
    ITERATIONS = "iterations"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The best plan found, what it costs and what is left uncovered."""

    plan: Plan
    evaluation: Evaluation
    uncovered: tuple[Uncovered, ...]
    params: Params
    seed: int
    iterations: int
    seconds: float
    ended: Ended

    @property
    def assignments(self) -> Mapping[int, Assignment]:
        """The covered visits by id."""
        return self.plan.assignments()


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What a progress callback is told, about ten times a second."""

    seconds: float
    iterations: int
    share: float
    """0..1 of the stopping rule used."""
    uncovered_importance: int
    cost: float
