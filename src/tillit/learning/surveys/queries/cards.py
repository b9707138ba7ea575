"""Cards of open campaigns, made when they are asked for."""

from dataclasses import dataclass
from datetime import datetime

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds
from tillit.learning.surveys.models import Campaign, Group, Way
from tillit.learning.surveys.permissions import ENTER_ANSWERS
from tillit.learning.surveys.queries.campaigns import scope_of
from tillit.learning.surveys.rules import cards


@dataclass(frozen=True, slots=True)
class Card:
    """One card of an open campaign. code: as `rules.cards` makes it."""

    campaign: Campaign
    group_id: int
    code: str

    @property
    def who(self) -> str:
        """What the mark in the urn is made of."""
        return f"card:{self.code}"


def is_inside(actor: Actor, campaign: Campaign) -> bool:
    """Whether she works in one of the teams that are asked about, or leads it."""
    paths = scope_of(campaign).paths
    return any(grant.path.startswith(path) for grant in actor.grants for path in paths)


def enters(actor: Actor, campaign: Campaign) -> bool:
    """Whether she may type in answers from paper and the telephone."""
    return holds(actor, ENTER_ANSWERS, scope_of(campaign)) and not is_inside(actor, campaign)


def cards_of(campaign: Campaign, group: Group) -> tuple[str, ...]:
    """Return the codes of a group's cards, in the order of the sheet. None when the campaign is closed."""
    if not campaign.key or campaign.way != Way.CARDS:
        return ()
    return tuple(cards.card_code(campaign.key, group.pk, number) for number in range(1, (group.invited or 0) + 1))


def find_card(text: str, *, at: datetime) -> Card | None:
    """Return the card somebody holds, None when no open campaign has it. text: as it was typed. Two queries at most."""
    code = cards.read_code(text)
    if code is None:
        return None
    groups = Group.objects.filter(
        is_joint=False, campaign__way=Way.CARDS, campaign__closed_at__isnull=True, campaign__opens_at__lte=at,
        campaign__closes_at__gt=at,
    ).select_related("campaign")  # fmt: skip
    for group in groups.order_by("pk"):
        if code in cards_of(group.campaign, group):
            return Card(group.campaign, group.pk, code)
    return None
