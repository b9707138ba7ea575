"""Cases follow the citizen when another unit takes her over and the table gives them to it (R04, R07)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tillit.care.citizens.models import Handover, HandoverState
from tillit.care.decisions.actions.holding import accept_case, offer_case
from tillit.care.decisions.models import Case, Holding
from tillit.care.decisions.queries.in_flight import BEGUN
from tillit.care.decisions.queries.placing import next_placing
from tillit.care.decisions.rules.states import CLOSED, State
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo

LOOK_BACK = timedelta(days=14)
"""How long after a receiver's first day cases are still passed on: a night or two may have been missed."""


@transaction.atomic
def pass_on_cases(*, actor: Actor, at: datetime, handover_id: int | None = None) -> int:
    """Let cases follow citizens whom another unit has taken over; return how many were passed on or offered.

    handover_id: the hand-over that was just said yes to; None: every one whose first day has come lately, each night.
    The table of the units that follow her now says who has each case's next step. What the receiver gets by it, it has
    said yes to with her, unless somebody is in the middle of an assessment or a proposal: such a case is offered, for
    those who know it to finish first. A case that the table leaves with the giver stays, and so does one that somebody
    has offered or answered since: running it again changes nothing.
    """
    today = oslo.day_of(at)
    accepted = Handover.objects.filter(
        state=HandoverState.ACCEPTED, from_on__lte=today, from_on__gt=today - LOOK_BACK
    ).select_related("to_unit")
    rows = accepted if handover_id is None else accepted.filter(pk=handover_id)
    return sum(_pass_on(row, actor=actor, at=at) for row in rows.order_by("pk"))


def _pass_on(handover: Handover, *, actor: Actor, at: datetime) -> int:
    settled = Q(answer="") | Q(offered_at__gte=handover.answered_at) | Q(answered_at__gte=handover.answered_at)
    cases = (
        Case.objects.filter(citizen_id=handover.citizen_id, unit_id=handover.from_unit_id)
        .exclude(state__in=[each.value for each in CLOSED])
        .exclude(pk__in=Holding.objects.filter(settled, case__citizen_id=handover.citizen_id).values("case_id"))
    )
    passed = 0
    for case in cases.order_by("pk"):
        to = next_placing(case, on=oslo.day_of(at))
        routed = to.held.get(to.code)
        if not to.is_now or routed is None or routed.unit_id is None:
            continue
        unit_id = handover.to_unit_id if handover.to_unit_id in routed.unit_ids else routed.unit_id
        offer = offer_case(
            actor=actor,
            case_id=case.pk,
            edition=case.edition,
            unit_id=unit_id,
            must_know=_("%(unit)s har tatt over brukeren. Saken følger med.") % {"unit": handover.to_unit.name},
            at=at,
        )
        if unit_id == handover.to_unit_id and State(case.state) not in BEGUN:
            accept_case(actor=actor, holding_id=offer.pk, at=at)
        passed += 1
    return passed
