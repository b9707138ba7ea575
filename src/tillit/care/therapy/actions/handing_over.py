"""Give a case nobody who is here has to another, or let it wait on the list: one press by the one in charge."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens.actions.asking_in import open_for_case
from tillit.care.therapy.actions.holding import let_go
from tillit.care.therapy.actions.opening import TherapyRefused, close_act, open_case
from tillit.care.therapy.actions.telling import tell_who_referred
from tillit.care.therapy.models import CaseState, EventKind, GroupProfession, TherapyCase
from tillit.care.therapy.permissions import HAND_OVER
from tillit.care.therapy.queries.holders import heirs, is_unowned
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo


@transaction.atomic
def hand_over(*, actor: Actor, therapy_id: int, edition: int, to_id: int | None, at: datetime) -> TherapyCase:
    """Let another have a case whose holder has left or is away. The next step and its day stay as they were agreed.

    to_id: a therapist of the list who is here; None lets it wait on the list with the deadline it had. What opened the
    citizen to the one who had it ends. Raises NotFound, NotAllowed, TherapyRefused, ChangedMeanwhile.
    """
    case, scope = open_case(
        actor=actor, therapy_id=therapy_id, edition=edition, permission=HAND_OVER, at=at, by_citizen=True
    )
    today = oslo.day_of(at)
    had = case.holder
    if had is None or not TherapyCase.objects.filter(is_unowned(today), pk=case.pk).exists():
        raise TherapyRefused(_("Den som har saken, er her, og gir den fra seg selv."))
    if to_id is not None and to_id not in {one.employee_id for one in heirs(case, on=today)}:
        raise TherapyRefused(_("Velg en terapeut som er på jobb, og som kan se brukeren."))
    step = (case.next_step, case.next_on)
    let_go(case, at=at)
    change: dict[str, object] = {"had": had.pk}
    if to_id is None:
        case.state, case.holder, case.taken_on = CaseState.WAITING, None, None
        kind = EventKind.GIVEN_BACK
    else:
        case.holder_id, case.taken_on = to_id, today
        case.next_step, case.next_on = step
        case.opening = open_for_case(
            citizen_id=case.citizen_id,
            employee_id=to_id,
            purpose=str(GroupProfession(case.group.profession).label),
            at=at,
        )
        kind, change = EventKind.TAKEN, {**change, "opening": case.opening.pk}
    words = _("%(who)s hadde saken.") % {"who": had.name}
    event = close_act(actor, case, scope, HAND_OVER, at=at, kind=kind, words=words, change=change)
    tell_who_referred(actor, case, event, scope, HAND_OVER, at=at)
    return case
