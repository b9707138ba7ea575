"""Answers of groups that may be shown, and who sees which group's numbers from when."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.roles import IN_THE_TEAM
from tillit.foundation.organisation.queries import names_by_path
from tillit.kernel import oslo
from tillit.learning.surveys.models import Answer, Campaign, Group, NextStep, PairedChange
from tillit.learning.surveys.permissions import ABOVE
from tillit.learning.surveys.rules.instruments import fingerprint
from tillit.learning.surveys.rules.shipped import comparable

#: Days the team has its numbers for itself, before those above see the sum of several teams.
TEAM_FIRST_DAYS = 14


@dataclass(frozen=True, slots=True)
class View:
    """Numbers one may see: of one team, or the sum of several in a unit above.

    groups: whose answers it is reckoned from. from_on: the first day, in Oslo. joined_at: for a team with fewer than
    five answers, the name of the unit they are laid together in; empty when they are nowhere.
    """

    unit_id: int
    name: str
    is_sum: bool
    groups: tuple[int, ...]
    invited: int
    answered: int | None
    from_on: date
    joined_at: str = ""
    path: str = ""


def views_of(*, actor: Actor, campaign: Campaign) -> list[View]:
    """Return what the actor may see of a closed campaign, her own teams first. Two queries.

    Her own team: where she holds a role in the team itself. A sum: of at least two groups in a unit she holds a role
    above teams in.
    """
    groups = list(campaign.groups.select_related("unit", "joined_to__unit").order_by("unit__name", "pk"))
    assert campaign.closed_at is not None
    closed_on = oslo.day_of(campaign.closed_at)
    own = {grant.path for grant in actor.grants if grant.role in IN_THE_TEAM}
    found = [
        View(
            unit_id=group.unit_id, name=group.unit.name, is_sum=False,
            groups=(group.pk,) if group.answered is not None else (), invited=group.invited or 0,
            answered=group.answered, from_on=closed_on,
            joined_at=group.joined_to.unit.name if group.joined_to else "", path=group.unit.path,
        )
        for group in groups
        if not group.is_joint and any(path.startswith(group.unit.path) for path in own)
    ]  # fmt: skip
    above = sorted(actor.paths_for(ABOVE), key=len)
    names = names_by_path(above)
    for path in above:
        inside = [group for group in groups if group.unit.path.startswith(path) and group.answered is not None]
        if path in names and len(inside) > 1:
            found.append(
                View(
                    unit_id=int(path.rstrip(".").split(".")[-1]), name=names[path], is_sum=True,
                    groups=tuple(group.pk for group in inside), invited=sum(group.invited or 0 for group in inside),
                    answered=sum(group.answered or 0 for group in inside),
                    from_on=closed_on + timedelta(days=TEAM_FIRST_DAYS), path=path,
                )
            )  # fmt: skip
    return found


def seen_from(*, actor: Actor, campaign: Campaign) -> date | None:
    """Return the first day, in Oslo, the actor sees numbers of a closed campaign; None: she never does. See `views_of`.

    No query when the campaign came from `list_campaigns`.
    """
    assert campaign.closed_at is not None
    closed_on, groups = oslo.day_of(campaign.closed_at), campaign.groups.all()
    own = {grant.path for grant in actor.grants if grant.role in IN_THE_TEAM}
    if any(path.startswith(group.unit.path) for group in groups if not group.is_joint for path in own):
        return closed_on
    counted = [group.unit.path for group in groups if group.answered is not None]
    sums = any(sum(one.startswith(path) for one in counted) > 1 for path in actor.paths_for(ABOVE))
    return closed_on + timedelta(days=TEAM_FIRST_DAYS) if sums else None


def answers_of(group_ids: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """Return group id → what each answered, in the order of their random ids. One query."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for group, given in (
        Answer.objects.filter(group_id__in=list(group_ids)).order_by("pk").values_list("group_id", "given")
    ):
        found[group].append(given)
    return found


def stored_groups(campaign: Campaign) -> list[Group]:
    """Return the groups with answers of a closed campaign, with their units. One query."""
    return list(campaign.groups.filter(answered__isnull=False).select_related("unit").order_by("pk"))


def unit_above(group: Group) -> str:
    """Return the path of the unit whose sum a group is in first; of groups laid together, the unit they lie in."""
    path: str = group.unit.path
    return path if group.is_joint else ".".join(path.rstrip(".").split(".")[:-1]) + "."


def wave_before(campaign: Campaign) -> Campaign | None:
    """Return the last closed wave that measured the same, word for word, of one of the same units."""
    same = {campaign.fingerprint, *map(fingerprint, comparable(campaign.instrument, campaign.version))}
    units = campaign.groups.filter(is_joint=False).values("unit_id")
    return (
        Campaign.objects.filter(
            fingerprint__in=same, closed_at__isnull=False, opens_at__lt=campaign.opens_at,
            groups__unit_id__in=units, groups__is_joint=False,
        )
        .exclude(pk=campaign.pk)
        .distinct()
        .order_by("-opens_at", "-pk")
        .first()
    )  # fmt: skip


def groups_for(campaign: Campaign, view: View) -> list[Group]:
    """Return the groups of another wave that make up the same view: the same team, or the same unit's sum."""
    stored = campaign.groups.filter(answered__isnull=False)
    if view.is_sum:
        return list(stored.filter(unit__path__startswith=view.path))
    return list(stored.filter(unit_id=view.unit_id, is_joint=False))


def paired_changes(group_ids: Iterable[int]) -> list[PairedChange]:
    """Return what changed for those in both waves, in the order of the parts. One query."""
    return list(PairedChange.objects.filter(group_id__in=list(group_ids)).order_by("pk"))


def next_steps(*, campaign_id: int, unit_id: int) -> list[NextStep]:
    """Return what a team wrote that it does next, the newest first. Whoever calls has seen that the team is hers."""
    rows = NextStep.objects.filter(group__campaign_id=campaign_id, group__unit_id=unit_id, group__is_joint=False)
    return list(rows.order_by("-written_at", "-pk"))
