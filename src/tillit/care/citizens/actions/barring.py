"""Keep an employee away from a citizen's record: an objection, a decision, her own people. And let her back."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens import queries, rules
from tillit.care.citizens.actions.circle import AlreadyWritten, SomethingMissing
from tillit.care.citizens.actions.opening import open_citizen
from tillit.care.citizens.events import EmployeeBarred
from tillit.care.citizens.models import BarKind, Barrier, Citizen, Responsible
from tillit.care.citizens.permissions import CHANGE_BARRIERS, TELL_KINSHIP
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import Permission
from tillit.foundation.workforce.models import Employee
from tillit.kernel import events
from tillit.kernel.errors import NotFound


@transaction.atomic
def bar_employee(
    *, actor: Actor, citizen_id: int, employee_id: int, kind: str, at: datetime, asked_by: str = "", reason: str = ""
) -> Barrier:
    """Keep an employee away from everything about a citizen from today, and from her visits.

    kind: a BarKind. asked_by: who objects, in words; an objection must say it. She answers for the citizen no more.
    Raises NotFound, NotAllowed, SomethingMissing, AlreadyWritten. Publishes EmployeeBarred.
    """
    citizen, scope, today = open_citizen(actor=actor, citizen_id=citizen_id, permission=CHANGE_BARRIERS, at=at)
    if kind not in BarKind.values:
        raise SomethingMissing(_("Velg hvorfor medarbeideren ikke skal se brukeren."))
    if kind == BarKind.OBJECTION and not asked_by.strip():
        raise SomethingMissing(_("Skriv hvem som sier nei: brukeren selv, eller en som kan svare for henne eller ham."))
    if kind == BarKind.DECIDED and not reason.strip():
        raise SomethingMissing(_("Skriv hvorfor, så den som ser gjennom sperrene senere, forstår det."))
    if employee_id not in {one.employee_id for one in queries.staff_near(citizen.pk, on=today)}:
        raise SomethingMissing(_("Velg en medarbeider."))
    return _bar(
        actor, CHANGE_BARRIERS, citizen, scope, employee_id, kind, today=today, at=at, asked_by=asked_by, reason=reason
    )


@transaction.atomic
def tell_kinship(*, actor: Actor, citizen_id: int, kind: str, at: datetime) -> Barrier:
    """Let an employee say that a citizen is herself or of her family: she reaches her no more.

    Only others can take it away. Raises NotFound, NotAllowed, SomethingMissing.
    """
    citizen, scope, today = open_citizen(actor=actor, citizen_id=citizen_id, permission=TELL_KINSHIP, at=at)
    if actor.employee_id is None or kind not in {bar.value for bar in rules.NEVER_BROKEN}:
        raise SomethingMissing(_("Velg hvordan dere er i familie."))
    return _bar(actor, TELL_KINSHIP, citizen, scope, actor.employee_id, kind, today=today, at=at)


@transaction.atomic
def lift_bar(*, actor: Actor, citizen_id: int, barrier_id: int, at: datetime) -> None:
    """Let an employee back from today. Lifting twice is lifting once. Raises NotFound, NotAllowed."""
    citizen, scope, today = open_citizen(actor=actor, citizen_id=citizen_id, permission=CHANGE_BARRIERS, at=at)
    row = Barrier.objects.filter(citizen=citizen, pk=barrier_id).first()
    if row is None:
        raise NotFound(_("Fant ikke sperren."))
    if row.valid_to is None:
        row.valid_to = max(today, row.valid_from)
        row.save(update_fields=["valid_to"])
        audit.record(actor, CHANGE_BARRIERS, str(row), scope, at=at, change={"to": row.valid_to.isoformat()})


def _bar(
    actor: Actor,
    permission: Permission,
    citizen: Citizen,
    scope: Scope,
    employee_id: int,
    kind: str,
    *,
    today: date,
    at: datetime,
    asked_by: str = "",
    reason: str = "",
) -> Barrier:
    if Barrier.objects.filter(citizen=citizen, employee_id=employee_id, valid_to__isnull=True).exists():
        raise AlreadyWritten(_("Brukeren er sperret for denne medarbeideren fra før."))
    Employee.objects.select_for_update(of=("self",)).get(pk=employee_id)
    answers_no_more = []
    for row in Responsible.objects.filter(citizen=citizen, employee_id=employee_id, valid_to__isnull=True):
        row.valid_to = max(today, row.valid_from)
        row.save(update_fields=["valid_to"])
        answers_no_more.append(row.pk)
    stored = Barrier.objects.create(
        citizen=citizen,
        employee_id=employee_id,
        kind=kind,
        asked_by=asked_by.strip(),
        reason=reason.strip(),
        valid_from=today,
        made_by_id=actor.employee_id,
        made_at=at,
    )
    change = {"employee": employee_id, "kind": kind, "responsible_ended": answers_no_more}
    audit.record(actor, permission, str(stored), scope, at=at, change=change)
    events.publish(EmployeeBarred(citizen_id=citizen.pk, employee_id=employee_id, at=at))
    return stored
