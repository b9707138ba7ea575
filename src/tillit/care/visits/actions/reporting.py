"""What helpers say of a visit: one press when it went as planned. Nothing is clocked (R29)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.careplans.queries import named_pegs
from tillit.care.citizens.queries import scope_of
from tillit.care.journal.actions import sign
from tillit.care.journal.models import EntryKind
from tillit.care.journal.queries import entry_of
from tillit.care.journal.rules.pegs import Peg, pegs_in
from tillit.care.visits.events import VisitPlannedAgain, VisitReported
from tillit.care.visits.models import CancelledBy, Outcome, Visit, VisitHelper, VisitReport, VisitState, VisitTask
from tillit.care.visits.permissions import REPORT_VISIT
from tillit.care.visits.queries import get_visit
from tillit.care.visits.rules.reports import Said, counting, state_after
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.kernel import events, oslo
from tillit.kernel.errors import ActionRefused

GOAL_TRENDS = ("", "HARDER", "SAME", "EASIER")


class UnknownTask(ActionRefused):
    """A task that was not done does not belong to the visit."""


class NothingToUndo(ActionRefused):
    """Nobody has said anything of the visit, or it is taken back already."""


@transaction.atomic
def report_visit(
    *,
    actor: Actor,
    visit_id: int,
    outcome: str,
    at: datetime,
    press_key: str,
    cancelled_by: str = "",
    not_done: Sequence[int] = (),
    note: str = "",
    minutes: int | None = None,
    goal_trend: str = "",
    went: Sequence[int] | None = None,
    about: Sequence[str] = (),
) -> VisitReport:
    """Say how a visit went. The newest report counts; older ones stay.

    outcome: AS_PLANNED, DIFFERENT or CANCELLED (then `cancelled_by`, a CancelledBy). minutes: only when it took
    clearly longer or shorter. not_done: ids of tasks. went: who came, when others than planned; without it the
    planned ones, or the one who says it when nobody was planned. about: what in the plan the note hangs on, as codes
    (`journal.rules.pegs`); what is not the citizen's is passed over, so that nothing said late is lost. at: when it
    was said, which may be earlier than it arrives. press_key: made by the sender once per press; the same key again
    returns the first report.
    Raises NotFound, NotAllowed, UnknownTask, ActionRefused. Publishes VisitReported.
    """
    visit = get_visit(actor=actor, visit_id=visit_id, at=at, lock=True)
    scope = scope_of(visit.citizen_id, on=oslo.day_of(at))
    require(actor, REPORT_VISIT, scope)
    if press_key and (known := visit.reports.filter(press_key=press_key).first()):
        return known
    _refuse_strange(visit, outcome, cancelled_by, not_done, minutes, goal_trend)
    before = counting(_said(visit))
    report = VisitReport.objects.create(
        visit=visit,
        outcome=outcome,
        cancelled_by=cancelled_by,
        minutes=minutes,
        note=note.strip(),
        not_done=sorted(set(not_done)),
        goal_trend=goal_trend,
        reported_by_id=actor.employee_id,
        reported_at=at,
        press_key=press_key,
    )
    pegs = named_pegs(visit.citizen_id, pegs_in(about)) if report.note else ()
    _sign(actor, visit, report, scope, before=before, at=at, pegs=pegs)
    _settle(visit)
    if visit.state == VisitState.DONE:
        _write_who_went(visit, actor, went)
    audit.record(
        actor,
        REPORT_VISIT,
        str(visit),
        scope,
        at=at,
        change={"report": report.pk, "outcome": outcome, "state": visit.state},
    )
    events.publish(VisitReported(visit_id=visit.pk, at=at))
    return report


@transaction.atomic
def undo_report(*, actor: Actor, visit_id: int, at: datetime, press_key: str = "") -> Visit:
    """Take back the report that counts; the one before it counts again, or the visit is planned again.

    Raises NotFound, NotAllowed, NothingToUndo. Publishes VisitReported, and VisitPlannedAgain for one that was off.
    """
    visit = get_visit(actor=actor, visit_id=visit_id, at=at, lock=True)
    scope = scope_of(visit.citizen_id, on=oslo.day_of(at))
    require(actor, REPORT_VISIT, scope)
    if press_key and visit.reports.filter(press_key=press_key).exists():
        return visit
    before, was = counting(_said(visit)), visit.state
    if before is None:
        raise NothingToUndo(_("Det er ingenting å angre på dette besøket."))
    report = VisitReport.objects.create(
        visit=visit,
        outcome=Outcome.UNDONE,
        reported_by_id=actor.employee_id,
        reported_at=at,
        press_key=press_key,
    )
    _sign(actor, visit, report, scope, before=before, at=at)
    _settle(visit)
    audit.record(actor, REPORT_VISIT, str(visit), scope, at=at, change={"undone_by": report.pk, "state": visit.state})
    events.publish(VisitReported(visit_id=visit.pk, at=at))
    if (was, visit.state) == (VisitState.CANCELLED, VisitState.PLANNED):
        events.publish(VisitPlannedAgain(visit_id=visit.pk, at=at, by_id=actor.employee_id))
    return visit


def write_again(report_id: int, *, actor: Actor, note: str, at: datetime) -> VisitReport:
    """Store a copy of a report with other words, for a correction in the journal, which signs it and checks who asks.

    Raises ActionRefused when the report no longer counts.
    """
    report = VisitReport.objects.select_related("visit").get(pk=report_id)
    visit = Visit.objects.select_for_update(of=("self",)).get(pk=report.visit_id)
    counted = counting(_said(visit))
    if counted is None or counted.report_id != report.pk:
        raise ActionRefused(_("Det er sagt noe nytt om besøket siden. Se hva som står nå."))
    report.pk = None
    report.note, report.press_key = note, ""
    report.reported_by_id, report.reported_at = actor.employee_id, at
    report.save(force_insert=True)
    return report


def take_out(report_id: int) -> None:
    """Empty a report that the journal has removed; the visit is what the reports that are left say."""
    report = VisitReport.objects.select_related("visit").get(pk=report_id)
    report.outcome, report.note, report.cancelled_by = Outcome.REMOVED, "", ""
    report.minutes, report.not_done, report.goal_trend = None, [], ""
    report.save(update_fields=["outcome", "note", "cancelled_by", "minutes", "not_done", "goal_trend"])
    _settle(report.visit)


def _sign(
    actor: Actor,
    visit: Visit,
    report: VisitReport,
    scope: Scope,
    *,
    before: Said | None,
    at: datetime,
    pegs: Sequence[Peg] = (),
) -> None:
    """Sign by the press itself. Saying it anew corrects what counted; undoing takes it back."""
    corrected = entry_of(EntryKind.REPORT, before.report_id) if before else None
    is_undo = report.outcome == Outcome.UNDONE
    sign(
        actor=actor,
        kind=EntryKind.REPORT,
        row_id=report.pk,
        citizen_id=visit.citizen_id,
        scope=scope,
        happened_at=visit.starts_at or visit.wished_at or visit.earliest_at,
        at=at,
        has_words=not is_undo and bool(report.note or report.not_done or report.outcome == Outcome.CANCELLED),
        corrects=corrected,
        takes_back=is_undo,
        pegs=pegs,
    )


def _settle(visit: Visit) -> None:
    """Let the visit's state follow the report that counts."""
    counted = counting(_said(visit))
    visit.state = state_after(counted)
    visit.cancelled_by = ""
    if counted is not None and visit.state == VisitState.CANCELLED:
        visit.cancelled_by = (
            VisitReport.objects.filter(pk=counted.report_id).values_list("cancelled_by", flat=True).get()
        )
    visit.save(update_fields=["state", "cancelled_by"])


def _said(visit: Visit) -> list[Said]:
    rows = visit.reports.order_by("pk").values_list("pk", "outcome")
    return [Said(pk, outcome) for pk, outcome in rows]


def _write_who_went(visit: Visit, actor: Actor, went: Sequence[int] | None) -> None:
    if went is None:
        if visit.helper_rows.exists() or actor.employee_id is None:
            return
        went = (actor.employee_id,)
    visit.helper_rows.exclude(employee_id__in=list(went)).delete()
    present = set(visit.helper_rows.values_list("employee_id", flat=True))
    VisitHelper.objects.bulk_create(
        [VisitHelper(visit=visit, employee_id=pk, on=visit.on) for pk in dict.fromkeys(went) if pk not in present]
    )


def _refuse_strange(
    visit: Visit, outcome: str, cancelled_by: str, not_done: Sequence[int], minutes: int | None, goal_trend: str
) -> None:
    if outcome not in (Outcome.AS_PLANNED, Outcome.DIFFERENT, Outcome.CANCELLED):
        raise ActionRefused(_("Si hvordan besøket gikk."))
    is_known = cancelled_by in CancelledBy.values and cancelled_by != CancelledBy.PLAN
    if (outcome == Outcome.CANCELLED) != is_known or (cancelled_by and outcome != Outcome.CANCELLED):
        raise ActionRefused(_("Si hvorfor besøket ikke ble noe av."))
    if minutes is not None and not 1 <= minutes <= 720:
        raise ActionRefused(_("Skriv hvor mange minutter besøket tok, mellom 1 og 720."))
    if goal_trend not in GOAL_TRENDS:
        raise ActionRefused(_("Velg lettere, som før eller tyngre."))
    if not_done:
        known = set(VisitTask.objects.filter(visit=visit).values_list("pk", flat=True))
        if not known.issuperset(not_done):
            raise UnknownTask(_("Oppgavene på besøket er endret. Åpne besøket på nytt."))
