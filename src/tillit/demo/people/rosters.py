"""Rosters: a base roster of three weeks that rolls, absences, and who steps in.

Every third weekend; evening is never followed by day; at most five days on end; a weekly rest of 35 hours. Temps and
part-timers take the shifts of those who are away, as far as they have rest.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from tillit.demo.people.teams import Demand

CYCLE = 21
SHIFTS_PER_CYCLE = 14.2  # 35.5 hours a week in shifts of 7.5 hours, three weeks
FULL_WEEK_OFF_HOURS = 35
DAY, EVENING, NIGHT = "DAY", "EVENING", "NIGHT"
#: Start and end in minutes after midnight; a day shift starts when its holder does.
LENGTH = 450
EVENING_START, NIGHT_START, NIGHT_LENGTH = 900, 1350, 540

Cell = tuple[int, int]  # person's place in the team, day of the cycle


@dataclass(frozen=True, slots=True)
class Rota:
    """What one person's roster is made from. flavour: MIXED, EVENING, WEEKDAY, NIGHT; TEMP, OFFICE, SHARED: none."""

    percent: int
    flavour: str
    is_nurse: bool


@dataclass(slots=True)
class BaseRoster:
    """The base roster: (person, day of the cycle 0–20) → DAY, EVENING or NIGHT. Day 0 is a Monday."""

    cells: dict[Cell, str] = field(default_factory=dict)
    closed: frozenset[Cell] = frozenset()

    def of(self, person: int, day: int) -> str:
        """Return the shift, or an empty string."""
        return self.cells.get((person, day % CYCLE), "")


def base_roster(
    draw: random.Random,
    people: Sequence[Rota],
    demand: Demand,
    pins: Mapping[Cell, str] | None = None,
    closed: frozenset[Cell] = frozenset(),
) -> BaseRoster:
    """Make the base roster. pins: cells that are decided beforehand (the day the demo shows); closed: stay empty.

    People with flavour TEMP, OFFICE or SHARED are left out. Rules are kept for everybody whose pins keep them.
    """
    roster = BaseRoster(dict(pins or {}), closed)
    quota = {number: round(one.percent / 100 * SHIFTS_PER_CYCLE) for number, one in enumerate(people)}
    _weekends(draw, people, demand, roster, quota)
    _nights(people, demand, roster)
    weekdays = [day for day in range(CYCLE) if day % 7 < 5]
    for kind, wanted in ((EVENING, demand.evening), (DAY, demand.day)):
        for level in range(1, wanted + 1):  # one more on every day before two more on any
            draw.shuffle(weekdays)
            for day in weekdays:
                _fill(draw, people, roster, quota, day, kind, level)
    for number, one in enumerate(people):
        if one.flavour in {"MIXED", "EVENING", "WEEKDAY"}:
            _use_up(draw, roster, quota, number, one)
            _give_weekly_rest(roster, number, pins or {})
    return roster


def _weekends(
    draw: random.Random, people: Sequence[Rota], demand: Demand, roster: BaseRoster, quota: Mapping[int, int]
) -> None:
    groups: list[list[int]] = [[], [], []]
    pinned = {number: day // 7 for (number, day) in roster.cells if day % 7 >= 5}
    candidates = [number for number, one in enumerate(people) if one.flavour in {"MIXED", "EVENING"}]
    for number in candidates:
        if number in pinned:
            groups[pinned[number]].append(number)
    rest = [number for number in candidates if number not in pinned]
    draw.shuffle(rest)
    rest.sort(key=lambda number: (not people[number].is_nurse, people[number].flavour != "EVENING"))
    for number in rest:
        weighed = [
            (sum(people[other].is_nurse == people[number].is_nurse for other in group), len(group), week)
            for week, group in enumerate(groups)
        ]
        groups[min(weighed)[2]].append(number)
    for week, group in enumerate(groups):
        ordered = sorted(group, key=lambda number: (people[number].flavour != "EVENING", quota[number]))
        evening = set(ordered[: demand.weekend_evening])
        for number in ordered:
            wanted = EVENING if number in evening else DAY
            kept = roster.of(number, week * 7 + 5) or roster.of(number, week * 7 + 6) or wanted
            for day in (week * 7 + 5, week * 7 + 6):
                if (number, day) in roster.closed:
                    continue
                roster.cells.setdefault((number, day), kept)


def _nights(people: Sequence[Rota], demand: Demand, roster: BaseRoster) -> None:
    """Three watchers share each week: Friday to Sunday, Monday and Tuesday, Wednesday and Thursday, in turn."""
    watchers = [number for number, one in enumerate(people) if one.flavour == "NIGHT"]
    if not demand.night or not watchers:
        return
    for day in range(CYCLE):
        turn = (1, 1, 2, 2, 0, 0, 0)[day % 7]
        roster.cells[watchers[(day // 7 + turn) % len(watchers)], day] = NIGHT


def _fill(
    draw: random.Random,
    people: Sequence[Rota],
    roster: BaseRoster,
    quota: Mapping[int, int],
    day: int,
    kind: str,
    wanted: int,
) -> None:
    there = [number for number in range(len(people)) if roster.of(number, day) == kind]
    free = []
    for number, one in enumerate(people):
        if one.flavour not in {"MIXED", "EVENING", "WEEKDAY"} or (kind == EVENING and one.flavour == "WEEKDAY"):
            continue
        if kind == DAY and one.flavour == "EVENING" and draw.random() < 0.7:
            continue
        if _may(roster, number, day, kind) and _used(roster, number) < quota[number]:
            used = _used(roster, number) / max(1, quota[number])
            evenings = sum(roster.of(number, other) == EVENING for other in range(CYCLE)) / max(1, quota[number])
            liking = evenings * 1.5 if kind == EVENING and one.flavour != "EVENING" else 0.0
            free.append((used + liking + draw.random() * 0.3 - (kind == EVENING and one.flavour == "EVENING"), number))
    free.sort()
    order = [number for _, number in free]
    if order and not any(people[number].is_nurse for number in there):
        nurses = [number for number in order if people[number].is_nurse]
        order = nurses[:1] + [number for number in order if number not in nurses[:1]]
    for number in order[: max(0, wanted - len(there))]:
        roster.cells[number, day] = kind


def _use_up(draw: random.Random, roster: BaseRoster, quota: Mapping[int, int], number: int, one: Rota) -> None:
    """Give what is left of the position where fewest are at work."""
    kind = EVENING if one.flavour == "EVENING" else DAY
    days = [day for day in range(CYCLE) if day % 7 < 5]
    draw.shuffle(days)
    days.sort(key=lambda day: sum(place[1] == day for place in roster.cells))
    for day in days:
        if _used(roster, number) >= quota[number]:
            return
        if _may(roster, number, day, kind):
            roster.cells[number, day] = kind


def _used(roster: BaseRoster, number: int) -> int:
    return sum(bool(roster.of(number, day)) for day in range(CYCLE))


def _may(roster: BaseRoster, number: int, day: int, kind: str) -> bool:
    if roster.of(number, day) or (number, day) in roster.closed:
        return False
    before, after = roster.of(number, day - 1), roster.of(number, day + 1)
    if (kind == DAY and before in {EVENING, NIGHT}) or (kind == EVENING and after == DAY) or after == NIGHT:
        return False
    run = 1
    for step in (-1, 1):
        other = day + step
        while roster.of(number, other) and run <= 6:
            run += 1
            other += step
    week = day // 7 * 7
    return run <= 5 and sum(bool(roster.of(number, other)) for other in range(week, week + 7)) < 5


def _give_weekly_rest(roster: BaseRoster, number: int, pins: Mapping[Cell, str]) -> None:
    for week in range(0, CYCLE, 7):
        for day in [*range(week, week + 5)]:
            if longest_rest(roster, number, week) >= FULL_WEEK_OFF_HOURS * 60:
                break
            if roster.of(number, day) and (number, day) not in pins:
                kept = roster.cells.pop((number, day))
                if longest_rest(roster, number, week) < FULL_WEEK_OFF_HOURS * 60 and day < week + 4:
                    roster.cells[number, day] = kept


def longest_rest(roster: BaseRoster, number: int, week: int) -> int:
    """Return the longest time off in minutes that lies within Monday 00.00 to Sunday 24.00 of the week from day
    `week`, counted from the end of the shift before and to the start of the next."""
    spans = []
    for day in range(week - 1, week + 8):
        kind = roster.of(number, day)
        if kind:
            start = {DAY: 450, EVENING: EVENING_START, NIGHT: NIGHT_START}[kind] + (day - week) * 1440
            spans.append((start, start + (NIGHT_LENGTH if kind == NIGHT else LENGTH)))
    edges = [(-1440, 0), *spans, (7 * 1440, 8 * 1440)]
    edges.sort()
    longest, end = 0, 0
    for start, finish in edges:
        longest = max(longest, min(start, 7 * 1440) - max(end, 0))
        end = max(end, finish)
    return longest


@dataclass(frozen=True, slots=True)
class Away:
    """A spell of absence: kind and the days [first, after); `after` None is until further notice."""

    kind: str
    first: date
    after: date | None

    def holds_on(self, day: date) -> bool:
        """Whether the day is one of them."""
        return self.first <= day and (self.after is None or day < self.after)


#: (kind, shortest, longest, weight) of spells of illness.
_SPELLS = (
    ("SELF_CERTIFIED", 1, 3, 0.62),
    ("CHILD_SICK", 1, 2, 0.18),
    ("SICK_LEAVE", 5, 16, 0.14),
    ("SICK_LEAVE", 21, 60, 0.06),
)
#: Spells that fall in a holiday, or right after another, are not counted twice: draw a little more of them.
_LOST_TO_HOLIDAYS = 1.5
_MEAN_SPELL = sum((shortest + longest) / 2 * weight for _, shortest, longest, weight in _SPELLS)


def absences(
    draw: random.Random,
    first: date,
    after: date,
    *,
    anchor: date,
    sick: tuple[float, float],
    changed: date,
    well_on: bool,
) -> list[Away]:
    """Return one person's absences in [first, after): illness in spells, holidays, a course now and then.

    sick: share of days ill before and from `changed`. After the anchor only what is agreed beforehand. well_on: not
    away on the anchor, nor on the two days after it.
    """
    found: list[Away] = []
    day = first + timedelta(days=draw.randrange(20))
    while day < anchor:
        share = sick[1] if day >= changed else sick[0]
        if draw.random() < share * _LOST_TO_HOLIDAYS / _MEAN_SPELL:
            kind, shortest, longest, _ = _spell(draw)
            end = day + timedelta(days=draw.randint(shortest, longest))
            if not well_on or end <= anchor:
                found.append(Away(kind, day, end))
                day = end + timedelta(days=3)
        day += timedelta(days=1)
    for year in range(first.year, after.year + 1):
        found += _holidays(draw, year)
    found = [one for one in found if one.after is not None and one.after > first and one.first < after]
    if draw.random() < 0.25:
        course = anchor + timedelta(days=draw.randrange(-60, 35))
        found.append(Away("COURSE", course, course + timedelta(days=1)))
    if well_on:
        held = (anchor, anchor + timedelta(days=1), anchor + timedelta(days=2))
        found = [one for one in found if not any(one.holds_on(day) for day in held)]
    return _apart(found)


def _spell(draw: random.Random) -> tuple[str, int, int, float]:
    left = draw.random()
    for spell in _SPELLS:
        left -= spell[3]
        if left < 0:
            return spell
    return _SPELLS[0]


def _holidays(draw: random.Random, year: int) -> Iterable[Away]:
    summer = date(year, 6, 8) + timedelta(days=7 * draw.randrange(10))
    yield Away("HOLIDAY", summer, summer + timedelta(days=21))
    for month, last in ((10, 2), (2, 2)):
        start = date(year, month, 1) + timedelta(days=draw.randrange(20))
        if draw.random() < 0.6:
            yield Away("HOLIDAY", start, start + timedelta(days=3 + draw.randrange(last + 3)))


def _apart(spells: list[Away]) -> list[Away]:
    kept: list[Away] = []
    for one in sorted(spells, key=lambda spell: spell.first):
        last = kept[-1].after if kept else None
        if kept and (last is None or one.first < last):
            continue
        kept.append(one)
    return kept
