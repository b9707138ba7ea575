"""Why an actor reads about citizens whom no unit of hers follows: they wait on her list, or she has just taken them."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q

from tillit.care.therapy.models import CaseState, TherapyCase
from tillit.care.therapy.permissions import READ_LIST
from tillit.care.therapy.queries.cases import open_on_lists
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.grounds import Ground, Reason
from tillit.foundation.access.permissions import holds_anywhere
from tillit.kernel import oslo


def therapy_grounds(*, actor: Actor, citizen_ids: frozenset[int], at: datetime) -> Mapping[int, Reason]:
    """Return the case of each citizen that is hers, or that nobody has on her lists. One query, none for others."""
    if not holds_anywhere(actor, READ_LIST):
        return {}
    waits = open_on_lists(actor, on=oslo.day_of(at))
    hers = Q(holder_id=actor.employee_id, state=CaseState.TAKEN) if actor.employee_id is not None else Q(pk__in=())
    rows = TherapyCase.objects.filter(waits | hers, citizen_id__in=citizen_ids).order_by("pk")
    return {
        citizen_id: Reason(
            Ground.THERAPY if holder_id is not None and holder_id == actor.employee_id else Ground.CASE,
            f"therapy-case:{case_id}",
        )
        for citizen_id, case_id, holder_id in rows.values_list("citizen_id", "pk", "holder_id")
    }
