"""Joint visits: a therapist joins a visit the team has planned, and the visit keeps its time."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens.queries import scope_of
from tillit.care.therapy.actions.opening import TherapyRefused
from tillit.care.therapy.models import CaseState, JointVisit, TherapyCase
from tillit.care.therapy.permissions import ASK_JOINT, WORK_CASE
from tillit.care.therapy.queries import get_case, get_joint, joint_times, scope_on_list, visits_to_join
from tillit.care.visits.actions import hold_time, let_go_of_time
from tillit.care.visits.models import Visit, VisitState
from tillit.care.visits.queries import visits_of_employee
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import require
from tillit.kernel import oslo


@transaction.atomic
def ask_joint(*, actor: Actor, therapy_id: int, visit_id: int, why: str, at: datetime) -> JointVisit:
    """Let the therapist join a planned visit. Who has the case agrees by asking; another's asking waits for her.

    Twice is once. Raises NotFound, NotAllowed, TherapyRefused. One audit entry.
    """
    case = get_case(actor=actor, therapy_id=therapy_id, at=at, lock=True)
    is_hers = actor.employee_id is not None and case.holder_id == actor.employee_id
    scope = (
        scope_on_list(actor, case.group, case.citizen_id) if is_hers else scope_of(case.citizen_id, on=oslo.day_of(at))
    )
    require(actor, ASK_JOINT, scope)
    if case.state != CaseState.TAKEN or case.holder_id is None:
        raise TherapyRefused(_("Ingen terapeut har saken ennå."))
    if not why.strip():
        raise TherapyRefused(_("Skriv hva dere skal gjøre sammen."), fact="why")
    known = case.joint_visits.filter(visit_id=visit_id, ended_at__isnull=True).first()
    if known is not None:
        return known
    rows = visits_to_join(citizen_id=case.citizen_id, therapist_id=case.holder_id, at=at)
    if visit_id not in {row.visit_id for row in rows}:
        raise TherapyRefused(_("Velg et av besøkene som er planlagt."), fact="visit")
    joint = JointVisit.objects.create(
        case=case, visit_id=visit_id, why=why.strip(), asked_by_id=actor.employee_id, asked_at=at
    )
    if is_hers:
        _agree(actor, joint, at=at)
    audit.record(actor, ASK_JOINT, str(joint), scope, at=at, change={"visit": visit_id, "agreed": is_hers})
    return joint


@transaction.atomic
def answer_joint(*, actor: Actor, joint_id: int, comes: bool, at: datetime) -> JointVisit:
    """Say yes or no to come along. Raises NotFound, NotAllowed, TherapyRefused."""
    joint = get_joint(actor=actor, joint_id=joint_id, at=at, lock=True)
    scope = scope_on_list(actor, joint.case.group, joint.case.citizen_id)
    require(actor, WORK_CASE, scope)
    if joint.case.holder_id != actor.employee_id or joint.ended_at is not None or joint.agreed_at is not None:
        raise TherapyRefused(_("Det er svart på dette, eller saken er hos en annen."))
    if comes:
        _agree(actor, joint, at=at)
    else:
        joint.ended_at = at
        joint.save(update_fields=["ended_at"])
    audit.record(actor, WORK_CASE, str(joint), scope, at=at, change={"comes": comes})
    return joint


@transaction.atomic
def leave_joint(*, actor: Actor, joint_id: int, at: datetime) -> JointVisit:
    """Let the therapist not come after all: the visit is planned as before. Twice is once.

    Raises NotFound, NotAllowed.
    """
    joint = get_joint(actor=actor, joint_id=joint_id, at=at, lock=True)
    is_hers = actor.employee_id is not None and joint.case.holder_id == actor.employee_id
    citizen_id = joint.case.citizen_id
    scope = scope_on_list(actor, joint.case.group, citizen_id) if is_hers else scope_of(citizen_id, on=oslo.day_of(at))
    require(actor, ASK_JOINT, scope)
    if joint.ended_at is None:
        _end(joint, at=at)
        audit.record(actor, ASK_JOINT, str(joint), scope, at=at, change={"ended": True})
    return joint


def end_coming(case: TherapyCase, *, at: datetime) -> None:
    """End the joint visits to come of a case that its holder lets go, in the transaction of that act."""
    rows = case.joint_visits.select_for_update(of=("self",)).select_related("visit").filter(ended_at__isnull=True)
    for joint in rows.filter(visit__on__gte=oslo.day_of(at), visit__state=VisitState.PLANNED).order_by("pk"):
        _end(joint, at=at)


def _agree(actor: Actor, joint: JointVisit, *, at: datetime) -> None:
    visit = Visit.objects.select_for_update(of=("self",)).get(pk=joint.visit_id)
    starts_at = visit.starts_at or visit.wished_at or visit.earliest_at
    if visit.state != VisitState.PLANNED or starts_at <= at:
        raise TherapyRefused(_("Besøket er avlyst eller begynt. Velg et annet."))
    _refuse_busy(joint.case.holder_id, visit, starts_at)
    joint.was_earliest_at, joint.was_latest_at, joint.was_locked = visit.earliest_at, visit.latest_at, visit.is_locked
    joint.agreed_at = at
    joint.save()
    hold_time(visit, starts_at=starts_at, at=at)


def _end(joint: JointVisit, *, at: datetime) -> None:
    joint.ended_at = at
    joint.save(update_fields=["ended_at"])
    if joint.was_earliest_at is not None and joint.was_latest_at is not None:
        visit = Visit.objects.select_for_update(of=("self",)).get(pk=joint.visit_id)
        let_go_of_time(
            visit, earliest_at=joint.was_earliest_at, latest_at=joint.was_latest_at, locked=joint.was_locked, at=at
        )


def _refuse_busy(therapist_id: int | None, visit: Visit, starts_at: datetime) -> None:
    """Raise TherapyRefused when she is elsewhere then."""
    assert therapist_id is not None
    ends_at = starts_at + timedelta(minutes=visit.minutes)
    times = joint_times((therapist_id,), first=visit.on, after=visit.on + timedelta(days=1)).get(therapist_id, [])
    for row in visits_of_employee(employee_id=therapist_id, on=visit.on):
        if row.state == VisitState.PLANNED and row.starts_at is not None:
            times.append((row.starts_at, row.starts_at + timedelta(minutes=row.minutes)))
    if any(begins < ends_at and starts_at < ends for begins, ends in times):
        raise TherapyRefused(_("Terapeuten har et annet besøk da. Velg et annet."), fact="visit")
