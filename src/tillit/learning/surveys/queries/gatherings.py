"""Gatherings one may see, what was said there, and how often."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.roles import IN_THE_TEAM
from tillit.foundation.organisation.rules import ids_in
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused, NotFound
from tillit.learning.surveys.models import Campaign, Gathering, Statement
from tillit.learning.surveys.permissions import HOLD_GATHERING
from tillit.learning.surveys.rules.themes import LEAST_PEOPLE, NEAR_DAYS


class NotForHer(ActionRefused):
    """What was said is for the team, and for the one who held it."""


def _of_her_teams(actor: Actor) -> Q:
    """Gatherings of teams she works in or leads, with enough people; a work group's people are its team's."""
    teams = Q(pk__in=())
    for path in {grant.path for grant in actor.grants if grant.role in IN_THE_TEAM}:
        teams |= Q(unit_id__in=ids_in(path)[1:]) | Q(unit__path__startswith=path)
    return teams & Q(people__gte=LEAST_PEOPLE)


def _hers(actor: Actor) -> Q:
    return Q(held_by_id=actor.employee_id) if actor.employee_id is not None else Q(pk__in=())


def list_gatherings(*, actor: Actor, most: int = 20) -> list[Gathering]:
    """Return the gatherings she may see, the newest first. One query."""
    rows = Gathering.objects.filter(_of_her_teams(actor) | _hers(actor)).select_related("unit")
    return list(rows.order_by("-held_on", "-pk")[:most])


def get_gathering(*, actor: Actor, gathering_id: int) -> Gathering:
    """Return a gathering she may see. Raises NotFound out of reach, NotForHer when it is for others."""
    reached = Q(pk__in=())
    for path in actor.paths_for(HOLD_GATHERING.roles):
        reached |= Q(unit__path__startswith=path) | Q(unit_id__in=ids_in(path)[1:])
    found = Gathering.objects.filter(reached, pk=gathering_id).select_related("unit", "campaign", "held_by").first()
    if found is None:
        raise NotFound(_("Fant ikke samlingen."))
    if not Gathering.objects.filter(_of_her_teams(actor) | _hers(actor), pk=found.pk).exists():
        raise NotForHer(_("Det som ble sagt, er for teamet og den som holdt samlingen."))
    return found


def statements_of(gatherings: Iterable[Gathering]) -> list[Statement]:
    """Return what stands: the newest of each line of corrections, without what was taken back. One query."""
    newer = Statement.objects.filter(corrects=OuterRef("pk"))
    rows = Statement.objects.filter(~Exists(newer), gathering__in=list(gatherings), is_taken_back=False)
    return list(rows.order_by("gathering_id", "pk"))


def gatherings_beside(campaign: Campaign, unit_id: int) -> list[Gathering]:
    """Return a unit's gatherings to show beside a survey: about it, or about none and near it in time. One query."""
    opened, closed = oslo.day_of(campaign.opens_at), oslo.day_of(campaign.closed_at or campaign.closes_at)
    near = Q(
        campaign__isnull=True,
        held_on__gte=opened - timedelta(days=NEAR_DAYS),
        held_on__lte=closed + timedelta(days=NEAR_DAYS),
    )
    rows = Gathering.objects.filter(near | Q(campaign=campaign), unit_id=unit_id, people__gte=LEAST_PEOPLE)
    return list(rows.order_by("-held_on", "-pk"))
