"""Saying what proposals are to weigh in a team."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.clashing import refuse_if_changed
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation import queries as organisation
from tillit.kernel import oslo
from tillit.kernel.errors import NotAllowed
from tillit.teamwork.planning import queries
from tillit.teamwork.planning.models import WhatCounts
from tillit.teamwork.planning.permissions import ALLOCATE
from tillit.teamwork.planning.rules import counting


@transaction.atomic
def say_what_counts(
    *, actor: Actor, unit_id: int, steps: Mapping[str, str], at: datetime, edition: int | None = None
) -> counting.Steps:
    """Let these steps hold for the team's proposals from now on; all as usual takes the team's own choice away.

    steps: counting.Thing → counting.Step; what is missing is as usual. Proposals that are made are not touched.
    edition: the one the actor saw. Raises NotFound, NotAllowed, ChangedMeanwhile. Writes one audit entry with the steps
    before and after, none when nothing changes.
    """
    unit = organisation.get_unit(actor=actor, unit_id=unit_id, lock=True)
    scope = organisation.scope_of(unit)
    require(actor, ALLOCATE, scope)
    if not queries.may_allocate(actor=actor, unit=unit, on=oslo.day_of(at)):
        raise NotAllowed(_("I dette teamet er det fordelerne som bestemmer hva som skal telle."))
    wanted, before = counting.read(steps), queries.what_counts(unit_id).steps
    if dict(wanted) == dict(before):
        return wanted
    refuse_if_changed(f"counts:{unit_id}", seen=edition, now=counting.edition(before), at=at)
    if counting.is_usual(wanted):
        WhatCounts.objects.filter(unit_id=unit_id).delete()
    else:
        WhatCounts.objects.update_or_create(
            unit_id=unit_id,
            defaults={"steps": dict(wanted), "changed_at": at, "changed_by_id": actor.employee_id},
        )
    audit.record(
        actor, ALLOCATE, f"counts:{unit_id}", scope, at=at,
        change={"what": "COUNTS", "before": dict(before), "after": dict(wanted)},
    )  # fmt: skip
    return wanted
