"""What somebody wrote from a citizen's own page, and what the team answered: for her who wrote it, and nobody else."""

from dataclasses import dataclass, field
from datetime import datetime

from tillit.care.journal.models import EntryKind
from tillit.care.journal.queries import corrected_words
from tillit.care.notices.models import Notice

#: How many stand on the page.
NEWEST = 10


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """One message. Its words as they stand now, corrected or not; empty when they are removed from the journal."""

    notice_id: int
    text: str
    written_at: datetime
    answer: str
    answered_at: datetime | None = field(metadata={"help": "None: it waits for an answer"})
    answered_by: str = field(metadata={"help": "First name"})


def written_by_her(*, citizen_id: int, user_id: int, newest: int = NEWEST) -> list[WrittenLine]:
    """Return what one login wrote about a citizen, newest first, in one query. Callers opened the door."""
    rows = (
        Notice.objects.filter(citizen_id=citizen_id, written_user_id=user_id)
        .select_related("answered_by")
        .annotate(text_now=corrected_words(EntryKind.NOTICE), answer_now=corrected_words(EntryKind.REPLY))
        .order_by("-written_at", "-pk")[:newest]
    )
    return [
        WrittenLine(
            notice_id=row.pk,
            text=row.text_now or row.text,
            written_at=row.written_at,
            answer=row.answer_now or row.answer,
            answered_at=row.answered_at,
            answered_by=row.answered_by.given_name if row.answered_by else "",
        )
        for row in rows
    ]
