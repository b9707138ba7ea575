"""What was said of visits afterwards."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tillit.care.visits.models import Outcome, VisitReport
from tillit.care.visits.rules.reports import Said, counting
from tillit.foundation.access import reading
from tillit.kernel import oslo


@dataclass(frozen=True, slots=True)
class ReportRow:
    """What somebody said of a visit. minutes: only when it took clearly longer or shorter. not_done: task ids."""

    report_id: int
    visit_id: int
    outcome: str
    cancelled_by: str
    minutes: int | None
    note: str
    not_done: tuple[int, ...]
    goal_trend: str
    reported_by_id: int | None
    reported_by_name: str
    reported_at: datetime


def newest_reports(visit_ids: Iterable[int]) -> dict[int, ReportRow]:
    """Return the report that counts for each visit, in one query; visits nobody has spoken of are left out."""
    found: dict[int, ReportRow] = {}
    for visit_id, rows in reports_of(visit_ids).items():
        counted = counting([Said(row.report_id, row.outcome) for row in rows])
        if counted is not None:
            found[visit_id] = next(row for row in rows if row.report_id == counted.report_id)
    return found


def said_between(citizen_ids: Iterable[int], *, since: datetime, until: datetime) -> list[tuple[int, ReportRow]]:
    """Return (citizen, report) for visits of which something more was said than that they went as planned.

    Said in [since, until) and still counting, newest first, in two queries. Callers have checked reach; the reading of
    those it is about is noted here.
    """
    visits = VisitReport.objects.filter(
        visit__citizen_id__in=list(citizen_ids),
        visit__on__gte=oslo.day_of(since) - timedelta(days=2),
        reported_at__gte=since,
        reported_at__lt=until,
    ).exclude(outcome=Outcome.AS_PLANNED, note="")
    whose = dict(visits.values_list("visit_id", "visit__citizen_id"))
    found = [
        (whose[visit_id], row)
        for visit_id, row in newest_reports(whose).items()
        if since <= row.reported_at < until and (row.note or row.not_done or row.outcome != Outcome.AS_PLANNED)
    ]
    reading.note_all(citizen_id for citizen_id, _row in found)
    return sorted(found, key=lambda each: (each[1].reported_at, each[1].report_id), reverse=True)


def reports_of(visit_ids: Iterable[int]) -> dict[int, list[ReportRow]]:
    """Return everything said of each visit, oldest first, also what was taken back, in one query."""
    found: dict[int, list[ReportRow]] = defaultdict(list)
    reports = (
        VisitReport.objects.filter(visit_id__in=list(visit_ids))
        .select_related("reported_by")
        .order_by("visit_id", "reported_at", "pk")
    )
    for report in reports:
        found[report.visit_id].append(
            ReportRow(
                report_id=report.pk,
                visit_id=report.visit_id,
                outcome=report.outcome,
                cancelled_by=report.cancelled_by,
                minutes=report.minutes,
                note=report.note,
                not_done=tuple(report.not_done),
                goal_trend=report.goal_trend,
                reported_by_id=report.reported_by_id,
                reported_by_name=report.reported_by.name if report.reported_by else "",
                reported_at=report.reported_at,
            )
        )
    return dict(found)
