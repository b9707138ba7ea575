"""The case file: notes, and what others have told."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.decisions.contexts.words import short_date
from tillit.care.decisions.models import CaseNote, OutsideFact
from tillit.care.decisions.models.assessment import FactSource, NotShown


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note in the case file."""

    note_id: int
    text: str
    when: str
    who: str
    corrects: str = field(metadata={"help": "The day of the note that this one corrects; empty when it corrects none"})
    is_corrected: bool = field(metadata={"help": "A later note corrects it; both stand"})


@dataclass(frozen=True, slots=True)
class FactLine:
    """Something others have told."""

    source: str
    when: str
    text: str
    shown: str = field(metadata={"help": "Whether the citizen has seen it, or why not"})
    is_open: bool = field(metadata={"help": "She has neither seen it nor is it exempt"})
    answer: str
    href: str = field(metadata={"help": "Where it is shown or exempted; empty when that is not the reader's"})


def note_lines(notes: list[CaseNote]) -> tuple[NoteLine, ...]:
    """Return the notes, the newest first."""
    by_id = {note.pk: note for note in notes}
    corrected = {note.corrects_id for note in notes if note.corrects_id}
    found = []
    for note in notes:
        old = by_id.get(note.corrects_id or 0)
        found.append(
            NoteLine(
                note_id=note.pk,
                text=note.text,
                when=short_date(note.happened_on),
                who=note.written_by.name if note.written_by else "",
                corrects=short_date(old.happened_on) if old else "",
                is_corrected=note.pk in corrected,
            )
        )
    return tuple(found)


def fact_lines(facts: list[OutsideFact], *, may_work: bool) -> tuple[FactLine, ...]:
    """Return what others have told, the oldest first."""
    return tuple(
        FactLine(
            source=str(FactSource(fact.source).label),
            when=short_date(fact.received_on),
            text=fact.text,
            shown=_shown(fact),
            is_open=fact.shown_on is None and not fact.not_shown,
            answer=fact.answer,
            href=reverse("decisions:fact", args=[fact.case_id, fact.pk]) if may_work else "",
        )
        for fact in facts
    )


def _shown(fact: OutsideFact) -> str:
    if fact.shown_on is not None:
        return _("Brukeren så det %(day)s") % {"day": short_date(fact.shown_on)}
    if fact.not_shown:
        return _("Ikke vist: %(reason)s. %(why)s") % {
            "reason": str(NotShown(fact.not_shown).label),
            "why": fact.not_shown_why,
        }
    return _("Brukeren har ikke sett det ennå")
