"""The municipality decides whose words wait for countersigning, from a day."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.journal.models import SigningTerms
from tillit.care.journal.permissions import DECIDE_TERMS
from tillit.care.journal.rules.signing import MAY_BE_COUNTERSIGNED
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused


@transaction.atomic
def decide_signing_terms(
    *, actor: Actor, countersign_for: Sequence[str], valid_from: date, at: datetime
) -> SigningTerms:
    """Let these rules hold from a day, today or later, until newer ones. The same day again replaces what was said.

    What is signed already waits, or does not, as it did. Raises NotAllowed, ActionRefused.
    """
    scope = Scope(actor.paths_for(DECIDE_TERMS.roles))
    require(actor, DECIDE_TERMS, scope)
    if valid_from < oslo.day_of(at):
        raise ActionRefused(_("Velg en dag fra i dag. Det som har vært, kan ikke endres."))
    if not set(countersign_for) <= set(MAY_BE_COUNTERSIGNED):
        raise ActionRefused(_("Den som har autorisasjon, signerer alene."))
    wanted = sorted(set(countersign_for))
    stored, _new = SigningTerms.objects.update_or_create(
        valid_from=valid_from,
        defaults={"countersign_for": wanted, "decided_by_id": actor.employee_id, "decided_at": at},
    )
    change = {"countersign_for": wanted, "from": valid_from.isoformat()}
    audit.record(actor, DECIDE_TERMS, str(stored), scope, at=at, change=change)
    return stored
