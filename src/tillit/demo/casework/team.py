"""The case work of one team: what runs, what is open, and what is appealed."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from tillit.care.citizens.models import Following
from tillit.care.decisions.rules.states import State
from tillit.demo.casework.book import Book
from tillit.demo.casework.desk import Desk
from tillit.demo.casework.file import File
from tillit.demo.casework.foss import foss_file
from tillit.demo.casework.opening import STAGES, Opener
from tillit.demo.casework.running import appealed, less_help
from tillit.demo.casework.standing import Runner, Standing
from tillit.demo.casework.storing import store_file
from tillit.demo.people.citizens import Person
from tillit.demo.words.applications import MORE, NEW, REFUSED, TOO_LITTLE, Application

NEW_DAYS = 16
"""Who has had help for fewer days than this got it before the decision, where the team itself gives it at once."""
LESS_STAGES = ("NOTICE", "REPLIED", "WINDOW_OVER", "LOOKED_AT")
REFUSED_STAGES = ("REVIEW", "FORWARDED", "UPHELD")
MORE_STAGES = ("RECEIVED", "ASSESSMENT", "OFFERED", "PROPOSED", "DECIDED", "INTERIM")
_MORE_DAYS = {"RECEIVED": 2, "ASSESSMENT": 11, "OFFERED": 8, "PROPOSED": 19, "DECIDED": 21, "INTERIM": 37}


@dataclass(slots=True)
class TeamCases:
    """What is to be written for one team. somebody: makes a new citizen of the team who has applied."""

    book: Book
    desks: dict[int, Desk]
    turn: int
    size: int
    somebody: Callable[[int, Application, int], Person]
    files: list[tuple[File, int]] = field(default_factory=list)

    def write(self, draw: random.Random, people: Iterable[Person]) -> None:
        """Write all of the team's cases."""
        running: list[Standing] = []
        for person in people:
            desk = self.desks[person.unit_id]
            if person.curated is not None and person.curated.case_number:
                self._add(foss_file(desk, person), wanted=person.curated.case_number)
            elif self._is_fresh(person, desk):
                self._fresh(draw, person, desk)
            else:
                running += Runner(desk).files_of(draw, person)
        self._applicants(draw)
        self._more(draw, running)
        self._less(draw, running)
        self._appeals(draw, running)
        for one in running:
            store_file(one.file)
        for file, wanted in self.files:
            store_file(file, wanted=wanted)

    def _add(self, file: File, *, wanted: int = 0) -> None:
        self.files.append((file, wanted))

    def _is_fresh(self, person: Person, desk: Desk) -> bool:
        """Whether she is so new that nothing can have been decided yet."""
        if person.after is not None:
            return False
        days = (self.book.anchor - person.first).days
        at_once = desk.unit(desk.rows("HOME_NURSING", is_new=True, urgent=True).deliver, person.first) == desk.unit_id
        return not person.plans or (days <= NEW_DAYS and at_once)

    def _fresh(self, draw: random.Random, person: Person, desk: Desk) -> None:
        opener, asked = Opener(desk), _fitting(NEW, person.gender, person.id)
        days = max(0, (self.book.anchor - person.first).days)
        if person.plans:
            self._add(opener.urgent(draw, person, asked, days, "ASSESSMENT" if days > 3 else "RECEIVED"))
        elif person.curated is not None:
            asked = NEW[0]
            file = opener.take(draw, person, asked, "FACTS", 3, is_new=True)
            self._add(file)
        else:
            self._add(opener.take(draw, person, asked, "RECEIVED" if days < 3 else "ASSESSMENT", days, is_new=True))

    def _applicants(self, draw: random.Random) -> None:
        """People the team does not know yet."""
        desk = next(iter(self.desks.values()))
        opener = Opener(desk)
        for number in range(max(2, round(self.size / 17))):
            stage, days = STAGES[(self.turn * 3 + number) % len(STAGES)]
            asked = NEW[(self.turn * 3 + number) % len(NEW)]
            person = self.somebody(number, asked, days)
            if asked.urgent and stage not in {"CONTACT", "RECEIVED", "LATE"}:
                file = opener.urgent(draw, person, asked, 3 + self.turn * 3 % 13, "ASSESSMENT")
                helps = file.values["urgent_unit_id"]
                if helps != person.unit_id:
                    self.book.store.add(
                        Following, citizen_id=person.id, unit_id=helps, part="hjelp til vedtaket er fattet",
                        valid_from=file.values["urgent_from"],
                    )  # fmt: skip
                self._add(file)
            else:
                self._add(opener.take(draw, person, asked, stage, days, is_new=True))

    def _more(self, draw: random.Random, running: list[Standing]) -> None:
        """People who have help ask for more."""
        for number in range(max(1, round(self.size / 25))):
            asked = MORE[(self.turn * 3 + number) % len(MORE)]
            able = [
                one
                for one in running
                if one.file.state is State.ACTIVE
                and one.person.curated is None
                and (not asked.gender or one.person.gender == asked.gender)
                and (not asked.fits or one.person.archetype in asked.fits)
                and (asked.origin == "CITIZEN" or one.person.kin)
            ]
            if not able:
                continue
            chosen = able[draw.randrange(len(able))]
            if asked.services[0] in {line.code for line in chosen.file.lines} - {"HOME_NURSING"}:
                continue
            stage = MORE_STAGES[(self.turn + number) % len(MORE_STAGES)]
            self._add(Opener(chosen.desk).take(draw, chosen.person, asked, stage, _MORE_DAYS[stage], is_new=False))

    def _less(self, draw: random.Random, running: list[Standing]) -> None:
        """Goals are met, and less is proposed."""
        able = [
            one
            for one in running
            if one.file.state is State.ACTIVE
            and one.person.curated is None
            and (self.book.anchor - one.file.values["state_on"]).days > 40
            and one.file.lines[0].code == "HOME_NURSING"
            and (one.file.lines[0].extent or 0) >= 2
        ]
        for number in range(min(len(able), max(1, round(self.size / 30)))):
            chosen = able.pop(draw.randrange(len(able)))
            stage = LESS_STAGES[(self.turn + number) % len(LESS_STAGES)]
            less_help(chosen.desk, chosen, self.turn + number, stage)

    def _appeals(self, draw: random.Random, running: list[Standing]) -> None:
        """Refused applications and fresh decisions that somebody does not accept."""
        able = [one for one in running if one.file.state is State.ACTIVE and one.person.curated is None]
        for number in range(max(1, round(self.size / 40))):
            turn = self.turn + number
            complaint, stage = REFUSED[turn % len(REFUSED)], REFUSED_STAGES[turn % len(REFUSED_STAGES)]
            if complaint.asked is None or not able:
                continue
            person = able.pop(draw.randrange(len(able))).person
            days = {"REVIEW": 48, "FORWARDED": 66, "UPHELD": 104}[stage]
            desk = self.desks[person.unit_id]
            file = Opener(desk).refused(draw, person, complaint.asked, days)
            if file is not None:
                appealed(desk, file, complaint, stage, person=person)
                self._add(file)
        lately = self.book.anchor - timedelta(days=26)
        recent = [one for one in able if one.file.decisions[-1].decided_on >= lately]
        if recent:
            chosen = recent[draw.randrange(len(recent))]
            stage = ("RECEIVED", "INCOMPLETE")[self.turn % 2]
            complaint = TOO_LITTLE[self.turn % len(TOO_LITTLE)]
            appealed(chosen.desk, chosen.file, complaint, stage, person=chosen.person)
        if able:
            person = able[draw.randrange(len(able))].person
            asked = _fitting(NEW[1:2], person.gender, 0)
            self._add(Opener(self.desks[person.unit_id]).withdrawn(draw, person, asked, 30))


def _fitting(options: tuple[Application, ...], gender: str, number: int) -> Application:
    fits = [one for one in options if one.gender in {"", gender} and not one.urgent]
    return fits[number % len(fits)]
