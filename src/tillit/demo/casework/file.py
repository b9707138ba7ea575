"""One case on its way: each step is taken by the product's own machine, and what hangs on it is kept beside."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from tillit.care.decisions.models import (
    AdvanceNotice,
    CaseNote,
    Holding,
    OutsideFact,
    ProviderChoice,
    TemporaryStop,
)
from tillit.care.decisions.rules.appeals import LEADS as APPEAL_LEADS
from tillit.care.decisions.rules.appeals import AppealState, AppealStep
from tillit.care.decisions.rules.deadlines import is_individual_decision
from tillit.care.decisions.rules.states import CLOSED, FROM, CaseFacts, Outcome, State, Step, after, overall
from tillit.demo.casework.book import Book, Granted, Made, Row
from tillit.demo.casework.days import at
from tillit.demo.casework.powers import Decides


class File:
    """One case on its way. `state` follows the machine; a step it forbids raises AssertionError."""

    def __init__(self, book: Book, *, citizen_id: int, unit_id: int, opened: date, **values: Any) -> None:
        self.book = book
        self.state = State.CONTACT
        self.opened = opened
        self.unit_id = unit_id
        self.reassessed_from: date | None = None
        self.lines: list[Granted] = []
        self.decisions: list[Made] = []
        self.split_off: list[File] = []
        self.values: Row = {
            "citizen_id": citizen_id,
            "origin": "CITIZEN",
            "channel": "DIGITAL",
            "state_on": opened,
            "registered_at": at(opened, 9, 5),
            **values,
        }
        self.events: list[Row] = []
        self.others: list[tuple[type[Any], Row]] = []
        self.assessments: list[tuple[Row, tuple[int, ...], Mapping[int, int]]] = []

    # ── steps ──

    def step(self, step: Step, on: date, *, by: int, hour: int = 10, minute: int = 0, **data: Any) -> "File":
        """Take a step of the machine on a day."""
        assert self.state in FROM[step], (self.state, step)
        decided = self.decisions[-1].outcome if self.decisions else None
        was = self.state
        self.state = after(CaseFacts(state=was, decided=decided, reassessed_from=self.reassessed_from), step)
        if self.state is not was:
            self.values["state_on"] = on
            self.values["closed_on"] = on if self.state in CLOSED else None
        self._event(step.value, was, on, by, at(on, hour, minute), data)
        return self

    def received(self, *, by: int, **data: Any) -> "File":
        """A written application came on the day the file was opened."""
        self.values.update(received_on=self.opened, registered_by_id=by or None, receipt_told_on=self.opened)
        return self.step(Step.APPLY, self.opened, by=by, hour=9, minute=5, **data)

    def noted(self, on: date, *, by: int, hour: int = 13, **data: Any) -> "File":
        """Something changed that is no step."""
        self._event("NOTED", self.state, on, by, at(on, hour), data)
        return self

    def assessed(
        self, on: date, *, by: Iterable[int], own_view: str, summary: str, place: str = "Hjemme",
        scores: Mapping[int, int] | None = None,
        conversation_id: int = 0,
    ) -> "File":  # fmt: skip
        """The need was looked at together, and what was found is done and kept."""
        people = tuple(dict.fromkeys(one for one in by if one))
        row = {
            "held_on": on, "conversation_id": conversation_id or None, "place": place, "own_view": own_view,
            "summary": summary, "done_at": at(on, 11, 45),
            "saved_at": at(on, 11, 45), "saved_by_id": people[0] if people else None,
        }  # fmt: skip
        self.assessments.append((row, people, scores or {}))
        return self.noted(on, by=people[0] if people else 0, hour=12, assessment="DONE")

    def propose(self, on: date, *, by: int, hour: int = 13, minute: int = 10, **values: Any) -> "File":
        """The lines are proposed as they stand."""
        self.values.update(proposed_by_id=by or None, proposed_at=at(on, hour, minute), **values)
        self.values["is_frame"] = any(line.span is not None for line in self.lines if not line.decided)
        return self.step(Step.PROPOSE, on, by=by, hour=hour, minute=minute)

    def decide(self, on: date, by_line: Sequence[Decides], *, own_view: str = "") -> Made:
        """Decide the open lines. by_line: who may decide each of them, the same person for all."""
        lines = [line for line in self.lines if not line.decided]
        decides = by_line[0]
        outcome = overall(line.outcome or Outcome.GRANTED for line in lines)
        values = self.values
        first = min((line.starts_on for line in lines if line.starts_on), default=on)
        lasts = [line.ends_on for line in lines]
        last = max(day for day in lasts if day) if lasts and all(lasts) else None
        stays = any(line.code in {"LONG_STAY", "SHORT_STAY"} for line in lines)
        made = Made(
            {
                "outcome": outcome.value, "is_individual": is_individual_decision(first, last, always=stays),
                "is_frame": any(line.span is not None for line in lines), "by_citizen": values.get("by_citizen", True),
                "decided_on": on, "decided_at": at(on, 14, 20), "decided_by_id": decides.employee_id,
                "unit_id": decides.unit_id, "authority_id": decides.authority_id,
                "prepared_by_id": values.get("proposed_by_id"), "reasons": values.get("reasons", ""),
                "own_view": own_view or (self.assessments[-1][0]["own_view"] if self.assessments else ""),
                "how_view_weighed": values.get("how_view_weighed", ""), "evaluate_on": values.get("evaluate_on"),
                "legal_references": list(dict.fromkeys(ref for line in lines for ref in self.book.legal[line.code])),
            },
            lines,
            outcome,
            on,
        )  # fmt: skip
        self.decisions.append(made)
        for line, each in zip(lines, by_line, strict=True):
            assert each.employee_id == decides.employee_id
            line.decided, line.authority_id = True, each.authority_id
        self.step(Step.DECIDE, on, by=decides.employee_id, hour=14, minute=20)
        return made

    def notify(self, on: date, *, by: int, way: str = "DIGITAL", days: int = 0) -> "File":
        """The newest decision is told; days: until it reached her."""
        made = self.decisions[-1]
        reached = on + timedelta(days=days)
        told = {"way": way, "sent_on": on, "reached_on": reached, "told_by_id": by or None, "told_at": at(on, 15)}
        made.notices.append(told)
        made.values["known_on"] = reached
        return self.step(Step.NOTIFY, on, by=by, hour=15)

    def begin(self, on: date, *, by: int) -> "File":
        """Help under the decision begins."""
        return self.step(Step.START, on, by=by, hour=16 if on == self.values["state_on"] else 8)

    def reassess(self, on: date, *, by: int, why: str, by_citizen: bool) -> "File":
        """A running decision is looked at again."""
        self.reassessed_from = on
        self.values.update(reassessed_why=why, by_citizen=by_citizen, is_new=False, reasons="", how_view_weighed="")
        self.values.update(proposed_by_id=None, proposed_at=None)
        return self.step(Step.REASSESS, on, by=by, hour=11)

    # ── what hangs on it ──

    def held(
        self, unit_id: int, on: date, code: str, version_id: int | None, *, by: int, words: str = "",
        answer: str = "YES", answered_by: int = 0, answered: date | None = None, because: str = "",
    ) -> "File":  # fmt: skip
        """A unit is offered the case. answer "": it waits; then whoever had it keeps it."""
        before = self.unit_id if any(model is Holding for model, _row in self.others) else None
        row = {
            "from_unit_id": before, "unit_id": unit_id, "responsibility": code, "version_id": version_id,
            "must_know": words, "offered_by_id": by or None, "offered_at": at(on, 12, 5), "answer": answer,
            "answered_by_id": answered_by or None, "answer_words": because,
            "answered_at": at(answered or on, 14, 40) if answer else None,
        }  # fmt: skip
        self.others.append((Holding, row))
        if answer == "YES":
            self.unit_id = unit_id
        return self

    def told_by_others(self, source: str, text: str, on: date, *, by: int, **shown: Any) -> "File":
        """Somebody outside tells something; shown: `shown_on` and `answer`, or `not_shown` and why."""
        row = {"source": source, "text": text, "received_on": on, "recorded_by_id": by or None, **shown}
        self.others.append((OutsideFact, {**row, "recorded_at": at(on, 11, 20)}))
        return self

    def advance_notice(
        self, on: date, reply_by: date, *, by: int, replied: date | None = None, reply: str = ""
    ) -> None:
        """Warn before less help."""
        row = {"sent_on": on, "reply_by": reply_by, "replied_on": replied, "reply": reply, "sent_by_id": by or None}
        self.others.append((AdvanceNotice, {**row, "sent_at": at(on, 12, 30)}))
        self.step(Step.SEND_ADVANCE_NOTICE, on, by=by, hour=12, minute=30, reply_by=reply_by.isoformat())

    def stop(self, kind: str, from_on: date, to_on: date | None = None) -> None:
        """The help rests."""
        self.others.append((TemporaryStop, {"kind": kind, "from_on": from_on, "to_on": to_on}))

    def write_note(self, text: str, on: date, *, by: int) -> "File":
        """Write a note in the case file."""
        row = {"text": text, "happened_on": on, "written_by_id": by or None, "written_at": at(on, 15, 25)}
        self.others.append((CaseNote, row))
        return self

    def choice(self, told_on: date, *, by: int, chosen_on: date | None = None, unit_id: int = 0) -> "File":
        """She was told that she chooses who helps, and has chosen, or not yet."""
        row = {"told_on": told_on, "chosen_on": chosen_on, "unit_id": unit_id or None, "recorded_by_id": by or None}
        self.others.append((ProviderChoice, {**row, "recorded_at": at(chosen_on or told_on, 13, 15)}))
        return self

    def may_decide(self, on: date, *, prepared_by: int = 0) -> list[Decides] | None:
        """Return who may decide each open line that day; None when nobody may, or not the same person for all."""
        found = []
        for line in self.lines:
            days = (line.ends_on - line.starts_on).days + 1 if line.ends_on and line.starts_on else None
            decides = self.book.powers.who(
                line.code, unit_id=self.unit_id, on=on, extent=line.extent, days=days, prepared_by=prepared_by
            )
            if decides is None:
                return None
            found.append(decides)
        return found if len({one.employee_id for one in found}) == 1 else None

    def appeal(self, made: Made, steps: Iterable[tuple[AppealStep, date, int]], **values: Any) -> AppealState:
        """Somebody appeals on a decision; the steps are taken by the machine of appeals."""
        state, events = AppealState.RECEIVED, []
        for step, on, by in steps:
            was, state = state, APPEAL_LEADS[state, step]
            events.append(
                {
                    "step": step.value, "was": was.value, "became": state.value, "on": on, "at": at(on, 13, 45),
                    "by_id": by or None,
                }
            )  # fmt: skip
        row = {"origin": "CITIZEN", "channel": "PAPER", "registered_at": at(values["received_on"], 10, 15), **values}
        made.appeals.append(({**row, "state": state.value, "edition": 1 + len(events)}, events))
        return state

    def _event(self, step: str, was: State, on: date, by: int, moment: datetime, data: Mapping[str, Any]) -> None:
        row = {"step": step, "was": was.value, "became": self.state.value, "on": on, "at": moment, "by_id": by or None}
        self.events.append({**row, "data": dict(data)})
