"""Series of waves in which people can be known again by codes of their own: begun, reckoned at each closing, ended."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope, system
from tillit.foundation.access.clashing import refuse_if_changed
from tillit.foundation.access.permissions import require
from tillit.kernel.errors import ActionRefused
from tillit.learning.surveys import queries
from tillit.learning.surveys.models import Campaign, Group, PairedChange, Series, Waiting
from tillit.learning.surveys.permissions import ASK_SURVEY
from tillit.learning.surveys.rules import pairing, scoring
from tillit.learning.surveys.rules.instruments import Instrument
from tillit.learning.surveys.rules.urn import Ballot


def series_for(fingerprint: str, unit_ids: Collection[int]) -> Series:
    """Return the series that a new wave goes on with, or a new one with a key of its own.

    The newest that has not ended, in which the same was asked, word for word, of the same units; no wave is open. The
    same units, so that who may end it is who may ask them all.
    """
    going_on = (
        Series.objects.select_for_update()
        .filter(
            ended_at__isnull=True,
            pk__in=Campaign.objects.filter(fingerprint=fingerprint, series__isnull=False).values("series_id"),
        )
        .exclude(pk__in=Campaign.objects.filter(closed_at__isnull=True, series__isnull=False).values("series_id"))
        .order_by("-pk")
    )
    for series in going_on:
        asked = Group.objects.filter(campaign__series=series, is_joint=False).values_list("unit_id", flat=True)
        if set(asked) == set(unit_ids):
            return series
    return Series.objects.create(key=secrets.token_hex(32))


def keep_pairs(
    campaign: Campaign, ballots: Mapping[int, Sequence[Ballot]], units: Mapping[int, int], instrument: Instrument
) -> None:
    """Reckon what changed for those in both waves, delete what waited, and let this wave wait. In the caller's
    transaction. ballots: by group, of groups that stand alone; units: their units.
    """
    series = campaign.series
    if series is None or series.ended_at is not None:
        return
    for group, found in ballots.items():
        now = pairing.waiting_of(instrument, found)
        old = (
            Waiting.objects.select_related("group")
            .filter(group__campaign__series=series, group__unit_id=units[group])
            .first()
        )
        if old is not None:
            _store_changes(instrument, group, now, found, old)
            old.delete()
        if now:
            Waiting.objects.create(group_id=group, content=pairing.packed(now))


def _store_changes(
    instrument: Instrument, group: int, now: Sequence[pairing.Waiting], ballots: Sequence[Ballot], old: Waiting
) -> None:
    then, answers_then = pairing.unpacked(bytes(old.content)), queries.answers_of([old.group_id])[old.group_id]
    for code in scoring.numbered(instrument):
        found = pairing.change(
            code, now, then,
            all_now=int(scoring.scores(instrument, code, ballots).size),
            all_then=int(scoring.scores(instrument, code, answers_then).size),
        )  # fmt: skip
        if found is not None:
            PairedChange.objects.create(
                group_id=group, code=code, pairs=found.pairs, difference=found.difference, low=found.low,
                high=found.high, dz=found.dz,
            )  # fmt: skip


@transaction.atomic
def end_series(*, actor: Actor, campaign_id: int, edition: int | None, at: datetime) -> Series:
    """End the series a campaign is in: its key and what waits are deleted. The sums stay.

    Raises NotFound, NotAllowed, ChangedMeanwhile, ActionRefused.
    """
    campaign = queries.get_campaign(actor=actor, campaign_id=campaign_id, permission=ASK_SURVEY)
    scope = queries.scope_of(campaign)
    for path in scope.paths:
        require(actor, ASK_SURVEY, Scope((path,)))
    series = Series.objects.select_for_update().filter(campaigns=campaign).first()
    if series is None:
        raise ActionRefused(_("Denne undersøkelsen har ingen koder."))
    refuse_if_changed(str(series), seen=edition, now=series.edition, at=at)
    if series.ended_at is not None:
        raise ActionRefused(_("Nøkkelen er slettet før."))
    if series.campaigns.filter(closed_at__isnull=True).exists():
        raise ActionRefused(_("En runde er åpen ennå. Lukk den først."))
    _end(series, actor, scope, at=at)
    return series


def end_over(*, at: datetime) -> int:
    """End every series that nobody has gone on with for long, as the keeper does. Returns how many."""
    before = at - timedelta(days=pairing.LONGEST_DAYS)
    over = (
        Series.objects.filter(ended_at__isnull=True)
        .exclude(campaigns__closed_at__isnull=True, campaigns__isnull=False)
        .annotate(last=Max("campaigns__closed_at"))
        .filter(last__lt=before)
        .values_list("pk", flat=True)
    )
    actor = system("undersøkelser")
    for pk in list(over):
        with transaction.atomic():
            series = Series.objects.select_for_update().get(pk=pk)
            open_again = series.campaigns.filter(closed_at__isnull=True).exists()  # asked while the lock was waited for
            if series.ended_at is None and not open_again:
                campaign = series.campaigns.order_by("-closed_at", "-pk")[0]
                _end(series, actor, queries.scope_of(campaign), at=at)
    return len(over)


def _end(series: Series, actor: Actor, scope: Scope, *, at: datetime) -> None:
    Waiting.objects.filter(group__campaign__series=series).delete()
    series.key, series.ended_at = "", at
    series.edition += 1
    series.save(update_fields=["key", "ended_at", "edition"])
    audit.record(actor, ASK_SURVEY, str(series), scope, at=at, change={"key": "deleted"})
