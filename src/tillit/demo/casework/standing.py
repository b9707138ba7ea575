"""Cases that run: everybody who is followed has what she has by a decision somebody had authority to make."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from tillit.care.decisions.rules.parcels import group_of
from tillit.care.decisions.rules.states import Outcome, State, Step
from tillit.demo.casework.book import Granted
from tillit.demo.casework.days import back_to_work, next_at_work, years_start
from tillit.demo.casework.desk import Desk
from tillit.demo.casework.file import File
from tillit.demo.casework.needed import SPAN, Needed, besides, from_plan
from tillit.demo.casework.powers import Decides
from tillit.demo.people.citizens import Person
from tillit.demo.words import cases as words

FAR_BACK = -5
"""Nobody's decision is older than from the start of this year, counted from the anchor's."""
#: Share of frame decisions whose plan has grown out of the frame, or shrunk below it.
OUTGROWN, SHRUNK = 0.03, 0.02


@dataclass(frozen=True, slots=True)
class Standing:
    """A file that runs, for those who take it further."""

    person: Person
    file: File
    desk: Desk


class Runner:
    """Writes the running cases of one team's citizens."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.book = desk.book
        self.anchor = desk.book.anchor

    def files_of(self, draw: random.Random, person: Person) -> list[Standing]:
        """Return her files, not written yet: services that the same person decides are one case."""
        needed = from_plan(person) + besides(draw, person, age=person.age)
        together: dict[tuple[int, int, str], list[Needed]] = {}
        begins = self._begins(person)
        for one in needed:
            then = self._decides(one, begins, is_new=True)
            if then is None:  # a gap in the delegations: nobody has decided it, so she does not have it
                continue
            now = self._decides(one, self.anchor, is_new=False)
            group = group_of(self.book.powers.services[one.code].responsibility_code)
            together.setdefault((then.employee_id, now.employee_id if now else 0, group), []).append(one)
        return [
            Standing(person, self._file(draw, person, group, number), self.desk)
            for number, group in enumerate(together.values())
        ]

    def _decides(self, one: Needed, on: date, *, is_new: bool) -> Decides | None:
        unit_id = self.desk.unit(self.desk.rows(one.code, is_new=is_new).receive, on)
        return self.book.powers.who(one.code, unit_id=unit_id, on=on, extent=one.extent, days=one.days)

    def _begins(self, person: Person) -> date:
        return max(person.first, years_start(self.anchor, FAR_BACK) + timedelta(days=person.id % 300 + 4))

    def _file(self, draw: random.Random, person: Person, needed: list[Needed], number: int) -> File:
        anchor, desk = self.anchor, self.desk
        begins = self._begins(person)
        if number and needed[0].code != "REABLEMENT":  # what came later, such as an alarm
            latest = (person.after or anchor) - timedelta(days=12)
            begins = min(max(begins, latest), begins + timedelta(days=draw.randrange(20, 400)))
        last = (person.after or anchor) - timedelta(days=1)
        opened = back_to_work(begins - timedelta(days=draw.randrange(11, 27)))
        row = desk.rows(needed[0].code, is_new=not number)
        unit_id = desk.unit(row.receive, opened)
        worker = desk.worker(unit_id, person, opened, person.id)
        file = File(
            self.book,
            citizen_id=person.id,
            unit_id=unit_id,
            opened=opened,
            is_new=not number,
            origin=draw.choice(("CITIZEN", "CITIZEN", "CITIZEN", "CITIZEN", "HOSPITAL", "REPRESENTATIVE")),
            channel=draw.choice(("PAPER", "PHONE", "DIGITAL", "DIGITAL", "IN_PERSON")),
            words=draw.choice(words.APPLIED[needed[0].code]),
            case_worker_id=worker or None,
        )
        if file.values["origin"] == "REPRESENTATIVE" and not person.kin:
            file.values["origin"] = "CITIZEN"
        if file.values["origin"] == "REPRESENTATIVE":
            file.values.update(applicant_id=person.kin[0], authority_seen_on=opened)
        file.values["by_citizen"] = file.values["origin"] != "HOSPITAL"
        file.held(unit_id, opened, row.receive, desk.version(row.receive, opened), by=worker, answered_by=worker)
        file.received(by=worker)
        file.lines = [self._line(draw, one, begins, person) for one in needed]
        self._round(draw, person, file, opened + timedelta(days=3), begins, worker, scores=not number)
        self._kept(person, file, needed[0].code, file.values["state_on"] + timedelta(days=1), last)
        self._renewed(draw, person, file, needed, begins, last)
        if desk.changed is not None and person.after is None:  # another model has come since, and the case with it
            self._kept(person, file, needed[0].code, max(desk.changed, file.values["state_on"]), last)
        self._evaluate(draw, file)
        self._stays(person, file)
        if person.after is not None and file.state not in (State.DIED, State.MOVED):
            for line in file.decisions[-1].lines:
                line.stopped_on = person.after
            file.step(Step.DIE if person.died else Step.MOVE, person.after, by=0, hour=9)
        return file

    def _line(self, draw: random.Random, one: Needed, starts: date, person: Person) -> Granted:
        service = self.book.powers.services[one.code]
        framed = one.weekly and service.extent_in == "HOURS_A_WEEK"
        extent = one.extent
        old = starts < self.anchor - timedelta(days=70)
        if framed and old and person.after is None and extent >= 1 and person.curated is None:
            left = draw.random()
            if left < OUTGROWN:
                extent = _half(extent / Decimal("1.45"))
            elif left < OUTGROWN + SHRUNK:
                extent = _half(extent * Decimal("1.6"))
        line = Granted(one.code, Outcome.GRANTED, one.content, extent, SPAN if framed else None, starts)
        if one.days is not None:
            line.ends_on = starts + timedelta(days=one.days - 1)
        return line

    def _round(
        self, draw: random.Random, person: Person, file: File, from_: date, begins: date, worker: int, *,
        scores: bool = False,
    ) -> None:  # fmt: skip
        """Assessed together, proposed, decided, told, begun."""
        days = [back_to_work(from_ + timedelta(days=number)) for number in (0, 1, 3, 5)]
        days = [max(day, file.values["state_on"]) for day in days]
        if file.state is State.RECEIVED:
            file.step(Step.START_ASSESSMENT, days[0], by=worker)
        voice = person.curated.words if person.curated else person.voice.words if person.voice else ""
        fits = words.FOUND.get(person.archetype, words.FOUND[""])
        file.assessed(
            days[1],
            by=(person.service_id, worker),
            own_view=voice or draw.choice(words.OWN_VIEW),
            summary=draw.choice(fits if draw.random() < 0.7 else words.FOUND[""]),
            scores=_scores(draw, person) if scores else None,
        )
        file.propose(
            days[2], by=worker, how_view_weighed=draw.choice(words.WEIGHED), reasons=draw.choice(words.REASONS)
        )
        on = days[3]
        while (decides := file.may_decide(on, prepared_by=worker)) is None:
            on = next_at_work(on + timedelta(days=1))  # she began just before somebody got authority
            assert on <= self.anchor, [line.code for line in file.lines]
        file.decide(on, decides)
        told = next_at_work(on + timedelta(days=draw.choice((0, 1, 1, 2))))
        way = draw.choice(("DIGITAL", "DIGITAL", "POST"))
        file.notify(told, by=decides[0].employee_id, way=way, days=3 if way == "POST" else 0)
        file.begin(max(begins, told), by=person.service_id)

    def _kept(self, person: Person, file: File, code: str, from_: date, last: date) -> None:
        """Pass a running case on to those who reassess by the table of the day, when that is others."""
        on = min(next_at_work(from_), last)
        row = self.desk.rows(code, is_new=False).receive
        keeper = self.desk.unit(row, on)
        if keeper == file.unit_id:
            return
        taken = min(next_at_work(on + timedelta(days=1)), last)
        worker = self.desk.worker(keeper, person, on, person.id)
        file.held(
            keeper, on, row, self.desk.version(row, on), by=file.values["case_worker_id"] or 0, answered_by=worker,
            answered=taken, words="Hjelpen er i gang. Planen er laget sammen med bruker.",
        )  # fmt: skip
        file.values["case_worker_id"] = worker or None

    def _renewed(
        self, draw: random.Random, person: Person, file: File, needed: list[Needed], begins: date, last: date
    ) -> None:
        """For most who have had help for long: decided anew since."""
        desk, since = self.desk, (last - begins).days
        limited = any(one.days is not None for one in needed)
        long = since > 75 if limited else since > 330 and draw.random() < 0.7
        known = [self._decides(one, self.anchor, is_new=False) for one in needed]
        if not long or person.after is not None or None in known:
            return
        ago = draw.randrange(8, 62) if limited else draw.randrange(30, min(560, since - 90))
        starts = self.anchor - timedelta(days=ago)
        again = back_to_work(starts - timedelta(days=14))
        if again <= file.values["state_on"]:
            return
        self._kept(person, file, needed[0].code, again - timedelta(days=4), last)
        worker = desk.worker(file.unit_id, person, again, person.id)
        before = file.lines
        file.reassess(again, by=worker, why=draw.choice(words.REASSESSED), by_citizen=True)
        file.lines = []
        for one, was in zip(needed, before, strict=True):
            line = self._line(draw, one, starts, person)
            line.was = was
            was.stopped_on = starts
            if was.ends_on is not None:
                was.ends_on = starts - timedelta(days=1)
            file.lines.append(line)
        self._round(draw, person, file, again + timedelta(days=2), starts, worker)

    def _evaluate(self, draw: random.Random, file: File) -> None:
        """The day of the next reassessment: most ahead, some near, a few passed."""
        made = file.decisions[-1]
        left = draw.random()
        ahead = draw.randrange(15, 330)
        if (self.anchor - made.decided_on).days > 120:
            ahead = -draw.randrange(1, 20) if left < 0.025 else draw.randrange(0, 14) if left < 0.09 else ahead
        day = next_at_work(self.anchor + timedelta(days=ahead)) if ahead >= 0 else self.anchor + timedelta(days=ahead)
        made.values["evaluate_on"] = file.values["evaluate_on"] = day
        for earlier in file.decisions[:-1]:
            earlier.values["evaluate_on"] = earlier.decided_on + timedelta(days=182)

    def _stays(self, person: Person, file: File) -> None:
        """The help rests while she is in hospital or away."""
        for start, end, kind in person.away:
            first, back = start.date(), end.date() if end else None
            if first <= file.values["state_on"] or (back is not None and person.after and back >= person.after):
                continue
            file.stop(kind, first, back)
            file.step(Step.PAUSE, first, by=0, hour=20)
            if back is not None:
                file.step(Step.RESUME, back, by=0, hour=16)


def _half(extent: Decimal) -> Decimal:
    return max(Decimal("0.5"), (extent * 2).quantize(Decimal(1)) / 2)


_LOW = {1: (1, 2, 2), 2: (2, 2, 3), 3: (2, 3, 3), 4: (3, 4, 4), 5: (4, 5, 5)}
#: How much help each variable wants at least, by archetype: 1–5. Others manage most things.
_FUNCTION: dict[str, dict[int, int]] = {
    "cleaning": {6: 4, 2: 3, 12: 3},
    "errands": {6: 4, 2: 4, 12: 3},
    "care": {7: 4, 8: 3, 5: 2, 6: 4},
    "care_short": {7: 3, 8: 3, 6: 3},
    "frail": {5: 3, 7: 4, 8: 4, 9: 4, 6: 5, 12: 4, 4: 3},
    "dementia": {15: 4, 3: 4, 4: 4, 2: 4, 9: 4, 17: 2, 7: 3},
    "insulin": {4: 3, 13: 3},
    "wound": {4: 3, 5: 2},
    "meds": {4: 3, 15: 2},
    "lift": {5: 5, 7: 5, 8: 5, 11: 4, 12: 5, 6: 5},
    "palliative": {4: 4, 5: 4, 7: 4, 8: 4, 6: 5, 9: 4},
    "reablement": {12: 4, 5: 3, 7: 3, 6: 3},
    "stockings": {8: 3, 6: 3},
    "meals": {9: 4, 2: 3, 10: 2},
}
HIGHEST_VARIABLE = 17


def _scores(draw: random.Random, person: Person) -> dict[int, int]:
    """Return a level for each of the 17 variables of functional level, fitting what she gets help with."""
    known = _FUNCTION.get(person.archetype.removeprefix("story_"), {})
    found = {}
    for variable in range(1, HIGHEST_VARIABLE + 1):
        level = known.get(variable, 1)
        found[variable] = min(5, max(level, draw.choice(_LOW[level]))) if variable not in {10, 16, 17} else level
    return found
