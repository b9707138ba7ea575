"""Put a ballot in the urn. No actor, no time and no order is kept: not here, not in the audit trail."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import require
from tillit.kernel.errors import ActionRefused
from tillit.learning.surveys import queries
from tillit.learning.surveys.models import Campaign, Group, Urn, Way
from tillit.learning.surveys.permissions import ANSWER_SURVEY
from tillit.learning.surveys.rules import pairing, steps
from tillit.learning.surveys.rules import urn as urns


class AlreadyAnswered(ActionRefused):
    """She has answered; only the first counts."""


class NotAsked(ActionRefused):
    """The survey is for others."""


class Closed(ActionRefused):
    """It is over, or has not begun."""


class CodeNotWhole(ActionRefused):
    """A code with parts missing, or that are no letter or day."""


class Empty(ActionRefused):
    """Nothing is answered: there is nothing to put in."""


@transaction.atomic
def cast_ballot(*, actor: Actor, campaign_id: int, said: Mapping[str, str], at: datetime) -> None:
    """Put her answers in her group's urn. said: the form's values by field.

    Writes one row: the urn's. Nothing in it, and nothing beside it, says who, when or which. No audit row is written:
    that the urn was opened and closed is, who used it is not.

    Raises NotFound, NotAsked, Closed, Empty, AlreadyAnswered.
    """
    campaign = queries.get_campaign(actor=actor, campaign_id=campaign_id, permission=ANSWER_SURVEY)
    group = asked_group(actor, campaign)
    given = steps.ballot_of(queries.get_instrument(campaign.instrument, campaign.version), said)
    if given and (mark := _mark(campaign, said)):
        given[pairing.MARK] = mark
    put_in(campaign, group.pk, given, code=urns.code_of(campaign.key, f"employee:{actor.employee_id}"), at=at)


def _mark(campaign: Campaign, said: Mapping[str, str]) -> str | None:
    """Return the mark of the code she made, None when she made none or is not asked for one. Raises CodeNotWhole."""
    if campaign.series is None or not campaign.series.key:
        return None
    try:
        return pairing.mark_of(campaign.series.key, said)
    except pairing.NotWhole:
        raise CodeNotWhole(_("Fyll ut alle fire delene av koden, eller la alle stå tomme.")) from None


def asked_group(actor: Actor, campaign: Campaign) -> Group:
    """Return the group she is asked in. Raises NotAsked."""
    group = queries.group_for(campaign, actor.employee_id) if campaign.way == Way.APP else None
    if group is None:
        raise NotAsked(_("Undersøkelsen er for dem som hørte til i teamet da den åpnet, og lederen svarer ikke selv."))
    require(actor, ANSWER_SURVEY, queries.scope_within(actor, group.unit.path))
    return group


def put_in(campaign: Campaign, group_id: int, given: Mapping[str, Any], *, code: str, at: datetime) -> None:
    """Put one ballot in a group's urn. Raises Closed, Empty, AlreadyAnswered."""
    urn = Urn.objects.select_for_update().filter(group_id=group_id).first()
    if urn is None or not queries.is_open(campaign, at=at):
        raise Closed(_("Undersøkelsen er lukket. Svarene dine er ikke tatt med."))
    if not given:
        raise Empty(_("Du har ikke svart på noe ennå."))
    try:
        content = urns.with_ballot(urns.unpacked(bytes(urn.content)), given, code)
    except urns.AlreadyCast:
        raise AlreadyAnswered(_("Du har svart på denne før. Det er det første svaret som teller.")) from None
    urn.content = urns.packed(content)
    urn.ballots = len(content.ballots)
    urn.save(update_fields=["content", "ballots"])
