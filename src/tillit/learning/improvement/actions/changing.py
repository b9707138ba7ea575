"""What every change of a pilot has in common: held, allowed, not changed meanwhile; and its new edition."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.clashing import refuse_if_changed
from tillit.foundation.access.permissions import require
from tillit.learning.improvement.models import Pilot
from tillit.learning.improvement.permissions import RUN_PILOT
from tillit.learning.improvement.queries import get_pilot, pilot_scope


def held(*, actor: Actor, pilot_id: int, edition: int | None, at: datetime) -> Pilot:
    """Return the pilot, held until the transaction ends, for somebody who may change it.

    edition: the one she saw; None when no page was shown. Raises NotFound, NotAllowed, ChangedMeanwhile.
    """
    pilot = get_pilot(actor=actor, pilot_id=pilot_id, lock=True)
    require(actor, RUN_PILOT, pilot_scope(pilot))
    refuse_if_changed(str(pilot), seen=edition, now=pilot.edition, at=at)
    return pilot


def stored(pilot: Pilot, *, actor: Actor, at: datetime, change: Mapping[str, Any]) -> Pilot:
    """Store the pilot as its next edition, with one audit entry."""
    pilot.edition += 1
    pilot.save()
    audit.record(actor, RUN_PILOT, str(pilot), pilot_scope(pilot), at=at, change=change)
    return pilot
