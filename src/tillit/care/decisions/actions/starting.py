"""To begin help under a decision, and to end it when the decision's own last day has passed."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from tillit.care.decisions.actions.refusals import FieldRefused
from tillit.care.decisions.actions.steps import open_case, take_step
from tillit.care.decisions.models import Case, DecisionLine
from tillit.care.decisions.permissions import WORK_CASE
from tillit.care.decisions.queries.appeals import stayed_since
from tillit.care.decisions.queries.facts import facts_of
from tillit.care.decisions.rules.states import GIVING, WITH_HELP, State, Step
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo


@transaction.atomic
def start_help(*, actor: Actor, case_id: int, edition: int, on: date, at: datetime, despite_stay: str = "") -> Case:
    """Say that help under the decision has begun: somebody answers for it, and a frame has its plan in use.

    despite_stay: why it begins although execution is stayed while an appeal is open; kept in the case as a note.
    Raises NotFound, NotAllowed, ChangedMeanwhile, FieldRefused, StepBlocked. Publishes CaseMoved.
    """
    case, scope = open_case(actor=actor, case_id=case_id, permission=WORK_CASE, at=at, edition=edition)
    facts = facts_of(case, on=on)
    data = {}
    if stayed_since(case) is not None:
        if not despite_stay.strip():
            text = _("Gjennomføringen er utsatt til klagen er avgjort. Skriv hvorfor hjelpen begynner likevel.")
            raise FieldRefused(text, field="why")
        note = case.notes.create(
            text=_("Hjelpen begynte mens gjennomføringen var utsatt: %(why)s") % {"why": despite_stay.strip()[:300]},
            happened_on=on,
            written_by_id=actor.employee_id,
            written_at=at,
        )
        data = {"despite_stay": note.pk}
    take_step(
        actor=actor,
        case=case,
        scope=scope,
        step=Step.START,
        facts=facts,
        permission=WORK_CASE,
        on=on,
        at=at,
        data=data,
    )
    return case


def end_finished(*, actor: Actor, at: datetime) -> int:
    """End the cases whose help ended by itself: every last day has passed. Return how many. Run every night.

    Only what the decision itself said: ending before time is a decision (`states.Block.NOT_BY_US`). A case that is
    looked at again is left alone: that is decided by people.
    """
    today = oslo.day_of(at)
    holding = DecisionLine.objects.filter(decision__case=OuterRef("pk"), stopped_on__isnull=True, outcome__in=GIVING)
    lasting = holding.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))
    states = [state.value for state in (WITH_HELP | {State.NOTIFIED}) - {State.REASSESSMENT}]
    finished = Case.objects.filter(Exists(holding), ~Exists(lasting), state__in=states).order_by("pk")
    ended = 0
    for case_id in list(finished.values_list("pk", flat=True)):
        with transaction.atomic():
            case, scope = open_case(actor=actor, case_id=case_id, permission=WORK_CASE, at=at)
            facts = facts_of(case, on=today)
            if not facts.ended_by_itself or State(case.state) is State.REASSESSMENT:
                continue
            take_step(
                actor=actor,
                case=case,
                scope=scope,
                step=Step.END,
                facts=facts,
                permission=WORK_CASE,
                on=today,
                at=at,
                data={"by_itself": True},
            )
            case.stops.filter(to_on__isnull=True).update(to_on=today)
            ended += 1
    return ended
