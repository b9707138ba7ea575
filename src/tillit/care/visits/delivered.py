"""What is said of visits without coverage, delivered: through the same actions as the pages, as its author."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.visits.actions import report_visit, tell_change, undo_report
from tillit.care.visits.models import (
    CancelledBy,
    ChangeKind,
    FollowUp,
    Outcome,
    Urgency,
    Visit,
    VisitState,
    VisitTask,
)
from tillit.care.visits.queries import get_visit, newest_reports
from tillit.care.visits.queries.editions import editions
from tillit.care.visits.rules.reports import outcome_of
from tillit.care.visits.rules.seen import news, seen_in
from tillit.foundation.access.actor import Actor
from tillit.foundation.delivery import written
from tillit.foundation.delivery.acts import Clash, Done, Line, Order, Version
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound
from tillit.ui import formats
from tillit.ui.language import page_language

Fields = Mapping[str, Any]
_TRENDS = {"HARDER": gettext_lazy("Tyngre"), "SAME": gettext_lazy("Som før"), "EASIER": gettext_lazy("Lettere")}


def _clash() -> Clash:
    return Clash(_("Noen andre har sagt noe om besøket siden."))


class ReportAct:
    """`visit.report`: visit_id, and the fields of the form on the phone."""

    title = gettext_lazy("Hvordan besøket gikk")
    words = "note"

    def citizen_of(self, fields: Fields) -> int | None:
        """Return whose visit it is."""
        return whose(fields)

    def apply(self, *, actor: Actor, order: Order) -> Done:
        """Report the visit, unless somebody else has said more of it since than she had seen."""
        fields = order.fields
        visit = get_visit(actor=actor, visit_id=visit_id_in(fields), at=order.at, lock=True)
        if visit.reports.filter(press_key=order.press_key).exists():
            return Done(href_of(visit.pk), already=True)
        outcome, step = _outcome(fields), written.number(fields.get("time_step"))
        note = written.text(fields.get("note"))
        if _is_news(visit, order, actor):
            if _adds_nothing(visit, outcome, fields):
                return Done(href_of(visit.pk), already=True)
            raise _clash()
        happened = outcome != Outcome.CANCELLED
        report_visit(
            actor=actor,
            visit_id=visit.pk,
            outcome=outcome,
            cancelled_by=written.code(fields.get("cancelled_by")),
            minutes=visit.minutes + step if step and happened else None,
            note=note,
            not_done=written.numbers(fields.get("not_done")) if happened else [],
            goal_trend=written.code(fields.get("goal_trend")) if happened else "",
            press_key=order.press_key,
            at=order.at,
            about=written.codes(fields.get("about")),
        )
        return Done(href_of(visit.pk))

    def mine(self, fields: Fields) -> Version:
        """Return what she said."""
        step = written.number(fields.get("time_step"))
        visit = Visit.objects.filter(pk=written.number(fields.get("visit_id")) or 0).first()
        lines = _lines(
            outcome=_outcome(fields),
            cancelled_by=written.code(fields.get("cancelled_by")),
            not_done=written.numbers(fields.get("not_done")),
            minutes=visit.minutes + step if visit and step else None,
            goal_trend=written.code(fields.get("goal_trend")),
            note=str(fields.get("note") or ""),
        )
        return Version(lines=lines, title=str(self.title))

    def stands(self, *, actor: Actor, fields: Fields, at: datetime) -> Version | None:
        """Return what stands of the visit now."""
        return what_stands(actor, fields, at=at)


class UndoAct:
    """`visit.undo`: visit_id, and in `undoes` the key of the press that is taken back."""

    title = gettext_lazy("Angre det som ble sagt om besøket")
    words = ""

    def citizen_of(self, fields: Fields) -> int | None:
        """Return whose visit it is."""
        return whose(fields)

    def apply(self, *, actor: Actor, order: Order) -> Done:
        """Take back her own report. What she has not said, or has taken back, is not taken back again."""
        visit = get_visit(actor=actor, visit_id=visit_id_in(order.fields), at=order.at, lock=True)
        if visit.reports.filter(press_key=order.press_key).exists():
            return Done(href_of(visit.pk), already=True)
        if _is_news(visit, order, actor):
            raise _clash()
        undoes = written.text(order.fields.get("undoes"))
        if undoes:
            counted = newest_reports([visit.pk]).get(visit.pk)
            known = visit.reports.filter(press_key=undoes).first()
            if known is None or counted is None or counted.report_id != known.pk:
                return Done(href_of(visit.pk), already=True)
        undo_report(actor=actor, visit_id=visit.pk, at=order.at, press_key=order.press_key)
        return Done(href_of(visit.pk))

    def mine(self, fields: Fields) -> Version:
        """Return that she took it back."""
        return Version(
            lines=(Line(_("Besøket"), _("Det som ble sagt sist, skulle ikke gjelde")),), title=str(self.title)
        )

    def stands(self, *, actor: Actor, fields: Fields, at: datetime) -> Version | None:
        """Return what stands of the visit now."""
        return what_stands(actor, fields, at=at)


class ChangeAct:
    """`visit.change`: visit_id, kind, words, urgency."""

    title = gettext_lazy("Noe har endret seg")
    words = "words"

    def citizen_of(self, fields: Fields) -> int | None:
        """Return whose visit it is."""
        return whose(fields)

    def apply(self, *, actor: Actor, order: Order) -> Done:
        """Tell the change. It adds to what others have told, so that two never meet."""
        fields = order.fields
        visit = get_visit(actor=actor, visit_id=visit_id_in(fields), at=order.at)
        if FollowUp.objects.filter(citizen_id=visit.citizen_id, press_key=order.press_key).exists():
            return Done(href_of(visit.pk), already=True)
        tell_change(
            actor=actor,
            citizen_id=visit.citizen_id,
            visit_id=visit.pk,
            kind=written.code(fields.get("kind")),
            words=written.text(fields.get("words")),
            urgency=written.code(fields.get("urgency")),
            press_key=order.press_key,
            at=order.at,
        )
        return Done(href_of(visit.pk))

    def mine(self, fields: Fields) -> Version:
        """Return what she told."""
        kinds: dict[str, Any] = dict(ChangeKind.choices)
        urgencies: dict[str, Any] = dict(Urgency.choices)
        said = (
            (_("Hva har endret seg?"), str(kinds.get(written.code(fields.get("kind")), ""))),
            (_("Når må noen se på det?"), str(urgencies.get(written.code(fields.get("urgency")), ""))),
            (_("Hva så du?"), str(fields.get("words") or "")),
        )
        return Version(lines=tuple(Line(label, text) for label, text in said if text), title=str(self.title))

    def stands(self, *, actor: Actor, fields: Fields, at: datetime) -> Version | None:
        """Return the visit it was told at: nothing stands against a change."""
        found = what_stands(actor, fields, at=at)
        return Version(lines=(), title=found.title, href=found.href) if found else None


def _is_news(visit: Visit, order: Order, actor: Actor) -> bool:
    seen = seen_in(order.edition)
    reports = list(visit.reports.exclude(outcome=Outcome.REMOVED).values_list("pk", "reported_by_id"))
    off_since = visit.state == VisitState.CANCELLED and not seen.is_off and not reports
    return off_since or news(reports, seen, speaker_id=actor.employee_id)


def _adds_nothing(visit: Visit, outcome: str, fields: Fields) -> bool:
    """Whether both say «as planned» and she has no more to say."""
    counted = newest_reports([visit.pk]).get(visit.pk)
    said = any(fields.get(name) for name in ("note", "goal_trend", "not_done", "time_step", "cancelled_by"))
    return outcome == Outcome.AS_PLANNED and not said and counted is not None and counted.outcome == Outcome.AS_PLANNED


def what_stands(actor: Actor, fields: Fields, *, at: datetime) -> Version | None:
    visit = get_visit(actor=actor, visit_id=visit_id_in(fields), at=at)
    title = f"{visit.citizen.name} · {formats.date_and_time(visit.starts_at or visit.wished_at or visit.earliest_at)}"
    edition = editions([visit.pk])[visit.pk]
    report = newest_reports([visit.pk]).get(visit.pk)
    if report is None:
        lines: tuple[Line, ...] = ()
        if visit.state == VisitState.CANCELLED:
            lines = (Line(_("Besøket"), _("Avlyst")),)
        return Version(lines=lines, edition=edition, title=title, href=href_of(visit.pk))
    return Version(
        lines=_lines(
            outcome=report.outcome,
            cancelled_by=report.cancelled_by,
            not_done=list(report.not_done),
            minutes=report.minutes,
            goal_trend=report.goal_trend,
            note=report.note,
        ),
        who=report.reported_by_name,
        when=formats.near_moment(report.reported_at, today=oslo.day_of(at), language=page_language()),
        edition=edition,
        title=title,
        href=href_of(visit.pk),
    )


def _lines(
    *, outcome: str, cancelled_by: str, not_done: list[int], minutes: int | None, goal_trend: str, note: str
) -> tuple[Line, ...]:
    outcomes: dict[str, Any] = dict(Outcome.choices)
    reasons: dict[str, Any] = dict(CancelledBy.choices)
    titles = VisitTask.objects.filter(pk__in=not_done).order_by("rank", "pk").values_list("title", flat=True)
    said = (
        (_("Besøket"), str(reasons.get(cancelled_by) or outcomes.get(outcome, ""))),
        (_("Ble ikke gjort"), ", ".join(titles) if not_done else ""),
        (_("Tid"), _("%(minutes)s minutter") % {"minutes": minutes} if minutes else ""),
        (_("Målet"), str(_TRENDS.get(goal_trend, ""))),
        (_("Notat"), note),
    )
    return tuple(Line(label, text) for label, text in said if text)


def href_of(visit_id: int) -> str:
    return reverse("myday:visit", args=[visit_id])


def whose(fields: Fields) -> int | None:
    number = written.number(fields.get("visit_id"))
    return Visit.objects.filter(pk=number or 0).values_list("citizen_id", flat=True).first()


def visit_id_in(fields: Fields) -> int:
    number = written.number(fields.get("visit_id"))
    if number is None:
        raise NotFound(_("Fant ikke besøket."))
    return number


def _outcome(fields: Fields) -> str:
    return outcome_of(
        pressed=written.code(fields.get("outcome")),
        cancelled_by=written.code(fields.get("cancelled_by")),
        not_done=bool(fields.get("not_done")),
        time_step=bool(written.number(fields.get("time_step"))),
    )
