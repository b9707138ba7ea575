"""What the team does with what it learned."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.kernel.errors import ActionRefused, NotFound
from tillit.learning.surveys import queries
from tillit.learning.surveys.models import Group, NextStep
from tillit.learning.surveys.permissions import WRITE_NEXT_STEP

MOST = 500


@transaction.atomic
def write_next_step(
    *, actor: Actor, campaign_id: int, unit_id: int, words: str, look_again_on: date | None, at: datetime
) -> NextStep:
    """Write what the team does next, for a team whose numbers she sees. Raises NotFound, NotAllowed, ActionRefused."""
    campaign = queries.get_campaign(actor=actor, campaign_id=campaign_id, permission=WRITE_NEXT_STEP)
    if campaign.closed_at is None:
        raise ActionRefused(_("Undersøkelsen er åpen ennå. Skriv når svarene er der."))
    own = next(
        (one for one in queries.views_of(actor=actor, campaign=campaign) if one.unit_id == unit_id and not one.is_sum),
        None,
    )
    if own is None:
        raise NotFound(_("Fant ikke teamet."))
    require(actor, WRITE_NEXT_STEP, queries.scope_within(actor, own.path))
    scope = Scope((own.path,))
    said = " ".join(words.split())
    if not said:
        raise ActionRefused(_("Skriv hva dere gjør videre."))
    if len(said) > MOST:
        raise ActionRefused(_("Kort det ned til %(most)s tegn.") % {"most": MOST})
    group = Group.objects.get(campaign=campaign, unit_id=unit_id, is_joint=False)
    found = NextStep.objects.create(
        group=group, words=said, look_again_on=look_again_on, written_by_id=actor.employee_id, written_at=at
    )
    audit.record(actor, WRITE_NEXT_STEP, str(found), scope, at=at, change={"group": group.pk})
    return found
