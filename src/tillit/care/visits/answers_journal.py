"""What visits answer when the journal asks for the words of an entry: registered at start-up (`config.wiring`)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from tillit.care.journal.sources import Content
from tillit.care.visits.actions import reporting
from tillit.care.visits.models import CancelledBy, ChangeKind, FollowUp, Outcome, VisitReport, VisitTask
from tillit.foundation.access.actor import Actor

_CHANGE_ICONS = {"BETTER": "TrendUp", "WORSE": "TrendDown", "INJURY": "Bandage", "MEDICATION": "PillCircle"}


def change_icon(kind: str) -> str:
    """Return the icon of a ChangeKind, where changes stand among other news."""
    return _CHANGE_ICONS.get(kind, "ArrowsCirclepath")


class ReportKeeper:
    """Answers for REPORT: what was said of a visit."""

    def contents(self, row_ids: Iterable[int]) -> Mapping[int, Content]:
        """Return what the reports say, in two queries."""
        rows = list(VisitReport.objects.filter(pk__in=list(row_ids)))
        tasks = {pk for row in rows for pk in row.not_done}
        titles = dict(VisitTask.objects.filter(pk__in=tasks).values_list("pk", "title"))
        return {row.pk: self._content(row, titles) for row in rows}

    def citizens_of(self, row_ids: Iterable[int]) -> Mapping[int, int]:
        """Return whom each visit is to."""
        return dict(VisitReport.objects.filter(pk__in=list(row_ids)).values_list("pk", "visit__citizen_id"))

    def remove(self, row_id: int, *, at: datetime) -> None:
        """Empty the report, and let the visit be what the others say."""
        reporting.take_out(row_id)

    def write_again(self, row_id: int, *, text: str, actor: Actor, at: datetime) -> int | None:
        """Store the report anew with other words: the newest counts everywhere it is read."""
        return reporting.write_again(row_id, actor=actor, note=text, at=at).pk

    def _content(self, row: VisitReport, titles: Mapping[int, str]) -> Content:
        title = {
            Outcome.DIFFERENT.value: _("Besøket ble annerledes"),
            Outcome.CANCELLED.value: _("Besøket ble ikke noe av"),
            Outcome.UNDONE.value: _("Angret"),
        }.get(row.outcome, _("Besøk"))
        facts = []
        if row.cancelled_by:
            facts.append(_("%(why)s.") % {"why": CancelledBy(row.cancelled_by).label})
        left = [titles[pk] for pk in row.not_done if pk in titles]
        if left:
            facts.append(_("Ikke gjort: %(tasks)s.") % {"tasks": ", ".join(left)})
        trend = {"HARDER": _("Tyngre enn før."), "SAME": _("Som før."), "EASIER": _("Lettere enn før.")}
        if row.goal_trend in trend:
            facts.append(trend[row.goal_trend])
        if not row.note and not facts and row.outcome in (Outcome.AS_PLANNED, Outcome.DIFFERENT):
            is_planned = row.outcome == Outcome.AS_PLANNED
            facts.append(_("Som planlagt.") if is_planned else _("Tok kortere eller lengre tid enn planlagt."))
        return Content(title=title, text=row.note, facts=tuple(facts), icon="House")


class ChangeKeeper:
    """Answers for CHANGE: something has changed with a citizen."""

    def contents(self, row_ids: Iterable[int]) -> Mapping[int, Content]:
        """Return what was seen, in one query."""
        rows = FollowUp.objects.filter(pk__in=list(row_ids)).values_list("pk", "kind", "words")
        return {
            pk: Content(
                title=_("Noe har endret seg: %(kind)s") % {"kind": str(ChangeKind(kind).label).lower()},
                text=words,
                icon=change_icon(kind),
            )
            for pk, kind, words in rows
        }

    def citizens_of(self, row_ids: Iterable[int]) -> Mapping[int, int]:
        """Return whom each change is with."""
        return dict(FollowUp.objects.filter(pk__in=list(row_ids)).values_list("pk", "citizen_id"))

    def remove(self, row_id: int, *, at: datetime) -> None:
        """Empty what was seen. Nobody is to follow up what concerned another: it is closed, unanswered."""
        FollowUp.objects.filter(pk=row_id).update(words="")
        FollowUp.objects.filter(pk=row_id, closed_at__isnull=True).update(closed_at=at)

    def write_again(self, row_id: int, *, text: str, actor: Actor, at: datetime) -> int | None:
        """A change is corrected by a note: who owns it and when it is due stays."""
        return None


class AnswerKeeper:
    """Answers for ANSWER: what was done about a change."""

    def contents(self, row_ids: Iterable[int]) -> Mapping[int, Content]:
        """Return what was done, in one query."""
        rows = FollowUp.objects.filter(pk__in=list(row_ids)).values_list("pk", "answer")
        return {pk: Content(title=_("Fulgt opp"), text=answer, icon="Checkmark") for pk, answer in rows}

    def citizens_of(self, row_ids: Iterable[int]) -> Mapping[int, int]:
        """Return whom each answer is about."""
        return ChangeKeeper().citizens_of(row_ids)

    def remove(self, row_id: int, *, at: datetime) -> None:
        """Empty the answer."""
        FollowUp.objects.filter(pk=row_id).update(answer="")

    def write_again(self, row_id: int, *, text: str, actor: Actor, at: datetime) -> int | None:
        """An answer is corrected by a note."""
        return None
