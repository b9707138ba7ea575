"""Take a draft into use."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.careplans.actions.drafting import PlanNotDraft
from tillit.care.careplans.events import PlanStarted
from tillit.care.careplans.models import CarePlan
from tillit.care.careplans.permissions import START_PLAN
from tillit.care.careplans.queries import gaps_of, get_plan
from tillit.care.careplans.rules.gaps import Gap
from tillit.care.citizens.queries import get_citizen, scope_of
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import require
from tillit.kernel import events, oslo
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile


class PlanNotReady(ActionRefused):
    """Something must be mended first: `gaps`, blocking ones only."""

    def __init__(self, gaps: tuple[Gap, ...]) -> None:
        super().__init__(_("Planen er ikke klar ennå. Se hva som mangler."))
        self.gaps = gaps


@transaction.atomic
def start_plan(*, actor: Actor, plan_id: int, edition: int, at: datetime) -> CarePlan:
    """Take a draft into use and close the plan it replaces. Coming visits follow (PlanStarted).

    at: when it takes effect, aware UTC. edition: the one the actor has seen.
    Raises NotFound, NotAllowed, PlanNotDraft, ChangedMeanwhile, PlanNotReady. One audit entry.
    """
    seen = get_plan(actor=actor, plan_id=plan_id, at=at)
    get_citizen(actor=actor, citizen_id=seen.citizen_id, at=at, lock=True)  # one plan in use per citizen
    plan = get_plan(actor=actor, plan_id=plan_id, at=at, lock=True)
    scope = scope_of(plan.citizen_id, on=oslo.day_of(at))
    require(actor, START_PLAN, scope)
    if not plan.is_draft:
        raise PlanNotDraft(_("Planen er tatt i bruk før, eller lagt bort."))
    if plan.edition != edition:
        raise ChangedMeanwhile(
            _("Planen er endret etter at du åpnet den. Se over den før du tar den i bruk."),
            seen=edition,
            now=plan.edition,
        )
    if blocking := tuple(gap for gap in gaps_of(plan.pk, today=oslo.day_of(at)) if gap.blocks):
        raise PlanNotReady(blocking)
    before = CarePlan.objects.filter(
        citizen_id=plan.citizen_id, valid_from__isnull=False, valid_to__isnull=True
    ).first()
    if before is not None:
        before.valid_to = max(at, before.valid_from or at)
        before.save(update_fields=["valid_to"])
    plan.valid_from = at
    plan.save(update_fields=["valid_from"])
    audit.record(actor, START_PLAN, str(plan), scope, at=at, change={"replaces": before.pk if before else None})
    events.publish(PlanStarted(plan_id=plan.pk, citizen_id=plan.citizen_id, at=at))
    return plan
