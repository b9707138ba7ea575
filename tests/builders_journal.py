"""Builders of journal entries: written as the product writes them, by its actions."""

from datetime import date, datetime, time

from tests import builders_visits
from tests.cast import MONDAY, Cast, Member
from tillit.care.citizens.models import Citizen
from tillit.care.journal import actions
from tillit.care.journal.models import Entry, EntryKind, Request, SigningTerms
from tillit.care.journal.rules.requests import RequestKind
from tillit.care.visits.actions import report_visit
from tillit.foundation.organisation.models import Unit
from tillit.kernel import oslo


def said(
    citizen: Citizen, unit: Unit, by: Member, note: str, *, at: datetime = MONDAY, outcome: str = "AS_PLANNED",
    key: str = "",
) -> Entry:  # fmt: skip
    """Store a visit, let somebody say how it went, and return the entry."""
    visit = builders_visits.visit(citizen, unit, oslo.day_of(at), by.employee, at=time(8, 0))
    report = report_visit(actor=by.actor, visit_id=visit.pk, outcome=outcome, note=note, at=at, press_key=key)
    return Entry.objects.get(kind=EntryKind.REPORT, row_id=report.pk)


def note(citizen: Citizen, by: Member, text: str, *, at: datetime = MONDAY, signed: bool = True) -> int:
    """Store a note and return its number."""
    return actions.write_note(
        actor=by.actor, citizen_id=citizen.pk, text=text, happened_at=at, press_key="", signed=signed, at=at
    ).pk


def countersigning(*professions: str, on: date = date(2026, 1, 1)) -> None:
    """Let the words of some professions wait for countersigning."""
    SigningTerms.objects.create(valid_from=on, countersign_for=list(professions), decided_at=MONDAY)


def everything(cast: Cast, citizen: Citizen, unit: Unit) -> tuple[Entry, Request, Request]:
    """Store an entry that stands, a demand that was refused, one that waits, and something corrected and removed."""
    stands = said(citizen, unit, cast.ingrid, "Sov godt i natt.", outcome="DIFFERENT")
    wrong = said(citizen, unit, cast.amir, "Falt på badet.")
    actions.correct_entry(actor=cast.amir.actor, entry_id=wrong.pk, text="Satte seg ned på badet.", why="", at=MONDAY)
    asked = []
    for text in ("Var sint.", "Luktet vondt.", "Gjelder naboen."):
        entry = said(citizen, unit, cast.amir, text)
        kind = RequestKind.WRONG_PERSON if text.startswith("Gjelder") else RequestKind.DELETE
        asked.append(
            actions.ask_change(
                actor=cast.ingrid.actor, entry_id=entry.pk, kind=kind, words="Jeg vil ikke at det skal stå.",
                from_citizen=kind is RequestKind.DELETE, at=MONDAY,
            )
        )  # fmt: skip
    leader = cast.marit.actor
    actions.decide_request(actor=leader, request_id=asked[0].pk, agree=False, reason="Det trengs i hjelpen.", at=MONDAY)
    met = ["CONCERNS_ANOTHER", "NO_PUBLIC_INTEREST"]
    actions.decide_request(actor=leader, request_id=asked[2].pk, agree=True, reason="", conditions=met, at=MONDAY)
    return stands, Request.objects.get(pk=asked[0].pk), asked[1]
