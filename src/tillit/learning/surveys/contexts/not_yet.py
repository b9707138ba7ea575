"""surveys/not_yet.html: a closed survey whose numbers are the teams' own, or are so for some days yet."""

from dataclasses import dataclass, field

from tillit.foundation.access.actor import Actor
from tillit.learning.surveys import queries
from tillit.learning.surveys.contexts.open import crumbs_of
from tillit.learning.surveys.contexts.own_words import OwnWords, words_above
from tillit.learning.surveys.models import Campaign
from tillit.ui.parts import Crumbs


@dataclass(frozen=True, slots=True)
class NotYetPage:
    """surveys/not_yet.html."""

    crumbs: Crumbs
    title: str
    lead: str = field(metadata={"help": "What she sees, and when"})
    words: OwnWords | None = field(metadata={"help": "None: nothing was asked in own words"})


def not_yet_page(actor: Actor, campaign: Campaign, lead: str) -> NotYetPage:
    """Return the page, in a constant number of queries."""
    words = words_above(actor, campaign) if queries.asks_for_words(campaign) else None
    return NotYetPage(crumbs_of(campaign), campaign.title, lead, words)
