"""What happens to cases that run: less help, told beforehand, and appeals on what was decided."""

from datetime import date, timedelta
from decimal import Decimal

from tillit.care.decisions.rules.appeals import AppealStep
from tillit.care.decisions.rules.deadlines import last_day_of_weeks
from tillit.care.decisions.rules.states import Outcome
from tillit.demo.casework.book import Granted
from tillit.demo.casework.days import next_at_work
from tillit.demo.casework.desk import Desk
from tillit.demo.casework.file import File
from tillit.demo.casework.standing import Standing
from tillit.demo.people.citizens import Person
from tillit.demo.words.applications import LESS, Complaint
from tillit.kernel import red_days


def less_help(desk: Desk, running: Standing, number: int, stage: str) -> None:
    """A running decision is looked at again on our initiative, and less help is proposed."""
    file, less = running.file, LESS[number % len(LESS)]
    was = file.decisions[-1].lines
    begun = max(desk.ago(22), file.values["state_on"] + timedelta(days=1))
    worker = desk.worker(file.unit_id, running.person, begun, running.person.id)
    file.reassess(begun, by=worker, why=less.why, by_citizen=False)
    file.values["case_worker_id"] = worker or None
    if stage == "LOOKED_AT":
        return
    found = max(desk.ago(19), begun)
    file.assessed(
        found,
        by=(running.person.service_id, worker),
        own_view=less.reply or "Er enig i at det går bedre.",
        summary=less.found,
    )
    first = was[0]
    half = (first.extent or Decimal(1)) / 2
    file.lines = [
        Granted(first.code, Outcome.REDUCED, less.content, half.quantize(Decimal("0.01")), first.span,
                next_at_work(desk.book.anchor + timedelta(days=20)), reasons=less.reasons, was=first)
    ]  # fmt: skip
    sent = {"NOTICE": desk.ago(5), "REPLIED": desk.ago(12)}.get(stage, desk.ago(18))
    sent = max(sent, found)
    reply_by = last_day_of_weeks(sent, 2, is_red=red_days.is_red)
    replied = desk.ago(3) if stage == "REPLIED" else None
    reply = less.reply or "Det er greit."
    file.advance_notice(sent, reply_by, by=worker, replied=replied, reply=reply if replied else "")
    if stage in {"REPLIED", "WINDOW_OVER"}:
        file.propose(
            max(desk.ago(2), sent), by=worker, reasons=less.reasons,
            how_view_weighed="Du fikk uttale deg før forslaget. Det du svarte, står i saken.",
        )  # fmt: skip


def appealed(desk: Desk, file: File, complaint: Complaint, stage: str, *, person: Person) -> None:
    """An appeal on the newest decision of a case, as far as the stage says."""
    made = file.decisions[-1]
    days = {"RECEIVED": 3, "INCOMPLETE": 9, "REVIEW": 24, "FORWARDED": 40, "UPHELD": 75}[stage]
    posted = max(desk.ago(days), made.decided_on + timedelta(days=2))
    came = min(desk.book.anchor, next_at_work(posted + timedelta(days=1)))
    worker = desk.worker(file.unit_id, person, came, person.id)
    leader = made.values["decided_by_id"]
    later = min(desk.book.anchor, next_at_work(came + timedelta(days=2)))
    looked = min(desk.book.anchor, next_at_work(came + timedelta(days=15)))
    told = person.id % 3 == 0
    values: dict[str, object] = {
        "posted_on": posted, "received_on": came, "words": complaint.words, "registered_by_id": worker or None,
        "helped_to_write": told, "channel": "IN_PERSON" if told else "PAPER",
    }  # fmt: skip
    steps: list[tuple[AppealStep, date, int]] = []
    if stage == "INCOMPLETE":
        steps = [(AppealStep.ASK_FOR_MORE, later, worker)]
        values.update(
            missing="Klagen er ikke underskrevet", complete_by=next_at_work(desk.book.anchor + timedelta(days=5))
        )
    elif stage != "RECEIVED":
        steps = [(AppealStep.TAKE_UP, later, worker)]
        if stage in {"FORWARDED", "UPHELD"}:
            steps.append((AppealStep.FORWARD, looked, leader))
            values.update(review=complaint.review, reviewed_by_id=leader, reviewed_on=looked, forwarded_on=looked)
        if stage == "UPHELD":
            answered = min(desk.book.anchor, next_at_work(looked + timedelta(days=44)))
            steps.append((AppealStep.GOVERNOR_UPHOLDS, answered, worker))
            values.update(outcome_on=answered, outcome_words="Statsforvalteren er enig med kommunen.")
    if complaint.asks_stay and stage in {"RECEIVED", "REVIEW"}:
        values["stay_asked_on"] = came
    file.appeal(made, steps, **values)
