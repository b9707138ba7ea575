"""Signing in Fjordvik: whose words are countersigned; a note corrected, one on the wrong person, a draft."""

from datetime import date, datetime, time, timedelta

from django.db import transaction

from tillit.care.citizens.models import Following
from tillit.care.journal.actions import ask_change, correct_entry, write_note
from tillit.care.journal.models import Entry, EntryKind, SigningTerms
from tillit.care.journal.rules.requests import RequestKind
from tillit.care.journal.sources import keeper_of
from tillit.demo.days.signing import COUNTERSIGNED
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.actors import actor_of
from tillit.foundation.workforce.models import Employee
from tillit.kernel import oslo
from tillit.kernel.errors import TillitError

TEAM, NURSE, HELPER = "Team Solvik", "ingrid.solheim", "kari.nilsen"
LONG_BEFORE = timedelta(days=400)


@transaction.atomic
def sign_and_correct(anchor: date) -> None:
    """Add the rows, by the product's own actions. All other rows have been written."""
    begun = anchor - LONG_BEFORE
    SigningTerms.objects.create(
        valid_from=begun, countersign_for=[COUNTERSIGNED], decided_at=oslo.moment(begun - timedelta(days=7), time(9))
    )
    team = Unit.objects.filter(name=TEAM).order_by("pk").first()
    nurse = Employee.objects.filter(user__username=NURSE).first()
    helper = Employee.objects.filter(user__username=HELPER).first()
    if team is None or nurse is None or helper is None or nurse.user_id is None or helper.user_id is None:
        return  # a town too small for the story
    at = oslo.moment(anchor, time(7, 10))
    kari = actor_of(user_id=helper.user_id, name=helper.name, at=at)
    with reading.watching() as watch:
        _of_kari(kari, team, anchor, at)
    reading.write(watch, actor=kari, door="demo", at=at)


def _of_kari(kari: Actor, team: Unit, anchor: date, at: datetime) -> None:
    followed = Following.objects.filter(unit=team, valid_to__isnull=True).values("citizen_id")
    hers = Entry.objects.filter(
        kind=EntryKind.REPORT,
        author_id=kari.employee_id,
        has_words=True,
        citizen__in=followed,
        citizen__died_on__isnull=True,
        signed_at__lt=oslo.moment(anchor, time(0)),
    ).order_by("-signed_at", "-pk")
    found: dict[int, Entry] = {}
    for entry in hers[:200]:
        found.setdefault(entry.citizen_id, entry)
    written = [entry for entry in found.values() if _note(entry)]
    if len(written) < 3:
        return
    first, second, third = written[:3]
    try:
        correct_entry(
            actor=kari,
            entry_id=first.pk,
            text=f"{_note(first)} Datteren var til stede.",
            why="Glemte å skrive hvem som var der",
            at=at,
        )
        ask_change(
            actor=kari,
            entry_id=second.pk,
            kind=RequestKind.WRONG_PERSON,
            words="Åpnet feil besøk på telefonen.",
            right_citizen_id=third.citizen_id,
            at=at,
        )
        write_note(
            actor=kari,
            citizen_id=third.citizen_id,
            text="Datteren ringte. Hun kommer på lørdag og tar med nye tøfler.",
            happened_at=at - timedelta(minutes=20),
            press_key="",
            signed=False,
            at=at,
        )
    except TillitError:
        return  # the day drew something else: the story is shorter


def _note(entry: Entry) -> str:
    """What was written of a visit that went as planned; empty for others."""
    content = keeper_of(entry.kind).contents([entry.row_id])[entry.row_id]
    return "" if entry.author_id is None or content.facts else content.text
