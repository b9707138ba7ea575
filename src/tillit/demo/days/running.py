"""Six months of days: which visits there were, who came, how it went; then today's lists, then the days to come.

Tasks within visits are written for the last 28 days and the days to come only; older visits have who, when and how.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from types import MappingProxyType

from tillit.care.visits.models import (
    LearnedMinutes,
)
from tillit.care.visits.rules.learning import Observation, learned_minutes
from tillit.demo.chance import Chance
from tillit.demo.days.careful import Ways, careful_lanes
from tillit.demo.days.handwritten import hold, hospital_talk, pin
from tillit.demo.days.recording import LIST_DAYS, NOW, TASK_DAYS, Recorder, Row
from tillit.demo.days.room import make_room
from tillit.demo.days.routes import Care, Lane, Wanted, lanes_for, place
from tillit.demo.days.wanted import Asked, DayPlan
from tillit.demo.people.citizens import Person
from tillit.demo.people.staff import Staff
from tillit.demo.people.teams import TeamPlan
from tillit.foundation.organisation.rules import Joining, is_joined
from tillit.kernel import oslo


@dataclass(frozen=True, slots=True)
class Meeting:
    """The team's meetings in the week: weekday (0 is Monday) → (start, end) in minutes."""

    team: int
    citizens: int

    def on(self, day: date) -> tuple[int, int] | None:
        """Return when the team sits together, if it does."""
        if day.weekday() == self.team:
            return 840, 870
        return (780, 825) if day.weekday() == self.citizens else None


@dataclass(slots=True)
class TeamDays:
    """Runs through the days of one team. others: citizens of the team beside it, who get a part of their help here."""

    recorder: Recorder
    chance: Chance
    plan: TeamPlan
    copy: int
    staff: Staff
    people: list[Person]
    anchor: date
    meeting: Meeting
    base: tuple[float, float]
    asked: Asked = field(default_factory=Asked)
    learned: dict[int, dict[int, int]] = field(default_factory=dict)
    ways: Ways | None = None
    others: Sequence[Person] = ()

    def run(self, first: date, after: date, *, rest: Callable[[], None]) -> None:
        """Write the days [first, after). `rest` is called once a month, to let go of what is written."""
        day = first
        while day < after:
            if day == self.anchor:
                self._learn()
            if day < self.anchor:
                self._past(day)
            elif day == self.anchor:
                self._today(day)
            else:
                self._coming(day)
            day += timedelta(days=1)
            if day.day == 1:
                rest()
        rest()
        self.asked.forget()

    # ── what the day asks for ──

    def _rows(self, day: date) -> tuple[list[Row], list[tuple[Person, DayPlan]]]:
        base = oslo.moment(day, time(0))
        found: list[Row] = []
        plans: list[tuple[Person, DayPlan]] = []
        for person, carrier in self._carried():
            if not person.follows_on(day):
                continue
            plan = next(
                (one for one in person.plans if one.first <= day and (one.after is None or day < one.after)), None
            )
            if plan is None:
                continue
            learned = self.learned.get(person.id) if day >= self.anchor else None
            beside = frozenset({person.beside} if person.beside else ())
            day_plan = self.asked.visits(day, plan.plan_id, plan.helps, learned, beside)
            rows = []
            for visit in day_plan.visits:
                if visit.draft.unit_id != carrier:
                    continue  # the other team's
                row = Row(person, visit, plan.plan_id, carrier or person.unit_id)
                if person.away:
                    stay = _stay_at(person, base + timedelta(minutes=visit.latest))
                    if stay is not None:
                        row.cancelled_by = "AWAY"
                        row.rests = day > oslo.day_of(stay) or day > self.anchor  # known beforehand
                rows.append(row)
            if rows:
                found += rows
                plans.append((person, day_plan))
        return found, plans

    def _carried(self) -> Iterator[tuple[Person, int | None]]:
        """Everybody this team helps, with whom her plan names for it: nobody in particular for her own team."""
        yield from ((person, None) for person in self.people)
        yield from ((person, self.recorder.unit_id) for person in self.others)

    def _apart(self, day: date) -> dict[tuple[int, str], frozenset[int]]:
        """By unit and part of the day: those at work on other lists of the team, who do not go there."""
        found: dict[tuple[int, str], set[int]] = {}
        for one in self.staff.present[day] if self.plan.work_group else ():
            if is_joined(Joining(), day, one.kind):
                continue
            for unit_id in {person.unit_id for person in self.people}:
                if unit_id != (one.group_id or self.recorder.unit_id):
                    found.setdefault((unit_id, one.kind), set()).add(one.member.id)
        return {key: frozenset(members) for key, members in found.items()}

    def _wanted(
        self, row: Row, number: int, day: int, apart: Mapping[tuple[int, str], frozenset[int]] = MappingProxyType({})
    ) -> Wanted:
        visit, draft, person = row.day_visit, row.day_visit.draft, row.person
        wished = visit.wished if visit.wished is not None else (visit.earliest + visit.latest) // 2
        affinity = person.affinity
        if (usual := person.day_pins.get(visit.clock)) is not None:  # written by hand: the usual helpers come
            affinity = affinity | {one: affinity[one] + 3.0 for one in usual if affinity.get(one, 0.0) > 2.0}
        return Wanted(
            number,
            visit.earliest,
            visit.latest,
            wished,
            draft.minutes,
            draft.helpers,
            frozenset(draft.needs),
            draft.level,
            draft.priority,
            draft.shift_kind,
            person.east,
            person.north,
            affinity,
            person.refused | apart.get((person.unit_id, draft.shift_kind), frozenset()),
            _met_lately(person, day),
        )

    def _place(self, rows: list[Row], lanes: list[Lane], draw: random.Random, day: date, *, care: Care) -> None:
        knows = self._knows(day)
        noise = [draw.random() for _ in range(97)]
        apart = self._apart(day)
        order = [
            (row, self._wanted(row, number, day.toordinal(), apart))
            for number, row in enumerate(rows)
            if row.placed is None and not row.cancelled_by
        ]
        order.sort(key=_order)
        for row, want in order:
            if day == self.anchor and row.person.day_pins.get(row.day_visit.clock) == ():
                row.left = True
                continue
            row.placed = place(lanes, want, knows=knows, noise=noise, care=care)
        if care is not Care.PAST:
            placing = partial(place, lanes, knows=knows, noise=noise, care=care)
            for row, want in order:
                if row.placed is None and not row.left and want.helpers == 1:
                    make_room(row, want, order, lanes, placing)
        for row, _ in order:
            for helper in row.placed.helpers if row.placed else ():
                row.person.met.setdefault(helper.id, []).append(day.toordinal())

    def _knows(self, day: date) -> float:
        changed = self.anchor - timedelta(days=self.plan.changed_days_ago)
        before, after = self.plan.knows
        if day < changed:
            return before
        grown = min(1.0, (day - changed).days / 21)  # it takes three weeks to get there
        return before + (after - before) * grown

    # ── the past ──

    def _past(self, day: date) -> None:
        draw = self.chance.stream("day", self.copy, self.plan.name, day.isoformat())
        rows, plans = self._rows(day)
        for row in rows:
            if not row.cancelled_by:
                row.cancelled_by = _said_no(draw, row.day_visit.draft.priority)
        lanes = lanes_for(self.staff.present[day], self.base, meeting=self.meeting.on(day))
        self._place(rows, lanes, draw, day, care=Care.PAST)
        for row in rows:
            if row.placed is None and not row.cancelled_by:
                row.cancelled_by = "TEAM"
        with_tasks = (self.anchor - day).days <= TASK_DAYS
        base = oslo.moment(day, time(0))
        for row in rows:
            self.recorder.write_visit(row, day, base, "CANCELLED" if row.cancelled_by else "DONE", tasks=with_tasks)
            self.recorder.report(row, day, base, draw)
        if with_tasks:
            self.recorder.links(rows, plans)
        if (self.anchor - day).days <= LIST_DAYS:
            self.recorder.lists(rows, day, base, "PUBLISHED", ("DAY", "EVENING", "NIGHT"), draft=False)
        self.recorder.follow_ups(rows, day, base, draw)
        self.staff.present.pop(day, None)

    # ── today and after ──

    def _today(self, day: date) -> None:
        draw = self.chance.stream("day", self.copy, self.plan.name, day.isoformat())
        base = oslo.moment(day, time(0))
        rows, plans = self._rows(day)
        rows += self._added(day)
        for row in rows:
            if (
                not row.cancelled_by
                and row.day_visit.draft.priority > 1
                and row.person.curated is None
                and draw.random() < 0.012
            ):
                row.cancelled_by = "CITIZEN"
        story = bool(self.plan.named)
        in_use = story or self.plan.published
        if in_use:
            lanes = self._careful(day)
            if story:
                pin(rows, lanes, self.staff)
            held = hold(rows, lanes, self._wanted) if story else []
            self._place(rows, lanes, draw, day, care=Care.IN_USE)
            for lane, start, person in held:
                lane.release(start, person.east, person.north)
            for row in rows if story else ():
                if row.placed is None and not row.left and not row.cancelled_by:
                    row.cancelled_by = "TEAM"  # can wait, and was agreed with the citizen before the lists were used
        now = int((oslo.moment(day, NOW) - base).total_seconds()) // 60
        for row in rows:
            state = "CANCELLED" if row.cancelled_by else "PLANNED"
            if (
                row.placed is not None
                and not row.cancelled_by
                and row.placed.start + row.day_visit.draft.minutes <= now
            ):
                state = "DONE"
            self.recorder.write_visit(row, day, base, state, tasks=True, agreed=in_use)
            if state != "PLANNED":
                self.recorder.report(row, day, base, draw)
        self.recorder.links(rows, plans)
        if in_use:
            left = [row for row in rows if row.left]
            kinds = ("DAY", "EVENING", "NIGHT")
            self.recorder.lists(rows, day, base, "PUBLISHED", kinds, draft=False, story=story, left=left)

    def _careful(self, day: date) -> list[Lane]:
        if self.ways is None:
            self.ways = Ways([*self.people, *self.others], self.staff.members, self.base, self.copy)
        return careful_lanes(
            self.staff.present[day],
            self.ways,
            day,
            oslo.moment(day, time(0)),
            self.base,
            meeting=self.meeting.on(day),
        )

    def _coming(self, day: date) -> None:
        draw = self.chance.stream("day", self.copy, self.plan.name, day.isoformat())
        rows, plans = self._rows(day)
        drafted = bool(self.plan.named) and day <= self.anchor + timedelta(days=4)
        if drafted:
            self._place(rows, self._careful(day), draw, day, care=Care.DRAFT)
        base = oslo.moment(day, time(0))
        for row in rows:
            state = "CANCELLED" if row.cancelled_by else "PLANNED"
            self.recorder.write_visit(row, day, base, state, tasks=True, agreed=False)
        self.recorder.links(rows, plans)
        if drafted:
            self.recorder.lists(rows, day, base, "DRAFT", ("DAY", "EVENING", "NIGHT"), draft=True)

    def _added(self, day: date) -> list[Row]:
        """The talk at the hospital before Arnfinn Skagen comes home."""
        skagen = next((one for one in self.people if one.curated is not None and one.curated.is_new), None)
        amina = next((one for one in self.staff.members if one.initials == "AY"), None)
        if skagen is None or amina is None or day.weekday() >= 5:
            return []
        base = oslo.moment(day, time(0))
        skagen.day_pins[720] = (amina.id,)
        return [hospital_talk(skagen, day, base)]

    # ── writing ──

    def _learn(self) -> None:
        """What the nightly job would have learned from the visits whose tasks are kept."""
        for person, carrier in self._carried():
            if person.after is not None or not person.plans:
                continue
            for help_ in person.plans[-1].helps:
                if help_.unit_id != carrier:
                    continue
                newest_first = [
                    Observation(took) for took in reversed(self.recorder.seen.get((person.id, help_.line), ()))
                ]
                found = learned_minutes(newest_first, help_.minutes)
                self.recorder.store.add(
                    LearnedMinutes,
                    citizen_id=person.id,
                    line=help_.line,
                    minutes=found.minutes,
                    basis=found.basis,
                    learned_on=self.anchor,
                )
                self.learned.setdefault(person.id, {})[help_.line] = found.minutes
        self.recorder.seen.clear()


def _order(pair: tuple[Row, Wanted]) -> tuple[bool, int, bool, bool, int, int]:
    """Astrid first, whose strip of helpers everybody looks at; then two together, what must be done, narrow windows."""
    row, want = pair
    is_narrow = want.latest - want.earliest <= 60
    return (
        row.person.archetype != "story_astrid",
        -want.helpers,
        want.priority > 1,
        not is_narrow,
        want.wished,
        want.key,
    )


def _met_lately(person: Person, day: int) -> dict[int, int]:
    """How often each helper came in the 28 days before; what is older is forgotten."""
    found: dict[int, int] = {}
    for helper_id, days in list(person.met.items()):
        while days and days[0] < day - 28:
            days.pop(0)
        if days:
            found[helper_id] = len(days)
        else:
            del person.met[helper_id]
    return found


def _stay_at(person: Person, at: datetime) -> datetime | None:
    """Return when the stay began that she is away on at this moment, or None when she is at home."""
    for start, end, _ in person.away:
        if start <= at and (end is None or at < end):
            return start
    return None


def _said_no(draw: random.Random, priority: int) -> str:
    left = draw.random() * (1.6 if priority == 1 else 1.0)
    for by, share in (("CITIZEN", 0.02), ("RELATIVE", 0.006), ("NOT_HOME", 0.006)):
        left -= share
        if left < 0:
            return by
    return ""
