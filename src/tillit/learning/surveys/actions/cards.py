"""Answers by card: without a login, and from paper or the telephone through somebody outside the teams."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import require
from tillit.kernel.errors import ActionRefused, NotAllowed
from tillit.learning.surveys import queries
from tillit.learning.surveys.actions.answering import put_in
from tillit.learning.surveys.models import Campaign
from tillit.learning.surveys.permissions import ENTER_ANSWERS
from tillit.learning.surveys.rules import steps
from tillit.learning.surveys.rules import urn as urns


class UnknownCard(ActionRefused):
    """No open survey has this card."""


class LedPast(ActionRefused):
    """Questions are answered that the other answers lead past: `codes`. Storing them would drop them unsaid."""

    def __init__(self, text: str, codes: tuple[str, ...]) -> None:
        super().__init__(text)
        self.codes = codes


@transaction.atomic
def cast_card(*, card: str, said: Mapping[str, str], at: datetime, campaign_id: int | None = None) -> None:
    """Put the answers of one who holds a card in her group's urn. card: as typed. The card is the right to answer.

    campaign_id: when the card must be of this one. Writes the urn's row and nothing else.
    Raises UnknownCard, Closed, Empty, AlreadyAnswered.
    """
    found = queries.find_card(card, at=at)
    if found is None or campaign_id not in (None, found.campaign.pk):
        raise UnknownCard(_("Fant ikke kortet. Se på koden en gang til. Kanskje er undersøkelsen lukket."))
    given = steps.ballot_of(queries.get_instrument(found.campaign.instrument, found.campaign.version), said)
    put_in(found.campaign, found.group_id, given, code=urns.code_of(found.campaign.key, found.who), at=at)


@transaction.atomic
def enter_answers(*, actor: Actor, campaign_id: int, card: str, said: Mapping[str, str], at: datetime) -> None:
    """Type in a paper, or what somebody said on the telephone, on the card that belongs to it.

    Those who work in one of the teams, or lead it, are refused: nobody is to read what is answered about herself.
    Raises NotFound, NotAllowed, LedPast, and as `cast_card` does. No audit row: who typed which is not kept.
    """
    campaign = may_enter(actor, campaign_id)
    instrument = queries.get_instrument(campaign.instrument, campaign.version)
    if past := steps.led_past(instrument, said):
        count = len(past)
        text = ngettext(
            "Ett spørsmål har svar, men skulle hoppes over. Ingenting er lagt i urna ennå.",
            "%(count)d spørsmål har svar, men skulle hoppes over. Ingenting er lagt i urna ennå.", count,
        ) % {"count": count}  # fmt: skip
        raise LedPast(text, tuple(item.code for item in past))
    cast_card(card=card, said=said, at=at, campaign_id=campaign_id)


def may_enter(actor: Actor, campaign_id: int) -> Campaign:
    """Return the campaign one may type in answers to. Raises NotFound, NotAllowed."""
    campaign = queries.get_campaign(actor=actor, campaign_id=campaign_id, permission=ENTER_ANSWERS)
    if queries.is_inside(actor, campaign):
        raise NotAllowed(_("Du hører til i et av teamene det spørres om. En utenfor må skrive inn svarene."))
    require(actor, ENTER_ANSWERS, queries.scope_of(campaign))
    return campaign
