"""Campaigns one reaches, and what stands in the urns while they are open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import Permission, holds, require
from tillit.foundation.organisation.rules import ids_in
from tillit.foundation.workforce.queries.electorate import home_teams
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound
from tillit.learning.surveys.models import Campaign, Group, Urn, Way
from tillit.learning.surveys.rules import urn as urns
from tillit.learning.surveys.rules.joining import LEAST


def reached(actor: Actor, permission: Permission) -> QuerySet[Campaign]:
    """Return the campaigns that ask a unit where one of her roles holds the permission, or one above it or below it."""
    within = Q(pk__in=())
    for path in actor.paths_for(permission.roles):
        within |= Q(groups__unit__path__startswith=path)
        within |= Q(groups__unit_id__in=ids_in(path)[1:], groups__is_joint=False)  # a work group is part of its team
    return Campaign.objects.filter(within).distinct()


def get_campaign(*, actor: Actor, campaign_id: int, permission: Permission, lock: bool = False) -> Campaign:
    """Return a campaign that asks a unit she reaches. Raises NotFound. lock: its row, for actions."""
    found = reached(actor, permission).filter(pk=campaign_id).first()
    if found is None:
        raise NotFound(_("Fant ikke undersøkelsen."))
    return Campaign.objects.select_for_update(of=("self",)).get(pk=found.pk) if lock else found


def scope_of(campaign: Campaign) -> Scope:
    """Return what an act on the campaign touches: the units it asks."""
    return Scope(tuple(campaign.groups.filter(is_joint=False).order_by("pk").values_list("unit__path", flat=True)))


def holds_in_all(actor: Actor, permission: Permission, campaign: Campaign) -> bool:
    """Whether the permission is hers in every unit the campaign asks, not only in one of them. One query."""
    return all(holds(actor, permission, Scope((path,))) for path in scope_of(campaign).paths)


def require_in_all(actor: Actor, permission: Permission, campaign: Campaign) -> None:
    """Refuse one who does not hold the permission in every unit the campaign asks. One query. Raises NotAllowed."""
    for path in scope_of(campaign).paths:
        require(actor, permission, Scope((path,)))


def scope_within(actor: Actor, path: str) -> Scope:
    """Return the scope of an act in a team for somebody who belongs to it, or to a work group in it."""
    return Scope((path, *sorted({grant.path for grant in actor.grants if grant.path.startswith(path)})))


def list_campaigns(*, actor: Actor, permission: Permission, most: int = 50) -> list[Campaign]:
    """Return the campaigns she reaches with their groups and units, the newest first. Two queries."""
    groups = Prefetch("groups", Group.objects.select_related("unit").order_by("unit__name", "pk"))
    return list(reached(actor, permission).prefetch_related(groups).order_by("-opens_at", "-pk")[:most])


def is_open(campaign: Campaign, *, at: datetime) -> bool:
    """Whether one can answer now."""
    return campaign.closed_at is None and campaign.opens_at <= at < campaign.closes_at


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """A campaign she is asked in. has_answered: shown to herself alone; nobody else can ask this."""

    campaign: Campaign
    group_id: int
    has_answered: bool


def to_answer(*, actor: Actor, at: datetime) -> list[ToAnswer]:
    """Return the open campaigns she is asked in by herself, the one that closes first on top.

    A query for each day that open campaigns began on besides; ordinarily one or two.
    """
    if actor.employee_id is None:
        return []
    campaigns = (
        Campaign.objects.filter(closed_at__isnull=True, opens_at__lte=at, closes_at__gt=at, way=Way.APP)
        .prefetch_related(Prefetch("groups", Group.objects.select_related("urn")))
        .order_by("closes_at", "pk")
    )
    found = []
    teams: dict[tuple[object, frozenset[int]], int | None] = {}
    for campaign in campaigns:
        groups = {group.unit_id: group for group in campaign.groups.all()}
        key = (oslo.day_of(campaign.opens_at), frozenset(groups))
        if key not in teams:
            teams[key] = home_teams(set(groups), on=oslo.day_of(campaign.opens_at), employee_id=actor.employee_id).get(
                actor.employee_id
            )
        if (team := teams[key]) is not None:
            group = groups[team]
            code = urns.code_of(campaign.key, f"employee:{actor.employee_id}")
            found.append(ToAnswer(campaign, group.pk, code in urns.unpacked(bytes(group.urn.content)).spent))
    return found


def told_today(*, actor: Actor, at: datetime) -> list[Campaign]:
    """Return the open surveys to tell her of on «Min dag» today: on its first day, and when all were reminded.

    The same for everybody in the group, whether she has answered or not: nothing is asked of the urns.
    """
    if actor.employee_id is None:
        return []
    today = oslo.day_of(at)
    campaigns = Campaign.objects.filter(closed_at__isnull=True, opens_at__lte=at, closes_at__gt=at, way=Way.APP)
    return [
        one
        for one in campaigns.order_by("closes_at", "pk")
        if (oslo.day_of(one.opens_at) == today or today.isoformat() in one.reminders)
        and group_for(one, actor.employee_id) is not None
    ]


def group_for(campaign: Campaign, employee_id: int | None) -> Group | None:
    """Return the group she is asked in, None when she is not among those asked."""
    if employee_id is None:
        return None
    units = dict(campaign.groups.filter(is_joint=False).values_list("unit_id", "pk"))
    team = home_teams(set(units), on=oslo.day_of(campaign.opens_at), employee_id=employee_id).get(employee_id)
    return None if team is None else campaign.groups.select_related("unit").get(pk=units[team])


def has_answered(campaign: Campaign, group_id: int, code: str) -> bool:
    """Whether the code has been used, asked of the urn. Nothing is noted."""
    urn = Urn.objects.filter(group_id=group_id).first()
    return urn is not None and code in urns.unpacked(bytes(urn.content)).spent


def count_invited(campaign: Campaign, groups: Sequence[Group]) -> dict[int, int]:
    """Return group id → how many were asked: those who belonged to the unit on the day it opened, or its cards."""
    if campaign.way == Way.CARDS:
        return {group.pk: group.invited or 0 for group in groups}
    units = {group.unit_id: group.pk for group in groups}
    found = dict.fromkeys(units.values(), 0)
    for team in home_teams(set(units), on=oslo.day_of(campaign.opens_at)).values():
        found[units[team]] += 1
    return found


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one group has come. tenths: of those asked, rounded down; None for a group of fewer than five."""

    group: Group
    invited: int
    tenths: int | None


def progress_of(campaign: Campaign) -> list[Progress]:
    """Return the share that has answered in each group, in tenths and never exact. Only while it is open."""
    groups = list(campaign.groups.filter(is_joint=False).select_related("unit", "urn").order_by("unit__name", "pk"))
    invited = count_invited(campaign, groups)
    return [
        Progress(
            group,
            invited[group.pk],
            min(10, 10 * group.urn.ballots // invited[group.pk]) if invited[group.pk] >= LEAST else None,
        )
        for group in groups
    ]
