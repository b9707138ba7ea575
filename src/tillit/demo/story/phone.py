"""One thing that did not go through: written on a phone without coverage while a colleague said something else."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from tillit.care.visits.delivered import ReportAct
from tillit.care.visits.models import VisitReport, VisitState
from tillit.foundation.access import reading
from tillit.foundation.delivery.models import Envelope, Phone, Press, Undelivered
from tillit.foundation.delivery.rules.order import Outcome
from tillit.foundation.workforce.actors import actor_of
from tillit.foundation.workforce.models import Employee
from tillit.kernel import oslo

AUTHOR = "ingrid.solheim"
#: Nobody signs with it: the phone was emptied when its shift ended.
_NO_KEY = "A" * 43
_WORDS = "Gikk fint i dag. Vil gjerne ha besøket et kvarter senere i morgen, for det kommer gjester."
_DAYS_BACK = 7


@transaction.atomic
def clash_once(anchor: date) -> None:
    """Add the rows: what she wrote beside what stands, of her newest visit that a colleague reported first."""
    author = Employee.objects.filter(user__username=AUTHOR).select_related("user").first()
    if author is None or author.user is None:
        return  # a town too small for the story
    report = (
        VisitReport.objects.filter(
            visit__helper_rows__employee=author,
            visit__state=VisitState.DONE,
            visit__on__gte=anchor - timedelta(days=_DAYS_BACK),
            visit__on__lt=anchor,
        )
        .exclude(reported_by=author)
        .exclude(outcome="UNDONE")
        .select_related("visit")
        .order_by("-visit__on", "-pk")
        .first()
    )
    if report is None:
        return
    visit, said_at = report.visit, report.reported_at + timedelta(minutes=4)
    fields = {"visit_id": visit.pk, "outcome": "AS_PLANNED", "note": _WORDS}
    actor, act = actor_of(user_id=author.user.pk, name=author.name, at=said_at), ReportAct()
    with reading.watching():
        stood = act.stands(actor=actor, fields=fields, at=said_at)
    if stood is None:
        return
    begins = oslo.moment(visit.on, time(7, 20))
    phone = Phone.objects.create(
        code=UUID(int=visit.pk), user=author.user, browser="Chrome, Android", sign_x=_NO_KEY, sign_y=_NO_KEY,
        unit_path=visit.unit.path, logged_in_at=begins, until=begins + timedelta(hours=9), contact_at=said_at,
        next_number=2, emptied_at=begins + timedelta(hours=9),
    )  # fmt: skip
    envelope = Envelope.objects.create(
        phone=phone, number=1, digest=f"{visit.pk:064x}", received_at=_later(said_at), carrier=author.user,
        outcome=Outcome.CONFLICT, act="visit.report", said_at=said_at, settled_at=_later(said_at),
    )  # fmt: skip
    key = f"demo-{visit.pk}"
    Press.objects.create(user=author.user, key=key, envelope=envelope)
    Undelivered.objects.create(
        envelope=envelope, citizen_id=visit.citizen_id,
        content={"act": "visit.report", "fields": fields, "edition": "", "press_key": key},
        stood={
            "lines": [[str(line.label), str(line.text)] for line in stood.lines], "who": stood.who, "when": stood.when,
        },
    )  # fmt: skip


def _later(said_at: datetime) -> datetime:
    return said_at + timedelta(minutes=37)
