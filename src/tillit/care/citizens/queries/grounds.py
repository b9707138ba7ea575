"""Why an actor has reach to citizens, as the access log keeps it. Three queries at most, whatever the number."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Q

from tillit.care.citizens.models import Following, Handover
from tillit.care.citizens.permissions import READ_CITIZEN
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.grounds import Ground, Reason
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.queries import in_force
from tillit.kernel import oslo

_LEADS_ABOVE = frozenset({Role.DISTRICT_LEADER})


def citizen_grounds(*, actor: Actor, citizen_ids: frozenset[int], at: datetime) -> Mapping[int, Reason]:
    """Return the reason for those whom the actor reaches by a following, past or present, or by a hand-over.

    Asked by `access.grounds` when the log is written: notes nothing.
    """
    paths = actor.paths_for(READ_CITIZEN.roles)
    if not paths:
        return {}
    found = _followed(actor, paths, citizen_ids, on=oslo.day_of(at))
    if left := citizen_ids - found.keys():
        found |= _handed_over(paths, left)
    if left := citizen_ids - found.keys():
        found |= _followed_before(paths, left, on=oslo.day_of(at))
    return found


def _followed(actor: Actor, paths: tuple[str, ...], citizen_ids: frozenset[int], *, on: date) -> dict[int, Reason]:
    """Those followed now. A team of her own goes before the team she leads from above."""
    own = actor.paths_for(READ_CITIZEN.roles - _LEADS_ABOVE)
    rows = Following.objects.filter(in_force(on), citizen_id__in=citizen_ids).order_by("citizen_id", "part", "pk")
    found: dict[int, Reason] = {}
    for citizen_id, unit_id, path in rows.values_list("citizen_id", "unit_id", "unit__path"):
        if path.startswith(own or ("\0",)):
            if found.get(citizen_id, Reason(Ground.DISTRICT)).ground == Ground.DISTRICT:
                found[citizen_id] = Reason(Ground.FOLLOWS, f"unit:{unit_id}")
        elif path.startswith(paths):
            found.setdefault(citizen_id, Reason(Ground.DISTRICT, f"unit:{unit_id}"))
    return found


def _handed_over(paths: tuple[str, ...], citizen_ids: frozenset[int]) -> dict[int, Reason]:
    hers = Q(pk__in=())
    for path in paths:
        hers |= Q(to_unit__path__startswith=path) | Q(from_unit__path__startswith=path)
    rows = Handover.objects.filter(hers, citizen_id__in=citizen_ids).order_by("pk")
    return {
        citizen_id: Reason(Ground.HANDOVER, f"handover:{handover_id}")
        for citizen_id, handover_id in rows.values_list("citizen_id", "pk")
    }


def _followed_before(paths: tuple[str, ...], citizen_ids: frozenset[int], *, on: date) -> dict[int, Reason]:
    rows = Following.objects.filter(citizen_id__in=citizen_ids, valid_to__lte=on).order_by("valid_to", "pk")
    return {
        citizen_id: Reason(Ground.FORMER, f"unit:{unit_id}")
        for citizen_id, unit_id, path in rows.values_list("citizen_id", "unit_id", "unit__path")
        if path.startswith(paths)
    }
