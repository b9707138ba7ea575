"""«Hva om …?»: the one thing that is different, what it takes to ask, and which part of a team is meant.

Nothing here plans; docs/how-we-count/whatif.md has what is reckoned, with an example by hand.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Any

from tillit.teamwork.planning.rules.day import Day, Place


class Kind(StrEnum):
    """What is different."""

    ADD = "ADD"
    """One more at work."""
    REMOVE = "REMOVE"
    """One fewer."""
    SHIFT = "SHIFT"
    """Somebody works other hours."""
    MOVE = "MOVE"
    """Some citizens are on a neighbour team's lists: a boundary moved."""
    SPLIT = "SPLIT"
    """The team is two."""
    JOIN = "JOIN"
    """Two teams are one."""


class Half(StrEnum):
    """Which half of a team's homes, as they lie on the map."""

    NORTH = "NORTH"
    SOUTH = "SOUTH"
    EAST = "EAST"
    WEST = "WEST"


class Lack(StrEnum):
    """What a question lacks before it can be asked."""

    VISITS = "VISITS"
    """There is nothing to plan."""
    PEOPLE = "PEOPLE"
    """Nobody is at work."""
    WHO = "WHO"
    """Nobody at work is named."""
    HOURS = "HOURS"
    """The hours do not make a shift."""
    CITIZENS = "CITIZENS"
    """No citizens are chosen."""
    ALL_CITIZENS = "ALL_CITIZENS"
    """Every citizen is chosen: there is nobody left to be the other half."""
    TEAM = "TEAM"
    """No other team is chosen."""
    TWO_PEOPLE = "TWO_PEOPLE"
    """It takes two at work to be two teams."""


WITH_NEIGHBOUR = frozenset({Kind.MOVE, Kind.JOIN})
"""Questions that are about another team as well."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question; ids and clock times, never names.

    employee_id: who is not at work or works other hours; for one more, whom she can the same as (None: profession's).
    profession: what one more is, when she is like nobody at work. starts, ends: Oslo's clock; an end that is not after
    the start is the morning after. citizen_ids: who is moved, or one half of a team that is split. employee_ids: who
    goes with that half; empty: dealt by `deal`.
    """

    kind: Kind
    employee_id: int | None = None
    profession: str = ""
    starts: time | None = None
    ends: time | None = None
    citizen_ids: frozenset[int] = frozenset()
    employee_ids: frozenset[int] = frozenset()

    def as_json(self) -> dict[str, Any]:
        """Return the question for storing."""
        return {
            "kind": self.kind.value,
            "employee": self.employee_id,
            "profession": self.profession,
            "starts": None if self.starts is None else self.starts.isoformat("minutes"),
            "ends": None if self.ends is None else self.ends.isoformat("minutes"),
            "citizens": sorted(self.citizen_ids),
            "employees": sorted(self.employee_ids),
        }


def from_json(stored: Mapping[str, Any]) -> Question:
    """Return a stored question."""
    return Question(
        kind=Kind(stored["kind"]),
        employee_id=stored["employee"],
        profession=str(stored["profession"]),
        starts=None if stored["starts"] is None else time.fromisoformat(stored["starts"]),
        ends=None if stored["ends"] is None else time.fromisoformat(stored["ends"]),
        citizen_ids=frozenset(stored["citizens"]),
        employee_ids=frozenset(stored["employees"]),
    )


def lacks(question: Question, day: Day, other: Day | None, *, professions: Collection[str]) -> Lack | None:
    """Return the first thing the question lacks; None when it can be asked.

    professions: what one more can be. Citizens and helpers named who are not there that day do not count.
    """
    at_work = {worker.employee_id for worker in day.worker_by_id.values() if worker.visits}
    visited = {call.citizen_id for call in day.calls}
    chosen = question.citizen_ids & visited
    kind = question.kind
    if kind in WITH_NEIGHBOUR and other is None:
        return Lack.TEAM
    if not day.calls and not (kind is Kind.JOIN and other is not None and other.calls):
        return Lack.VISITS
    if not at_work and kind not in {Kind.ADD, *WITH_NEIGHBOUR}:
        return Lack.PEOPLE
    if kind in {Kind.REMOVE, Kind.SHIFT} and question.employee_id not in at_work:
        return Lack.WHO
    if kind is Kind.ADD and question.employee_id not in at_work and question.profession not in professions:
        return Lack.WHO
    if kind in {Kind.ADD, Kind.SHIFT} and (
        question.starts is None or question.ends is None or question.starts == question.ends
    ):
        return Lack.HOURS
    if kind in {Kind.MOVE, Kind.SPLIT} and not chosen:
        return Lack.CITIZENS
    if kind is Kind.SPLIT and chosen == visited:
        return Lack.ALL_CITIZENS
    return Lack.TWO_PEOPLE if kind is Kind.SPLIT and len(at_work) < 2 else None


def half_of(day: Day, half: Half) -> frozenset[int]:
    """Return the citizens in one half of the team's homes: as near half the minutes of visits as whole homes allow.

    Homes are taken from the named side until the half is full; a home that would lie more outside than inside is left
    to the other half. Citizens whose homes are not on the map are in no half.
    """
    minutes: dict[int, int] = {}
    home: dict[int, Place] = {}
    for call in day.calls:
        if call.place is not None:
            minutes[call.citizen_id] = minutes.get(call.citizen_id, 0) + call.minutes * call.helpers
            home[call.citizen_id] = call.place
    axis, sign = {
        Half.NORTH: (0, -1), Half.SOUTH: (0, 1), Half.EAST: (1, -1), Half.WEST: (1, 1),
    }[half]  # fmt: skip
    wanted, found, taken = sum(minutes.values()) / 2, set(), 0.0
    for citizen_id in sorted(home, key=lambda each: (sign * home[each][axis], each)):
        if taken + minutes[citizen_id] / 2 > wanted:
            break
        found.add(citizen_id)
        taken += minutes[citizen_id]
    return frozenset(found)


def deal(day: Day, citizen_ids: Collection[int]) -> frozenset[int]:
    """Return who at work goes with these citizens when a team is split and nobody has said.

    As large a share of those at work as these citizens' share of the minutes of visits, rounded, but at least one on
    each side. The same share within each training (nurse, health worker, others) as near as whole people allow, and
    one on each side where two have it. First those who know these citizens best: visits with them the last 28 days,
    less visits with the others.
    """
    chosen = set(citizen_ids)
    every = sum(call.minutes * call.helpers for call in day.calls)
    ours = sum(call.minutes * call.helpers for call in day.calls if call.citizen_id in chosen)
    share = ours / every if every else 0.5
    by_level: dict[int, list[int]] = {}
    for worker in day.worker_by_id.values():
        if worker.visits:
            by_level.setdefault(worker.level, []).append(worker.employee_id)
    leaning = {employee_id: 0 for people in by_level.values() for employee_id in people}
    for (employee_id, citizen_id), count in (day.known or {}).items():
        if employee_id in leaning:
            leaning[employee_id] += count if citizen_id in chosen else -count
    found: set[int] = set()
    for level, count in _shares({level: len(people) for level, people in by_level.items()}, share).items():
        found |= set(sorted(by_level[level], key=lambda each: (-leaning[each], each))[:count])
    return frozenset(found)


def _shares(sizes: Mapping[int, int], share: float) -> dict[int, int]:
    """Return how many of each group make the share of all: largest remainder first, within what each group allows."""
    everybody = sum(sizes.values())
    wanted = min(max(round(share * everybody), 1), max(everybody - 1, 1))
    least = {level: 1 if size > 1 else 0 for level, size in sizes.items()}
    most = {level: size - 1 if size > 1 else size for level, size in sizes.items()}
    counts = {level: min(max(int(share * size), least[level]), most[level]) for level, size in sizes.items()}
    while sum(counts.values()) < wanted:
        more = [level for level in sizes if counts[level] < most[level]]
        if not more:
            break
        counts[max(more, key=lambda each: (share * sizes[each] - counts[each], each))] += 1
    while sum(counts.values()) > wanted:
        fewer = [level for level in sizes if counts[level] > least[level]]
        if not fewer:
            break
        counts[min(fewer, key=lambda each: (share * sizes[each] - counts[each], each))] -= 1
    return counts


def homes_by_street(homes: Iterable[tuple[int, str]]) -> dict[str, frozenset[int]]:
    """Return street → citizens, by name: a home's street without its number («Strandveien 14 B» is in Strandveien).

    homes: citizen and street address; those without an address are left out.
    """
    found: dict[str, set[int]] = {}
    for citizen_id, address in homes:
        words = address.split()
        while len(words) > 1 and (words[-1][0].isdigit() or len(words[-1]) == 1):
            words.pop()
        if words:
            found.setdefault(" ".join(words), set()).add(citizen_id)
    return {street: frozenset(found[street]) for street in sorted(found)}
