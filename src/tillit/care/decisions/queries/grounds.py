"""Why an actor has reach to citizens whom no unit of hers follows: a case. For the access log. Two queries at most."""

from collections.abc import Mapping
from datetime import datetime

from tillit.care.decisions.models import Case, Holding
from tillit.care.decisions.permissions import READ_CASE
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.grounds import Ground, Reason
from tillit.foundation.organisation.queries import at_or_below


def case_grounds(*, actor: Actor, citizen_ids: frozenset[int], at: datetime) -> Mapping[int, Reason]:
    """Return the newest case of each citizen that a unit of the actor's holds, is offered or helps urgently in."""
    paths = actor.paths_for(READ_CASE.roles)
    if not paths:
        return {}
    found = {
        citizen_id: Reason(Ground.CASE, f"case:{case_id}")
        for citizen_id, case_id in Holding.objects.filter(at_or_below(paths), case__citizen_id__in=citizen_ids)
        .order_by("case_id")
        .values_list("case__citizen_id", "case_id")
    }
    held = Case.objects.filter(at_or_below(paths) | at_or_below(paths, "urgent_unit"), citizen_id__in=citizen_ids)
    for citizen_id, case_id in held.order_by("pk").values_list("citizen_id", "pk"):
        found[citizen_id] = Reason(Ground.CASE, f"case:{case_id}")
    return found
