"""Write in a pilot's log: what was adjusted, what was learned, what may disturb the figures. Take one's own back."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import require
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused, NotAllowed
from tillit.learning.improvement.models import Disturbance, LogEntry, LogKind
from tillit.learning.improvement.permissions import WRITE_LOG
from tillit.learning.improvement.queries import get_entry, get_pilot, get_team, log_scope, teams_of


@transaction.atomic
def write_in_log(
    *,
    actor: Actor,
    pilot_id: int,
    kind: str,
    disturbance: str,
    team_id: int | None,
    happened_on: date,
    words: str,
    at: datetime,
) -> LogEntry:
    """Add a line. Whoever is in one of its teams may, for what one sees in the team is what the figures do not show.

    disturbance: what it is, when it may disturb the figures; else empty. team_id: in the pilot; None for all of them.
    Raises NotFound, NotAllowed, ActionRefused.
    """
    pilot = get_pilot(actor=actor, pilot_id=pilot_id)
    scope = log_scope(pilot, teams_of(actor=actor, pilot=pilot))
    require(actor, WRITE_LOG, scope)
    if kind not in LogKind.values:
        raise ActionRefused(_("Velg hva det er du skriver om."))
    if kind == LogKind.DISTURBED and disturbance not in Disturbance.values:
        raise ActionRefused(_("Velg hva som kan forstyrre tallene."))
    if not words.strip() and (kind != LogKind.DISTURBED or disturbance == Disturbance.OTHER):
        raise ActionRefused(_("Skriv én linje om hva det er."))
    if happened_on > oslo.day_of(at):
        raise ActionRefused(_("Dagen har ikke vært ennå."))
    team = get_team(pilot=pilot, team_id=team_id) if team_id is not None else None
    found = LogEntry.objects.create(
        pilot=pilot,
        team=team,
        kind=kind,
        disturbance=disturbance if kind == LogKind.DISTURBED else "",
        happened_on=happened_on,
        words=" ".join(words.split())[:300],
        written_by_id=actor.employee_id,
        written_at=at,
    )
    audit.record(
        actor, WRITE_LOG, str(pilot), scope, at=at,
        change={"entry": found.pk, "kind": kind, "disturbance": found.disturbance},
    )  # fmt: skip
    return found


@transaction.atomic
def take_back_from_log(*, actor: Actor, pilot_id: int, entry_id: int, at: datetime) -> None:
    """Take one's own line back; it is no longer shown. Raises NotFound, NotAllowed."""
    pilot = get_pilot(actor=actor, pilot_id=pilot_id)
    scope = log_scope(pilot, teams_of(actor=actor, pilot=pilot))
    require(actor, WRITE_LOG, scope)
    entry = get_entry(pilot=pilot, entry_id=entry_id)
    if entry.written_by_id is None or entry.written_by_id != actor.employee_id:
        raise NotAllowed(_("Bare den som skrev linja, kan ta den tilbake."))
    entry.taken_back_at = at
    entry.save(update_fields=["taken_back_at"])
    audit.record(actor, WRITE_LOG, str(pilot), scope, at=at, change={"entry": entry.pk, "taken_back": True})
