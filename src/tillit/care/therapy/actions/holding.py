"""Take a case, give it back, say how pressing it is."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens.actions.asking_in import end_for_case, open_for_case
from tillit.care.therapy.actions.joint import end_coming
from tillit.care.therapy.actions.opening import TherapyRefused, close_act, open_case, refuse_others
from tillit.care.therapy.actions.telling import tell_who_referred
from tillit.care.therapy.models import CaseState, EventKind, GroupProfession, TherapyCase
from tillit.care.therapy.permissions import CHANGE_PRIORITY, WORK_CASE
from tillit.care.therapy.queries import days_on
from tillit.care.therapy.queries.cases import profession_of
from tillit.care.therapy.rules.waiting import LEVELS, due_on
from tillit.foundation.access.actor import Actor, Scope, system
from tillit.kernel import oslo


@transaction.atomic
def take_case(*, actor: Actor, therapy_id: int, at: datetime) -> TherapyCase:
    """Take a case that waits: from now she reads about the citizen, as long as it is hers.

    Raises NotFound, NotAllowed, TherapyRefused (another profession's list, taken by somebody).
    """
    case, scope = open_case(actor=actor, therapy_id=therapy_id, edition=None, permission=WORK_CASE, at=at)
    if case.state != CaseState.WAITING:
        raise TherapyRefused(_("Noen andre har tatt saken."))
    if actor.employee_id is None or profession_of(actor.employee_id) != case.group.profession:
        whose = str(GroupProfession(case.group.profession).label).lower()
        raise TherapyRefused(_("Lista er for %(profession)s.") % {"profession": whose})
    case.state, case.holder_id, case.taken_on = CaseState.TAKEN, actor.employee_id, oslo.day_of(at)
    case.opening = open_for_case(
        citizen_id=case.citizen_id,
        employee_id=actor.employee_id,
        purpose=str(GroupProfession(case.group.profession).label),
        at=at,
    )
    change: dict[str, object] = {"opening": case.opening_id}
    event = close_act(actor, case, scope, WORK_CASE, at=at, kind=EventKind.TAKEN, change=change)
    tell_who_referred(actor, case, event, scope, WORK_CASE, at=at)
    return case


@transaction.atomic
def give_back(*, actor: Actor, therapy_id: int, edition: int, why: str, at: datetime) -> TherapyCase:
    """Let a case wait for another, with why. The deadline is the one it had. Her reach ends.

    Raises NotFound, NotAllowed, TherapyRefused, ChangedMeanwhile.
    """
    case, scope = open_case(actor=actor, therapy_id=therapy_id, edition=edition, permission=WORK_CASE, at=at)
    refuse_others(case, actor)
    if not why.strip():
        raise TherapyRefused(_("Skriv hvorfor, så den neste vet det."), fact="why")
    let_go(case, at=at)
    case.state, case.holder, case.taken_on = CaseState.WAITING, None, None
    event = close_act(actor, case, scope, WORK_CASE, at=at, kind=EventKind.GIVEN_BACK, words=why)
    tell_who_referred(actor, case, event, scope, WORK_CASE, at=at)
    return case


@transaction.atomic
def change_priority(
    *, actor: Actor, therapy_id: int, edition: int, priority: int, why: str, at: datetime
) -> TherapyCase:
    """Let a case be more or less pressing, with why: the deadline follows, still from the day of the referral.

    Raises NotFound, NotAllowed, TherapyRefused, ChangedMeanwhile.
    """
    case, scope = open_case(actor=actor, therapy_id=therapy_id, edition=edition, permission=CHANGE_PRIORITY, at=at)
    if priority not in LEVELS or priority == case.priority:
        raise TherapyRefused(_("Velg en annen prioritet, fra 1 til 4."), fact="priority")
    if not why.strip():
        raise TherapyRefused(_("Skriv hvorfor."), fact="why")
    was = case.priority
    case.priority = priority
    case.due_on = due_on(case.referred_on, priority, days_on(case.group_id, on=oslo.day_of(at)))
    change = {"was": was, "priority": priority, "due": case.due_on.isoformat()}
    close_act(actor, case, scope, CHANGE_PRIORITY, at=at, kind=EventKind.PRIORITY, words=why, change=change)
    return case


def let_go(case: TherapyCase, *, at: datetime) -> None:
    """End what the case gave its holder: reach to the citizen, and joint visits to come."""
    end_coming(case, at=at)
    if case.opening_id is not None:
        end_for_case(case.opening_id, at=at)
    case.opening = None
    case.next_step, case.next_on = "", None


@transaction.atomic
def follow_barring(*, citizen_id: int, employee_id: int, at: datetime) -> None:
    """Let the cases of somebody who must not see the citizen any more wait for another. Called by an event."""
    actor = system("barring")
    held = TherapyCase.objects.select_for_update(of=("self",)).select_related("group__unit")
    for case in held.filter(citizen_id=citizen_id, holder_id=employee_id, state=CaseState.TAKEN).order_by("pk"):
        let_go(case, at=at)
        case.state, case.holder, case.taken_on = CaseState.WAITING, None, None
        scope = Scope((case.group.unit.path,), citizen_id)
        event = close_act(actor, case, scope, WORK_CASE, at=at, kind=EventKind.GIVEN_BACK)
        tell_who_referred(actor, case, event, scope, WORK_CASE, at=at)
