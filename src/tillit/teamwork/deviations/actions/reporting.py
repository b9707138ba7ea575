"""Say that something went wrong, or nearly did; take it back; read the answer."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens.queries import get_citizen
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation.queries import get_unit
from tillit.kernel import events, oslo
from tillit.kernel.errors import ActionRefused, NotFound
from tillit.teamwork.deviations.events import DeviationReported
from tillit.teamwork.deviations.models import Deviation, DeviationAbout, DeviationKind, DeviationState
from tillit.teamwork.deviations.permissions import REPORT_DEVIATION
from tillit.teamwork.deviations.queries import leader_of


@transaction.atomic
def report_deviation(
    *,
    actor: Actor,
    unit_id: int,
    kind: str,
    about: str,
    citizen_id: int | None,
    words: str,
    press_key: str,
    at: datetime,
) -> Deviation:
    """Tell it to whoever answers for it. `words` may be empty.

    citizen_id: whom it is about, when it is about one; else None. press_key: the same key again returns the first one.
    Raises NotFound, NotAllowed, ActionRefused. Publishes DeviationReported.
    """
    unit = get_unit(actor=actor, unit_id=unit_id)
    scope = Scope((unit.path,))
    require(actor, REPORT_DEVIATION, scope)
    if actor.employee_id is None:
        raise ActionRefused(_("Avvik meldes av den som arbeider her."))
    mine = Deviation.objects.filter(reported_by_id=actor.employee_id)
    if press_key and (known := mine.filter(press_key=press_key).first()):
        return known
    if kind not in DeviationKind.values or about not in DeviationAbout.values:
        raise ActionRefused(_("Velg hva som skjedde."))
    if (about == DeviationAbout.CITIZEN) != (citizen_id is not None):
        raise ActionRefused(_("Velg om det gjelder en bruker, arbeidsmiljøet eller ingen av delene."))
    if len(words) > 500:
        raise ActionRefused(_("Kort det ned til én linje."))
    if citizen_id is not None:
        get_citizen(actor=actor, citizen_id=citizen_id, at=at)
    holder = leader_of(unit.pk, on=oslo.day_of(at))
    found = Deviation.objects.create(
        unit=unit,
        kind=kind,
        about=about,
        citizen_id=citizen_id,
        words=" ".join(words.split()),
        holder_id=None if holder == actor.employee_id else holder,
        reported_by_id=actor.employee_id,
        reported_at=at,
        press_key=press_key,
    )
    audit.record(
        actor, REPORT_DEVIATION, str(found), scope, at=at, change={"kind": kind, "about": about, "holder": holder}
    )
    events.publish(DeviationReported(deviation_id=found.pk, at=at))
    return found


@transaction.atomic
def withdraw_deviation(*, actor: Actor, deviation_id: int, at: datetime) -> None:
    """Take one's own back, while nobody has looked at it. Raises NotFound, ActionRefused."""
    row = (
        Deviation.objects.select_for_update(of=("self",))
        .select_related("unit")
        .filter(pk=deviation_id, reported_by_id=actor.employee_id or 0)
        .exclude(state=DeviationState.WITHDRAWN)
        .first()
    )
    if row is None:
        raise NotFound(_("Fant ikke avviket."))
    if row.state != DeviationState.OPEN:
        raise ActionRefused(_("Noen har begynt å se på det. Skriv til den som svarer."))
    row.state = DeviationState.WITHDRAWN
    row.save(update_fields=["state"])
    audit.record(actor, REPORT_DEVIATION, str(row), Scope((row.unit.path,)), at=at, change={"withdrawn": True})


@transaction.atomic
def see_answers(*, actor: Actor, at: datetime) -> int:
    """Note that the one who told has the answers before her. Returns how many were new."""
    rows = Deviation.objects.filter(
        reported_by_id=actor.employee_id or 0, state=DeviationState.ANSWERED, seen_at__isnull=True
    )
    return rows.update(seen_at=at)
