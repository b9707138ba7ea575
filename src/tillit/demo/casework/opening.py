"""New cases: applications on their way by the team's table, hand-overs that wait, what was refused or withdrawn."""

import random
from datetime import date, timedelta
from decimal import Decimal

from tillit.care.citizens.rules.handover import last_day
from tillit.care.decisions.rules.states import Outcome, State, Step
from tillit.demo.casework.book import Granted
from tillit.demo.casework.days import next_at_work
from tillit.demo.casework.desk import Desk
from tillit.demo.casework.file import File
from tillit.demo.casework.needed import SPAN
from tillit.demo.people.citizens import Person
from tillit.demo.words.applications import NOTES, Application
from tillit.foundation.responsibility.rules.routing import Rows

#: Where new applications stand, in the order they are given out: (stage, days since it came).
STAGES: tuple[tuple[str, int], ...] = (
    ("ASSESSMENT", 12),
    ("RECEIVED", 1),
    ("PROPOSED", 24),
    ("FACTS", 18),
    ("OFFERED", 6),
    ("INTERIM", 38),
    ("DECIDED", 20),
    ("NOTIFIED", 23),
    ("LATE", 34),
    ("CONTACT", 3),
)


class Opener:
    """Writes a team's open cases."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.book = desk.book
        self.anchor = desk.book.anchor

    def _ago(self, days: int) -> date:
        return self.desk.ago(days)

    def opened(
        self,
        draw: random.Random,
        person: Person,
        asked: Application,
        days: int,
        *,
        is_new: bool,
        contact: bool = False,
        here: bool = False,
    ) -> File:
        """A case that has come so many days ago, and lies where the table says; here: it lies where it came."""
        desk, on = self.desk, self._ago(days)
        rows = desk.rows(asked.services[0], is_new=is_new)
        unit_id = desk.unit_id if here else desk.unit(rows.receive, on)
        registers = desk.worker(unit_id, person, on, person.id)
        origin = asked.origin if asked.origin not in {"REPRESENTATIVE", "CARER"} or person.kin else "CITIZEN"
        file = File(
            self.book, citizen_id=person.id, unit_id=unit_id, opened=on, is_new=is_new, origin=origin,
            channel=asked.channel, words=asked.words, by_citizen=origin not in {"HOSPITAL", "OTHER_SERVICE"},
        )  # fmt: skip
        if origin in {"REPRESENTATIVE", "CARER"}:
            file.values["applicant_id"] = person.kin[0]
            if origin == "REPRESENTATIVE" and not contact:
                file.values["authority_seen_on"] = on
        file.held(unit_id, on, rows.receive, desk.version(rows.receive, on), by=registers, answered_by=registers)
        mine = [
            code for code in asked.services if here or desk.unit(desk.rows(code, is_new=is_new).receive, on) == unit_id
        ]
        file.lines = [Granted(code, asked=asked.words[:300] if not number else "") for number, code in enumerate(mine)]
        if contact:
            file.values["registered_by_id"] = registers or None
            file.values["received_on"] = on
            return file.noted(on, by=registers, hour=9, received=True)
        file.received(by=registers)
        for code in asked.services:
            if code not in mine:
                file.split_off.append(self._split(file, person, code, on, registers))
        if draw.random() < 0.4:
            file.write_note(draw.choice(NOTES), self._ago(max(0, days - 2)), by=registers)
        return file

    def _split(self, file: File, person: Person, code: str, on: date, by: int) -> File:
        """What others hold by the table is a case of its own, from the same application."""
        desk = self.desk
        row = desk.rows(code, is_new=file.values["is_new"]).receive
        unit_id, started = desk.unit(row, on), next_at_work(on + timedelta(days=1))
        worker = desk.worker(unit_id, person, on, person.id)
        other = File(self.book, opened=on, **{**file.values, "unit_id": unit_id, "case_worker_id": worker or None})
        other.held(unit_id, on, row, desk.version(row, on), by=by, answered_by=worker, answered=started)
        other.received(by=by)
        other.lines = [Granted(code)]
        if started <= self.anchor:
            other.step(Step.START_ASSESSMENT, started, by=worker)
        return other

    def take(
        self, draw: random.Random, person: Person, asked: Application, stage: str, days: int, *, is_new: bool
    ) -> File:
        """An application that has come as far as the stage says."""
        desk = self.desk
        file = self.opened(
            draw, person, asked, days, is_new=is_new, contact=stage == "CONTACT", here=stage == "OFFERED"
        )
        rows = desk.rows(asked.services[0], is_new=is_new)
        if stage in {"CONTACT", "RECEIVED"}:
            return file
        started = self._ago(max(0, days - 2))
        worker = desk.worker(file.unit_id, person, started, person.id)
        file.values["case_worker_id"] = worker or None
        if stage == "LATE":
            return file
        assess = desk.unit(rows.assess, started)
        if stage == "OFFERED":
            self._offer(file, asked, rows, worker)
            return file
        if assess != file.unit_id:
            taker = desk.worker(assess, person, started, person.id)
            file.held(
                assess, started, rows.assess, desk.version(rows.assess, started), by=worker, answered_by=taker,
                answered=started, words=f"Ny søknad: «{asked.words}»",
            )  # fmt: skip
            file.values["case_worker_id"] = worker = taker
            if weeks := desk.routed(rows.assess, started).why.weeks:
                file.values["assessment_until"] = last_day(started, weeks)
        file.step(Step.START_ASSESSMENT, started, by=worker)
        if asked.fact is not None and stage in {"FACTS", "ASSESSMENT", "INTERIM"}:
            shown = {} if stage == "FACTS" else {"shown_on": self._ago(max(0, days - 4)), "answer": "Det stemmer."}
            file.told_by_others(asked.fact[0], asked.fact[1], self._ago(max(0, days - 3)), by=worker, **shown)
        if stage == "INTERIM":
            sent = self._ago(days - 28)
            file.values["expected_on"] = next_at_work(self.anchor + timedelta(days=9))
            file.step(Step.SEND_INTERIM_REPLY, sent, by=worker)
        if stage in {"ASSESSMENT", "INTERIM"}:
            return file
        held = self._ago(max(0, days - 5))
        others = person.service_id or desk.worker(file.unit_id, person, held, person.id + 1)
        file.assessed(held, by=(worker, others), own_view=asked.view, summary=asked.found)
        if stage == "FACTS":
            return file
        self._proposed(file, person, asked, rows.case_work, worker, days)
        if stage != "PROPOSED":
            self._decided(file, stage)
        return file

    def _offer(self, file: File, asked: Application, rows: Rows, worker: int) -> None:
        """Offered to whoever the table names, the receiver before the one who assesses; not answered yet."""
        on = self._ago(1 if file.values["citizen_id"] // 2 % 2 else 4)
        for code in (rows.receive, rows.assess):
            unit_id = self.desk.unit(code, on)
            if unit_id != file.unit_id:
                words = f"Ny søknad: «{asked.words}» Søkeren vet at saken sendes videre."
                file.held(unit_id, on, code, self.desk.version(code, on), by=worker, answer="", words=words)
                return

    def _proposed(self, file: File, person: Person, asked: Application, case_work: str, worker: int, days: int) -> None:
        desk, on = self.desk, self._ago(max(0, days - 7))
        unit_id = desk.unit(case_work, on)
        if unit_id != file.unit_id:
            taker = desk.worker(unit_id, person, on, person.id)
            file.held(
                unit_id, on, case_work, desk.version(case_work, on), by=worker, answered_by=taker, answered=on,
                words="Vurderingen er ferdig. Forslaget kan skrives.",
            )  # fmt: skip
            file.values["case_worker_id"] = worker = taker
            file.values["assessment_until"] = None
        starts = next_at_work(self.anchor + timedelta(days=3))
        for number, line in enumerate(file.lines):
            line.outcome = Outcome.GRANTED
            line.content = asked.content if not number else _PLAIN.get(line.code, asked.content)
            line.extent = Decimal(asked.extent) if asked.extent and not number else Decimal(1)
            if self.book.powers.services[line.code].extent_in == "NONE":
                line.extent = None
            framed = self.book.powers.services[line.code].extent_in == "HOURS_A_WEEK" and (line.extent or 0) >= 1
            line.span = SPAN if framed else None
            line.starts_on = starts
            line.ends_on = starts + timedelta(days=asked.days - 1) if asked.days else None
        file.propose(
            on, by=worker, reasons=asked.reasons, how_view_weighed="Vi har lagt stor vekt på det du selv ønsker.",
            evaluate_on=next_at_work(self.anchor + timedelta(days=185)),
        )  # fmt: skip

    def _decided(self, file: File, stage: str) -> None:
        on = self._ago(5 if stage == "NOTIFIED" or file.values["citizen_id"] % 4 == 0 else 1)
        decides = file.may_decide(on, prepared_by=file.values["proposed_by_id"] or 0)
        if decides is None:
            return  # nobody may decide all of it: it waits, and the page says why
        made, leader = file.decide(on, decides), decides[0].employee_id
        if stage == "NOTIFIED":
            file.notify(self._ago(4), by=leader)
            if any(line.code == "PRACTICAL_ASSISTANCE" for line in made.lines):
                file.choice(self._ago(4), by=leader)

    def urgent(self, draw: random.Random, person: Person, asked: Application, days: int, stage: str) -> File:
        """Help that began before the decision, by the unit the table names."""
        desk, on = self.desk, self._ago(days)
        file = self.opened(draw, person, asked, days + 2, is_new=True)
        helps = desk.rows(asked.services[0], is_new=True, urgent=True).deliver
        worker = desk.worker(file.unit_id, person, on, person.id)
        file.values.update(
            urgent_from=on, urgent_reason=asked.urgent or "Kom hjem fra sykehuset og kan ikke vente på vedtaket",
            urgent_unit_id=desk.unit(helps, on), case_worker_id=worker or None,
        )  # fmt: skip
        file.step(Step.START_URGENTLY, on, by=worker, row=helps)
        if stage == "RECEIVED":
            return file
        file.step(Step.START_ASSESSMENT, on, by=worker, hour=11)
        if asked.fact is not None:
            file.told_by_others(*asked.fact, on, by=worker, shown_on=on, answer="Kjente til det.")
        return file

    def refused(self, draw: random.Random, person: Person, asked: Application, days: int) -> File | None:
        """An application that was refused some weeks ago; the case rests."""
        file = self.take(draw, person, asked, "PROPOSED", days, is_new=False)
        if file.state is not State.PROPOSED:
            return None
        on = self._ago(max(1, days - 10))
        decides = file.may_decide(on, prepared_by=file.values["proposed_by_id"] or 0)
        if decides is None:
            return None
        why = "Du klarer dette selv med de hjelpemidlene du har, eller får det dekket av hjelpen du alt har."
        for one in file.lines:
            one.outcome, one.content, one.extent, one.span = Outcome.REFUSED, "", None, None
            one.starts_on = one.ends_on = None
            one.reasons = why
        file.values.update(reasons=why, evaluate_on=None, is_frame=False)
        file.decide(on, decides)
        file.notify(next_at_work(on + timedelta(days=1)), by=decides[0].employee_id)
        return file

    def withdrawn(self, draw: random.Random, person: Person, asked: Application, days: int) -> File:
        """She thought better of it."""
        file = self.take(draw, person, asked, "ASSESSMENT", days, is_new=False)
        file.step(Step.WITHDRAW, self._ago(max(1, days - 6)), by=file.values.get("case_worker_id") or 0)
        return file


_PLAIN = {
    "SAFETY_ALARM": "1 alarm med varsling hele døgnet",
    "PRACTICAL_ASSISTANCE": "Handling sammen en gang i uka, 40 minutter",
}
