"""What therapists' cases answer when the journal asks for the words of an entry: registered in `config.wiring`."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from tillit.care.journal.sources import Content
from tillit.care.therapy.models import EventKind, Result, TherapyEvent
from tillit.foundation.access.actor import Actor


class TherapyKeeper:
    """Answers for THERAPY: what therapists write in their cases, and how these ended."""

    def contents(self, row_ids: Iterable[int]) -> Mapping[int, Content]:
        """Return what was written, in one query."""
        rows = TherapyEvent.objects.filter(pk__in=list(row_ids)).select_related("case__group")
        return {row.pk: self._content(row) for row in rows}

    def citizens_of(self, row_ids: Iterable[int]) -> Mapping[int, int]:
        """Return whose each was."""
        return dict(TherapyEvent.objects.filter(pk__in=list(row_ids)).values_list("pk", "case__citizen_id"))

    def remove(self, row_id: int, *, at: datetime) -> None:
        """Empty the words. That there was a case stands."""
        TherapyEvent.objects.filter(pk=row_id).update(words="")

    def write_again(self, row_id: int, *, text: str, actor: Actor, at: datetime) -> int | None:
        """Corrected by a note."""
        return None

    def _content(self, row: TherapyEvent) -> Content:
        profession = row.case.group.get_profession_display()
        titles = {
            EventKind.CLOSED.value: _("%(profession)s er avsluttet"),
            EventKind.INTERIM.value: _("%(profession)s: tiltak imens"),
        }
        title = titles.get(row.kind, "%(profession)s") % {"profession": profession}
        ended = row.words and row.kind == EventKind.CLOSED and row.case.result
        facts = (f"{Result(row.case.result).label}.",) if ended else ()
        return Content(title=title, text=row.words, facts=facts, icon="Footprint")
