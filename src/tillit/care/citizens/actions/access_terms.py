"""The municipality decides how long doors stay open, from a day."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens import queries
from tillit.care.citizens.actions.circle import SomethingMissing
from tillit.care.citizens.models import AccessTerms
from tillit.care.citizens.permissions import DECIDE_ACCESS_TERMS
from tillit.care.citizens.rules import Terms
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.clashing import refuse_if_changed
from tillit.foundation.access.permissions import require
from tillit.kernel import oslo


@transaction.atomic
def decide_access_terms(
    *, actor: Actor, terms: Terms, valid_from: date, at: datetime, edition: int | None = None
) -> AccessTerms:
    """Let these terms hold from a day, today or later, until newer ones. The same day again replaces what was said.

    edition: of all that is decided, as the actor saw it. Raises NotAllowed, SomethingMissing, ChangedMeanwhile.
    """
    scope = Scope(actor.paths_for(DECIDE_ACCESS_TERMS.roles))
    require(actor, DECIDE_ACCESS_TERMS, scope)
    newest = AccessTerms.objects.select_for_update().order_by("decided_at", "pk").last()
    refuse_if_changed(str(newest), seen=edition, now=queries.edition_of_terms(), at=at)
    if valid_from < oslo.day_of(at):
        raise SomethingMissing(_("Velg en dag fra i dag. Det som har vært, kan ikke endres."))
    if not 1 <= terms.emergency_hours <= 24:
        raise SomethingMissing(_("En nødtilgang varer fra 1 til 24 timer."))
    said = {
        "clinical_days": terms.clinical_days,
        "case_worker_days": terms.case_worker_days,
        "leader_days": terms.leader_days,
        "emergency_hours": terms.emergency_hours,
    }
    stored, _new = AccessTerms.objects.update_or_create(
        valid_from=valid_from, defaults={**said, "decided_by_id": actor.employee_id, "decided_at": at}
    )
    change = {**said, "from": valid_from.isoformat()}
    audit.record(actor, DECIDE_ACCESS_TERMS, str(stored), scope, at=at, change=change)
    return stored
