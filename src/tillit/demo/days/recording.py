"""Writes down a day: visits, what is done in them, who went, how it went, lists, and what has changed."""

import random
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from tillit.care.journal.models import EntryKind
from tillit.care.visits.models import (
    FollowUp,
    Visit,
    VisitHelper,
    VisitLink,
    VisitReport,
    VisitTask,
)
from tillit.care.visits.rules.due import due_at
from tillit.care.visits.rules.learning import MOST_SEEN, share_of_visit
from tillit.demo.days import helping
from tillit.demo.days.routes import Placed
from tillit.demo.days.signing import Signer
from tillit.demo.days.wanted import DayPlan, DayVisit
from tillit.demo.people.citizens import Person
from tillit.demo.people.staff import Member, Staff
from tillit.demo.people.teams import TeamPlan
from tillit.demo.plans.archetypes import BY_CODE
from tillit.demo.store import Store
from tillit.demo.story import solvik
from tillit.demo.words import notes as note_bank
from tillit.foundation.organisation.rules import Joining, is_joined
from tillit.kernel import oslo
from tillit.teamwork.planning.models import Assignment, DayLists, ListState, Notice
from tillit.teamwork.planning.rules.changes import NoticeKind

TASK_DAYS = 28
LIST_DAYS = 7
"""Lists in use are written for so many days back; before that the visits themselves say who went."""
PUBLISHED_AT = time(7, 20)
"""When the day's lists are taken into use."""
NOW = time(7, 42)


@dataclass(slots=True)
class Row:
    """A visit of the day with what became of it."""

    person: Person
    day_visit: DayVisit
    plan_id: int
    unit_id: int
    id: int = 0
    placed: Placed | None = None
    cancelled_by: str = ""
    tasks: list[tuple[int, int, int]] = field(default_factory=list)  # (task, line, minutes)
    added: bool = False
    rests: bool = False  # on pause, and known beforehand: nobody reports it
    left: bool = False  # was Jonas Berg's when the lists were taken into use; now nobody has it


@dataclass(slots=True)
class Recorder:
    """Writes the days of one team. `seen`: what was said of minutes, by citizen and line of the plan, oldest first."""

    store: Store
    plan: TeamPlan
    unit_id: int
    staff: Staff
    people: list[Person]
    anchor: date
    signer: Signer
    seen: dict[tuple[int, int], deque[float]] = field(default_factory=dict)

    def lists_unit(self, unit_id: int, day: date, kind: str) -> int:
        """Return the unit on whose lists a unit's visits lie then: the team's, or by day the work group's."""
        return self.unit_id if is_joined(Joining(), day, kind) else unit_id

    def lists_of(self, day: date, kind: str) -> list[int]:
        """Return the units with lists then, the team first."""
        units = dict.fromkeys(person.unit_id for person in self.people)
        return list(dict.fromkeys([self.unit_id, *(self.lists_unit(unit_id, day, kind) for unit_id in units)]))

    def report(self, row: Row, day: date, base: datetime, draw: random.Random) -> None:
        if row.rests:
            return
        if row.cancelled_by:
            texts = note_bank.CANCELLED[
                "TODAY" if day == self.anchor and row.cancelled_by == "TEAM" else row.cancelled_by
            ]
            teller = row.placed.helpers[0].id if row.placed else self.somebody(day, draw)
            at = min(base + timedelta(minutes=row.day_visit.earliest + 5), oslo.moment(self.anchor, PUBLISHED_AT))
            said_id = self.store.add(
                VisitReport,
                visit_id=row.id,
                outcome="CANCELLED",
                cancelled_by=row.cancelled_by,
                note=draw.choice(texts),
                reported_by_id=teller,
                reported_at=at,
            )
            self.sign(EntryKind.REPORT, said_id, row, teller, base + timedelta(minutes=row.day_visit.earliest), at)
            return
        assert row.placed is not None
        draft = row.day_visit.draft
        slowness = sum(task.minutes * row.person.slowness.get(task.line, 1.0) for task in draft.tasks) / draft.minutes
        took = draft.minutes * slowness * draw.uniform(0.88, 1.14)
        said: int | None = None
        outcome, note = "AS_PLANNED", ""
        not_done: list[int] = []
        if abs(took - draft.minutes) >= max(5, draft.minutes * 0.22) and draw.random() < 0.42:
            outcome, said = "DIFFERENT", max(5, round(took / 5) * 5)
            note = draw.choice(note_bank.DIFFERENT) if draw.random() < 0.25 else ""
            if said == draft.minutes:
                said += 5 if took > draft.minutes else -5
                said = max(5, said)
        elif draw.random() < 0.018:
            outcome, note = "DIFFERENT", draw.choice(note_bank.DIFFERENT)
            if len(row.tasks) > 1:
                not_done = [row.tasks[-1][0]]
        trend = ""
        if any(
            task.title.startswith(("Gå til post", "Hverdagsrehab", "Gåtrening", "Trene", "Lage"))
            for task in draft.tasks
        ):
            trend = draw.choice(("EASIER", "EASIER", "EASIER", "SAME", "SAME", "HARDER"))
        ago = (self.anchor - day).days
        note = note or self.note(row, day, ago, draw)
        end = row.placed.start + round(took)
        said_id = self.store.add(
            VisitReport,
            visit_id=row.id,
            outcome=outcome,
            minutes=said,
            note=note,
            not_done=not_done,
            goal_trend=trend,
            reported_by_id=row.placed.helpers[0].id,
            reported_at=(at := min(base + timedelta(minutes=end + 2), oslo.moment(self.anchor, NOW))),
        )
        began = base + timedelta(minutes=row.placed.start)
        has_words = bool(note or not_done)
        self.sign(EntryKind.REPORT, said_id, row, row.placed.helpers[0].id, began, at, has_words=has_words)
        if ago <= TASK_DAYS:
            self.remember(row, said, not_done)

    def remember(self, row: Row, said: int | None, not_done: list[int]) -> None:
        done = [(line, minutes) for task_id, line, minutes in row.tasks if task_id not in not_done]
        planned = sum(minutes for _, minutes in done)
        if not planned or (said is None and not_done):
            return
        for line, minutes in done:
            took = (
                float(minutes) if said is None else share_of_visit(minutes, said_minutes=said, planned_minutes=planned)
            )
            self.seen.setdefault((row.person.id, line), deque(maxlen=MOST_SEEN)).append(took)

    def note(self, row: Row, day: date, ago: int, draw: random.Random) -> str:
        story = row.person.curated
        if story is not None:
            for family, days, part, initials, words in solvik.NOTES:
                if family == story.family and days == ago and part == row.day_visit.draft.part_of_day:
                    assert row.placed is not None
                    return words if row.placed.helpers[0].initials == initials or ago <= 11 else ""
            if story.code.startswith("story"):
                return ""
        chance = 0.16 if story is not None and ago <= 28 else 0.07 if ago <= 28 else 0.02
        if draw.random() >= chance:
            return ""
        voice = BY_CODE[row.person.archetype].voice if row.person.archetype in BY_CODE else ""
        bank = note_bank.NOTES[""] + note_bank.NOTES.get(voice, ()) * 2
        words = draw.choice(bank)
        if words in row.person.notes:
            return ""
        row.person.notes.add(words)
        return words

    def somebody(self, day: date, draw: random.Random) -> int | None:
        present = self.staff.present[day]
        return draw.choice(present).member.id if present else None

    def write_visit(
        self, row: Row, day: date, base: datetime, state: str, *, tasks: bool, agreed: bool | None = None
    ) -> None:
        store, visit, draft, placed = self.store, row.day_visit, row.day_visit.draft, row.placed
        in_use = agreed if agreed is not None else True
        row.id = store.add(
            Visit,
            citizen_id=row.person.id,
            unit_id=row.unit_id,
            plan_id=row.plan_id or None,
            on=day,
            slot=draft.slot,
            part_of_day=draft.part_of_day,
            shift_kind=draft.shift_kind,
            origin="ADDED" if row.added else "PLAN",
            state=state,
            cancelled_by=row.cancelled_by,
            title=draft.title,
            earliest_at=base + timedelta(minutes=visit.earliest),
            latest_at=base + timedelta(minutes=visit.latest),
            wished_at=None if visit.wished is None else base + timedelta(minutes=visit.wished),
            minutes=draft.minutes,
            helpers=draft.helpers,
            needs=list(draft.needs),
            level=draft.level,
            priority=draft.priority,
            starts_at=base + timedelta(minutes=placed.start) if placed and in_use else None,
            changed_at=oslo.moment(self.anchor, NOW) if row.left else None,
        )
        if placed and in_use:
            for helper in placed.helpers:
                store.add(VisitHelper, visit_id=row.id, employee_id=helper.id, on=day)
        if tasks:
            for rank, task in enumerate(draft.tasks):
                number = store.add(
                    VisitTask,
                    visit_id=row.id,
                    intervention_id=task.intervention_id or None,
                    title=task.title,
                    how=task.how,
                    goal_words=task.goal_words,
                    minutes=task.minutes,
                    rank=rank,
                )
                row.tasks.append((number, task.line, task.minutes))

    def links(self, rows: list[Row], plans: list[tuple[Person, DayPlan]]) -> None:
        linked = {person.id: day_plan for person, day_plan in plans if day_plan.links}
        if not linked:
            return
        by_slot = {(row.person.id, row.day_visit.draft.slot): row.id for row in rows}
        for citizen_id, day_plan in linked.items():
            for link in day_plan.links:
                first, then = by_slot.get((citizen_id, link.first_slot)), by_slot.get((citizen_id, link.then_slot))
                if first and then:
                    self.store.add(
                        VisitLink,
                        first_id=first,
                        then_id=then,
                        least_minutes=link.least_minutes,
                        most_minutes=link.most_minutes,
                    )

    def lists(
        self,
        rows: list[Row],
        day: date,
        base: datetime,
        state: str,
        kinds: tuple[str, ...],
        *,
        draft: bool,
        story: bool = False,
        left: Sequence[Row] = (),
    ) -> None:
        """Write the lists of a day. story: everybody on them is told. left: what Jonas had when he called in sick."""
        allocator = next((one for one in self.staff.members if "FORDELER" in one.competences), self.staff.members[0])
        changed_at, now = oslo.moment(day, PUBLISHED_AT), oslo.moment(self.anchor, NOW)
        for kind, unit_id in [(each, unit_id) for each in kinds for unit_id in self.lists_of(day, each)]:
            mine = [
                row
                for row in rows
                if row.day_visit.draft.shift_kind == kind
                and row.placed is not None
                and self.lists_unit(row.unit_id, day, kind) == unit_id
            ]
            if not mine and not draft:
                continue
            edition = 2 if draft else 3
            gone = [row for row in left if row.day_visit.draft.shift_kind == kind]
            given = helping.given_away(mine, self.staff, day, kind) if story else None
            steps = (given is not None) + bool(gone)
            lists_id = self.store.add(
                DayLists,
                unit_id=unit_id,
                on=day,
                shift_kind=kind,
                state=ListState.CHANGED if steps else state,
                edition=edition + steps,
                changed_by_id=None if gone else given.by.id if given else allocator.id,
                changed_at=now if gone else min(given.at if given else changed_at, now),
                published_at=None if draft else changed_at,
                published_by_id=None if draft else allocator.id,
                published_edition=None if draft else edition,
            )
            for row in mine:
                assert row.placed is not None
                if row.cancelled_by:
                    continue
                for helper in row.placed.helpers:
                    self.store.add(
                        Assignment,
                        lists_id=lists_id,
                        visit_id=row.id,
                        employee_id=helper.id,
                        starts_at=base + timedelta(minutes=row.placed.start),
                    )
            if story:
                told = {
                    helper.id for row in mine if row.placed and not row.cancelled_by for helper in row.placed.helpers
                }
                for employee_id in sorted(told):
                    self.store.add(
                        Notice,
                        lists_id=lists_id,
                        employee_id=employee_id,
                        kind=NoticeKind.READY,
                        at=changed_at,
                        seen_at=changed_at if employee_id == allocator.id else None,
                    )
            if given is not None:
                given.write(self.store, lists_id, edition + 1, base)
            if gone:
                away = next(one.id for one in self.staff.members if one.initials == solvik.FELL_ILL)
                helping.take_off(self.store, lists_id, edition + steps, gone, away, base, now)

    def follow_ups(self, rows: list[Row], day: date, base: datetime, draw: random.Random) -> None:
        done = [row for row in rows if row.placed is not None and not row.cancelled_by]
        ago = (self.anchor - day).days
        for family, kind, words, urgency, days, initials, answer in solvik.FOLLOW_UPS if self.plan.named else ():
            mine = [row for row in done if row.person.curated is not None and row.person.family == family]
            if days == ago and mine:
                teller = next((one for one in self.staff.members if one.initials == initials), None)
                self.tell(mine[0], kind, words, urgency, answer, base, teller, closed_after=26 if answer else None)
        if done and draw.random() < 0.45 * min(1.0, len(self.people) / 60):
            row = draw.choice(done)
            kind, words, urgency, answer = draw.choice(note_bank.CHANGES)
            if row.person.curated is not None:
                return
            open_still = (
                ago <= 6 and draw.random() < (0.8 if ago <= 2 else 0.5) and urgency != "NOW" and not self.plan.named
            )
            assert row.placed is not None
            self.tell(
                row,
                kind,
                words,
                urgency,
                answer,
                base,
                row.placed.helpers[0],
                closed_after=None if open_still else draw.randrange(2, 50),
            )

    def tell(
        self,
        row: Row,
        kind: str,
        words: str,
        urgency: str,
        answer: str,
        base: datetime,
        teller: Member | None,
        *,
        closed_after: int | None,
    ) -> None:
        assert row.placed is not None
        told_at = base + timedelta(minutes=row.placed.start + row.day_visit.draft.minutes)
        now = oslo.moment(self.anchor, NOW)
        closed_at = told_at + timedelta(hours=closed_after) if closed_after is not None else None
        if closed_at is not None and closed_at >= now:
            closed_at = now - timedelta(minutes=25)
        if closed_at is not None and closed_at <= told_at:
            closed_at = None
        owner = row.person.service_id or None
        told_id = self.store.add(
            FollowUp,
            citizen_id=row.person.id,
            visit_id=row.id,
            kind=kind,
            words=words,
            urgency=urgency,
            owner_id=owner,
            told_by_id=(teller or row.placed.helpers[0]).id,
            told_at=told_at,
            due_at=due_at(urgency, told_at=told_at),
            closed_at=closed_at,
            closed_by_id=owner if closed_at else None,
            answer=answer if closed_at else "",
        )
        self.sign(EntryKind.CHANGE, told_id, row, (teller or row.placed.helpers[0]).id, told_at, told_at)
        if closed_at is not None:
            self.sign(EntryKind.ANSWER, told_id, row, owner, closed_at, closed_at)

    def sign(
        self,
        kind: EntryKind,
        row_id: int,
        row: Row,
        author_id: int | None,
        happened_at: datetime,
        at: datetime,
        *,
        has_words: bool = True,
    ) -> None:
        self.signer.sign(
            kind,
            row_id,
            citizen_id=row.person.id,
            author_id=author_id,
            happened_at=happened_at,
            at=at,
            has_words=has_words,
            nurse_id=row.person.service_id or None,
        )
