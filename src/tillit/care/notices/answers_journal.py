"""What notices answer when the journal asks for the words of an entry: registered at start-up (`config.wiring`)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from tillit.care.journal.sources import Content
from tillit.care.notices.models import Notice
from tillit.foundation.access.actor import Actor


class NoticeKeeper:
    """Answers for NOTICE: what was written to a colleague about a citizen."""

    def contents(self, row_ids: Iterable[int]) -> Mapping[int, Content]:
        """Return the words, and to whom they were, in one query."""
        rows = Notice.objects.filter(pk__in=list(row_ids)).select_related("owner", "duty", "unit")
        return {row.pk: Content(title=_title(row), text=row.text, icon="Chat") for row in rows}

    def citizens_of(self, row_ids: Iterable[int]) -> Mapping[int, int]:
        """Return whom each notice is about."""
        rows = Notice.objects.filter(pk__in=list(row_ids), citizen__isnull=False).values_list("pk", "citizen_id")
        return {pk: citizen_id for pk, citizen_id in rows if citizen_id is not None}

    def remove(self, row_id: int, *, at: datetime) -> None:
        """Empty the words. Nobody is to answer what concerned another: it is closed, unanswered."""
        Notice.objects.filter(pk=row_id).update(text="")
        Notice.objects.filter(pk=row_id, answered_at__isnull=True).update(answered_at=at)

    def write_again(self, row_id: int, *, text: str, actor: Actor, at: datetime) -> int | None:
        """A notice is corrected by a note: whose it is, and by when, stays."""
        return None


class ReplyKeeper:
    """Answers for REPLY: what was answered."""

    def contents(self, row_ids: Iterable[int]) -> Mapping[int, Content]:
        """Return the answers, in one query."""
        rows = Notice.objects.filter(pk__in=list(row_ids)).values_list("pk", "answer")
        return {pk: Content(title=_("Svar på beskjed"), text=answer, icon="Checkmark") for pk, answer in rows}

    def citizens_of(self, row_ids: Iterable[int]) -> Mapping[int, int]:
        """Return whom each answer is about."""
        return NoticeKeeper().citizens_of(row_ids)

    def remove(self, row_id: int, *, at: datetime) -> None:
        """Empty the answer."""
        Notice.objects.filter(pk=row_id).update(answer="")

    def write_again(self, row_id: int, *, text: str, actor: Actor, at: datetime) -> int | None:
        """An answer is corrected by a note."""
        return None


def _title(row: Notice) -> str:
    to = row.duty.name if row.duty and row.owner is None else row.owner.name if row.owner else row.unit.name
    return _("Beskjed til %(who)s") % {"who": to}
