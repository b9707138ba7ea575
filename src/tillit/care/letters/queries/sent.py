"""Letters as they were sent. They never change; a registration that was merged keeps its own, and reads follow."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tillit.care.citizens.models import Citizen
from tillit.care.citizens.queries import get_citizen, merged_into
from tillit.care.letters import sources
from tillit.care.letters.models import SentLetter
from tillit.care.letters.rules import Language, LetterKind, Way
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.kernel.errors import NotFound

NOBODY = 0
"""A number no citizen has."""
_MOST_STEPS = 10
"""A registration merged into one that was merged into another …: as far as anybody has gone, and a stop."""


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter in a list: what it was, how and when it left."""

    letter_id: int
    citizen_id: int
    kind: LetterKind
    kind_name: str
    language: Language
    title: str
    case_reference: str
    ways: tuple[Way, ...]
    copies_to: tuple[str, ...]
    made_by_id: int | None
    sent_at: datetime


def letters_of(citizen_id: int, *, case_reference: str = "") -> list[LetterLine]:
    """Return the letters to a citizen, newest first, also those of registrations merged into hers.

    Callers have checked reach. It notes the reading. case_reference: only the letters of that case.
    """
    reading.note(citizen_id)
    rows = SentLetter.objects.filter(citizen_id__in=_all_ids(citizen_id)).defer("content", "html", "pdf")
    if case_reference:
        rows = rows.filter(case_reference=case_reference)
    return [_line(row) for row in rows.order_by("-sent_at", "-pk")]


def get_letter(*, actor: Actor, letter_id: int, at: datetime) -> SentLetter:
    """Return a letter if the actor reaches the citizen at `at`, or the case it belongs to; and note the reading.

    Raises NotFound also when the letter exists out of reach.
    """
    letter = SentLetter.objects.filter(pk=letter_id).first()
    about = letter.citizen_id if letter else NOBODY  # one that is not there takes the same steps
    try:
        get_citizen(actor=actor, citizen_id=about, at=at)
    except NotFound:
        right_id = merged_into(actor=actor, citizen_id=about, at=at)
        if right_id is not None:
            get_citizen(actor=actor, citizen_id=right_id, at=at)
        elif sources.reaches_letter(actor=actor, letter_id=letter_id, at=at):
            reading.note(about)
        else:
            raise NotFound(_("Fant ikke brevet.")) from None
    if letter is None:
        raise NotFound(_("Fant ikke brevet."))
    return letter


def _all_ids(citizen_id: int) -> set[int]:
    """Return the registration and those merged into it, step by step."""
    found, newest = {citizen_id}, {citizen_id}
    for _step in range(_MOST_STEPS):
        newest = set(Citizen.objects.filter(merged_into_id__in=newest).values_list("pk", flat=True)) - found
        if not newest:
            break
        found |= newest
    return found


def _line(row: SentLetter) -> LetterLine:
    return LetterLine(
        letter_id=row.pk,
        citizen_id=row.citizen_id,
        kind=LetterKind(row.kind),
        kind_name=row.get_kind_display(),
        language=Language(row.language),
        title=row.title,
        case_reference=row.case_reference,
        ways=tuple(Way(way) for way in row.ways),
        copies_to=tuple(row.copies_to),
        made_by_id=row.made_by_id,
        sent_at=row.sent_at,
    )
