"""What courses answer when the journal asks for the words of an entry: registered at start-up (`config.wiring`)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from tillit.care.courses.models import Course, ResultChoice
from tillit.care.journal.sources import Content
from tillit.foundation.access.actor import Actor
from tillit.ui import formats

_GONE = {"own_words": "", "why": "", "end_words": "", "result_words": ""}


class CourseKeeper:
    """Answers for COURSE: a course of everyday rehabilitation that has ended."""

    def contents(self, row_ids: Iterable[int]) -> Mapping[int, Content]:
        """Return how the courses went, in one query."""
        return {row.pk: self._content(row) for row in Course.objects.filter(pk__in=list(row_ids))}

    def citizens_of(self, row_ids: Iterable[int]) -> Mapping[int, int]:
        """Return whose each course was."""
        return dict(Course.objects.filter(pk__in=list(row_ids)).values_list("pk", "citizen_id"))

    def remove(self, row_id: int, *, at: datetime) -> None:
        """Empty the words. That there was a course stands."""
        Course.objects.filter(pk=row_id).update(**_GONE)

    def write_again(self, row_id: int, *, text: str, actor: Actor, at: datetime) -> int | None:
        """A course is corrected by a note."""
        return None

    def _content(self, row: Course) -> Content:
        title = _("Hverdagsrehabilitering er avsluttet")
        if not row.own_words:  # removed
            return Content(title=title, text="", icon="Footprint")
        ended = formats.short_date(row.ended_on) if row.ended_on else ""
        facts = [
            _("Fra %(first)s til %(last)s.") % {"first": formats.short_date(row.starts_on), "last": ended},
            _("Brukeren ville: «%(words)s».") % {"words": row.own_words},
            f"{ResultChoice(row.result).label}.",
        ]
        if row.result_words:
            facts.append(row.result_words)
        return Content(title=title, text=row.end_words, facts=tuple(facts), icon="Footprint")
