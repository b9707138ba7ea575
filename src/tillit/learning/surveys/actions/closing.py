"""Open the urns: answers get random ids in random order, small groups are laid together, keys and marks are deleted."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from secrets import SystemRandom

from django.db import transaction

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope, system
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation.models import Unit
from tillit.kernel import events
from tillit.learning.surveys import queries
from tillit.learning.surveys.actions.asking import open_one
from tillit.learning.surveys.actions.pairing import keep_pairs
from tillit.learning.surveys.actions.words import chance_id, keep_words
from tillit.learning.surveys.events import SurveyClosed
from tillit.learning.surveys.models import Answer, Campaign, Group, Urn, Way
from tillit.learning.surveys.permissions import ASK_SURVEY
from tillit.learning.surveys.rules import pairing, wording
from tillit.learning.surveys.rules import urn as urns
from tillit.learning.surveys.rules.joining import Counted, Joined, join_small

_CHANCE = SystemRandom()


@transaction.atomic
def close_survey(*, actor: Actor, campaign_id: int, edition: int | None, at: datetime) -> Campaign:
    """End a survey before its day. Raises NotFound, NotAllowed, ChangedMeanwhile, ActionRefused. See `_open_urns`."""
    campaign, scope = open_one(actor, campaign_id, edition, at)
    _open_urns(campaign, actor, scope, at=at)
    return campaign


def close_over(*, at: datetime) -> int:
    """Close what is over, as the keeper does each minute. Returns how many."""
    return close_due(actor=system("undersøkelser"), at=at)


def close_due(*, actor: Actor, at: datetime) -> int:
    """Open the urns of every survey whose day is over. Returns how many. Several may run at once."""
    due = Campaign.objects.filter(closed_at__isnull=True, closes_at__lte=at).order_by("pk").values_list("pk", flat=True)
    done = 0
    for pk in due:
        with transaction.atomic():
            campaign = Campaign.objects.select_for_update().filter(pk=pk, closed_at__isnull=True).first()
            if campaign is not None:
                scope = queries.scope_of(campaign)
                require(actor, ASK_SURVEY, scope)
                _open_urns(campaign, actor, scope, at=at)
                done += 1
    return done


def _open_urns(campaign: Campaign, actor: Actor, scope: Scope, *, at: datetime) -> None:
    """Store the answers by group, delete urns, marks and the key. All in the caller's transaction.

    What was written in own words lies apart from the answers it came with. How many answered is stored for groups of
    five or more alone. Publishes SurveyClosed.
    """
    groups = list(campaign.groups.select_related("unit").order_by("pk"))
    lumps = {urn.group_id: urn for urn in Urn.objects.select_for_update().filter(group__in=groups)}
    ballots = {pk: list(urns.unpacked(bytes(urn.content)).ballots) for pk, urn in lumps.items()}
    invited = queries.count_invited(campaign, groups) if campaign.way == Way.APP else {}
    joined = join_small(Counted(group.pk, group.unit.path, len(ballots.get(group.pk, ()))) for group in groups)
    for group in groups:
        group.invited = invited.get(group.pk, group.invited)
        group.answered = len(ballots[group.pk]) if group.pk in joined.alone else None
    shown = _joint_groups(campaign, groups, joined, ballots)
    Group.objects.bulk_update(groups, ["invited", "answered", "joined_to"])
    instrument = queries.get_instrument(campaign.instrument, campaign.version)
    worded = wording.worded(instrument)
    alone = {pk: ballots[pk] for pk in joined.alone}
    keep_words(campaign, alone, worded)
    keep_pairs(campaign, alone, {group.pk: group.unit_id for group in groups}, instrument)
    rows = [
        Answer(pk=chance_id(), group_id=shown[pk], given=wording.without_words(ballot, (*worded, pairing.MARK)))
        for pk, found in ballots.items()
        if pk in shown
        for ballot in found
    ]
    _CHANCE.shuffle(rows)
    Answer.objects.bulk_create(rows)
    Urn.objects.filter(pk__in=[urn.pk for urn in lumps.values()]).delete()
    campaign.closed_at, campaign.key = at, ""
    campaign.edition += 1
    campaign.save(update_fields=["closed_at", "key", "edition"])
    audit.record(actor, ASK_SURVEY, str(campaign), scope, at=at, change={"urns": "opened"})
    events.publish(SurveyClosed(campaign_id=campaign.pk, at=at))


def _joint_groups(
    campaign: Campaign, groups: Sequence[Group], joined: Joined, ballots: dict[int, list[urns.Ballot]]
) -> dict[int, int]:
    """Make the groups that small ones are laid together in. Returns group id → id of the group its answers lie in."""
    by_path = dict(Unit.objects.filter(path__in=list(joined.together)).values_list("path", "pk"))
    shown = {pk: pk for pk in joined.alone}
    inside: dict[str, list[Group]] = defaultdict(list)
    for path, members in joined.together.items():
        inside[path] = [group for group in groups if group.pk in members]
    for path, small in inside.items():
        joint = Group.objects.create(
            campaign=campaign,
            unit_id=by_path[path],
            is_joint=True,
            invited=sum(group.invited or 0 for group in small),
            answered=sum(len(ballots[group.pk]) for group in small),
        )
        for group in small:
            group.joined_to = joint
            shown[group.pk] = joint.pk
    return shown
