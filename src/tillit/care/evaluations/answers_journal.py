"""What evaluations answer when the journal asks for the words of an entry: registered at start-up (`config.wiring`)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from tillit.care.evaluations.models import Evaluation, Measurement, OutcomeChoice, Tool
from tillit.care.evaluations.queries.wording import level_text, measured_text
from tillit.care.journal.sources import Content
from tillit.foundation.access.actor import Actor
from tillit.ui import formats


class EvaluationKeeper:
    """Answers for EVALUATION: a goal looked at together with the citizen."""

    def contents(self, row_ids: Iterable[int]) -> Mapping[int, Content]:
        """Return what was said, in one query."""
        rows = Evaluation.objects.filter(pk__in=list(row_ids)).select_related("goal")
        return {row.pk: self._content(row) for row in rows}

    def citizens_of(self, row_ids: Iterable[int]) -> Mapping[int, int]:
        """Return whose goal each is about."""
        rows = Evaluation.objects.filter(pk__in=list(row_ids))
        return dict(rows.values_list("pk", "goal__plan__citizen_id"))

    def remove(self, row_id: int, *, at: datetime) -> None:
        """Empty the words. What was done with the plan stays done."""
        Evaluation.objects.filter(pk=row_id).update(
            own_words="", why_no_words="", with_whom="", seen="", level=None, less={}
        )

    def write_again(self, row_id: int, *, text: str, actor: Actor, at: datetime) -> int | None:
        """An evaluation is corrected by a note, or by a new evaluation."""
        return None

    def _content(self, row: Evaluation) -> Content:
        if not row.own_words and not row.why_no_words:  # removed
            return Content(title=_("Evaluering"), text="", icon="HikingTrailSign")
        facts = [_("Mål: «%(goal)s».") % {"goal": row.goal.words}]
        if row.why_no_words:
            facts.append(_("Brukerens ord mangler: %(why)s") % {"why": row.why_no_words})
        if row.with_whom:
            facts.append(_("Med: %(who)s.") % {"who": row.with_whom})
        if row.seen:
            facts.append(_("Det vi har sett: %(seen)s") % {"seen": row.seen})
        if row.level is not None:
            facts.append(_("Hvor langt: %(level)s.") % {"level": level_text(row.level)})
        facts.append(f"{OutcomeChoice(row.outcome).label}.")
        if row.next_on:
            facts.append(_("Ses på igjen %(day)s.") % {"day": formats.short_date(row.next_on)})
        return Content(title=_("Evaluering"), text=row.own_words, facts=tuple(facts), icon="HikingTrailSign")


class MeasureKeeper:
    """Answers for MEASURE: numbers of a scale."""

    def contents(self, row_ids: Iterable[int]) -> Mapping[int, Content]:
        """Return the numbers in words, in one query."""
        rows = Measurement.objects.filter(pk__in=list(row_ids))
        return {
            row.pk: Content(
                title=_("Måling: %(tool)s") % {"tool": Tool(row.tool).label},
                text="",
                facts=(
                    _("Målt %(day)s.") % {"day": formats.short_date(row.measured_on)},
                    *measured_text(row.tool, row.numbers),
                )
                if row.numbers
                else (),
                icon="BarChart",
            )
            for row in rows
        }

    def citizens_of(self, row_ids: Iterable[int]) -> Mapping[int, int]:
        """Return who was measured."""
        return dict(Measurement.objects.filter(pk__in=list(row_ids)).values_list("pk", "citizen_id"))

    def remove(self, row_id: int, *, at: datetime) -> None:
        """Empty the numbers: they count nowhere any more."""
        Measurement.objects.filter(pk=row_id).update(numbers={})

    def write_again(self, row_id: int, *, text: str, actor: Actor, at: datetime) -> int | None:
        """A measure is corrected by a note, or by measuring again."""
        return None
